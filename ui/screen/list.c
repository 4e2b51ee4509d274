/* SPDX-License-Identifier: BSD-2-Clause */
/* list.c - the list of packets
 *
 * How it works: only the packets in sight are read and decoded, each time: that takes a microsecond of each. The
 * columns take what they need; where the screen is too narrow for all, some go, and Info has what is left.
 */
#define _GNU_SOURCE
#include "ui/screen/list.h"

#include <string.h>

#include "ui/colour.h"
#include "ui/screen/cell.h"

#define INFO_MIN 7		/* columns */
#define INFO_BESIDE_LENGTH 14
#define FIELD_MIN 8
#define FIELD_MAX 20
#define MARKS 1			/* the one before all others, for ">" and "*" */

/* How wide each is, without the blank behind it; 0: there is no room for it. */
struct widths {
	uint32_t of[LIST_COLUMNS_MAX];
};

static uint32_t digits(uint64_t n)
{
	uint32_t count = 1;

	while (n >= 10) {
		n /= 10;
		count++;
	}
	return count;
}

static uint32_t time_width(const struct packets *v)
{
	static const uint32_t width[CLOCKS] = {
		[CLOCK_FIRST] = 11, [CLOCK_DELTA] = 11, [CLOCK_SHOWN] = 11, [CLOCK_DAY] = 15, [CLOCK_DATE] = 26,
		[CLOCK_EPOCH] = 17,
	};

	return width[v->clock] + (v->nano ? 3 : 0);
}

static uint32_t field_width(const struct list_column *c)
{
	uint32_t n = (uint32_t)strlen(c->name);

	return n < FIELD_MIN ? FIELD_MIN : n < FIELD_MAX ? n : FIELD_MAX;
}

/* Info takes what is left. */
uint32_t list_width(const struct packets *v, const struct list_column *c, uint32_t width)
{
	uint32_t number = digits(store_count(v->store)), address = width < 110 ? 15 : width < 150 ? 21 : 39;
	const uint32_t of[LIST_FIELD] = {
		[LIST_NUMBER] = number > 6 ? number : 6, [LIST_TIME] = time_width(v), [LIST_SOURCE] = address,
		[LIST_DESTINATION] = address, [LIST_PROTOCOL] = width < 110 ? 5 : 8, [LIST_LENGTH] = 5,
	};

	return c->width && c->kind != LIST_INFO ? c->width : c->kind == LIST_FIELD ? field_width(c) : of[c->kind];
}

/* The column that goes first where there is no room for all: fields that somebody asked for stay longest. */
static uint32_t first_to_go(const struct list_columns *all, const struct widths *w)
{
	static const enum list_kind first[] = { LIST_LENGTH, LIST_TIME, LIST_DESTINATION, LIST_SOURCE, LIST_PROTOCOL, LIST_FIELD };

	for (size_t k = 0; k < sizeof(first) / sizeof(first[0]); k++)
		for (uint32_t i = all->count; i-- > 0;)
			if (all->column[i].kind == first[k] && w->of[i])
				return i;
	return all->count;
}

static struct widths widths(const struct packets *v, uint32_t width)
{
	const struct list_columns *all = &v->config.columns;
	uint32_t info = all->count, gone;
	struct widths w = { { 0 } };

	for (uint32_t i = 0; i < all->count; i++) {
		w.of[i] = list_width(v, &all->column[i], width);
		if (all->column[i].kind == LIST_INFO)
			info = i;
	}
	for (;;) {
		uint32_t used = MARKS, least = info == all->count ? 0 : INFO_MIN;

		for (uint32_t i = 0; i < all->count; i++) {
			used += w.of[i] ? w.of[i] + 1 : 0;
			if (least && all->column[i].kind == LIST_LENGTH && w.of[i])
				least = INFO_BESIDE_LENGTH;
		}
		gone = first_to_go(all, &w);
		if (used + least <= width || gone == all->count) {
			if (info < all->count)
				w.of[info] = used < width ? width - used - (info + 1 < all->count) : 0;
			return w;
		}
		w.of[gone] = 0;
	}
}

/* The next column, of a row that is drawn up to *at. */
static struct span next_column(struct grid *g, uint32_t row, const struct widths *w, uint32_t c, uint32_t *at)
{
	struct span s = grid_span(g, row, *at, w->of[c]);

	*at += w->of[c] ? w->of[c] + 1 : 0;
	return s;
}

