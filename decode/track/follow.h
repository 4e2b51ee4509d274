/* SPDX-License-Identifier: BSD-2-Clause */
/* follow.h - what the two ends of a flow say to each other, byte for byte and in order
 *
 * How it works: TCP segments are put in the order of their sequence numbers, each end's for itself. What comes
 * again is left out, and of what overlaps, that which came first stays. What comes too early waits in a parcel
 * (parcels.h) for what is missing. That is given up, and told as a gap, when the other end acknowledges it, for
 * it has what was not captured; when more waits than a parcel holds; and at the end. Bytes that come after they were
 * given up are told as late. Datagrams are told as they come.
 */
#ifndef DECODE_TRACK_FOLLOW_H
#define DECODE_TRACK_FOLLOW_H

#include "decode/track/flow_sight.h"
#include "decode/track/parcels.h"

enum follow_kind {
	FOLLOW_BYTES,		/* they go on where those of this end before ended */
	FOLLOW_DATAGRAM,	/* they are one */
	FOLLOW_LATE,		/* they belong into a gap that was told before */
	FOLLOW_GAP,		/* bytes were not captured */
	FOLLOW_CUT,		/* bytes were not captured: the snap length cut them off their packet */
};

struct follow_piece {
	enum follow_kind kind;
	uint8_t from;		/* which end says it, 0 or 1 */
	struct slice bytes;	/* all captured; they live until the next call */
	uint32_t missing;	/* bytes, of a gap */
	uint64_t number;	/* of the packet that they came with, or were complete with; that stands behind a gap */
};

typedef void follow_take(void *context, const struct follow_piece *p);

enum { FOLLOW_EARLY = 64, FOLLOW_GAPS = 16 };

/* A segment that came too early. */
struct follow_wait {
	uint32_t seq;
	uint64_t number;	/* of its packet */
};

struct follow_end {
	bool begun, closed;
	uint32_t next;		/* sequence number of the byte that is told next */
	uint32_t fin;		/* that of its FIN, where it has closed */
	uint32_t far;		/* that behind a segment too far away to be believed */
	struct parcel *early;	/* what waits: its byte 0 is the next; NULL: nothing does */
	struct follow_wait waits[FOLLOW_EARLY];	/* with which packets that came, the last of them */
	uint32_t waiting;	/* so many were put into that */
	struct stretch gap[FOLLOW_GAPS];	/* sequence numbers that were given up, the last of them */
	uint32_t gaps;
	uint64_t again;		/* bytes that came again */
};

struct follow {
	follow_take *take;
	void *context;
	struct follow_end end[2];
	uint64_t number;	/* of the packet that is looked at */
	struct parcels parcels;
	uint8_t scratch[PARCEL_MAX];
};

/* f: filled with zeros. take is called with each piece, as soon as its place is known. */
void follow_start(struct follow *f, follow_take *take, void *context);

/* Packet number is of the flow, seen in s; payload is of its TCP segment, or its datagram. */
void follow_segment(struct follow *f, const struct flow_sight *s, struct slice payload, uint64_t number);
void follow_datagram(struct follow *f, const struct flow_sight *s, struct slice payload, uint64_t number);

/* Nothing more comes: tell what waits. */
void follow_finish(struct follow *f);

#endif
