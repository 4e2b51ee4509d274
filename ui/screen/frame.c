/* SPDX-License-Identifier: BSD-2-Clause */
/* frame.c - what is around the panes: title, filter, dividers and keys */
#define _GNU_SOURCE
#include "ui/screen/frame.h"

#include <stdio.h>
#include <string.h>

#include "ui/plural.h"
#include "ui/screen/gauge.h"
#include "ui/screen/list.h"
#include "ui/screen/put.h"
#include "ui/screen/refilter.h"
#include "ui/screen/status.h"

enum { HEIGHT_THREE = 30 };	/* rows from which on all three panes are there by themselves */

/* One of them alone. */
static void alone(struct rows *r, enum pane pane, uint32_t at, uint32_t height)
{
	bool divided = pane != PANE_LIST && height > 1;

	r->at[pane] = at + divided;
	r->height[pane] = height - divided;
	if (divided)
		r->divider[pane] = at;
	if (pane != PANE_LIST)
		r->head = ROW_NONE;
}

static void below(struct rows *r, enum pane pane, uint32_t end, uint32_t height)
{
	r->divider[pane] = end - height;
	r->at[pane] = end - height + 1;
	r->height[pane] = height - 1;
}

static void panes(struct rows *r, const struct packets *v, uint32_t at, uint32_t end)
{
	uint32_t body = end - at, hex, lower;
	enum layout layout = v->layout;

	if (layout == LAYOUT_BY_SIZE)
		layout = end + 2 >= HEIGHT_THREE ? LAYOUT_THREE : LAYOUT_TWO;
	if (v->zoomed || layout == LAYOUT_LIST || body < 8) {
		alone(r, v->focus, at, body);
		return;
	}
	if (layout == LAYOUT_TWO || body < 14) {
		lower = body * 2 / 5 + 1;
		below(r, v->lower == PANE_HEX ? PANE_HEX : PANE_DETAIL, end, lower);
		r->at[PANE_LIST] = at;
		r->height[PANE_LIST] = body - lower;
		return;
	}
	hex = body / 4 < 8 ? body / 4 : 8;
	lower = body / 3;
	below(r, PANE_HEX, end, hex);
	below(r, PANE_DETAIL, end - hex, lower);
	r->at[PANE_LIST] = at;
	r->height[PANE_LIST] = body - hex - lower;
}

struct rows frame_rows(const struct packets *v, uint32_t height)
{
	struct rows r = { ROW_NONE, ROW_NONE, ROW_NONE, ROW_NONE, ROW_NONE, { 0 }, { 0 }, { ROW_NONE, ROW_NONE, ROW_NONE } };
	uint32_t at = 0, end = height;

	if (height >= 4)
		r.title = at++;
	if (height >= 8)
		r.filter = at++;
	if (height >= 6)
		r.head = at++;
	if (height >= 10)
		r.keys = --end;
	if (height >= 5)
		r.status = --end;
	panes(&r, v, at, end);
	return r;
}

/* How long it took goes first where there is no room for all. */
static void draw_title(const struct packets *v, struct grid *g, uint32_t row)
{
	uint32_t count = store_count(v->store), shown = packets_end(v);
	const char *name = strrchr(v->name, '/');
	char right[120] = "", lasts[40] = "";
	struct span s;

	if (g->width >= 50)
		snprintf(right, sizeof(right), "  shown %u (%.1f%%)  marked %u  index %u%% ", shown,
			 count ? 100.0 * shown / count : 100.0, v->marks, store_progress(v->store));
	if (count > 0)
		short_duration(lasts, sizeof(lasts), (int64_t)((uint64_t)store_time(v->store, count - 1) -
							       (uint64_t)store_began(v->store)));
	s = grid_span(g, row, 0, strlen(right) < g->width ? g->width - (uint32_t)strlen(right) : 0);
	s.style = STYLE_BOLD;
	span_format(&s, " %s", name && g->width < 100 ? name + 1 : v->name);
	s.style = 0;
	span_format(&s, "  %u packet%s  ", count, plural(count));
	put_size(&s, store_bytes(v->store));
	if (strlen(lasts) + 2 <= span_left(&s))
		span_format(&s, "  %s", lasts);
	grid_right(g, row, right, 0);
}

/* By which column packets are sorted; "": by none. */
static const char *sorted_by(const struct packets *v)
{
	bool sorted = packets_are_sorted(v) && v->sorted.column < v->config.columns.count;

	return sorted ? list_column_title(&v->config.columns.column[v->sorted.column]) : "";
}

