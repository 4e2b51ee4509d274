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

#define SLOTS 512	/* a power of two, well above the number of keys */

static struct slot {
	struct key key;
	uint8_t id;
} slots[SLOTS];

static uint32_t slot_of(uint32_t space, uint32_t value)
{
	return (value ^ value >> 8 ^ space * 0x55) % SLOTS;
}

/* Most ports are nobody's: this says so for all but those that end in the same byte as a known one.
 * A bit for each key space.
 */
static uint8_t known_ports[256];

static void add(const struct key *k, uint32_t id)
{
	uint32_t i = slot_of(k->space, k->value);

	while (slots[i].key.space != NO_KEY)
		i = (i + 1) % SLOTS;
	slots[i] = (struct slot){ *k, (uint8_t)id };
	known_ports[k->value & 255] |= (uint8_t)(1 << k->space);
}

void proto_init(void)
{
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		for (const struct key *k = protos[id]->over; k->space != NO_KEY; k++)
			add(k, id);
}

enum proto_id proto_by(enum key_space space, uint32_t value)
{
	uint32_t i = slot_of(space, value);

	for (; slots[i].key.space != NO_KEY; i = (i + 1) % SLOTS)
		if (slots[i].key.space == space && slots[i].key.value == value)
			return (enum proto_id)slots[i].id;
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
