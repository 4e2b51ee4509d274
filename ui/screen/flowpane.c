/* SPDX-License-Identifier: BSD-2-Clause */
/* flowpane.c - the screen of flows
 *
 * How it works: only the flows in sight are put into words. Where the screen is too narrow for all columns, some go,
 * and the two ends share what is left.
 */
#define _GNU_SOURCE
#include "ui/screen/flowpane.h"

#include <stdio.h>
#include <string.h>

#include "capture/clock.h"
#include "ui/flow_text.h"
#include "ui/names.h"
#include "ui/plural.h"
#include "ui/screen/graph.h"
#include "ui/screen/put.h"
#include "ui/screen/table.h"

enum column {
	PROTO, CLIENT, SERVER, STATE, ALL_PACKETS, ALL_BYTES, CLIENT_PACKETS, CLIENT_BYTES, SERVER_PACKETS,
	SERVER_BYTES, DURATION, RATE, LAST, COLUMNS,
};

enum { NARROW = 50, WIDE = 104, WIDER = 124, END_MIN = 12, END_MOST = 47, BELOW = 3 };

#define SECOND UINT64_C(1000000000)	/* ns */
#define MINUTES_FROM 600		/* seconds */

static const struct table_column columns[COLUMNS] = {
	[PROTO] = { "Proto", 6, .goes = 4 },
	[CLIENT] = { "Client", END_MIN, .most = END_MOST },
	[SERVER] = { "Server", END_MIN, .most = END_MOST },
	[STATE] = { "State", 7, .goes = 2 },
	[ALL_PACKETS] = { "Pkts", 6, .goes = 3, .right = true, .until = WIDE - 1 },
	[ALL_BYTES] = { "Bytes", 8, .goes = 5, .right = true, .until = WIDE - 1 },
	[CLIENT_PACKETS] = { "Pkts >", 8, .right = true, .from = WIDE },
	[CLIENT_BYTES] = { "Bytes >", 8, .right = true, .from = WIDE },
	[SERVER_PACKETS] = { "Pkts <", 8, .right = true, .from = WIDE },
	[SERVER_BYTES] = { "Bytes <", 8, .right = true, .from = WIDE },
	[DURATION] = { "Duration", 8, .goes = 1, .right = true },
	[RATE] = { "Rate", 9, .goes = 6, .right = true },
	[LAST] = { "Last 69s", FLOW_RECENT, .goes = 2 },
};

/* "1.001123", "12m05s", "11h" */
static void set_duration(char *text, size_t size, uint64_t ns)
{
	uint64_t sec = ns / SECOND;

	if (sec >= 36000)
		snprintf(text, size, "%lluh", (unsigned long long)sec / 3600);
	else if (sec >= MINUTES_FROM)
		snprintf(text, size, "%llum%02llus", (unsigned long long)sec / 60, (unsigned long long)sec % 60);
	else if (sec >= 10)
		snprintf(text, size, "%llu.%03u", (unsigned long long)sec, (unsigned)(ns % SECOND / 1000000));
	else
		snprintf(text, size, "%llu.%06u", (unsigned long long)sec, (unsigned)(ns % SECOND / 1000));
}

/* Of a stored file, rates are of interest where there is room for all. */
static struct table lay(struct table_column own[COLUMNS], bool live, uint32_t width)
{
	memcpy(own, columns, sizeof(columns));
	own[DURATION].from = live ? WIDER : 0;
	own[RATE].from = own[LAST].from = live ? 0 : WIDER;
	return table_lay(own, COLUMNS, width);
}

/* When the rates are: with the last packet, and live now. */
static int64_t now_of(const struct flowlist *f, const struct packets *v)
{
	return store_is_live(v->store) ? clock_now(CLOCK_REALTIME) : f->table->flows.latest;
}

static void draw_last(const struct flow *f, int64_t now, struct span s)
{
	uint64_t amount[FLOW_RECENT];

	for (uint32_t i = 0; i < FLOW_RECENT; i++)
		amount[i] = flow_recent(f, flow_stretch(now) - (int32_t)(FLOW_RECENT - 1 - i));
	graph_spark(&s, amount, FLOW_RECENT);
}

static uint64_t duration(const struct flow *f)
{
	return (uint64_t)f->last - (uint64_t)f->first;
}

/* What stands in a column. */
static void set_text(char *text, size_t size, const struct flow *f, enum column c, const struct brief *b, int64_t now)
{
	uint32_t client = flow_client(f);
	struct out o = { text, text + size - 1 };

	*text = '\0';
	switch (c) {
	case PROTO:
		flow_text_proto(&o, f);
		*o.at = '\0';
		break;
	case CLIENT:
	case SERVER:
		flow_text_end(&o, b, f, c == CLIENT ? client : !client);
		*o.at = '\0';
		break;
	case STATE:
		snprintf(text, size, "%s", flow_state(f));
		break;
	case ALL_PACKETS:
		short_number(text, size, f->packets[0] + f->packets[1], "");
		break;
	case ALL_BYTES:
		short_number(text, size, f->bytes[0] + f->bytes[1], "B");
		break;
	case CLIENT_PACKETS:
	case SERVER_PACKETS:
		short_number(text, size, f->packets[c == CLIENT_PACKETS ? client : !client], "");
		break;
	case CLIENT_BYTES:
	case SERVER_BYTES:
		short_number(text, size, f->bytes[c == CLIENT_BYTES ? client : !client], "B");
		break;
	case RATE:
		short_number(text, size, flow_rate(f, now), "b/s");
		break;
	default:
		set_duration(text, size, duration(f));
		break;
	}
}

