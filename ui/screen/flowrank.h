/* SPDX-License-Identifier: BSD-2-Clause */
/* flowrank.h - a million flows are sorted in pieces of less than a millisecond
 *
 * How it works: a row with its key is taken of each flow, and short runs of rows are sorted on the way; then each
 * two runs are merged to one, until there is one. What comes to the flows meanwhile waits for the next time.
 */
#ifndef UI_SCREEN_FLOWRANK_H
#define UI_SCREEN_FLOWRANK_H

#include "decode/track/flows.h"
#include "ui/flow_sort.h"

struct flowrank {
	struct flow_row *rows, *spare;	/* owned; of count rows each, when all are taken */
	uint32_t count, room;
	const struct flow_order *order;
	bool running;

	/* private */
	bool taken;			/* all rows are */
	const struct flow *last;	/* the one taken last */
	uint64_t width;			/* of the sorted runs, rows */
	uint32_t at, left, right;	/* what is merged next: where to, and where from */
};

/* Begin to sort the flows of t. False where there is no memory for it: nothing runs then. */
bool flowrank_start(struct flowrank *r, const struct flows *t, const struct flow_order *order);

/* Sort some more. Not running any more: the rows are in order. */
void flowrank_extend(struct flowrank *r, const struct flows *t);

void flowrank_free(struct flowrank *r);

#endif
