/* SPDX-License-Identifier: BSD-2-Clause */
/* feed.h - the viewer's end of a live capture: packets lent by the keeper
 *
 * How it works: the viewer is a child of the keeper and shares its blocks of packets, read-only. The
 * keeper sends the index of a block over a socket, the viewer walks the block where it lies, and
 * sends the index back when it has done with it. A screen, which may skip packets, is lent none: it shares the
 * tape (tape.h), and says how far it has seen it.
 */
#ifndef CAPTURE_FEED_H
#define CAPTURE_FEED_H

#include "capture/packet.h"

struct feed;
struct filter;
struct tape;

/* Lend the next packets as b; they live until the next call. Returns how many; 0 where there are
 * none for now: the caller hands its output on and calls again, and that call waits; -1 at the end.
 */
int feed_next(struct feed *f, struct batch *b);

/* For a screen: where the packets are; never more than a look at what there is, without waiting. */
const struct tape *feed_tape(const struct feed *f);

/* Tell the keeper that packets before number n have been seen: what goes before that was skipped. Once there are
 * others, the descriptor is readable, until feed_is_over() was asked.
 */
void feed_seen(struct feed *f, uint64_t n);
int feed_descriptor(const struct feed *f);

/* Ask for a file with what is kept, for packet n, or for the reader where it is a screen. */
void feed_record(const struct feed *f, uint64_t n);

/* For a screen: ask the keeper to choose packets by text from now on, which was compiled to n filters, each for another
 * link type, at most FILTER_LINKTYPES; none: all packets. The ledger counts where that is not taken. Returns 0, or
 * -errno: -E2BIG where they are too long together.
 */
int feed_filter(struct feed *f, struct filter *const filter[], const uint16_t linktype[], uint32_t n, const char *text);

/* Tell the name that the host of this address of n bytes, 4 or 16, had in lines: for the file. At the end. */
void feed_name(const struct feed *f, const uint8_t *address, uint16_t n, const char *name);

/* Has the capture come to its end? Then no packets come any more. */
bool feed_is_over(struct feed *f);

#endif
