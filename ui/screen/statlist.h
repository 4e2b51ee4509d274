/* SPDX-License-Identifier: BSD-2-Clause */
/* statlist.h - sums over the packets of a store, as they are looked at: protocols, sizes, rates
 *
 * Nothing is there before the screen is opened. Then all packets that the store has are counted; live ones while it is
 * looked at, and what came meanwhile when it is opened again.
 */
#ifndef UI_SCREEN_STATLIST_H
#define UI_SCREEN_STATLIST_H

#include "decode/track/tally.h"
#include "ui/bare.h"
#include "ui/screen/keys.h"
#include "ui/screen/pass.h"

/* What is on the screen: all that there is room for, or one part alone. */
enum stat_part { STAT_ALL, STAT_PROTOCOLS, STAT_SIZES, STAT_RATES, STAT_PARTS };

#define STAT_WINDOW 10		/* seconds that the rates of live packets are of */
#define STAT_GRAPH  60		/* seconds that the graph of live packets shows */

struct statlist {
	struct tally *tally;		/* NULL: it was not opened. Owned. */
	struct pass pass;
	bool live;
	bool verify;			/* checksums are */
	enum stat_part part;
	bool narrow;			/* there is no room for all, as it was drawn last */
	bool folded[HIERARCHY_MAX];
	uint16_t shown[HIERARCHY_MAX];	/* the nodes that are to be seen, in order */
	uint32_t count;
	uint32_t cursor, top, page;

	/* private */
	struct bare bare;
};

/* Begin to count, if that has not begun yet. False where there is no memory for it. */
bool statlist_open(struct statlist *f, const struct store *store, bool verify);

/* Count some packets more. Returns whether there are more now. */
bool statlist_extend(struct statlist *f, const struct store *store);

/* What was lost, where that is to be said: "  packets not counted 12 ". */
void statlist_losses(const struct statlist *f, char *text, size_t size);

/* Bring the protocols into order, as far as they are unfolded. What is under the cursor stays there. */
void statlist_settle(struct statlist *f);

/* The protocol under the cursor; NULL where there is none. */
const struct hierarchy_node *statlist_selected(const struct statlist *f);

/* Bits a second: live in the last STAT_WINDOW seconds before second, or in the ns since it began, where that is shorter;
 * of a file in all of its ns.
 */
uint64_t statlist_rate(const struct statlist *f, const struct hierarchy_node *n, uint32_t second, uint64_t ns);

/* Fill n columns of a graph with bits a second. Returns how long they are together, ns. */
uint64_t statlist_graph(const struct statlist *f, uint64_t *amount, uint32_t n, uint32_t second);

/* Do what a key asks for, as far as it is about the screen alone. False: it is not. */
bool statlist_act(struct statlist *f, enum action action);

void statlist_close(struct statlist *f);

#endif
