/* SPDX-License-Identifier: BSD-2-Clause */
/* linkpane.c - the interfaces of this machine as a table */
#define _GNU_SOURCE
#include "ui/screen/linkpane.h"

#include <stdio.h>
#include <string.h>

#include "capture/interface.h"
#include "ui/screen/graph.h"
#include "ui/screen/put.h"
#include "ui/screen/table.h"

enum column { NAME, STATE, KIND, ADDRESS, PPS, BPS, LAST, CAPTURED, DROPPED, COLUMNS };

enum { SPARK = LINK_SECONDS / 2 };

static const struct table_column columns[COLUMNS] = {
	[NAME] = { "Name", 10, .most = IF_NAMESIZE },
	[STATE] = { "State", 7, .goes = 4 },
	[KIND] = { "Link", 8, .goes = 1 },
	[ADDRESS] = { "Address", 14, .most = 43, .goes = 3 },
	[PPS] = { "pps", 6, .right = true },
	[BPS] = { "b/s", 7, .right = true },
	[LAST] = { "20 s", SPARK, .goes = 2 },
	[CAPTURED] = { "Captured", 8, .right = true },
	[DROPPED] = { "Dropped", 7, .right = true },
};

/* Nothing is captured before there is a view. */
static struct table lay(const struct linklist *l, uint32_t width)
{
	return table_lay(columns, l->live ? COLUMNS : CAPTURED, width);
}

const char *linkpane_state(const struct link *k)
{
	static const char *const words[] = { [LINK_DOWN] = "down", [LINK_NO_CARRIER] = "no link", [LINK_UP] = "up" };

	return words[k->state];
}

const char *linkpane_kind(const struct link *k)
{
	if (k->loopback)
		return "loopback";
	switch (k->index ? interface_linktype(k->hardware) : LINKTYPE_LINUX_SLL2) {
	case LINKTYPE_ETHERNET:
		return "Ethernet";
	case LINKTYPE_RAW:
		return "raw IP";
	default:
		return "cooked";
	}
}

/* Two seconds a cell. */
static void draw_last(const struct link_rate *r, struct span *s)
{
	uint64_t amount[SPARK];

	for (uint32_t i = 0; i < SPARK; i++)
		amount[i] = r->history[2 * i] + r->history[2 * i + 1];
	graph_spark(s, amount, SPARK);
}

static void draw_ledger(const struct ledger *own, struct grid *g, uint32_t row, const struct table *t)
{
	char text[32];

	short_number(text, sizeof(text), own->fate[FATE_CAPTURED], "");
	table_put(t, g, row, CAPTURED, text, INK_PLAIN);
	short_number(text, sizeof(text), own->dropped, "");
	table_put(t, g, row, DROPPED, text, own->dropped ? INK_PROBLEM : INK_PLAIN);
}

static void draw_row(const struct linklist *l, uint32_t i, struct grid *g, uint32_t row, const struct table *t)
{
	const struct link *k = linklist_at(l, i);
	const struct link_rate *r = &l->rate[i];
	const struct ledger *own = linklist_ledger(l, k->index);
	struct span last = table_cell(t, g, row, LAST);
	uint8_t style = k->state == LINK_UP ? INK_PLAIN : STYLE_DIM;
	bool is_marked = linklist_marked(l, k->index);
	char text[32];

	snprintf(text, sizeof(text), "%s%s", is_marked ? "*" : "", k->name);
	table_put(t, g, row, NAME, text, style | (is_marked ? STYLE_BOLD : 0));
	table_put(t, g, row, STATE, linkpane_state(k), style);
	table_put(t, g, row, KIND, linkpane_kind(k), style);
	table_put(t, g, row, ADDRESS, *k->address ? k->address : "-", *k->address ? INK_ADDRESS : style);
	short_number(text, sizeof(text), r->pps, "");
	table_put(t, g, row, PPS, text, style);
	short_number(text, sizeof(text), r->bps, "");
	table_put(t, g, row, BPS, text, style);
	draw_last(r, &last);
	if (own)
		draw_ledger(own, g, row, t);
	if (i == l->cursor)
		table_select(g, row);
}

void linkpane_head(const struct linklist *l, struct grid *g, uint32_t row)
{
	struct table t = lay(l, g->width);

	table_head(&t, g, row);
}

void linkpane_draw(struct linklist *l, struct grid *g, uint32_t row, uint32_t height)
{
	struct table t = lay(l, g->width);

	l->page = height;
	table_scroll(&l->top, l->cursor, l->rates, height);
	for (uint32_t i = 0; i < height && linklist_at(l, l->top + i); i++)
		draw_row(l, l->top + i, g, row + i, &t);
}

static void put_way(struct span *s, const char *word, const struct link *k, uint32_t way)
{
	span_format(s, " %s ", word);
	put_short(s, k->packets[way]);
	span_str(s, " packets, ");
	put_size(s, k->bytes[way]);
	if (k->dropped[way] || k->errors[way]) {
		s->style = INK_PROBLEM;
		span_format(s, ", %llu dropped, %llu errors", (unsigned long long)k->dropped[way],
			    (unsigned long long)k->errors[way]);
		s->style = INK_PLAIN;
	}
	span_char(s, ' ');
}

void linkpane_detail(const struct linklist *l, struct grid *g, uint32_t row)
{
	const struct link *k = linklist_selected(l);
	struct span s = grid_span(g, row, 0, g->width);

	if (!k)
		return;
	span_char(&s, 0x2500);
	span_char(&s, 0x2500);
	span_format(&s, " %s ", k->name);
	if (k->mtu)
		span_format(&s, " mtu %u ", k->mtu);
	if (*k->mac)
		span_format(&s, " %s ", k->mac);
	if (k->addresses > 1)
		span_format(&s, " %u addresses ", k->addresses);
	if (k->promiscuous)
		span_str(&s, " promiscuous ");
	span_fill(&s, 0x2500);
	s = grid_span(g, row + 1, 0, g->width);
	put_way(&s, "in", k, LINK_RECEIVED);
	put_way(&s, "out", k, LINK_SENT);
}
