/* SPDX-License-Identifier: BSD-2-Clause */
/* view.h - the values of a decoded packet in words, for every output */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "decode/catalog.h"
#include "decode/checksum.h"
#include "decode/walk.h"

/* "bad length"; NULL where nothing is wrong. */
const char *note_word(enum note note);

/* The label of x, a value of the record whose entry e is. A part may have been captured where its whole
 * was not.
 */
static inline const struct label *value_label(const struct entry *e, const struct value *x)
{
	const struct field *whole = x->part ? x->whole_ : x->field;
	const struct label *label = &e->label[whole - e->record->field];

	return x->part ? &label->parts->label[x->field - x->record->field] : label;
}

/* As view_value(), without a question to each field where they all have their fixed places. */
static inline bool value_next(const struct view *v, const struct entry *e, struct value *x)
{
	const struct record *r = v->record;
	const struct field *f = x->field;

	if (e->plain == 0 || v->bytes.cap < e->plain)
		return view_value(v, x);
	if (!f) {
		f = r->field;
		x->record = r;
	} else if (!x->part && f->parts) {
		x->whole_ = f;
		x->part = 1;
		x->record = f->parts;
		f = f->parts->field;
	} else {
		f++;
		if (x->part && f == x->record->field + x->record->count) {
			x->part = 0;
			x->record = r;
			f = x->whole_ + 1;
		}
		if (!x->part && f == r->field + r->count)
			return false;
	}
	x->field = f;
	x->bytes = slice_part(v->bytes, f->bit / 8u, (f->bit % 8u + f->width + 7u) / 8);
	return true;
}

/* What is known of a checksum besides the second look's enum csum. */
enum verdict {
	VERDICT_PENDING = CSUM_ILLEGAL + 1,	/* left to the sender's network card */
	VERDICT_VERIFIED,	/* it cannot be told from the bytes; the kernel or the card has verified it */
	VERDICTS,
};

/* The verdict of the checksum in layer i; *expected is what it should be where it is wrong. */
uint32_t checksum_verdict(const struct brief *b, const struct decoded *d, uint32_t i,
			  uint32_t *expected);

/* Append x as tshark -T fields prints it. */
void value_text(struct out *o, const struct value *x, const struct view *v,
		const struct decoded *d);

#endif
