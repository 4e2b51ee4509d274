/* SPDX-License-Identifier: BSD-2-Clause */
/* list.c - the list of packets
 *
 * How it works: only the packets in sight are read and decoded, each time: that takes a microsecond of each. The
 * columns take what they need; where the screen is too narrow for all, some go, and Info has what is left.
 */
#define _GNU_SOURCE
#include "ui/screen/list.h"

#include <stdio.h>

#include "ui/colour.h"

enum column { NUMBER, TIME, SOURCE, DESTINATION, PROTOCOL, LENGTH, INFO, COLUMNS };

#define INFO_MIN 7		/* columns */
#define INFO_BESIDE_LENGTH 14
#define MARKS 1			/* the one before all others, for ">" and "*" */

static const char *const titles[COLUMNS] = {
	[NUMBER] = "No.", [TIME] = "Time", [SOURCE] = "Source", [DESTINATION] = "Destination",
	[PROTOCOL] = "Proto", [LENGTH] = "Len", [INFO] = "Info",
};

/* How wide each is, without the blank behind it; 0: there is no room for it. */
struct widths {
	uint32_t of[COLUMNS];
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

static struct widths widths(const struct packets *v, uint32_t width)
{
	static const enum column first_to_go[] = { LENGTH, TIME, DESTINATION, SOURCE, PROTOCOL };
	uint32_t number = digits(store_count(v->store)), address = width < 110 ? 15 : width < 150 ? 21 : 39;
	struct widths w = { {
		[NUMBER] = number > 6 ? number : 6, [TIME] = time_width(v), [SOURCE] = address,
		[DESTINATION] = address, [PROTOCOL] = width < 110 ? 5 : 8, [LENGTH] = 5,
	} };

	for (uint32_t i = 0;; i++) {
		uint32_t used = MARKS;

		for (uint32_t c = 0; c < INFO; c++)
			used += w.of[c] ? w.of[c] + 1 : 0;
		if (used + (w.of[LENGTH] ? INFO_BESIDE_LENGTH : INFO_MIN) <= width || i == sizeof(first_to_go) / sizeof(first_to_go[0])) {
			w.of[INFO] = used < width ? width - used : 0;
			return w;
		}
		w.of[first_to_go[i]] = 0;
	}
}

static bool is_right_aligned(enum column c)
{
	return c == NUMBER || c == TIME || c == LENGTH;
}

/* The next column, of a row that is drawn up to *at. */
static struct span next_column(struct grid *g, uint32_t row, const struct widths *w, enum column c, uint32_t *at)
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
	struct widths w = widths(v, g->width);
	uint32_t at = MARKS;

	for (enum column c = 0; c < COLUMNS; c++) {
		struct span s = next_column(g, row, &w, c, &at);

		if (is_right_aligned(c))
			put_right(&s, titles[c]);
		else
			span_str(&s, titles[c]);
	}
	grid_mark(g, row, 0, g->width, STYLE_BOLD | STYLE_UNDERLINE);
}

/* "-1.204112" */
static void put_difference(struct out *o, int64_t ns, bool nano)
{
	uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	if (ns < 0)
		out_char(o, '-');
	out_dec(o, size / 1000000000);
	out_char(o, '.');
	if (nano)
		out_dec_pad(o, size % 1000000000, 9);
	else
		out_dec_pad(o, size % 1000000000 / 1000, 6);
}

static int64_t time_of(const struct packets *v, uint32_t shown)
{
	return store_time(v->store, packets_number(v, shown));
}

static int64_t since(const struct packets *v, uint32_t n, int64_t time)
{
	return (int64_t)((uint64_t)store_time(v->store, n) - (uint64_t)time);
}

static void put_time(struct packets *v, struct span *s, uint32_t shown, const struct packet *p)
{
	static const uint8_t forms[CLOCKS] = {
		[CLOCK_DAY] = TIME_OF_DAY, [CLOCK_DATE] = TIME_DATE, [CLOCK_EPOCH] = TIME_EPOCH,
	};
	uint32_t n = packets_number(v, shown);
	char text[64];
	struct out o = { text, text + sizeof(text) - 1 };

	if (v->clock == CLOCK_FIRST) {
		put_difference(&o, since(v, n, store_began(v->store)), v->nano);
	} else if (v->clock == CLOCK_DELTA) {
		put_difference(&o, n > store_first(v->store) ? since(v, n, store_time(v->store, n - 1)) : 0, v->nano);
	} else if (v->clock == CLOCK_SHOWN) {
		put_difference(&o, shown > packets_begin(v) ? since(v, n, time_of(v, shown - 1)) : 0, v->nano);
	} else {
		if (v->times.form != forms[v->clock])
			v->times.have_second = false;
		v->times.form = forms[v->clock];
		v->times.nano = v->nano;
		times_put(&v->times, &o, p);
		if (o.at > text && o.at[-1] == ' ')
			o.at--;
	}
	*o.at = '\0';
	s->style = STYLE_DIM;
	put_right(s, text);
}

/* What colour.h knows as problems stands out, as it does in lines. */
static void put_info(struct span *s, const struct row *r, uint32_t sideways)
{
	const char *text = r->info;
	size_t n = strlen(text), skipped = sideways < n ? sideways : n;

	text += skipped;
	n -= skipped;
	while (n > 0) {
		size_t problem = colour_problem(text, n), used = problem ? problem : 1;

		s->style = problem ? INK_PROBLEM | STYLE_BOLD : INK_PLAIN;
		span_text(s, text, used);
		text += used;
		n -= used;
	}
}

static void draw_row(struct packets *v, struct grid *g, uint32_t row, const struct widths *w, uint32_t shown)
{
	uint32_t at = MARKS, n = packets_number(v, shown);
	struct span s;
	struct packet p;
	struct row r;
	char text[24];

	store_packet(v->store, &v->window, n, &p);
	row_fill(&r, &v->line, &p);
	s = grid_span(g, row, 0, MARKS);
	span_char(&s, shown == v->cursor ? '>' : store_marked(v->store, n) ? '*' : r.problem ? '!' : ' ');
	s = next_column(g, row, w, NUMBER, &at);
	snprintf(text, sizeof(text), "%llu", (unsigned long long)p.number);
	if (store_marked(v->store, n))
		s.style = STYLE_BOLD;
	put_right(&s, text);
	s = next_column(g, row, w, TIME, &at);
	put_time(v, &s, shown, &p);
	s = next_column(g, row, w, SOURCE, &at);
	s.style = INK_ADDRESS;
	row_abbreviate(&s, r.source);
	s = next_column(g, row, w, DESTINATION, &at);
	s.style = INK_ADDRESS;
	row_abbreviate(&s, r.destination);
	s = next_column(g, row, w, PROTOCOL, &at);
	s.style = STYLE_BOLD | (r.problem ? INK_PROBLEM : r.ink);
	row_abbreviate(&s, r.protocol);
	s = next_column(g, row, w, LENGTH, &at);
	snprintf(text, sizeof(text), "%u", r.length);
	put_right(&s, text);
	s = next_column(g, row, w, INFO, &at);
	put_info(&s, &r, v->sideways);
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