static void put_right(struct span *s, const char *text)
{
	size_t n = strlen(text), room = span_left(s);

	if (n < room)
		span_to(s, s->at + (uint32_t)(room - n));
	span_text(s, text, n);
}

void list_draw_head(const struct packets *v, struct grid *g, uint32_t row)
{
	const struct list_columns *all = &v->config.columns;
	struct widths w = widths(v, g->width);
	uint32_t at = MARKS;

	for (uint32_t i = 0; i < all->count; i++) {
		struct span s = next_column(g, row, &w, i, &at);

		if (list_column_right(&all->column[i]))
			put_right(&s, list_column_title(&all->column[i]));
		else if (all->column[i].kind == LIST_FIELD)
			row_abbreviate(&s, list_column_title(&all->column[i]));
		else
			span_str(&s, list_column_title(&all->column[i]));
	}
	grid_mark(g, row, 0, g->width, STYLE_BOLD | STYLE_UNDERLINE);
}

/* What colour.h knows as problems stands out, as it does in lines. */
static void put_info(struct span *s, const char *text, uint32_t sideways)
{
	size_t n = strlen(text), skipped = sideways < n ? sideways : n;
	uint8_t style = s->style;

	text += skipped;
	n -= skipped;
	while (n > 0) {
		size_t problem = colour_problem(text, n), used = problem ? problem : 1;

		s->style = problem ? INK_PROBLEM | STYLE_BOLD : style;
		span_text(s, text, used);
		text += used;
		n -= used;
	}
}

/* The style of a column where no rule gives the row another. */
static uint8_t style_of(const struct list_column *c, const struct row *r, bool marked)
{
	switch (c->kind) {
	case LIST_NUMBER:
		return marked ? STYLE_BOLD : INK_PLAIN;
	case LIST_TIME:
		return STYLE_DIM;
	case LIST_SOURCE:
	case LIST_DESTINATION:
		return INK_ADDRESS;
	case LIST_PROTOCOL:
		return STYLE_BOLD | (r->problem ? INK_PROBLEM : r->ink);
	default:
		return INK_PLAIN;
	}
}

static void draw_cell(struct packets *v, struct span *s, const struct list_column *c, const char *text)
{
	if (c->kind == LIST_INFO)
		put_info(s, text, v->sideways);
	else if (list_column_right(c))
		put_right(s, text);
	else
		row_abbreviate(s, text);
}

static void draw_row(struct packets *v, struct grid *g, uint32_t row, const struct widths *w, uint32_t shown)
{
	const struct list_columns *all = &v->config.columns;
	uint32_t at = MARKS, n = packets_number(v, shown);
	bool marked = store_marked(v->store, n);
	struct frame frame;
	struct span s;
	struct packet p;
	struct row r;
	uint8_t rule;

	store_packet(v->store, &v->window, n, &p);
	frame = cell_frame(v, n, &p);
	row_fill(&r, &v->line, &p);
	rule = rules_style(&v->config.rules, v->line.all, &frame);
	s = grid_span(g, row, 0, MARKS);
	span_char(&s, shown == v->cursor ? '>' : marked ? '*' : r.problem ? '!' : ' ');
	for (uint32_t i = 0; i < all->count; i++) {
		if (!w->of[i])
			continue;
		s = next_column(g, row, w, i, &at);
		s.style = rule ? rule : style_of(&all->column[i], &r, marked);
		draw_cell(v, &s, &all->column[i], cell_text(v, &all->column[i], shown, &p, &r));
	}
}

void list_draw(struct packets *v, struct grid *g, uint32_t row, uint32_t height)
{
	struct widths w = widths(v, g->width);
	uint32_t begin = packets_begin(v), end = packets_end(v);
	bool focus = v->focus == PANE_LIST;

	v->page = height;
	if (v->top < begin)
		v->top = begin;
	if (v->cursor < v->top)
		v->top = v->cursor;
	if (height > 0 && v->cursor - v->top >= height)
		v->top = v->cursor - height + 1;
	for (uint32_t i = 0; i < height && v->top + i < end; i++) {
		draw_row(v, g, row + i, &w, v->top + i);
		if (v->top + i != v->cursor)
			continue;
		grid_mark(g, row + i, 0, g->width, focus ? STYLE_REVERSE : STYLE_BOLD);
		if (focus) {
			g->cursor_row = row + i;
			g->cursor_column = 0;
		}
	}
}
