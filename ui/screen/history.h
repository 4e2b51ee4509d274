/* SPDX-License-Identifier: BSD-2-Clause */
/* history.h - lines that were entered before, in this run and those before it */
#ifndef UI_SCREEN_HISTORY_H
#define UI_SCREEN_HISTORY_H

#include <stdint.h>

#include "capture/error.h"

enum { HISTORY_MAX = 200 };

/* The newest last. */
struct history {
	char *line[HISTORY_MAX];	/* owned */
	uint32_t count;
};

/* Put a line behind the others, unless it is empty or the last one already; the oldest makes room for it. */
void history_add(struct history *h, const char *line);

/* Begin h with the display filters that the user's file has, the last most of them. It may be missing or unreadable: then
 * there are none.
 */
void history_load(struct history *h, uint32_t most);

/* Put a display filter into the user's file, which has most of them at most, each once. Returns 0; or negative with e
 * filled in, where that is not possible.
 */
int history_keep(const char *line, uint32_t most, struct error *e);

void history_free(struct history *h);

#endif
