/* SPDX-License-Identifier: BSD-2-Clause */
/* chooser.h - a list of the configuration, the columns or the rules of colours, as it is edited on the screen
 *
 * Each change takes effect at once, and is kept for other runs when that is asked for.
 */
#ifndef UI_SCREEN_CHOOSER_H
#define UI_SCREEN_CHOOSER_H

#include "ui/screen/grid.h"
#include "ui/screen/keys.h"
#include "ui/screen/packets.h"

enum choice { CHOICE_COLUMNS, CHOICE_COLOURS };
enum { CHOOSER_MAX = RULES_MAX };

struct chooser {
	enum choice choice;
	char *item[CHOOSER_MAX];	/* as the configuration has them; owned */
	uint32_t count, cursor, top, page;
	bool edits;			/* what is typed replaces the item under the cursor; else it comes behind it */
};

/* Begin with what v has now. */
void chooser_open(struct chooser *c, enum choice choice, const struct packets *v);

/* Do what a key asks for, as far as it is about the list alone. False: it is not. */
bool chooser_act(struct chooser *c, struct packets *v, enum action action);

/* What the item under the cursor is, to be edited; "" where there is none. */
const char *chooser_text(const struct chooser *c);

/* Take an item that was typed. v says what is wrong with it. */
void chooser_put(struct chooser *c, struct packets *v, const char *text);

/* Draw the list into height rows from row on; head: the row above it. */
void chooser_draw(struct chooser *c, const struct packets *v, struct grid *g, uint32_t head, uint32_t row, uint32_t height);

void chooser_close(struct chooser *c);

#endif
