/* SPDX-License-Identifier: BSD-2-Clause */
/* pickpane.c - the screen on which an interface is chosen
 *
 * How it works: the lines below the list are there in the order of what they are worth, as far as there are rows.
 */
#define _GNU_SOURCE
#include "ui/screen/pickpane.h"

#include <stdio.h>
#include <string.h>

#include "capture/rights.h"
#include "ui/screen/frame.h"
#include "ui/screen/help.h"
#include "ui/screen/linkpane.h"
#include "ui/screen/put.h"

enum { LIST_LEAST = 3, DETAILED = 16 };	/* rows: of the list, and of a screen that has details */

static void draw_title(const struct picker *p, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);
	char text[80];

	s.style = STYLE_BOLD;
	span_str(&s, " Choose an interface");
	snprintf(text, sizeof(text), "  CAP_NET_RAW: %s  user %s ", p->may ? "yes" : "no", p->user);
	put_behind(&s, text, p->may ? INK_GOOD : INK_PROBLEM);
}

/* What was typed, or is being typed. */
static void draw_line(const struct picker *p, enum picker_line line, const char *title, const char *text,
		      struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	span_format(&s, " %s: ", title);
	if (p->asking == line) {
		prompt_draw(&p->prompt, &s);
		return;
	}
	s.style = *text ? STYLE_BOLD : STYLE_DIM;
	span_str(&s, *text ? text : line == PICK_FILTER ? "every packet" : "no file");
}

static void draw_filter(const struct picker *p, struct grid *g, uint32_t row)
{
	bool is_empty = p->asking == PICK_FILTER ? !p->prompt.length : !*p->filter;
	struct span s;

	draw_line(p, PICK_FILTER, "Capture filter", p->filter, g, row);
	if (g->width < 60 || (is_empty && !*p->wrong.text))
		return;
	s = grid_span(g, row, g->width - 7, 7);
	s.style = STYLE_BOLD | (*p->wrong.text ? INK_PROBLEM : INK_GOOD);
	span_str(&s, *p->wrong.text ? "   BAD " : " valid ");
}

static void draw_manner(const struct picker *p, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	span_format(&s, " [%c] promiscuous   snaplen %u", p->promiscuous ? 'x' : ' ', p->snaplen);
}

/* What is to be said most of all: what went wrong, what will. */
static void draw_message(const struct picker *p, struct grid *g, uint32_t row)
{
	struct span s = grid_span(g, row, 0, g->width);

	s.style = INK_PROBLEM | STYLE_BOLD;
	span_char(&s, ' ');
	if (*p->message.text) {
		span_str(&s, p->message.text);
	} else if (*p->wrong.text) {
		span_str(&s, p->wrong.text);
	} else if (!p->may) {
		span_format(&s, "No permission to capture: %s", rights_advice());
	} else if (*p->ssh && !*p->filter) {
		s.style = INK_PLAIN;
		span_format(&s, "This ssh session would be captured too; x leaves it out: %s", p->ssh);
	} else {
		s.style = STYLE_DIM;
		span_str(&s, "The kernel counts these; nothing is captured until Enter.");
	}
}

static void draw_list(struct picker *p, struct grid *g, uint32_t row, uint32_t height)
{
	bool is_detailed = g->height >= DETAILED && height >= LIST_LEAST + LINK_DETAIL;

	if (is_detailed)
		height -= LINK_DETAIL;
	linkpane_draw(&p->list, g, row, height);
	if (is_detailed)
		linkpane_detail(&p->list, g, row + height);
}

void pickpane_draw(struct picker *p, struct grid *g)
{
	uint32_t end = g->height, at = 0;
	uint32_t keys_row = g->height >= 8 ? --end : ROW_NONE;
	uint32_t message = g->height >= 5 ? --end : ROW_NONE;
	uint32_t manner = g->height >= 10 ? --end : ROW_NONE;
	uint32_t output = g->height >= 9 || p->asking == PICK_OUTPUT ? --end : ROW_NONE;
	uint32_t filter = g->height >= 4 || p->asking == PICK_FILTER ? --end : ROW_NONE;

	if (p->help) {
		p->help_next = help_draw(g, SCREEN_PICKER, p->help_top);
		return;
	}
	if (end > LIST_LEAST)
		draw_title(p, g, at++);
	if (end > LIST_LEAST + 1)
		linkpane_head(&p->list, g, at++);
	if (end > at)
		draw_list(p, g, at, end - at);
	draw_filter(p, g, filter);
	draw_line(p, PICK_OUTPUT, "Write to", p->output, g, output);
	draw_manner(p, g, manner);
	draw_message(p, g, message);
	frame_keys(g, SCREEN_PICKER, keys_row);
}
