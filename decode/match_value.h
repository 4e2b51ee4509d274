/* SPDX-License-Identifier: BSD-2-Clause */
/* match_value.h - the values that a display filter compares, as they are found in a packet */
#ifndef DECODE_MATCH_VALUE_H
#define DECODE_MATCH_VALUE_H

#include "decode/match_program.h"
#include "decode/walk.h"

/* A cursor's room is filled before it is read: -ftrivial-auto-var-init would clear it for every test. */
#define NOT_CLEARED __attribute__((uninitialized))

/* A value: of which of these depends on the class of its operand. */
struct item {
	uint64_t number;
	struct slice bytes;
};

#define VALUE_ROOM 1024	/* bytes: the longest text made of a value */

/* Where the search for an operand's values is. */
struct cursor {
	const struct match *m;
	const struct operand *o;
	const struct decoded *d;
	const struct frame *f;
	uint32_t target, layer;
	bool walking;
	struct view view;
	struct value value;
	char room[VALUE_ROOM];		/* for values that are made, not found */
};

static inline void cursor_start(struct cursor *c, const struct match *m, uint16_t operand,
				const struct decoded *d, const struct frame *f)
{
	c->m = m;
	c->o = &m->operand[operand];
	c->d = d;
	c->f = f;
	c->target = c->o->first;
	c->layer = 0;
	c->walking = false;
}

static inline struct slice text_slice(const void *text, uint32_t n)
{
	return (struct slice){ text, n, n };
}

static inline struct slice literal_bytes(const struct match *m, const struct literal *l)
{
	return text_slice(m->byte + l->at, l->length);
}

/* The next value of the operand as x, which is filled with zeros before the first; false behind the last. */
bool cursor_next(struct cursor *c, struct item *x);

/* The next value as it stands in the packet: neither cut nor changed. */
bool cursor_found(struct cursor *c, struct item *x);

#endif
