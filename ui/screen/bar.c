/* SPDX-License-Identifier: BSD-2-Clause */
/* bar.c - what is asked for in the line below the title */
#define _GNU_SOURCE
#include "ui/screen/bar.h"

#include <string.h>

static const char *const names[PURPOSES] = {
	[ASK_FILTER] = " Filter: ", [ASK_FIND] = " Find: ", [ASK_FIND_SAID] = " Find: ", [ASK_COMMAND] = " :",
	[ASK_SAVE] = " Save to: ", [ASK_SAVE_BYTES] = " Save bytes to: ", [ASK_EXPORT] = " Export CSV to: ", [ASK_COLUMN] = " Column: ", [ASK_RULE] = " Rule: ",
	[ASK_CAPTURE] = " Capture filter: ",
};

static void check(struct bar *b)
{
	fitness_check(&b->verdict, b->purpose, b->prompt.text, b->prompt.length);
}

void bar_open(struct bar *b, enum purpose purpose, const char *text)
{
	b->purpose = purpose;
	prompt_open(&b->prompt, &b->history[purpose], text);
	check(b);
}

void bar_go_on(struct bar *b, uint32_t n)
{
	struct completion *c = &b->verdict.completion, offered = *c;

	if (c->count == 0)
		return;
	prompt_insert(&b->prompt, c->name[0] + n, c->common - n);
	check(b);
	*c = offered;
	b->verdict.listing = c->count > 1;
}

/* With the names that begin as the one at the cursor does. */
static void complete_name(struct bar *b)
{
	uint32_t n = complete_length(b->prompt.text, b->prompt.at);

	complete(&b->verdict.completion, b->prompt.text + b->prompt.at - n, n);
	bar_go_on(b, n);
}

bool bar_has_filter(const struct bar *b)
{
	return b->purpose == ASK_FILTER || b->purpose == ASK_RULE ||
	       (b->purpose == ASK_FIND && find_asks_fields(b->prompt.text));
}

enum prompt_end bar_key(struct bar *b, uint32_t press)
{
	enum prompt_end end;

	if (press == PRESS_TAB) {
		if (bar_has_filter(b) || b->purpose == ASK_COLUMN)
			complete_name(b);
		return PROMPT_GOES_ON;
	}
	if (press == PRESS_ENTER && b->verdict.fitness != FIT)
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
	const struct completion *c = &b->verdict.completion;

	span_str(s, c->count > 1 ? " Tab: " : " ");
	for (uint32_t i = 0; i < c->count && span_left(s) > 1; i++) {
		span_str(s, c->name[i]);
		span_char(s, ' ');
	}
}

static void draw_below(const struct bar *b, struct span *s, int64_t origin)
{
	int64_t caret = origin + b->verdict.why.at;
	uint32_t n = (uint32_t)strlen(b->verdict.why.text);

	s->style = b->verdict.fitness == FIT_BAD ? INK_PROBLEM : 0;
	if (b->verdict.listing) {
		list_names(b, s);
	} else if (b->verdict.why.at == UINT32_MAX || b->verdict.fitness == FIT || caret < s->at || caret >= s->end) {
		span_char(s, ' ');
		span_str(s, b->verdict.why.text);
	} else if (caret + 2 + n <= s->end || caret < n + 2) {
		span_to(s, (uint32_t)caret);
		span_format(s, "^ %s", b->verdict.why.text);
	} else {	/* there is room before the caret only */
		span_to(s, (uint32_t)caret - n - 1);
		span_format(s, "%s ^", b->verdict.why.text);
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
	state.style = STYLE_BOLD | (b->verdict.fitness == FIT_BAD ? INK_PROBLEM : b->verdict.fitness == FIT ? INK_GOOD : INK_PLAIN);
	span_format(&state, " %s", b->prompt.length > 0 ? words[b->verdict.fitness] : "");
	if (b->verdict.fitness == FIT_BAD && b->verdict.why.at != UINT32_MAX)
		span_format(&state, " c%u", b->verdict.why.at + 1);
	span_fill(&state, ' ');
	s = grid_span(g, below, 0, g->width);
	draw_below(b, &s, origin);
}

void bar_close(struct bar *b)
{
	for (uint32_t i = 0; i < PURPOSES; i++)
		history_free(&b->history[i]);
}
