/* SPDX-License-Identifier: BSD-2-Clause */
/* flowrank.h - flows are sorted in pieces: what comes to them meanwhile waits for the next time */
#ifndef UI_SCREEN_FLOWRANK_H
#define UI_SCREEN_FLOWRANK_H

#include "decode/track/flows.h"
#include "ui/flow_sort.h"
#include "ui/screen/merge.h"

struct flowrank {
	struct merge rows;		/* of struct flow_row */
	const struct flow_order *order;
	int64_t now;			/* ns since 1970 */
	bool only_active;		/* others have no row */
	uint32_t active;		/* flows are */
	bool running;

	/* private */
	bool taken;			/* all rows are */
	const struct flow *last;	/* the one taken last */
};

/* Begin to sort the flows of t. False where there is no memory for it: nothing runs then. */
bool flowrank_start(struct flowrank *r, const struct flows *t, const struct flow_order *order, bool only_active);

/* Sort some more. Not running any more: the rows are in order. */
void flowrank_extend(struct flowrank *r, const struct flows *t);

/* The flow that is in that place, when they are in order. */
static inline const struct flow *flowrank_flow(const struct flowrank *r, uint32_t place)
{
	return ((const struct flow_row *)merge_row(&r->rows, place))->flow;
}

void flowrank_free(struct flowrank *r);

#endif
