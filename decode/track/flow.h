/* SPDX-License-Identifier: BSD-2-Clause */
/* flow.h - what two ends send each other, counted */
#ifndef DECODE_TRACK_FLOW_H
#define DECODE_TRACK_FLOW_H

#include <stdbool.h>

#include "decode/slice.h"

/* The lower end stands first, whoever it is. */
struct flow_key {
	uint8_t addr[2][16];	/* of IPv4 the first four bytes, the rest zero */
	uint16_t port[2];	/* 0 where the protocol has none */
	uint8_t proto;		/* of IP: 6 is TCP */
	bool v6;
	uint16_t zero;		/* keys are compared as bytes */
};

enum flow_state {		/* of TCP, as it looks from the wire */
	FLOW_STATELESS,
	FLOW_SYN,
	FLOW_SYN_ACK,
	FLOW_ESTABLISHED,	/* also what was so before the capture began */
	FLOW_FIN,		/* one end has closed */
	FLOW_CLOSED,		/* both have */
	FLOW_RESET,
};

enum flow_bit {
	FLOW_CLIENT = 1,	/* which end is the client, 0 or 1 */
	FLOW_FORMER = 2,	/* not to be found any more: its ports are another flow's */
	FLOW_BASE_0 = 4, FLOW_BASE_1 = 8,	/* is base of that end known? */
	FLOW_FIN_0 = 16, FLOW_FIN_1 = 32,	/* has that end closed? */
};

#define FLOW_RECENT 8		/* stretches of time for which bytes are kept apart */
#define FLOW_STRETCH_NS (INT64_C(1) << 33)	/* each: 8.6 seconds */

/* Three lines of a cache: what a packet is compared with is in the first. */
struct flow {
	_Alignas(64) struct flow_key key;
	uint8_t state;		/* enum flow_state */
	uint8_t rank;		/* enum flow_rank of flows.h */
	uint8_t bits;		/* enum flow_bit */
	bool spoken;		/* since it came to its place in the list of its rank */
	uint32_t before, behind;	/* in the list of its rank: numbers of flows; 0: none */
	uint32_t handshake_us;	/* from the first SYN to the client's answer; 0: not seen */
	int64_t last;		/* ns since 1970 */

	int64_t first;
	uint64_t packets[2], bytes[2];	/* sent by each end; whole frames */
	uint32_t base[2];	/* sequence number that each end began with */
	uint32_t next[2];	/* behind the highest byte that each end has sent */
	uint32_t again[2];	/* segments with bytes below that: sent again, or out of order */

	uint64_t begin;		/* the number of its first packet, from 1 */
	uint32_t id;		/* flows count from 1 as they begin */
	uint32_t former;	/* the number of the flow that had these ends before, if that is still there; 0: none */
	uint16_t mss[2];	/* what each end says in its SYN; 0: nothing */
	uint16_t closed[2];	/* how often each end's window was 0; 65535: that or more */
	int32_t stretch;	/* of time, in which it was seen last */
	uint32_t recent[FLOW_RECENT];	/* bytes in that and those before: of stretch n at n % FLOW_RECENT */
};

_Static_assert(sizeof(struct flow_key) == 40, "a key has no gaps");
_Static_assert(sizeof(struct flow) == 192, "a flow is three cache lines");

/* Which end is the client: who sent the SYN, else who was seen first. */
static inline uint32_t flow_client(const struct flow *f)
{
	return f->bits & FLOW_CLIENT;
}

/* In which stretch of time ns is. */
static inline int32_t flow_stretch(int64_t ns)
{
	return (int32_t)(ns / FLOW_STRETCH_NS);
}

/* The bytes of both ends in a stretch of time; 0 where that is no longer kept. */
static inline uint32_t flow_recent(const struct flow *f, int32_t stretch)
{
	int64_t ago = (int64_t)f->stretch - stretch;

	return ago >= 0 && ago < FLOW_RECENT ? f->recent[(uint32_t)stretch % FLOW_RECENT] : 0;
}

static inline struct slice flow_addr(const struct flow *f, uint32_t end)
{
	uint32_t n = f->key.v6 ? 16 : 4;

	return (struct slice){ f->key.addr[end], n, n };
}

#endif
