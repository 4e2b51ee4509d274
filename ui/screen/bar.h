/* SPDX-License-Identifier: BSD-2-Clause */
/* bar.h - what is asked for in the line below the title: a filter, what to find, a command */
#ifndef UI_SCREEN_BAR_H
#define UI_SCREEN_BAR_H

#include "ui/screen/find.h"
#include "ui/screen/fitness.h"
#include "ui/screen/prompt.h"

struct bar {
	enum purpose purpose;
	struct prompt prompt;
	struct verdict verdict;		/* on what was typed so far */
	struct history history[PURPOSES];
};

void bar_open(struct bar *b, enum purpose purpose, const char *text);

/* Is what is typed, or a part of it, a display filter? */
bool bar_has_filter(const struct bar *b);

/* Take a key. What was entered is fit, or empty. */
enum prompt_end bar_key(struct bar *b, uint32_t press);

/* Go on as far as all of verdict.completion do, which begin as the n bytes before the cursor; they are shown. */
void bar_go_on(struct bar *b, uint32_t n);

/* Draw what is typed, how fit it is, and below it what is said of it. */
void bar_draw(struct bar *b, struct grid *g, uint32_t row, uint32_t below);

void bar_close(struct bar *b);

#endif
