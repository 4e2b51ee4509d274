/* SPDX-License-Identifier: BSD-2-Clause */
/* hierarchy.h - how many packets and bytes each protocol carries, as a tree: what lies in what
 *
 * A packet counts once in each of its layers, with its whole size. Messages one behind the other are one, and so are
 * layers that have one name (LLC and SNAP); extension headers belong to their IPv6 header. What an ICMP message quotes
 * is not counted.
 */
#ifndef DECODE_TRACK_HIERARCHY_H
#define DECODE_TRACK_HIERARCHY_H

#include "decode/decode.h"
#include "decode/track/recent.h"

#define HIERARCHY_MAX 512	/* nodes */

struct hierarchy_node {
	uint64_t packets, bytes;
	uint16_t parent, child, next;	/* the first below it, the next one beside it: numbers; 0: none */
	uint16_t latest;		/* the child that was found last */
	uint8_t proto;			/* enum proto_id; PROTO_NONE: the root, which stands for all packets */
	uint8_t depth;			/* 0: of the root */
	struct recent recent;		/* bytes */
};

struct hierarchy {
	uint32_t count;			/* nodes; the root is number 0 */
	uint64_t lost;			/* layers there was no node for */
	uint8_t called[PROTO_COUNT];	/* who stands for its name; PROTO_NONE: it has no node */
	struct hierarchy_node node[HIERARCHY_MAX];
};

/* h: filled with zeros. proto_init() was called. */
void hierarchy_open(struct hierarchy *h);

/* Count d, which was seen in that second since 1970. */
void hierarchy_packet(struct hierarchy *h, const struct decoded *d, uint32_t second);

/* Bring those that lie in the same into the order of their bytes, the most first. */
void hierarchy_sort(struct hierarchy *h);

/* The node behind number n as a tree is read, from the root on; 0 behind the last. closed: leave out what is below n. */
uint32_t hierarchy_next(const struct hierarchy *h, uint32_t n, bool closed);

#endif
