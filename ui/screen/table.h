/* SPDX-License-Identifier: BSD-2-Clause */
/* table.h - rows with columns that fit the width of the screen */
#ifndef UI_SCREEN_TABLE_H
#define UI_SCREEN_TABLE_H

#include "ui/screen/grid.h"

#define TABLE_COLUMNS 16	/* at most */

struct table_column {
	const char *title;
	uint8_t width;		/* of its cells; of one that stretches the least that is worth its place */
	uint8_t most;		/* as wide as it gets, where there is room; 0: it does not stretch */
	uint8_t goes;		/* where there is no room for all, the lowest goes first; 0: it stays */
	bool right;		/* numbers are */
	uint16_t from, until;	/* columns of the screens that it is on; until 0: all from there */
};

/* A table as it is laid out for a screen. */
struct table {
	const struct table_column *column;
	uint32_t count;
	uint8_t width[TABLE_COLUMNS];	/* without the blank behind it; 0: it is not there */
};

/* Lay count columns out for a screen of that width. Those that stretch share what the others leave. */
struct table table_lay(const struct table_column *column, uint32_t count, uint32_t width);

/* Draw the titles. */
void table_head(const struct table *t, struct grid *g, uint32_t row);

/* The cell of column c: empty where it is not there. */
struct span table_cell(const struct table *t, struct grid *g, uint32_t row, uint32_t c);

/* Put text into that cell; of one that is too long, of words begin and end. */
void table_put(const struct table *t, struct grid *g, uint32_t row, uint32_t c, const char *text, uint8_t style);

/* Mark a row as the one selected. */
void table_select(struct grid *g, uint32_t row);

/* Bring the cursor into sight: the rows that are are those from *top on, height of count. */
void table_scroll(uint32_t *top, uint32_t cursor, uint32_t count, uint32_t height);

#endif
