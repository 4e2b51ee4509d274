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

#define SLOTS 1024 /* a power of two, well above the number of keys */

/* Open addressing. What is looked for is a key space and a value in it, in one number. */
static uint32_t slot_key[SLOTS]; /* 0: empty, since the first key space is none */
static uint8_t slot_id[SLOTS]; /* enum proto_id */

static uint32_t key_of(uint32_t space, uint32_t value)
{
	return space << 16 | value;
}

static uint32_t slot_of(uint32_t key)
{
	return (key * UINT32_C(0x9e3779b1)) >> 22; /* Fibonacci hashing, 10 bits */
}

/* Most ports are nobody's: this says so for all but those that end in the same byte as a known one.
 * A bit for each key space.
 */
static uint8_t known_ports[256];

static void add(const struct key *k, uint32_t id)
{
	uint32_t key = key_of(k->space, k->value), i = slot_of(key);

	while (slot_key[i])
		i = (i + 1) % SLOTS;
	slot_key[i] = key;
	slot_id[i] = (uint8_t)id;
	known_ports[k->value & 255] |= (uint8_t)(1 << k->space);
}

void proto_init(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		for (const struct key *k = protos[id]->over; k->space != NO_KEY; k++)
			add(k, id);
}

enum proto_id proto_by(enum key_space space, uint32_t value)
{
	uint32_t key = key_of(space, value), i = slot_of(key);

	for (; slot_key[i]; i = (i + 1) % SLOTS)
		if (slot_key[i] == key)
			return (enum proto_id)slot_id[i];
	return PROTO_DATA;
}

enum proto_id proto_by_ports(enum key_space space, uint32_t src, uint32_t dst, uint32_t *port)
{
	enum proto_id id;

	*port = src < dst ? dst : src;
	if (!((known_ports[src & 255] | known_ports[dst & 255]) >> space & 1))
		return PROTO_DATA;
	*port = src < dst ? src : dst;
	id = proto_by(space, *port);
	if (id != PROTO_DATA)
		return id;
	*port = src < dst ? dst : src;
	return proto_by(space, *port);
}

const struct field *proto_field(const struct proto *p, const char *name)
{
	const struct field *f = p->head.field;

	for (; f && f < p->head.field + p->head.count; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}
