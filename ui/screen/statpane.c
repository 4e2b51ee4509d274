/* SPDX-License-Identifier: BSD-2-Clause */
/* statpane.c - the screen of statistics: protocols as a tree, sizes as bars, rates as a graph
 *
 * How it works: where there is room all three are shown, the tree above the others; else the tree, and Tab goes on to
 * the next.
 */
#define _GNU_SOURCE
#include "ui/screen/statpane.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ui/screen/graph.h"
#include "ui/screen/put.h"
#include "ui/screen/table.h"

enum column { NAME, PACKETS, OF_PACKETS, ALL_BYTES, OF_BYTES, RATE, PART, COLUMNS };

enum {
	WIDE = 72, HIGH = 16,		/* from where on all is shown, columns and rows */
	SIZES = 38,			/* columns of the sizes, where the graph stands beside them */
	LOWER = TALLY_SIZES + 2,	/* rows of both, with a divider and the graph's axis */
	COLUMNS_MAX = 512,		/* of the graph */
};

static const struct table_column columns[COLUMNS] = {
	[NAME] = { "Protocol", 16, .most = 40 },
	[PACKETS] = { "Packets", 8, .right = true },
	[OF_PACKETS] = { "%", 6, .goes = 4, .right = true },
	[ALL_BYTES] = { "Bytes", 8, .goes = 5, .right = true },
	[OF_BYTES] = { "%", 6, .goes = 3, .right = true },
	[RATE] = { "bits/s", 8, .goes = 2, .right = true },
	[PART] = { "", 10, .most = 30, .goes = 1 },
};

/* What all of the screen's parts are drawn from. */
struct look {
	const struct statlist *f;
	uint64_t ns;			/* from the first packet to the last, live to now */
	uint32_t second;		/* that is now, since 1970 */
};

static double percent(uint64_t n, uint64_t all)
{
	return all ? 100.0 * (double)n / (double)all : 0.0;
}

static void set_text(char *text, size_t size, const struct look *l, const struct hierarchy_node *n, enum column c)
{
	const struct tally *t = l->f->tally;

	switch (c) {
	case PACKETS:
		short_number(text, size, n->packets, "");
		break;
	case OF_PACKETS:
		snprintf(text, size, "%.1f", percent(n->packets, t->packets));
		break;
	case ALL_BYTES:
		short_number(text, size, n->bytes, "B");
		break;
	case OF_BYTES:
		snprintf(text, size, "%.1f", percent(n->bytes, t->bytes));
		break;
	case RATE:
		short_number(text, size, statlist_rate(l->f, n, l->second, l->ns), "");
		break;
	default:
		*text = '\0';
		break;
	}
}

/* Is it one of several of its name, as the versions of cooked headers are? */
static bool has_namesake(const struct proto *p)
{
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		if (protos[id] != p && strcmp(proto_name(protos[id]), proto_name(p)) == 0)
			return true;
	return false;
}

/* Its title; where there is no room for it, or it stands for its namesakes too, its name in capitals. */
static void put_protocol(struct span *s, const struct proto *p)
{
	size_t n = strlen(p->title);

	if (n > 0 && n <= span_left(s) && !has_namesake(p)) {
		span_str(s, p->title);
		return;
	}
	for (const char *c = proto_name(p); *c; c++)
		span_char(s, (uint32_t)toupper((unsigned char)*c));
}

/* "  v TCP" */
static void draw_name(const struct look *l, uint32_t number, const struct table *t, struct grid *g, uint32_t row)
{
	const struct hierarchy_node *n = &l->f->tally->hierarchy.node[number];
	struct span s = table_cell(t, g, row, NAME);

	for (uint32_t i = 1; i < n->depth && span_left(&s) > 8; i++)
		span_char(&s, ' ');
	span_char(&s, !n->child ? ' ' : l->f->folded[number] ? 0x25b8 : 0x25be);
	span_char(&s, ' ');
	put_protocol(&s, protos[n->proto]);
}

static void draw_tree(const struct look *l, struct grid *g, uint32_t row, uint32_t height)
{
	const struct statlist *f = l->f;
	struct table t = table_lay(columns, COLUMNS, g->width);
	char text[40];

	for (uint32_t i = 0; i < height && f->top + i < f->count; i++) {
		uint32_t number = f->shown[f->top + i];
		const struct hierarchy_node *n = &f->tally->hierarchy.node[number];
		struct span part = table_cell(&t, g, row + i, PART);

		for (enum column c = PACKETS; c <= RATE; c++) {
			set_text(text, sizeof(text), l, n, c);
			table_put(&t, g, row + i, c, text, INK_PLAIN);
		}
		graph_bar(&part, n->bytes, f->tally->bytes);
		draw_name(l, number, &t, g, row + i);
		if (f->top + i == f->cursor)
			table_select(g, row + i);
	}
}

/* "  64- 127  48.0% xxxxxxxx" */
static void draw_sizes(const struct look *l, struct grid *g, uint32_t row, uint32_t width)
{
	const struct tally *t = l->f->tally;
	uint64_t most = 0;

	for (uint32_t i = 0; i < TALLY_SIZES; i++)
		most = t->size[i] > most ? t->size[i] : most;
	for (uint32_t i = 0; i < TALLY_SIZES; i++) {
		struct span s = grid_span(g, row + i, 0, width - 1);
		uint32_t from = i ? tally_size[i - 1] + 1 : 0;

		if (i + 1 < TALLY_SIZES)
			span_format(&s, " %4u-%4u %5.1f%% ", from, tally_size[i], percent(t->size[i], t->packets));
		else
			span_format(&s, " %4u-     %5.1f%% ", from, percent(t->size[i], t->packets));
		graph_bar(&s, t->size[i], most);
	}
}

