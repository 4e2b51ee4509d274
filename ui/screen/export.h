/* SPDX-License-Identifier: BSD-2-Clause */
/* export.h - a table as it is on the screen, into a CSV file: all of its rows, bit by bit */
#ifndef UI_SCREEN_EXPORT_H
#define UI_SCREEN_EXPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "capture/error.h"

/* What has rows and columns. All text is safe for a terminal, and lives until the next call. */
struct export_table {
	void *of;		/* what is handed to the functions */
	uint32_t columns;
	uint32_t begin, end;	/* rows */
	const char *(*title)(void *of, uint32_t column);
	bool (*row)(void *of, uint32_t row);		/* make it ready; false: it is gone */
	const char *(*cell)(void *of, uint32_t row, uint32_t column);
};

struct export {
	FILE *file;		/* NULL: nothing is being exported */
	struct export_table table;
	uint32_t at, written;	/* rows */
	char path[256];
	char message[300];	/* how it ended */
};

/* Begin to write table to path, a new file, with its titles in the first line. What table is of must outlive it.
 * Returns 0, or negative with e filled in.
 */
int export_start(struct export *x, const struct export_table *table, const char *path, struct error *e);

/* Write some rows more. Returns whether there are more; else x->message says how it went. */
bool export_extend(struct export *x);

/* Write no more, and let x->message say why: what is written stays. */
void export_stop(struct export *x, const char *why);

#endif
