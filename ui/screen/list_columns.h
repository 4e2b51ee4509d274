/* SPDX-License-Identifier: BSD-2-Clause */
/* list_columns.h - which columns the list of packets has, in which order, and how wide */
#ifndef UI_SCREEN_LIST_COLUMNS_H
#define UI_SCREEN_LIST_COLUMNS_H

#include "ui/fields.h"

enum list_kind {
	LIST_NUMBER, LIST_TIME, LIST_SOURCE, LIST_DESTINATION, LIST_PROTOCOL, LIST_LENGTH, LIST_INFO,
	LIST_FIELD,		/* one of --list-fields */
};

enum { LIST_COLUMNS_MAX = 16, LIST_WIDTH_MAX = 200 };

struct list_column {
	enum list_kind kind;
	uint32_t width;		/* as chosen; 0: what it needs */
	char *name;		/* of the field, or the standard column's word; owned */
	struct columns field;	/* how its values are found; owned */
};

struct list_columns {
	uint64_t serial;	/* no others of this run have it */
	uint32_t count;
	struct list_column column[LIST_COLUMNS_MAX];
};

/* What they are where nobody chose any, as list_columns_open() takes it. */
extern const char list_columns_default[];

/* Make c of "number, time, tcp.stream:6": names with commas between, each with a width or without. Returns 0; or
 * -STATUS_USAGE with e filled in, and c is empty. The catalogue must be filled.
 */
int list_columns_open(struct list_columns *c, const char *text, struct error *e);
void list_columns_close(struct list_columns *c);

/* What stands above it, and whether its values are numbers, which end where it ends. */
const char *list_column_title(const struct list_column *c);
bool list_column_right(const struct list_column *c);

/* The word of the n-th standard column; NULL behind the last. */
const char *list_column_word(uint32_t n);

#endif
