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

/* What is at p in the record of v, which is as long as such spots need. */
static inline struct value spot_value(const struct spot *p, const struct view *v)
{
	const struct field *f = p->label->field;

	return (struct value){
		.record = p->part ? p->whole->parts : v->record,
		.field = f,
		.bytes = slice_part(v->bytes, f->bit / 8u, (f->bit % 8u + f->width + 7u) / 8),
		.part = p->part,
		.whole_ = p->whole,
	};
}

/* Write what is at p, but for other forms, as value_text() would, at text, which has room for 40 characters, in a
 * record that is as long as such spots need; returns the end.
 */
char *spot_address(char *text, const struct spot *p, struct slice record);

static inline char *spot_text(char *text, const struct spot *p, struct slice record)
{
	uint32_t number;

	if (p->form == SPOT_ADDRESS)
		return spot_address(text, p, record);
	number = spot_number(p, record);
	if (p->form == SPOT_HEX) {
		memcpy(text, "0x", 2);
		return out_hex_at(text + 2, number, p->digits);
	}
	if (number >= 10)
		return out_dec_at(text, number);
	*text = (char)('0' + number);
	return text + 1;
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
