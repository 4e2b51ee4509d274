/* SPDX-License-Identifier: BSD-2-Clause */
/* talkpane.c - the screen of talkers */
#define _GNU_SOURCE
#include "ui/screen/talkpane.h"

#include <stdio.h>
#include <string.h>

#include "ui/screen/graph.h"
#include "ui/screen/put.h"
#include "ui/screen/table.h"
#include "ui/screen/talktext.h"

enum column { NAME, ALL, SENT, RECEIVED, PACKETS, FLOWS, PERCENT, LAST, COLUMNS };

enum { SPARK = 12, SPARK_SECONDS = 60 / SPARK };

static const struct table_column columns[COLUMNS] = {
	[NAME] = { "", 15, .most = 39 },
	[ALL] = { "Bytes", 9, .right = true },
	[SENT] = { "Sent", 9, .goes = 5, .right = true },
	[RECEIVED] = { "Received", 9, .goes = 4, .right = true },
	[PACKETS] = { "Pkts", 7, .goes = 3, .right = true },
	[FLOWS] = { "Flows", 6, .goes = 1, .right = true },
	[PERCENT] = { "%", 4, .right = true },
	[LAST] = { "", SPARK, .most = SPARK + 1, .goes = 2 },
};

static const char *const names[TALKER_KINDS] = {
	[TALKER_HOST] = "Host", [TALKER_PORT] = "Port", [TALKER_PROTO] = "Protocol", [TALKER_MAC] = "Link address",
};

static const char *const one[TALKER_KINDS] = {
	[TALKER_HOST] = "host", [TALKER_PORT] = "port", [TALKER_PROTO] = "protocol", [TALKER_MAC] = "link address",
};

static const char *const many[TALKER_KINDS] = {
	[TALKER_HOST] = "hosts", [TALKER_PORT] = "ports", [TALKER_PROTO] = "protocols", [TALKER_MAC] = "link addresses",
};

/* Is a column about something that talkers of this kind have? */
static bool has(enum talker_kind kind, enum column c)
{
	if (c == FLOWS)
		return kind == TALKER_HOST || kind == TALKER_PORT;
	return (c != SENT && c != RECEIVED) || kind != TALKER_PROTO;
}

static struct table lay(struct table_column own[COLUMNS], const struct talklist *f, uint32_t width)
{
	memcpy(own, columns, sizeof(columns));
	own[NAME].title = names[f->kind];
	own[ALL].title = f->live ? "Rate" : "Bytes";
	own[PACKETS].title = f->live ? "pps" : "Pkts";
	own[LAST].title = f->live ? "60 s" : "";
	return table_lay(own, COLUMNS, width);
}

/* "84.1Mb/s" of so many bytes in the window, or "1.1MB". */
static void set_amount(char *text, size_t size, const struct talklist *f, uint64_t bytes)
{
	short_number(text, size, f->live ? bytes * 8 / f->window : bytes, f->live ? "b/s" : "B");
}

static void set_text(char *text, size_t size, const struct talklist *f, const struct talker *t, enum column c)
{
	struct talk_numbers n = talklist_numbers(f, t);
	uint64_t all = talklist_all(f);
	struct out o = { text, text + size - 1 };

	*text = '\0';
	if (!has(f->kind, c))
		return;
	switch (c) {
	case NAME:
		talktext_name(&o, &t->key, f->kind);
		*o.at = '\0';
		break;
	case ALL:
		set_amount(text, size, f, n.bytes);
		break;
	case SENT:
		set_amount(text, size, f, n.sent);
		break;
	case RECEIVED:
		set_amount(text, size, f, n.bytes - n.sent);
		break;
	case PACKETS:
		short_number(text, size, f->live ? n.packets / f->window : n.packets, "");
		break;
	case FLOWS:
		snprintf(text, size, "%u%s", t->flows, f->table->flows_full ? "+" : "");
		break;
	case PERCENT:
		/* Who speaks to itself sends and receives each byte. */
		snprintf(text, size, "%.0f%%", all ? 100.0 * (double)(n.bytes < all ? n.bytes : all) / (double)all : 0.0);
		break;
	default:
		break;
	}
}

/* What came in the last minute, or its part of all. */
static void draw_last(const struct talklist *f, const struct talker *t, struct span *s)
{
	const struct talker_recent *r = talkers_recent(f->table, t);
	uint64_t amount[SPARK];

	if (!r) {
		graph_bar(s, talklist_numbers(f, t).bytes, talklist_all(f));
		return;
	}
	for (uint32_t i = 0; i < SPARK; i++)
		amount[i] = recent_before(&r->bytes, f->second - (SPARK - 1 - i) * SPARK_SECONDS, SPARK_SECONDS);
	graph_spark(s, amount, SPARK);
}

static void draw_row(const struct talklist *f, const struct talker *t, struct grid *g, uint32_t row,
		     const struct table *table, bool selected)
{
	struct span last = table_cell(table, g, row, LAST);
	char text[80];

	for (enum column c = NAME; c < LAST; c++) {
		if (!table->width[c])
			continue;
		set_text(text, sizeof(text), f, t, c);
		table_put(table, g, row, c, text, c == NAME ? INK_ADDRESS : INK_PLAIN);
	}
	draw_last(f, t, &last);
	if (selected)
		table_select(g, row);
}

/* How many there are, what their numbers are of, and how they are sorted. */
static void draw_sum(const struct talklist *f, const struct packets *v, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);
	uint32_t progress = pass_progress(&f->pass, v->store);
	char text[60];

	span_format(&s, " Talkers: %u %s", f->table->count, (f->table->count == 1 ? one : many)[f->kind]);
	if (f->live)
		span_format(&s, "  of the last %u s", f->window);
	else if (progress < 100)
		span_format(&s, "  counted %u%%", progress);
	if (f->table->count > f->count && f->count == TALK_ROWS)
		span_format(&s, "  the first %u", f->count);
	snprintf(text, sizeof(text), "  by %s%s ", talklist_order(f), f->reverse ? ", reversed" : "");
	put_behind(&s, text, INK_PLAIN);
}

static void draw_empty(const struct talklist *f, const struct packets *v, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	if (f->count > 0)
		return;
	if (f->table->count > 0 || pass_progress(&f->pass, v->store) < 100)
		span_str(&s, "  ...");
	else
		span_format(&s, "  no packet with %s is there", many[f->kind]);
}

void talkpane_draw(struct talklist *f, const struct packets *v, struct grid *g, const struct rows *r)
{
	uint32_t height = r->height[PANE_LIST], at = r->at[PANE_LIST];
	struct table_column own[COLUMNS];
	struct table t = lay(own, f, g->width);

	if (height == 0)
		return;
	f->page = height;
	table_scroll(&f->top, f->cursor, f->count, height);
	if (r->filter != ROW_NONE)
		draw_sum(f, v, g, r->filter);
	if (r->head != ROW_NONE)
		table_head(&t, g, r->head);
	draw_empty(f, v, g, at);
	for (uint32_t i = 0; i < height && talklist_at(f, f->top + i); i++)
		draw_row(f, talklist_at(f, f->top + i), g, at + i, &t, f->top + i == f->cursor);
}
