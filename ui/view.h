/* SPDX-License-Identifier: BSD-2-Clause */
/* view.h - the values of a decoded packet in words, for every output */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "decode/catalog.h"
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

/* Append x as tshark -T fields prints it. */
void value_text(struct out *o, const struct value *x, const struct view *v,
		const struct decoded *d);

#endif
