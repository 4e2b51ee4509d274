/* SPDX-License-Identifier: BSD-2-Clause */
/* facts.h - sums over the packets of a file: how many, how large, when */
#ifndef CAPTURE_FACTS_H
#define CAPTURE_FACTS_H

#include "capture/packet.h"

#define FACTS_LINKTYPES 32	/* are told apart */

struct facts {
	uint64_t packets;
	uint64_t bytes;			/* on the wire */
	uint64_t captured;		/* bytes */
	uint64_t cut;			/* packets that were not captured whole */

	struct {
		uint64_t packets;
		uint16_t linktype;
	} linktype[FACTS_LINKTYPES];
	uint32_t linktypes;
	uint64_t other_linktypes;	/* packets of those there was no room for */

	/* Times are ns since 1970; files can say more than 64 bits hold. */
	uint64_t timed;			/* packets that have one */
	__int128 first, last;		/* the earliest and the latest */
	__int128 before;		/* that of the packet before */
	uint64_t backward;		/* packets that are earlier than the one before them */
	uint64_t backward_first;	/* the number of the first of these, from 1 */
	__int128 silence;		/* the longest time in which nothing came, ns */
	uint64_t silence_end;		/* the number of the packet that ended it; 0: there was none */
};

/* This link type occurs, even if no packet has it. */
void facts_linktype(struct facts *f, uint16_t linktype);

/* Count the packets of b. */
void facts_put(struct facts *f, const struct batch *b);

#endif
