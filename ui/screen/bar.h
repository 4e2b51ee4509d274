/* SPDX-License-Identifier: BSD-2-Clause */
/* bar.h - what is asked for in the line below the title: a filter, what to find, a packet's number */
#ifndef UI_SCREEN_BAR_H
#define UI_SCREEN_BAR_H

#include "decode/match_run.h"
#include "ui/screen/complete.h"
#include "ui/screen/find.h"
#include "ui/screen/prompt.h"

enum purpose { ASK_NOTHING, ASK_FILTER, ASK_FIND, ASK_GO_TO, ASK_SAVE, PURPOSES };
enum fitness { FIT, FIT_INCOMPLETE, FIT_BAD };

struct bar {
	enum purpose purpose;
	struct prompt prompt;
	enum fitness fitness;		/* of what was typed so far */
	struct match_error why;		/* what is wrong with it, and where; or a hint */
	bool listing;			/* the completions are shown */
	struct completion completion;
	struct history history[PURPOSES];
};

void bar_open(struct bar *b, enum purpose purpose, const char *text);

/* Take a key. What was entered is fit, or empty. */
enum prompt_end bar_key(struct bar *b, uint32_t press);

/* Draw what is typed, how fit it is, and below it what is said of it. */
void bar_draw(struct bar *b, struct grid *g, uint32_t row, uint32_t below);

void bar_close(struct bar *b);

#endif
