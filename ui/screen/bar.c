/* SPDX-License-Identifier: BSD-2-Clause */
/* bar.c - what is asked for in the line below the title */
#define _GNU_SOURCE
#include "ui/screen/bar.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ui/display.h"

static const char *const names[PURPOSES] = {
	[ASK_FILTER] = " Filter: ", [ASK_FIND] = " Find: ", [ASK_GO_TO] = " Go to packet: ",
	[ASK_SAVE] = " Save to: ",
};

/* The begin of a name, at the end of what was typed, is no fault yet. */
static bool begins_name(struct bar *b)
{
	uint32_t n = complete_length(b->prompt.text, b->prompt.length);

	if (n == 0 || b->why.at != b->prompt.length - n)
		return false;
	complete(&b->completion, b->prompt.text + b->prompt.length - n, n);
	return b->completion.count > 0;
}

static void check_filter(struct bar *b)
{
	struct display *d;

	if (b->prompt.length == 0) {
		snprintf(b->why.text, sizeof(b->why.text), "Enter shows all; tcp.port == 443, dns, ip.addr == 10.0.0.0/8");
		return;
	}
	if (display_compile(&d, b->prompt.text, &b->why) == 0) {
		display_close(d);
		snprintf(b->why.text, sizeof(b->why.text), "Enter applies it");
		b->why.at = UINT32_MAX;
		return;
	}
	if (b->why.at >= b->prompt.length) {
		b->fitness = FIT_INCOMPLETE;
	} else if (begins_name(b)) {
		b->fitness = FIT_INCOMPLETE;
		b->listing = true;
	} else {
		b->fitness = FIT_BAD;
	}
}

static void check_find(struct bar *b)
{
	struct find f;
	const char *wrong = find_parse(&f, b->prompt.text);

	if (wrong && b->prompt.length > 0)
		b->fitness = FIT_INCOMPLETE;
	snprintf(b->why.text, sizeof(b->why.text), "%s",
		 b->fitness == FIT ? "text, of rows or bytes; 0x and hex digits: bytes" : wrong);
	b->why.at = UINT32_MAX;
}

static void check_number(struct bar *b)
{
	const char *text = b->prompt.text;

	if (strspn(text, "0123456789") != b->prompt.length || b->prompt.length > 10)
		b->fitness = FIT_BAD;
	snprintf(b->why.text, sizeof(b->why.text), "its number, from 1");
	b->why.at = (uint32_t)strspn(text, "0123456789");
}

/* No file is written over: it could be the one that is looked at. */
static void check_path(struct bar *b)
{
	bool there = b->prompt.length > 0 && access(b->prompt.text, F_OK) == 0;
	bool output = strcmp(b->prompt.text, "-") == 0;		/* which is the terminal */

	b->fitness = there || output ? FIT_BAD : FIT;
	snprintf(b->why.text, sizeof(b->why.text), "%s",
		 there ? "there is such a file already" :
		 output ? "a file is needed" : "a new pcap file, of the marked packets, or of all that are shown");
}

static void check(struct bar *b)
{
	b->fitness = FIT;
	b->listing = false;
	b->why = (struct match_error){ .at = UINT32_MAX };
	if (b->purpose == ASK_FILTER)
		check_filter(b);
	else if (b->purpose == ASK_FIND)
		check_find(b);
	else if (b->purpose == ASK_SAVE)
		check_path(b);
	else
		check_number(b);
}

void bar_open(struct bar *b, enum purpose purpose, const char *text)
{
	b->purpose = purpose;
	prompt_open(&b->prompt, &b->history[purpose], text);
	check(b);
}

/* As far as all names that begin so are the same; the names themselves are shown. */
static void go_on(struct bar *b)
{
	uint32_t n = complete_length(b->prompt.text, b->prompt.at);

	complete(&b->completion, b->prompt.text + b->prompt.at - n, n);
	if (b->completion.count == 0)
		return;
	prompt_insert(&b->prompt, b->completion.name[0] + n, b->completion.common - n);
	check(b);
	complete(&b->completion, b->completion.name[0], b->completion.common);
	b->listing = b->completion.count > 1;
}

enum prompt_end bar_key(struct bar *b, uint32_t press)
{
	enum prompt_end end;

	if (press == PRESS_TAB) {
		if (b->purpose == ASK_FILTER)
			go_on(b);
		return PROMPT_GOES_ON;
	}
	if (press == PRESS_ENTER && b->fitness != FIT)
		return PROMPT_GOES_ON;
	end = prompt_key(&b->prompt, press);
	if (end == PROMPT_GOES_ON)
		check(b);
	else
		b->purpose = ASK_NOTHING;
	return end;
}

static void list_names(const struct bar *b, struct span *s)
{
	const struct completion *c = &b->completion;

	span_str(s, c->count > 1 ? " Tab: " : " ");
	for (uint32_t i = 0; i < c->count && span_left(s) > 1; i++) {
		span_str(s, c->name[i]);
		span_char(s, ' ');
	}
}

static void draw_below(const struct bar *b, struct span *s, int64_t origin)
{
	int64_t caret = origin + b->why.at;
	uint32_t n = (uint32_t)strlen(b->why.text);

	s->style = b->fitness == FIT_BAD ? INK_PROBLEM : 0;
	if (b->listing) {
		list_names(b, s);
	} else if (b->why.at == UINT32_MAX || b->fitness == FIT || caret < s->at || caret >= s->end) {
		span_char(s, ' ');
		span_str(s, b->why.text);
	} else if (caret + 2 + n <= s->end || caret < n + 2) {
		span_to(s, (uint32_t)caret);
		span_format(s, "^ %s", b->why.text);
	} else {	/* there is room before the caret only */
		span_to(s, (uint32_t)caret - n - 1);
		span_format(s, "%s ^", b->why.text);
	}
	span_fill(s, ' ');
}

void bar_draw(struct bar *b, struct grid *g, uint32_t row, uint32_t below)
{
	static const char *const words[] = { [FIT] = "ok", [FIT_INCOMPLETE] = "incomplete", [FIT_BAD] = "BAD" };
	uint32_t right = g->width > 40 ? 12 : 0;
	struct span s = grid_span(g, row, 0, g->width - right), state = grid_span(g, row, g->width - right, right);
	int64_t origin;

	span_str(&s, names[b->purpose]);
	origin = prompt_draw(&b->prompt, &s);
	span_fill(&s, ' ');
	state.style = STYLE_BOLD | (b->fitness == FIT_BAD ? INK_PROBLEM : b->fitness == FIT ? INK_GOOD : INK_PLAIN);
	span_format(&state, " %s", b->prompt.length > 0 ? words[b->fitness] : "");
	if (b->fitness == FIT_BAD && b->why.at != UINT32_MAX)
		span_format(&state, " c%u", b->why.at + 1);
	span_fill(&state, ' ');
	s = grid_span(g, below, 0, g->width);
	draw_below(b, &s, origin);
}

void bar_close(struct bar *b)
{
	for (uint32_t i = 0; i < PURPOSES; i++)
		history_free(&b->history[i]);
}
