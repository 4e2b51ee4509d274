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

#include "ui/flow_text.h"
#include "ui/screen/put.h"

enum column {
	PROTO, CLIENT, SERVER, STATE, ALL_PACKETS, ALL_BYTES, CLIENT_PACKETS, CLIENT_BYTES, SERVER_PACKETS,
	SERVER_BYTES, DURATION, COLUMNS,
};

enum { WIDE = 104, END_MIN = 12, BELOW = 3 };

#define SECOND UINT64_C(1000000000)	/* ns */
#define MINUTES_FROM 600		/* seconds */

struct columns {
	uint32_t width[COLUMNS];	/* without the blank behind it; 0: it is not there */
};

static const char *const titles[COLUMNS] = {
	[PROTO] = "Proto", [CLIENT] = "Client", [SERVER] = "Server", [STATE] = "State", [ALL_PACKETS] = "Pkts",
	[ALL_BYTES] = "Bytes", [CLIENT_PACKETS] = "Pkts >", [CLIENT_BYTES] = "Bytes >", [SERVER_PACKETS] = "Pkts <",
	[SERVER_BYTES] = "Bytes <", [DURATION] = "Duration",
};

static uint32_t used(const struct columns *c)
{
	uint32_t sum = 1;	/* for ">" */

	for (enum column i = 0; i < COLUMNS; i++)
		sum += c->width[i] ? c->width[i] + 1 : 0;
	return sum;
}

static struct columns columns(uint32_t width)
{
	static const enum column first_to_go[] = { DURATION, STATE, ALL_PACKETS, PROTO, ALL_BYTES, COLUMNS };
	struct columns c = { {
		[PROTO] = 6, [STATE] = 7, [ALL_PACKETS] = 6, [ALL_BYTES] = 8, [DURATION] = 8,
	} };
	uint32_t left;

	if (width >= WIDE)
		for (enum column i = CLIENT_PACKETS; i <= SERVER_BYTES; i++)
			c.width[i] = 8;
	for (uint32_t i = 0; used(&c) + 2 * (END_MIN + 1) > width && first_to_go[i] != COLUMNS; i++)
		c.width[first_to_go[i]] = 0;
	if (width >= WIDE)
		c.width[ALL_PACKETS] = c.width[ALL_BYTES] = 0;
	left = width > used(&c) + 2 ? width - used(&c) - 2 : 2;
	c.width[SERVER] = left / 2 < 47 ? left / 2 : 47;
	c.width[CLIENT] = left - left / 2 < 47 ? left - left / 2 : 47;
	return c;
}

static void put_text(struct span *s, bool right, const char *text)
{
	size_t n = strlen(text), room = span_left(s);

	if (right && n < room)
		span_to(s, s->at + (uint32_t)(room - n));
	if (right)
		span_text(s, text, n);
	else
		row_abbreviate(s, text);
}

/* Draw column c of a row that is drawn up to *at. */
static void draw_column(struct grid *g, uint32_t row, const struct columns *cs, enum column c, uint32_t *at,
			const char *text, uint8_t style)
{
	struct span s = grid_span(g, row, *at, cs->width[c]);

	if (cs->width[c] == 0)
		return;
	s.style = style;
	put_text(&s, c >= ALL_PACKETS, text);
	*at += cs->width[c] + 1;
}

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

static uint64_t duration(const struct flow *f)
{
	return (uint64_t)f->last - (uint64_t)f->first;
}

/* What stands in a column. */
static void set_text(char *text, size_t size, const struct flow *f, enum column c, const struct brief *b)
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

static void draw_row(const struct flow *f, struct grid *g, uint32_t row, const struct columns *c,
		     const struct brief *b, bool selected)
{
	struct span mark = grid_span(g, row, 0, 1);
	char text[512];
	uint32_t at = 1;

	span_char(&mark, selected ? '>' : ' ');
	for (enum column i = 0; i < COLUMNS; i++) {
		if (c->width[i] == 0)
			continue;
		set_text(text, sizeof(text), f, i, b);
		draw_column(g, row, c, i, &at, text, ink_of(f, i));
	}
	if (selected) {
		grid_mark(g, row, 0, g->width, STYLE_REVERSE);
		g->cursor_row = row;
		g->cursor_column = 0;
	}
}

static void draw_head(struct grid *g, uint32_t row, const struct columns *c)
{
	uint32_t at = 1;

	for (enum column i = 0; i < COLUMNS; i++)
		draw_column(g, row, c, i, &at, titles[i], INK_PLAIN);
	grid_mark(g, row, 0, g->width, STYLE_BOLD | STYLE_UNDERLINE);
}

/* How many there are, how far they are counted, and how they are sorted. */
static void draw_sum(const struct flowlist *f, const struct packets *v, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);
	uint32_t progress = flowlist_progress(f, v->store);
	char text[60];

	span_format(&s, " Flows: %u", f->table->flows.count);
	if (progress < 100 && !store_is_live(v->store))
		span_format(&s, "  counted %u%%", progress);
	snprintf(text, sizeof(text), "  by %s%s%s ", f->order->name, f->reverse ? ", reversed" : "",
		 f->rank.running && f->wanted ? " ..." : "");
	if (strlen(text) < span_left(&s))
		grid_right(g, row, text, INK_PLAIN);
}

/* "client  4.1k packets  1.1 MB  2 again" */
static void put_side(struct span *s, const char *word, const struct flow *f, uint32_t end)
{
	span_format(s, " %s ", word);
	put_short(s, f->packets[end]);
	span_str(s, f->packets[end] == 1 ? " packet  " : " packets  ");
	put_size(s, f->bytes[end]);
	if (f->state != FLOW_STATELESS)
		span_format(s, "  %u again", f->again[end]);
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
	for (enum column c = PROTO; c <= SERVER; c++) {
		set_text(text, sizeof(text), f, c, b);
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
		span_format(&s, "  handshake %u.%03u ms", f->handshake_us / 1000, f->handshake_us % 1000);
}

static void draw_empty(const struct flowlist *f, const struct packets *v, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	if (f->count > 0)
		return;
	if (f->table->flows.count > 0 || flowlist_progress(f, v->store) < 100)
		span_str(&s, "  ...");
	else
		span_str(&s, store_count(v->store) ? "  no packet is of a flow" : "  no packet is there");
}

/* Bring the cursor into sight. */
static void scroll(struct flowlist *f, uint32_t height)
{
	f->page = height;
	if (f->top >= f->count)
		f->top = 0;
	if (f->cursor < f->top)
		f->top = f->cursor;
	if (f->cursor - f->top >= height)
		f->top = f->cursor - height + 1;
}

void flowpane_draw(struct flowlist *f, const struct packets *v, struct grid *g, const struct rows *r)
{
	uint32_t height = r->height[PANE_LIST], at = r->at[PANE_LIST];
	struct brief b = { 0 };		/* numbers: to look names up may take long */
	struct columns c = columns(g->width);
	bool below = height >= 2 * BELOW;

	if (height == 0)
		return;
	if (below)
		height -= BELOW;
	scroll(f, height);
	if (r->filter != ROW_NONE)
		draw_sum(f, v, g, r->filter);
	if (r->head != ROW_NONE)
		draw_head(g, r->head, &c);
	draw_empty(f, v, g, at);
	for (uint32_t i = 0; i < height && flowlist_at(f, f->top + i); i++)
		draw_row(flowlist_at(f, f->top + i), g, at + i, &c, &b, f->top + i == f->cursor);
	if (below && flowlist_selected(f))
		draw_detail(flowlist_selected(f), v, g, at + height, &b);
}