static void draw_filter(const struct screen *s, struct grid *g, uint32_t row)
{
	const struct sieve *sieve = s->v.sieve;
	struct span line = grid_span(g, row, 0, g->width);
	uint32_t count = store_count(s->v.store);
	char text[100];

	span_format(&line, " Filter: ");
	line.style = sieve ? STYLE_BOLD : 0;
	span_str(&line, sieve ? sieve->text : "-");
	if (!sieve && *s->capture_filter) {
		snprintf(text, sizeof(text), "  captured: %.80s ", s->capture_filter);
		grid_right(g, row, text, INK_PLAIN);
	}
	if (!sieve)
		return;
	if (s->sifting)
		snprintf(text, sizeof(text), "  %u%%, %u so far, Esc cancels ",
			 count ? (uint32_t)((uint64_t)sieve->next * 100 / count) * store_progress(s->v.store) / 100 : 0,
			 sieve->count);
	else if (sieve->full)
		snprintf(text, sizeof(text), "  no memory for more than %u ", sieve->count);
	else
		snprintf(text, sizeof(text), "  %u match in %.2f s%s%.20s%s ", sieve->count, (double)s->sifted_ns / 1e9,
			 packets_are_sorted(&s->v) ? ", by " : "", sorted_by(&s->v), sorted_by(&s->v)[0] && s->v.sorted.reverse ? ", reversed" : "");
	if (sieve->missed)	/* for want of time; what was looked at is said by the rest */
		snprintf(text, sizeof(text), "  %u match, %llu skipped ", sieve->count,
			 (unsigned long long)sieve->missed);
	grid_right(g, row, text, sieve->full ? INK_PROBLEM : INK_GOOD);
}

static void draw_divider(const struct screen *s, struct grid *g, enum pane pane, uint32_t row)
{
	const struct packets *v = &s->v;
	const struct node *n = detail_node(&v->detail);
	uint32_t bytes = v->detail.count ? v->detail.node[0].bytes : 0;
	struct span line = grid_span(g, row, 0, g->width);

	line.style = v->focus == pane ? STYLE_BOLD : 0;
	span_char(&line, 0x2500);
	span_char(&line, 0x2500);
	if (pane == PANE_DETAIL)
		span_format(&line, " %llu  Detail ", (unsigned long long)v->detailed);
	else if (v->focus == PANE_HEX)
		span_format(&line, " Hex  byte %u of %u ", v->hex_cursor, bytes);
	else if (n && n->bytes > 0)
		span_format(&line, " Hex  bytes %u-%u of %u ", n->from, n->from + n->bytes - 1, bytes);
	else
		span_format(&line, " Hex  %u bytes ", bytes);
	span_fill(&line, 0x2500);
}

void frame_keys(struct grid *g, enum screen_id screen, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	span_char(&s, ' ');
	for (uint32_t i = 0; i < keys_count; i++)
		if (keys[i].bar && keys[i].on & 1 << screen && (screen >= SCREENS || keys[i].action != ACTION_PACKETS + screen) &&
		    strlen(keys[i].bar) < span_left(&s))
			span_format(&s, "%s  ", keys[i].bar);
	grid_mark(g, row, 0, g->width, STYLE_REVERSE);
}

/* Why there are none. */
static void draw_empty(const struct screen *s, struct grid *g, uint32_t row)
{
	struct span line = grid_span(g, row, 0, g->width);

	if (packets_begin(&s->v) < packets_end(&s->v))
		return;
	if (s->sifting || store_progress(s->v.store) < 100)
		span_str(&line, "  ...");
	else if (s->v.paused)
		span_str(&line, "  the packets that were here are gone; Space goes on");
	else if (s->v.sieve)
		span_str(&line, "  no packet matches");
	else
		span_str(&line, s->ledger ? "  no packet came yet" : "  no packet is in the file");
}

void frame_draw(struct screen *s, struct grid *g, const struct rows *r)
{
	if (r->head != ROW_NONE)
		list_draw_head(&s->v, g, r->head);
	if (r->filter != ROW_NONE)
		draw_filter(s, g, r->filter);
	for (enum pane pane = PANE_DETAIL; pane < PANES; pane++)
		if (r->divider[pane] != ROW_NONE)
			draw_divider(s, g, pane, r->divider[pane]);
	if (r->height[PANE_LIST] > 0)
		draw_empty(s, g, r->at[PANE_LIST]);
}

void frame_draw_around(struct screen *s, struct grid *g, const struct rows *r)
{
	if (r->title != ROW_NONE && s->ledger)
		gauge_draw_title(s, g, r->title);
	else if (r->title != ROW_NONE)
		draw_title(&s->v, g, r->title);
	if (r->status != ROW_NONE) {
		status_draw(s, g, r->status);
	} else if (*s->v.message) {
		struct span line = grid_span(g, g->height - 1, 0, g->width);

		span_str(&line, s->v.message);
		span_fill(&line, ' ');
	}
	if (r->keys != ROW_NONE)
		frame_keys(g, s->at, r->keys);
	if (s->bar.purpose != ASK_NOTHING) {
		uint32_t row = r->filter != ROW_NONE ? r->filter : 0;

		bar_draw(&s->bar, g, row, row + 1);
	}
}
