/* SPDX-License-Identifier: BSD-2-Clause */
/* walk.h - walk a decoded packet record by record, value by value, for every output */
#ifndef DECODE_WALK_H
#define DECODE_WALK_H

#include "decode/decode.h"

#define LEVELS_MAX 7	/* of records in records; deeper ones are not looked into */

/* Records inside a record, half way through. */
struct level {
	const struct record *record;	/* the one around them */
	struct slice bytes;		/* that one's */
	struct slice rest;		/* of it, not yet cut */
	uint32_t index;
	uint8_t depth;			/* that one's */
};

/* A record laid over its bytes: a header at depth 0, as the end of one that has a form of its own; what
 * is inside it (options ...) at depth 1, what is inside that at depth 2 ...
 */
struct view {
	const struct layer *layer;
	const struct record *record;
	struct slice bytes;		/* the record's, as far as they were captured */
	uint8_t depth;

	/* private to view_next() */
	uint32_t next_, index_;
	struct slice rest_;
	uint32_t levels_;
	struct level level_[LEVELS_MAX];
};

/* struct view v = { 0 }; while (view_next(&v, d)) ... */
bool view_next(struct view *v, const struct decoded *d);

/* Set v to the head of layer i; view_next() goes on from there. */
void view_layer(struct view *v, const struct decoded *d, uint32_t i);

/* Is v at the head of a layer? */
static inline bool view_starts_layer(const struct view *v)
{
	return v->record == &protos[v->layer->proto]->head;
}

/* One field of a view's record, or one part of a field that is divided. */
struct value {
	const struct record *record;	/* whose field it is: name it by record->name, field->name */
	const struct field *field;
	struct slice bytes;		/* those that the field touches */
	uint8_t part;			/* 1 for a part of the field before it */

	/* private to view_value(), and the first to value_label() */
	const struct field *whole_;	/* of a part: the field that is divided */
	uint32_t base_, whole_base_;
};

/* struct value x = { 0 }; while (view_value(&v, &x)) ... Fields that were not captured are left out. */
bool view_value(const struct view *v, struct value *x);

/* The one value of f, which has a fixed place in v's record or, as a part, in r; false where it was not
 * captured.
 */
bool view_fixed(const struct view *v, const struct record *r, const struct field *f,
		struct value *x);

/* The number in x, scaled to its unit; of fields up to 64 bits. */
uint64_t value_number(const struct value *x);

/* The characters that x is, without what counts or ends them; of kinds that are text. */
struct slice value_characters(const struct value *x);

/* The time that x is, of kinds that are one: ns since 1970. False where its text is none. */
bool value_time(const struct value *x, int64_t *ns);

/* Where pointers in x, a DNS_NAME of v, count from. */
static inline struct slice value_message(const struct view *v, const struct value *x,
					 const struct decoded *d)
{
	return x->field->scale ? slice_skip(v->bytes, x->field->scale) : layer_whole(d, v->layer);
}

/* Is name, "tcp.srcport", the full name of x? */
bool value_named(const struct value *x, const char *name);

#endif
