/* SPDX-License-Identifier: BSD-2-Clause */
/* config.h - what the user wants the view to be like, from a file or typed
 *
 * One table names the keys: it feeds the file, the command line of the view, and a test that the README has them all.
 */
#ifndef UI_SCREEN_CONFIG_H
#define UI_SCREEN_CONFIG_H

#include "ui/screen/list_columns.h"
#include "ui/screen/rules.h"

enum clock {			/* what the column of times says */
	CLOCK_FIRST,		/* since the first packet, or a reference */
	CLOCK_DELTA,		/* since the packet before */
	CLOCK_SHOWN,		/* since the packet that is shown before it */
	CLOCK_DAY, CLOCK_DATE, CLOCK_EPOCH, CLOCKS,
};

enum layout { LAYOUT_BY_SIZE, LAYOUT_LIST, LAYOUT_TWO, LAYOUT_THREE, LAYOUTS };

struct config {
	struct list_columns columns;
	struct rules rules;
	uint8_t clock, layout;	/* enum clock, enum layout */
	bool utc, ascii, mouse, osc52;
	uint32_t history;	/* how many filters are remembered from run to run */
};

struct config_key {
	const char *name, *values, *does;
	int (*take)(struct config *c, const char *value, struct error *e);
};

extern const struct config_key config_keys[];
extern const uint32_t config_keys_count;

/* What is where no file says another. The catalogue must be filled. */
void config_open(struct config *c);
void config_close(struct config *c);

/* Take "key = value" ("key value" too) into c. Returns 0; or -STATUS_USAGE with e filled in, and c is as before. */
int config_set(struct config *c, const char *setting, struct error *e);

/* Take each line of text, the file at path: blank ones and those that begin with # say nothing. Returns 0; or
 * -STATUS_USAGE with e filled in: "PATH:LINE: WHY".
 */
int config_take(struct config *c, const char *path, const char *text, struct error *e);

/* Where the user's file is. False where nobody says. */
bool config_path(char *path, size_t size);

/* Take the user's file, if there is one. Returns as config_take(). */
int config_load(struct config *c, struct error *e);

/* Replace in the user's file the lines of key by lines, n of them, where they were; all others stay as they are.
 * Returns 0, or negative with e filled in.
 */
int config_save(const char *key, const char *const *lines, uint32_t n, struct error *e);

#endif
