/* SPDX-License-Identifier: BSD-2-Clause */
/* talkers.h - who sends and receives how much: hosts, ports, protocols or link addresses
 *
 * How it works: talkers lie one behind the other in memory of a fixed size and are found by an index beside them
 * (flow_index.h), which doubles as they grow in number. Where all is used, one that was not heard again since the
 * last time round makes room, so that a flood of addresses throws out itself; what it had is kept as a sum.
 *
 * Hosts and ports are those of each flow that a packet is of (flow_sight.h); link addresses those of each Ethernet
 * header; a packet's protocol is the innermost one that is known. What an ICMP message quotes is not counted.
 */
#ifndef DECODE_TRACK_TALKERS_H
#define DECODE_TRACK_TALKERS_H

#include "decode/track/flow_index.h"
#include "decode/track/flow_sight.h"
#include "decode/track/recent.h"

enum talker_kind { TALKER_HOST, TALKER_PORT, TALKER_PROTO, TALKER_MAC, TALKER_KINDS };

struct talker_key {
	uint8_t addr[16];	/* of a host or a link; the rest zero */
	uint8_t length;		/* of it, bytes: 4, 16; 6 */
	uint8_t proto;		/* of a port the IP protocol; else enum proto_id */
	uint16_t port;
	uint32_t zero;		/* keys are compared as bytes */
};

enum { TALKER_SENT, TALKER_RECEIVED };	/* what a protocol has is sent */

struct talker {
	struct talker_key key;
	uint64_t packets[2], bytes[2];	/* whole frames */
	uint32_t flows;		/* it is an end of; see talkers.flows_full */
	bool heard;		/* again, since it was spared last */
};

/* Of live packets. */
struct talker_recent {
	struct recent packets, bytes, sent;	/* sent: of the bytes */
};

#define TALKERS_MIN_MEMORY 65536	/* bytes */

struct talkers {
	enum talker_kind kind;
	uint64_t packets, bytes;	/* so many were seen, */
	struct recent all;	/* of the bytes */
	uint64_t strangers;	/* and so many packets are of nobody */
	struct talker gone;	/* the sums of those that made room */
	uint64_t evicted;	/* so many did */
	uint32_t count;		/* talkers in the table */
	uint32_t most;		/* there is room for so many */
	bool flows_full;	/* there are more flows than could be told apart: their numbers are too low */

	/* private */
	struct flow_eye eye;
	struct flow_index index;
	struct talker *talker;	/* numbers count from 1 */
	struct talker_recent *recent;	/* beside them; NULL: not counted */
	uint32_t hand;		/* who is asked next to make room */
	uint64_t *seen;		/* hashes of flows; 0: free */
	uint32_t seen_mask, seen_count;
	const struct field *mac[2];
};

/* Make t, which is filled with zeros, a table in memory: size bytes of zeros, TALKERS_MIN_MEMORY at least, aligned to
 * 64; they are the caller's, and stay in use. recent: what came in the last seconds is counted too. seed: 16 random
 * bytes. proto_init() was called.
 */
void talkers_open(struct talkers *t, enum talker_kind kind, bool recent, void *memory, size_t size,
		  const uint64_t seed[2]);

/* Count d, which was seen at time (ns since 1970). */
void talkers_packet(struct talkers *t, const struct decoded *d, int64_t time);

/* The talker with that number from 0, count of them. It may become another one with the next packet. */
static inline const struct talker *talkers_at(const struct talkers *t, uint32_t i)
{
	return &t->talker[i];
}

/* What it had in the last seconds; NULL where that is not counted. */
static inline const struct talker_recent *talkers_recent(const struct talkers *t, const struct talker *talker)
{
	return t->recent ? &t->recent[talker - t->talker] : NULL;
}

#endif