/* The last row says what time it is of. */
static void draw_rates(const struct look *l, struct grid *g, uint32_t row, uint32_t column, uint32_t height)
{
	uint64_t amount[COLUMNS_MAX], ns;
	uint32_t left = column + GRAPH_AXIS, n = g->width > left + 1 ? g->width - left - 1 : 1;
	struct span axis = grid_span(g, row + height - 1, left, n);

	if (height < 2)
		return;
	n = n < COLUMNS_MAX ? n : COLUMNS_MAX;
	if (l->f->live && n > STAT_GRAPH)
		n = STAT_GRAPH;
	ns = statlist_graph(l->f, amount, n, l->second);
	graph_draw(g, row, column, height - 1, amount, n, "b/s");
	if (l->f->live) {
		span_format(&axis, "-%u s", n);
		axis = grid_span(g, row + height - 1, left + n - 3, 3);
		span_str(&axis, "now");
	} else {
		span_str(&axis, "0 ... ");
		put_duration(&axis, (int64_t)ns);
	}
}

static void draw_divider(struct grid *g, uint32_t row, uint32_t column, const char *title)
{
	struct span s = grid_span(g, row, column, g->width);

	span_char(&s, 0x2500);
	span_char(&s, 0x2500);
	span_format(&s, " %s ", title);
	span_fill(&s, 0x2500);
}

/* What was lost, and what is wrong with what was not. */
static void draw_sum(const struct look *l, const struct packets *v, const struct ledger *ledger, struct grid *g,
		     uint32_t row)
{
	const struct tally *t = l->f->tally;
	struct span s = grid_span(g, row, 0, g->width);
	uint32_t progress = pass_progress(&l->f->pass, v->store);

	if (progress < 100 && !l->f->live)
		span_format(&s, " Counted %u%%  ", progress);
	else if (ledger)
		span_format(&s, " Drops: kernel %llu  view %llu  ", (unsigned long long)ledger->dropped,
			    (unsigned long long)ledger->skipped);
	else
		span_format(&s, " Packets %llu  ", (unsigned long long)t->packets);
	s.style = t->bad_checksums || t->malformed ? INK_PROBLEM : INK_PLAIN;
	span_format(&s, "bad checksums %llu  malformed %llu  ", (unsigned long long)t->bad_checksums,
		    (unsigned long long)t->malformed);
	s.style = INK_PLAIN;
	span_format(&s, "cut %llu", (unsigned long long)t->cut);
}

/* The tree with the others below it. */
static void draw_all(struct statlist *f, const struct look *l, struct grid *g, uint32_t row, uint32_t height)
{
	uint32_t below = row + height - LOWER;

	f->page = height - LOWER;
	table_scroll(&f->top, f->cursor, f->count, f->page);
	draw_tree(l, g, row, f->page);
	draw_divider(g, below, 0, "Sizes, bytes");
	draw_divider(g, below, SIZES, "Rate, bits/s");
	draw_sizes(l, g, below + 1, SIZES);
	draw_rates(l, g, below + 1, SIZES, LOWER - 1);
}

static void draw_part(struct statlist *f, const struct look *l, enum stat_part part, struct grid *g, uint32_t row,
		      uint32_t height)
{
	if (part == STAT_SIZES) {
		draw_sizes(l, g, row, g->width);
	} else if (part == STAT_RATES) {
		draw_rates(l, g, row, 0, height);
	} else {
		f->page = height;
		table_scroll(&f->top, f->cursor, f->count, height);
		draw_tree(l, g, row, height);
	}
}

/* Whole ones, of which there are none before it. */
static uint32_t seconds_since(int64_t began, uint32_t second)
{
	int64_t since = second - began / 1000000000;

	return since > 0 ? (uint32_t)since : 0;
}

void statpane_draw(struct statlist *f, const struct packets *v, const struct ledger *ledger, struct grid *g,
		   const struct rows *r)
{
	static const char *const heads[STAT_PARTS] = { [STAT_SIZES] = " Sizes, bytes", [STAT_RATES] = " Rate, bits/s" };
	uint32_t height = r->height[PANE_LIST], at = r->at[PANE_LIST], count = store_count(v->store);
	struct look l = { .f = f, .second = (uint32_t)time(NULL) };
	struct table t = table_lay(columns, COLUMNS, g->width);
	enum stat_part part;

	if (height == 0)
		return;
	if (f->live)
		l.ns = seconds_since(store_began(v->store), l.second) * UINT64_C(1000000000);
	else if (count > 0)
		l.ns = (uint64_t)store_time(v->store, count - 1) - (uint64_t)store_began(v->store);
	f->narrow = height < HIGH || g->width < WIDE;
	part = f->part == STAT_ALL && f->narrow ? STAT_PROTOCOLS : f->part;
	statlist_settle(f);
	if (r->filter != ROW_NONE)
		draw_sum(&l, v, ledger, g, r->filter);
	if (r->head != ROW_NONE && heads[part]) {
		struct span s = grid_span(g, r->head, 0, g->width);

		span_str(&s, heads[part]);
		grid_mark(g, r->head, 0, g->width, STYLE_BOLD | STYLE_UNDERLINE);
	} else if (r->head != ROW_NONE) {
		table_head(&t, g, r->head);
	}
	if (part == STAT_ALL)
		draw_all(f, &l, g, at, height);
	else
		draw_part(f, &l, part, g, at, height);
}
