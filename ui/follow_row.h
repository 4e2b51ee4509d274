/* SPDX-License-Identifier: BSD-2-Clause */
/* follow_row.h - what the ends of a flow say, in rows that are safe for a terminal */
#ifndef UI_FOLLOW_ROW_H
#define UI_FOLLOW_ROW_H

#include "decode/out.h"
#include "decode/track/follow.h"

enum follow_view {
	FOLLOW_TEXT,		/* UTF-8; a dot for what is none, or cannot be seen */
	FOLLOW_HEX,		/* 16 bytes a row, 8 where that is too wide; characters beside them */
	FOLLOW_ESCAPED,		/* \n, \x00 for what is no printable ASCII */
	FOLLOW_VIEWS,
};

#define FOLLOW_ROW_WIDE UINT32_MAX	/* columns: rows end where lines do, or o does */

struct follow_row {
	uint32_t bytes;		/* that stand in the row, line feed included: 1 at least */
	uint32_t columns;	/* of its text */
};

/* Append the next row of s, which has some bytes, as UTF-8 to o: 16 characters at least. before: how many bytes its end
 * has said before them. columns: 1 at least.
 */
struct follow_row follow_row(enum follow_view view, struct slice s, uint64_t before, uint32_t columns, struct out *o);

/* How many bytes a row of hex has. */
uint32_t follow_hex_bytes(uint32_t columns);

/* "text" */
const char *follow_view_word(enum follow_view view);

/* "[gap: 1448 bytes not captured before No. 12]"; nothing for pieces that have bytes in their place. */
void follow_remark(struct out *o, enum follow_kind kind, uint64_t bytes, uint64_t number);

/* What stands before a row: who says it, or that nobody does. */
const char *follow_sign(enum follow_kind kind, bool by_client);

#endif
