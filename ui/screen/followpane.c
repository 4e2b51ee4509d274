/* SPDX-License-Identifier: BSD-2-Clause */
/* followpane.c - the screen of what the ends of a flow say */
#define _GNU_SOURCE
#include "ui/screen/followpane.h"

#include <stdio.h>
#include <string.h>

#include "ui/flow_text.h"
#include "ui/screen/put.h"

#define SIGN 3			/* columns before a row: ">> " */
#define ROW_BYTES 2048		/* bytes: of 400 columns */

static uint8_t ink_of(const struct speech_turn *t)
{
	return t->length == 0 ? INK_PROBLEM : t->client ? INK_LOCAL : INK_TCP;
}

/* How wide the first n bytes of the row at place are. */
static uint32_t columns_of(const struct follows *f, struct speech_spot at, uint32_t n)
{
	char text[ROW_BYTES];
	struct out o = { text, text + sizeof(text) };

	if (n == 0)
		return 0;
	if (f->form.view == FOLLOW_HEX)
		return 3 * n + (n >= 8 && follow_hex_bytes(f->form.columns) > 8);
	return follow_row((enum follow_view)f->form.view, slice_clip(speech_bytes(&f->speech, at), n), 0, FOLLOW_ROW_WIDE,
			  &o).columns;
}

/* What was found stands out, as far as it is in the row of n bytes at place. */
static void mark_match(const struct follows *f, struct grid *g, uint32_t row, struct speech_spot at, uint32_t n)
{
	uint32_t begin = f->match.at, end = f->match.at + f->match_bytes, from, to;

	if (f->match_bytes == 0 || f->match.turn != at.turn || end <= at.at || begin >= at.at + n)
		return;
	from = columns_of(f, at, begin > at.at ? begin - at.at : 0);
	to = columns_of(f, at, end < at.at + n ? end - at.at : n);
	grid_mark(g, row, SIGN + (f->form.view == FOLLOW_HEX ? 10 : 0) + from, to - from, STYLE_REVERSE);
}

static void draw_row(const struct follows *f, struct grid *g, uint32_t row, struct speech_spot at)
{
	const struct speech_turn *t = &f->speech.turn[at.turn];
	struct span s = grid_span(g, row, 0, g->width);
	char text[ROW_BYTES];
	struct out o = { text, text + sizeof(text) };
	uint32_t n = speech_row(&f->speech, &f->form, at, &o).bytes;

	s.style = ink_of(t) | STYLE_BOLD;
	span_str(&s, follow_sign((enum follow_kind)(t->length ? FOLLOW_BYTES : t->kind), t->client));
	s.style = ink_of(t);
	span_text(&s, text, (size_t)(o.at - text));
	mark_match(f, g, row, at, n);
}

/* "Follow TCP 192.0.2.1:51044 > 192.0.2.2:80  70 B > 105 B <  text, both" */
static void draw_head(const struct screen *s, struct grid *g, uint32_t row)
{
	static const char *const words[] = { [FROM_BOTH] = "both", [FROM_CLIENT] = "client", [FROM_SERVER] = "server" };
	const struct follows *f = &s->follows;
	struct span line = grid_span(g, row, 0, g->width);
	uint32_t progress = follows_progress(f, &s->flows, s->v.store);
	struct brief b = { 0 };
	char text[256];
	struct out o = { text, text + sizeof(text) - 1 };

	span_str(&line, " Follow ");
	if (f->flow.id) {
		flow_text_proto(&o, &f->flow);
		out_char(&o, ' ');
		flow_text_end(&o, &b, &f->flow, flow_client(&f->flow));
		out_str(&o, " > ");
		flow_text_end(&o, &b, &f->flow, !flow_client(&f->flow));
	}
	*o.at = '\0';
	line.style = STYLE_BOLD;
	span_str(&line, text);
	line.style = 0;
	snprintf(text, sizeof(text), "  %s %s ", follow_view_word((enum follow_view)f->form.view), words[f->form.from]);
	if (progress < 100 && !store_is_live(s->v.store))
		snprintf(text, sizeof(text), "  %u%%  %s %s ", progress, follow_view_word((enum follow_view)f->form.view),
			 words[f->form.from]);
	put_behind(&line, text, INK_PLAIN);
}

/* Bring the last rows into sight, if they are to be. */
static void scroll(struct follows *f, uint32_t height)
{
	struct speech_spot end = { 0 };

	f->page = height;
	if (!speech_last(&f->speech, &f->form, &end))
		return;
	for (uint32_t i = 1; i < height && speech_previous(&f->speech, &f->form, &end); i++)
		;
	if (f->at_end || f->top.turn > end.turn || (f->top.turn == end.turn && f->top.at > end.at))
		f->top = end;
}

static void draw_empty(const struct screen *s, struct grid *g, uint32_t row)
{
	const struct follows *f = &s->follows;
	struct span line = grid_span(g, row, 0, g->width);

	if (!f->complete && !store_is_live(s->v.store))
		span_str(&line, "  ...");
	else if (f->complete && !f->flow.id)
		span_str(&line, "  this packet is of no flow of TCP or datagrams");
	else if (f->form.from && f->speech.turns > 0)
		span_str(&line, "  this end has said nothing; d shows the other");
	else
		span_str(&line, "  nothing was said yet");
}

void followpane_draw(struct screen *s, struct grid *g, const struct rows *r)
{
	struct follows *f = &s->follows;
	uint32_t row = r->head != ROW_NONE ? r->head : r->at[PANE_LIST];
	uint32_t end = r->at[PANE_LIST] + r->height[PANE_LIST];
	uint32_t columns = g->width > SIGN + 1 ? g->width - SIGN : 1;
	struct speech_spot at;
	bool more;

	if (columns != f->form.columns) {
		f->form.columns = columns;
		follows_reform(f);
	}
	if (r->filter != ROW_NONE)
		draw_head(s, g, r->filter);
	if (row >= end)
		return;
	scroll(f, end - row);
	more = speech_first(&f->speech, &f->form, &at);
	if (!more)
		draw_empty(s, g, row);
	g->cursor_row = row;
	g->cursor_column = 0;
	for (at = f->top; more && row < end; row++) {
		draw_row(f, g, row, at);
		more = speech_next(&f->speech, &f->form, &at);
	}
}
