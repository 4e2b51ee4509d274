/* SPDX-License-Identifier: BSD-2-Clause */
/* ranking.h - the packets that a filter lets through, sorted by a column bit by bit
 *
 * Only what a filter lets through of a stored file is sorted: each packet must be decoded for it.
 */
#ifndef UI_SCREEN_RANKING_H
#define UI_SCREEN_RANKING_H

#include "ui/screen/merge.h"
#include "ui/screen/packets.h"

struct ranking {
	bool running;
	uint32_t column;	/* of the list */

	/* private */
	uint64_t serial;	/* of the filter */
	uint32_t next;		/* the place to be taken next */
	struct merge rows;
	struct row row;
};

/* Begin to sort by the next column; behind the last one packets stand as they came. v says where that is not possible. */
void ranking_next(struct ranking *r, struct packets *v);

/* Turn the order. v says where there is none. */
void ranking_reverse(struct packets *v);

/* Go on, once the filter has been through all packets. Returns whether there is more to do; else v shows the new order. */
bool ranking_extend(struct ranking *r, struct packets *v);

/* How far it is, per cent. */
uint32_t ranking_progress(const struct ranking *r, const struct packets *v);

void ranking_stop(struct ranking *r);

#endif
