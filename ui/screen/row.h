/* SPDX-License-Identifier: BSD-2-Clause */
/* row.h - a packet as a row of the list */
#ifndef UI_SCREEN_ROW_H
#define UI_SCREEN_ROW_H

#include "ui/line.h"
#include "ui/screen/grid.h"

#define ROW_TEXT 4096

struct row {
	char source[48], destination[48];
	char protocol[24];
	char info[ROW_TEXT];
	uint32_t length;	/* on the wire, bytes */
	uint8_t ink;		/* of its protocol */
	bool problem;		/* something is wrong with it */
};

/* Make l fit for rows: lines as -nn prints them. A row is made of its packet alone, and of l->brief.bases for sequence
 * numbers, so that it is the same whatever was looked at before.
 */
void row_lines(struct line *l, bool unverified);

/* Fill r from p, which l is for. */
void row_fill(struct row *r, struct line *l, const struct packet *p);

/* Put text into width columns, of a longer one begin and end. */
void row_abbreviate(struct span *s, const char *text);

#endif
