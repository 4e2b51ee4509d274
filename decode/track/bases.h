/* SPDX-License-Identifier: BSD-2-Clause */
/* bases.h - from where the sequence numbers of TCP conversations count, for packets that are shown in any order
 *
 * How it works: each packet is counted once, in order. Where a conversation begins, or begins anew, a base is put in
 * front of those with its hash, with the number of that packet. Of any packet the base that holds is then the newest
 * that is not newer than it, so its numbers are those that lines of all packets have (seqs.h). There is room for so
 * many bases; then the oldest make room, and what was said in their conversations has absolute numbers. Links are the
 * bases' numbers in the order they came, so a link to one that is gone is told by that alone. The hash is keyed.
 * Packets are put in some at a time: memory is asked for what all of them need before the first is.
 */
#ifndef DECODE_TRACK_BASES_H
#define DECODE_TRACK_BASES_H

#include "decode/decode.h"
#include "decode/track/seqs.h"

#define BASES_MOST (1u << 18)	/* a power of two */
#define BASES_WAITING 16
#define BASES_WAY  64		/* bases of one hash that are looked at: a sender cannot make that take long */

struct base {
	uint64_t key;		/* of the conversation */
	uint32_t number;	/* of the packet that it holds from, from 1 */
	uint32_t start[2];	/* from where the lower and the higher endpoint count */
	uint32_t behind;	/* the base with that hash before it, counted from 1; 0: there was none */
};

/* 7 MiB, of which the system hands out pages as they are used. */
struct bases {
	struct base base[BASES_MOST];
	uint32_t newest[BASES_MOST];	/* of each hash, counted from 1; 0: none */
	uint32_t count;			/* that came */
	uint64_t last;			/* the number of the last packet that was put in */
	struct seed seed;

	/* private: not put in yet */
	struct { struct base base; bool syn; } waiting[BASES_WAITING];
	uint32_t waits;
	uint64_t came;			/* the number of the packet that came last */
	const struct field *srcport, *dstport, *seq, *ack, *flags;
};

/* b: filled with zeros. seed: 16 random bytes. */
void bases_init(struct bases *b, const uint64_t seed[2]);

/* Count packet d with that number, from 1: it is known after bases_settle(), or a little later. */
void bases_put(struct bases *b, const struct decoded *d, uint64_t number);
void bases_settle(struct bases *b);

/* The starts of the conversation that seg, of the packet with that number, is part of. As seqs_find(); both starts
 * are 0 where none is known.
 */
bool bases_find(const struct bases *b, const struct seqs_segment *seg, uint64_t number, struct seqs_start *start);

#endif
