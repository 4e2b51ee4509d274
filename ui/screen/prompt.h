/* SPDX-License-Identifier: BSD-2-Clause */
/* prompt.h - a line that is typed */
#ifndef UI_SCREEN_PROMPT_H
#define UI_SCREEN_PROMPT_H

#include "ui/screen/grid.h"
#include "ui/screen/history.h"
#include "ui/screen/keys.h"

enum { PROMPT_MAX = 1024 };

struct prompt {
	char text[PROMPT_MAX];	/* UTF-8, ended by zero */
	uint32_t length, at;	/* bytes; where the cursor is */
	uint32_t recalled;	/* which line of the history is shown, from its end; 0: none */
	struct history *history;
};

enum prompt_end { PROMPT_GOES_ON, PROMPT_ENTERED, PROMPT_CANCELLED };

/* Begin with text in the line. */
void prompt_open(struct prompt *p, struct history *h, const char *text);

/* Take a key. What is entered is put into the history. */
enum prompt_end prompt_key(struct prompt *p, uint32_t press);

/* Put n bytes at the cursor, as far as there is room. */
void prompt_insert(struct prompt *p, const char *text, size_t n);

/* Draw the line, so much of it that the cursor is in sight. Returns in which column of the grid byte 0 of the text
 * would be, which may be before the span's first, and negative.
 */
int64_t prompt_draw(const struct prompt *p, struct span *s);

#endif
