/* SPDX-License-Identifier: BSD-2-Clause */
/* view.h - the values of a decoded packet in words, for every output */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "decode/walk.h"

/* "bad length"; NULL where nothing is wrong. */
const char *note_word(enum note note);

/* Append x as tshark -T fields prints it. */
void value_text(struct out *o, const struct value *x, const struct view *v,
		const struct decoded *d);

#endif
