/* SPDX-License-Identifier: BSD-2-Clause */
/* grid.h - a screen as cells: what is drawn into it is safe for a terminal, and can be looked at without one */
#ifndef UI_SCREEN_GRID_H
#define UI_SCREEN_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/utf8.h"

/* What a cell means, which a terminal with colours shows in one. */
enum ink {
	INK_PLAIN, INK_ADDRESS, INK_PROBLEM, INK_GOOD, INK_TCP, INK_UDP, INK_LOCAL, INK_OTHER,
	INK_RED, INK_GREEN, INK_YELLOW, INK_BLUE, INK_MAGENTA, INK_CYAN,	/* which mean what the user wants */
	INKS,
};

enum {				/* a style is an ink and any of these */
	STYLE_INK = 15,
	STYLE_BOLD = 16,
	STYLE_DIM = 32,
	STYLE_REVERSE = 64,
	STYLE_UNDERLINE = 128,
};

struct cell {
	uint32_t ch;		/* Unicode; 0: the right half of a wide character */
	uint8_t style;
};

struct grid {
	struct cell *cell;	/* owned; row by row */
	uint32_t width, height;
	bool ascii;		/* nothing beyond ASCII is put into it */
	uint32_t cursor_row, cursor_column;
};

/* A part of a row: what is put there ends with it. */
struct span {
	struct grid *grid;
	uint32_t row, at, end;	/* columns; nothing is put where there is no such row */
	uint8_t style;
};

/* Make g blank, and so large. False where there is no memory. */
bool grid_size(struct grid *g, uint32_t width, uint32_t height);

void grid_free(struct grid *g);

/* The width columns of a row from column on, as far as there are. */
struct span grid_span(struct grid *g, uint32_t row, uint32_t column, uint32_t width);

/* Append one character, or as many of it as there is room for. */
void span_char(struct span *s, uint32_t ch);
void span_fill(struct span *s, uint32_t ch);

/* Append the n bytes of UTF-8 at text: what is none, and what cannot be seen, as a question mark or a dot. */
void span_text(struct span *s, const char *text, size_t n);
void span_str(struct span *s, const char *text);
void span_format(struct span *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Append up to a column, counted from where s began at start. */
void span_to(struct span *s, uint32_t column);

/* How many columns are left. */
static inline uint32_t span_left(const struct span *s)
{
	return s->end - s->at;
}

/* Set the cursor to where s is, in a grid that is not empty. */
static inline void span_cursor(const struct span *s)
{
	s->grid->cursor_row = s->row;
	s->grid->cursor_column = s->at < s->grid->width ? s->at : s->grid->width - 1;
}

/* Add bits of style to so many cells. */
void grid_mark(struct grid *g, uint32_t row, uint32_t column, uint32_t width, uint8_t style);

#endif
