/* SPDX-License-Identifier: BSD-2-Clause */
/* flows.h - the table of flows: who talks to whom, and how much
 *
 * How it works: flows lie one behind the other in memory of a fixed size and are found by an index
 * beside them, which doubles as they grow in number; see flow_index.h. Memory is touched as it is used.
 * Where all is used, the flow that is worth least makes room: the oldest that nobody has answered, so that
 * a flood throws out itself; where there is none, the oldest that is over; else one that was silent for
 * long. A list for each of these ranks says which that is, without a search.
 *
 * A packet waits in a short queue before it is counted, while the lines that it needs come into the
 * cache: a look-up among a million flows costs a few of its 100 ns then.
 *
 * A flow that is closed or reset, or whose SYN has another number, is over when a SYN comes for its
 * ports: that begins another flow, as in Wireshark. A flow knows the one before it, and both know with
 * which packet they began: so the flow of a packet that was counted is found again at any time.
 */
#ifndef DECODE_TRACK_FLOWS_H
#define DECODE_TRACK_FLOWS_H

#include "decode/track/flow_index.h"
#include "decode/track/flow_sight.h"

enum flow_rank {
	RANK_NONE,		/* no flow */
	RANK_UNANSWERED,	/* one end alone has sent, and little; or a handshake that is not complete */
	RANK_OVER,		/* closed, reset, or followed by another between the same ports */
	RANK_KEPT,
	RANKS,
};

#define FLOW_BUSY  8		/* packets: so many of one end alone are worth as much as an answer */
#define FLOW_QUEUE 32		/* a power of two */
#define FLOWS_MIN_MEMORY 65536	/* bytes */

struct flows {
	uint64_t number;	/* of the packet that was seen last, from 1 */
	uint64_t packets;	/* so many were seen, */
	uint64_t strangers;	/* and so many of them have no IP header: they are of no flow */
	uint64_t evicted[RANKS];	/* flows that made room for others, by their rank */
	uint32_t count;		/* flows in the table */
	uint32_t begun;		/* flows there were so far */
	int64_t latest;		/* of the times of packets, ns since 1970 */
	uint32_t most;		/* there is room for so many */

	/* private */
	struct flow_eye eye;
	struct flow_index index;
	struct flow *flow;	/* numbers count from 1 */
	uint32_t used;		/* of them so many were used already */
	struct flow_list {
		uint32_t first, last;
	} list[RANKS];
	uint64_t arrived, counted;	/* packets of flows, in the queue and out of it */
	struct flow_sight queue[FLOW_QUEUE];
};

/* Make f, which is filled with zeros, a table in memory: size bytes of zeros, FLOWS_MIN_MEMORY at least,
 * aligned as struct flow; they are the caller's, and stay in use. seed: 16 random bytes. proto_init() was
 * called.
 */
void flows_open(struct flows *f, void *memory, size_t size, const uint64_t seed[2]);

/* Count d, which was seen at time (ns since 1970). */
void flows_packet(struct flows *f, const struct decoded *d, int64_t time);

/* The next n packets are not counted, for they are gone. */
static inline void flows_skip(struct flows *f, uint64_t n)
{
	f->number += n;
}

/* Of which flow is what was seen in s, of a packet that was counted as that number? By an eye of the same seed that has
 * seen the packets in order; nothing waits in the queue. NULL where that flow made room since.
 */
const struct flow *flows_find(const struct flows *f, const struct flow_sight *s, uint64_t number);

/* Count what waits in the queue: before anything is read out of f. */
void flows_settle(struct flows *f);

/* Count s at once. The flow stays where it is until it makes room for another. */
struct flow *flows_count(struct flows *f, const struct flow_sight *s);

/* The flow behind f in the table, in no order; NULL: the first. Returns NULL behind the last. */
const struct flow *flows_next(const struct flows *t, const struct flow *f);

static inline uint64_t flows_evicted(const struct flows *f)
{
	return f->evicted[RANK_UNANSWERED] + f->evicted[RANK_OVER] + f->evicted[RANK_KEPT];
}

#endif
