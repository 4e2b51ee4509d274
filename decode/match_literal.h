/* SPDX-License-Identifier: BSD-2-Clause */
/* match_literal.h - the values that a display filter is written with */
#ifndef DECODE_MATCH_LITERAL_H
#define DECODE_MATCH_LITERAL_H

#include "decode/match_program.h"

/* As it stands in the expression. */
enum spelling { SPELT_WORD, SPELT_STRING, SPELT_RAW_STRING, SPELT_CHAR };

/* Add the literal that text (without its quotes) says to m, for an operand of this form, whose numbers
 * have width bits. Returns NULL, or why it cannot be.
 */
const char *literal_add(struct match *m, enum form form, uint32_t width, enum spelling spelling,
			struct slice text);

#endif
