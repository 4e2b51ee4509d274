/* SPDX-License-Identifier: BSD-2-Clause */
/* registry.c - the list of protocols, and who is found where */
#include "decode/proto.h"

#define P(id, name) extern const struct proto proto_##name;
PROTOCOLS(P)
#undef P

const struct proto *const protos[PROTO_COUNT] = {
#define P(id, name) [PROTO_##id] = &proto_##name,
	PROTOCOLS(P)
#undef P
};

#define SLOTS 1024	/* a power of two, well above the number of keys */

/* Open addressing. What is looked for is a key space and a value in it, in one number. */
static uint32_t slot_key[SLOTS];	/* 0: empty, since the first key space is none */
static uint8_t slot_id[SLOTS];		/* enum proto_id */

static uint32_t key_of(uint32_t space, uint32_t value)
{
	return space << 16 | value;
}

static uint32_t slot_of(uint32_t key)
{
	return (key * UINT32_C(0x9e3779b1)) >> 22;	/* Fibonacci hashing, 10 bits */
}

/* Most ports are nobody's: this says so for all but those that end in the same byte as a known one.
 * A bit for each key space.
 */
static uint16_t known_ports[256];

/* Direct, since every packet asks it. */
uint8_t proto_of_ip[256];

static void add(const struct key *k, uint32_t id)
{
	uint32_t key = key_of(k->space, k->value), i = slot_of(key);

	while (slot_key[i])
		i = (i + 1) % SLOTS;
	slot_key[i] = key;
	slot_id[i] = (uint8_t)id;
	known_ports[k->value & 255] |= (uint16_t)(1 << k->space);
	if (k->space == BY_IPPROTO)
		proto_of_ip[k->value & 255] = (uint8_t)id;
}

/* Those whom a payload can prove, and by its first byte who of them comes into question: a bit each, over
 * TCP and over UDP. Most payloads are done with one look.
 */
#define PROVERS_MAX 32

static struct {
	bool (*proves)(struct slice payload);
	enum proto_id id;
} provers[PROVERS_MAX];
static uint32_t prover_count;
static uint32_t may_prove[2][256];

static void add_prover(uint32_t id)
{
	const struct proto *p = protos[id];
	uint32_t bit = UINT32_C(1) << prover_count;

	if (prover_count == PROVERS_MAX)
		__builtin_trap();	/* every start would meet it */
	provers[prover_count].proves = p->proves;
	provers[prover_count++].id = (enum proto_id)id;
	for (uint32_t udp = 0; udp < 2; udp++) {
		bool any = p->first[0].to == 0;

		if (p->proves_over != NO_KEY && p->proves_over != (udp ? BY_UDPPORT : BY_TCPPORT))
			continue;
		for (uint32_t byte = 0; byte < 256; byte++) {
			bool in = any;

			for (uint32_t i = 0; i < 4 && p->first[i].to > 0; i++)
				in |= byte >= p->first[i].from && byte <= p->first[i].to;
			may_prove[udp][byte] |= in ? bit : 0;
		}
	}
}

void proto_init(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	memset(proto_of_ip, PROTO_DATA, sizeof(proto_of_ip));
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		for (const struct key *k = protos[id]->over; k->space != NO_KEY; k++)
			add(k, id);
		if (protos[id]->proves)
			add_prover(id);
	}
}

/* What the reader wants decoded as something: few words, each for many values. */
#define RULES_MAX 64

static struct rule {
	uint8_t space, id;
	uint16_t first, last;
} rules[RULES_MAX];
static uint32_t rule_count;
static uint32_t ruled_spaces;		/* a bit for each key space that has any */

bool proto_decode_as(enum key_space space, uint32_t first, uint32_t last, enum proto_id id)
{
	if (rule_count == RULES_MAX)
		return false;
	rules[rule_count++] = (struct rule){ (uint8_t)space, (uint8_t)id, (uint16_t)first,
					     (uint16_t)last };
	ruled_spaces |= 1u << space;
	for (uint32_t i = 0; i <= min_u32(last - first, 255); i++)
		known_ports[(first + i) & 255] |= (uint16_t)(1 << space);
	for (uint32_t value = first; space == BY_IPPROTO && value <= min_u32(last, 255); value++)
		proto_of_ip[value] = (uint8_t)id;
	return true;
}

/* Whom a rule names for value; PROTO_NONE where none does. */
static COLD enum proto_id ruled(enum key_space space, uint32_t value)
{
	for (const struct rule *r = rules + rule_count; r-- > rules;)
		if (r->space == space && value >= r->first && value <= r->last)
			return (enum proto_id)r->id;
	return PROTO_NONE;
}

/* As proto_by(), for who is listed, be there rules or not; PROTO_NONE where nobody is. */
static inline enum proto_id listed(enum key_space space, uint32_t value)
{
	uint32_t key = key_of(space, value), i = slot_of(key);

	for (; slot_key[i]; i = (i + 1) % SLOTS)
		if (slot_key[i] == key)
			return (enum proto_id)slot_id[i];
	return PROTO_NONE;
}

enum proto_id proto_by(enum key_space space, uint32_t value)
{
	enum proto_id id;

	if (ruled_spaces >> space & 1) {
		id = ruled(space, value);
		if (id != PROTO_NONE)
			return id;
	}
	id = listed(space, value);
	return id == PROTO_NONE ? PROTO_DATA : id;
}

/* Ask those of may, a bit each; there is one. */
static __attribute__((noinline)) enum proto_id ask(uint32_t may, struct slice payload)
{
	do {
		uint32_t i = (uint32_t)__builtin_ctz(may);

		if (provers[i].proves(payload))
			return provers[i].id;
		may &= may - 1;
	} while (may);
	return PROTO_DATA;
}

enum proto_id proto_by_proof(enum key_space space, struct slice payload)
{
	uint32_t may = may_prove[space == BY_UDPPORT][slice_u8(payload, 0)];

	return may && payload.cap > 0 ? ask(may, payload) : PROTO_DATA;
}

/* Whom a rule names for either port. */
static COLD enum proto_id ruled_ports(struct step *s, enum key_space space, uint32_t low, uint32_t high)
{
	enum proto_id id = ruled(space, s->key = low);

	return id != PROTO_NONE ? id : ruled(space, s->key = high);
}

/* Of ports that may be known. A rule for either wins over what is listed for the other. */
static inline enum proto_id by_ports(struct step *s, enum key_space space, uint32_t low, uint32_t high)
{
	enum proto_id id;

	if (ruled_spaces >> space & 1) {
		id = ruled_ports(s, space, low, high);
		if (id != PROTO_NONE)
			return id;
	}
	id = listed(space, s->key = low);
	return id != PROTO_NONE ? id : listed(space, s->key = high);
}

enum proto_id step_ports(struct step *s, enum key_space space, uint32_t src, uint32_t dst)
{
	uint32_t low = min_u32(src, dst), high = src ^ dst ^ low;
	enum proto_id id = PROTO_NONE;
	uint32_t may;

	s->key = high;
	if ((known_ports[src & 255] | known_ports[dst & 255]) >> space & 1)
		id = by_ports(s, space, low, high);
	if (id != PROTO_NONE)
		return id;
	if (s->len >= s->in.cap || s->len >= s->total)
		return PROTO_DATA;
	may = may_prove[space == BY_UDPPORT][slice_u8(s->in, s->len)];
	return may ? ask(may, slice_part(s->in, s->len, s->total - s->len)) : PROTO_DATA;
}

const struct field *proto_field(const struct proto *p, const char *name)
{
	const struct field *f = p->head.field;

	for (; f && f < p->head.field + p->head.count; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}
