/* SPDX-License-Identifier: BSD-2-Clause */
/* reorder.h - packets of a reader that are a little out of order, in the order of time
 *
 * How it works: a frame has its place in a ring before it has its time, so those that arrive on two cores at once change
 * places, now and then over a hundred others. Packets are copied into two stacks, one after the other, each put in order;
 * the older one of both tops is the next. Who is late by less than a stack finds its place.
 */
#ifndef CAPTURE_REORDER_H
#define CAPTURE_REORDER_H

#include "capture/error.h"
#include "capture/packet.h"

struct reader;
struct reorder;

/* Take packets from r, which is o's from then on, in any case. NULL: no memory. */
struct reorder *reorder_open(struct reader *r);

/* The next packet, which stays the next until reorder_skip(), and lives until the second one. Returns 1; 0 at the end; or
 * as reader_next(), behind the last good packet.
 */
int reorder_look(struct reorder *o, const struct packet **p, struct error *e);
void reorder_skip(struct reorder *o);

void reorder_close(struct reorder *o);

/* Did a come before b? */
static inline bool packet_is_before(const struct packet *a, const struct packet *b)
{
	return a->sec != b->sec ? a->sec < b->sec : a->nsec < b->nsec;
}

#endif
