/* SPDX-License-Identifier: BSD-2-Clause */
/* feed.h - the viewer's end of a live capture: packets lent by the keeper
 *
 * How it works: the viewer is a child of the keeper and shares its blocks of packets, read-only. The
 * keeper sends the index of a block over a socket, the viewer walks the block where it lies, and
 * sends the index back when it has done with it.
 */
#ifndef CAPTURE_FEED_H
#define CAPTURE_FEED_H

#include "capture/packet.h"

struct feed;

/* Lend the next packets as b; they live until the next call. Returns how many; 0 where there are
 * none for now: the caller hands its output on and calls again, and that call waits; -1 at the end.
 */
int feed_next(struct feed *f, struct batch *b);

/* The same for who does other things meanwhile: it never waits, and there may be more when the descriptor is
 * readable.
 */
int feed_take(struct feed *f, struct batch *b);
int feed_descriptor(const struct feed *f);

#endif