static uint8_t ink_of(const struct flow *f, enum column c)
{
	if (c == CLIENT || c == SERVER)
		return INK_ADDRESS;
	if (c == STATE && f->state == FLOW_RESET)
		return INK_PROBLEM;
	if (c == PROTO)
		return STYLE_BOLD | (f->key.proto == 6 ? INK_TCP : f->key.proto == 17 ? INK_UDP : INK_OTHER);
	return INK_PLAIN;
}

static void draw_row(const struct flow *f, struct grid *g, uint32_t row, const struct table *t,
		     const struct brief *b, int64_t now, bool selected)
{
	char text[512];

	for (enum column i = 0; i < COLUMNS; i++) {
		if (t->width[i] == 0)
			continue;
		if (i == LAST) {
			draw_last(f, now, table_cell(t, g, row, i));
			continue;
		}
		set_text(text, sizeof(text), f, i, b, now);
		table_put(t, g, row, i, text, ink_of(f, i));
	}
	if (selected)
		table_select(g, row);
}

/* How many there are, how far they are counted, and how they are sorted. */
static void draw_sum(const struct flowlist *f, const struct packets *v, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);
	uint32_t progress = pass_progress(&f->pass, v->store);
	char text[60];

	span_format(&s, " Flows: %u", f->table->flows.count);
	if (g->width >= NARROW || f->only_active)
		span_format(&s, "  active %u%s", f->active, f->only_active ? " (shown)" : "");
	if (progress < 100 && !store_is_live(v->store))
		span_format(&s, "  counted %u%%", progress);
	snprintf(text, sizeof(text), "  by %s%s%s ", f->order->name, f->reverse ? ", reversed" : "",
		 f->rank.running && f->wanted ? " ..." : "");
	put_behind(&s, text, INK_PLAIN);
}

/* "client  4.1k packets  1.1 MB  2 again" */
static void put_side(struct span *s, const char *word, const struct flow *f, uint32_t end)
{
	span_format(s, " %s ", word);
	put_short(s, f->packets[end]);
	span_format(s, " packet%s  ", plural(f->packets[end]));
	put_size(s, f->bytes[end]);
	if (f->state != FLOW_STATELESS)
		span_format(s, "  %u again", f->again[end]);
	if (f->closed[end])
		span_format(s, "  window 0: %u", f->closed[end]);
	span_str(s, "  ");
}

static void put_moment(struct span *s, const struct packets *v, int64_t ns)
{
	struct times t = { .form = TIME_DATE, .utc = v->times.utc };
	int64_t sec = ns / 1000000000 - (ns % 1000000000 < 0);
	struct packet p = { .sec = sec, .nsec = (uint64_t)(ns - sec * 1000000000) };
	char text[64];
	struct out o = { text, text + sizeof(text) };

	times_put(&t, &o, &p);
	span_text(s, text, (size_t)(o.at - text));
}

/* All that is known of a flow, in a divider and two lines. */
static void draw_detail(const struct flow *f, const struct packets *v, struct grid *g, uint32_t row,
			const struct brief *b)
{
	struct span s = grid_span(g, row, 0, g->width);
	uint32_t client = flow_client(f);
	char text[512];

	span_char(&s, 0x2500);
	span_char(&s, 0x2500);
	span_format(&s, " %u", f->id);
	for (enum column c = PROTO; c <= SERVER; c++) {
		set_text(text, sizeof(text), f, c, b, 0);
		span_format(&s, c == SERVER ? " > %s" : " %s", text);
	}
	span_char(&s, ' ');
	span_fill(&s, 0x2500);
	s = grid_span(g, row + 1, 0, g->width);
	put_side(&s, "client", f, client);
	put_side(&s, "server", f, !client);
	s = grid_span(g, row + 2, 0, g->width);
	span_str(&s, " first ");
	put_moment(&s, v, f->first);
	span_str(&s, " lasts ");
	set_duration(text, sizeof(text), duration(f));
	span_format(&s, "%s%s", text, duration(f) < MINUTES_FROM * SECOND ? " s" : "");
	if (f->handshake_us)
		span_format(&s, "  rtt %u.%03u ms", f->handshake_us / 1000, f->handshake_us % 1000);
	if (f->mss[0] || f->mss[1])
		span_format(&s, "  MSS %u/%u", f->mss[client], f->mss[!client]);
}

static void draw_empty(const struct flowlist *f, const struct packets *v, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	if (f->count > 0)
		return;
	if (f->table->flows.count > 0 || pass_progress(&f->pass, v->store) < 100)
		span_str(&s, "  ...");
	else
		span_str(&s, store_count(v->store) ? "  no packet is of a flow" : "  no packet is there");
}

void flowpane_draw(struct flowlist *f, const struct packets *v, struct grid *g, const struct rows *r)
{
	uint32_t height = r->height[PANE_LIST], at = r->at[PANE_LIST];
	struct brief b = { .naming = f->names ? &system_ports : NULL };	/* to look hosts up may take long */
	struct table_column own[COLUMNS];
	struct table t = lay(own, store_is_live(v->store), g->width);
	int64_t now = now_of(f, v);
	bool below = height >= 2 * BELOW;

	if (height == 0)
		return;
	if (below)
		height -= BELOW;
	f->page = height;
	table_scroll(&f->top, f->cursor, f->count, height);
	if (r->filter != ROW_NONE)
		draw_sum(f, v, g, r->filter);
	if (r->head != ROW_NONE)
		table_head(&t, g, r->head);
	draw_empty(f, v, g, at);
	for (uint32_t i = 0; i < height && flowlist_at(f, f->top + i); i++)
		draw_row(flowlist_at(f, f->top + i), g, at + i, &t, &b, now, f->top + i == f->cursor);
	if (below && flowlist_selected(f))
		draw_detail(flowlist_selected(f), v, g, at + height, &b);
}
