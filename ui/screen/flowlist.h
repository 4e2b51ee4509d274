/* SPDX-License-Identifier: BSD-2-Clause */
/* flowlist.h - the flows of a store's packets as they are looked at: counted and sorted bit by bit
 *
 * Nothing is there before the list is opened. Then all packets that the store has are counted, and live ones as
 * they come.
 */
#ifndef UI_SCREEN_FLOWLIST_H
#define UI_SCREEN_FLOWLIST_H

#include "ui/flow_table.h"
#include "ui/screen/flowrank.h"
#include "ui/screen/keys.h"
#include "ui/screen/pass.h"

struct flowlist {
	struct flow_table *table;	/* NULL: the list was not opened. Owned, as all below. */
	struct pass pass;
	bool filled;			/* all that were there have been counted once */

	const struct flow_order *order;
	bool reverse;
	bool only_active;		/* those of the last minute that are not over */
	bool names;			/* of ports */
	uint32_t active;		/* flows were, when they were sorted last */
	struct flowrank rank;
	const struct flow **shown;	/* in order */
	uint32_t count, room;

	uint32_t cursor, top, page;
	bool chosen;			/* the flow under the cursor is to stay there; else the first place is */

	/* private */
	bool changed, wanted;		/* since it was sorted; at once */
	int64_t sorted_ns, rest_ns;	/* when that began last, and how long after it nothing is sorted */
};

/* Begin to count the packets of store, if that has not begun yet. False where there is no memory for it. */
bool flowlist_open(struct flowlist *f, const struct store *store, const struct options *o);

/* Count some packets more. Returns whether there are more now. */
bool flowlist_extend(struct flowlist *f, const struct store *store);

/* Go on to bring them into order: once a second at most, and more seldom where it takes long, unless another order is
 * asked for. Returns whether there is more to do now.
 */
bool flowlist_sort(struct flowlist *f, int64_t now_ns);

/* How full the table is, and what was lost, where that is to be said: "  table 3%  evicted 88 ". */
void flowlist_losses(const struct flowlist *f, const struct store *store, char *text, size_t size);

/* The flow at place i, and the one under the cursor: NULL where there is none. */
const struct flow *flowlist_at(const struct flowlist *f, uint32_t i);
const struct flow *flowlist_selected(const struct flowlist *f);

/* Do what a key asks for, as far as it is about the list alone. False: it is not. */
bool flowlist_act(struct flowlist *f, enum action action);

void flowlist_close(struct flowlist *f);

#endif
