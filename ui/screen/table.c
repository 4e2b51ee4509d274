/* SPDX-License-Identifier: BSD-2-Clause */
/* table.c - rows with columns that fit the width of the screen */
#include "ui/screen/table.h"

#include <string.h>

#include "ui/screen/row.h"

#define MARK 1			/* columns before the first: ">" */

static uint32_t used(const struct table *t)
{
	uint32_t sum = MARK;

	for (uint32_t i = 0; i < t->count; i++)
		sum += t->width[i] ? t->width[i] + 1u : 0;
	return sum;
}

/* The column that goes next; count: none. */
static uint32_t next_to_go(const struct table *t)
{
	uint32_t found = t->count;

	for (uint32_t i = 0; i < t->count; i++)
		if (t->width[i] && t->column[i].goes &&
		    (found == t->count || t->column[i].goes < t->column[found].goes))
			found = i;
	return found;
}

/* Those that stretch have one column each, and share what is left: the first ones have more of it. */
static void stretch(struct table *t, uint32_t width)
{
	uint32_t stretching = 0, left;

	for (uint32_t i = 0; i < t->count; i++) {
		if (!t->width[i] || !t->column[i].most)
			continue;
		t->width[i] = 1;
		stretching++;
	}
	left = width > used(t) ? width - used(t) : 0;
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t room;

		if (!t->width[i] || !t->column[i].most)
			continue;
		room = 1 + (left + stretching - 1) / stretching;
		left -= room - 1;
		stretching--;
		t->width[i] = (uint8_t)(room < t->column[i].most ? room : t->column[i].most);
	}
}

struct table table_lay(const struct table_column *column, uint32_t count, uint32_t width)
{
	struct table t = { .column = column, .count = count };
	uint32_t gone;

	for (uint32_t i = 0; i < count; i++)
		if (width >= column[i].from && (!column[i].until || width <= column[i].until))
			t.width[i] = column[i].width;
	while (used(&t) > width && (gone = next_to_go(&t)) < count)
		t.width[gone] = 0;
	stretch(&t, width);
	return t;
}

struct span table_cell(const struct table *t, struct grid *g, uint32_t row, uint32_t c)
{
	uint32_t at = MARK;

	for (uint32_t i = 0; i < c; i++)
		at += t->width[i] ? t->width[i] + 1u : 0;
	return grid_span(g, row, at, t->width[c]);
}

void table_put(const struct table *t, struct grid *g, uint32_t row, uint32_t c, const char *text, uint8_t style)
{
	struct span s = table_cell(t, g, row, c);
	size_t n = strlen(text), room = span_left(&s);

	s.style = style;
	if (t->column[c].right && n < room)
		span_to(&s, s.at + (uint32_t)(room - n));
	if (t->column[c].right)
		span_text(&s, text, n);
	else
		row_abbreviate(&s, text);
}

void table_head(const struct table *t, struct grid *g, uint32_t row)
{
	for (uint32_t i = 0; i < t->count; i++)
		table_put(t, g, row, i, t->column[i].title, INK_PLAIN);
	grid_mark(g, row, 0, g->width, STYLE_BOLD | STYLE_UNDERLINE);
}

void table_select(struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, MARK);

	span_char(&s, '>');
	grid_mark(g, row, 0, g->width, STYLE_REVERSE);
	g->cursor_row = row;
	g->cursor_column = 0;
}

void table_scroll(uint32_t *top, uint32_t cursor, uint32_t count, uint32_t height)
{
	if (*top >= count)
		*top = 0;
	if (cursor < *top)
		*top = cursor;
	if (cursor - *top >= height)
		*top = cursor - height + 1;
}
