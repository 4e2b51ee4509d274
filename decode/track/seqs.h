/* SPDX-License-Identifier: BSD-2-Clause */
/* seqs.h - where the sequence numbers of a TCP conversation start, for relative ones
 *
 * How it works: an entry is 16 bytes, found by a hash of both endpoints; four of them share a cache line, the one
 * used last in front. Where that line is full, another one that the hash names takes the conversation. So a look-up
 * reads one cache line, seldom two, however many hosts there are.
 * Lines are taken into use one after the other, as conversations come (linear hashing): each divides one that
 * is in use, by one more bit of the hash. Few conversations are on few pages. When all lines are in use, the
 * conversation that was silent longest in a full line is dropped: its next packet then starts it anew, with absolute
 * numbers. The hash is keyed: a sender who does not know the seed cannot aim many conversations at one line.
 */
#ifndef DECODE_TRACK_SEQS_H
#define DECODE_TRACK_SEQS_H

#include <stdbool.h>

#include "decode/track/key.h"

#define SEQS_WAYS 4
#define SEQS_LINES 49152

struct seqs_entry {
	uint64_t key;		/* of the conversation; 0: free */
	uint32_t start[2];	/* from where the lower and the higher endpoint count */
};

/* 3 MiB, of which the system hands out pages as lines are taken into use: meant for static storage. */
struct seqs {
	_Alignas(64) struct seqs_entry line[SEQS_LINES][SEQS_WAYS];
	struct seed seed;
	uint32_t lines;		/* in use, the first ones */
	uint32_t mask;		/* the bits of a hash that tell them apart */
	uint32_t count;		/* conversations that came */
};

/* What of a segment its conversation is known by. */
struct seqs_segment {
	struct slice src, dst;	/* network addresses, of the same length */
	uint16_t srcport, dstport;
	bool syn;		/* starts a conversation anew */
	uint32_t seq, ack;
};

/* From where the sender of a segment counts, and from where what it acknowledges counts. */
struct seqs_start {
	uint32_t seq, ack;
};

/* s: filled with zeros, and not touched here, so that it takes memory only as it is used.
 * seed: 16 random bytes.
 */
void seqs_init(struct seqs *s, const uint64_t seed[2]);

/* Find the starts of the conversation that seg is part of, as start. Returns false where seg, which
 * has an acknowledgement number, is the first of it.
 */
bool seqs_find(struct seqs *s, const struct seqs_segment *seg, struct seqs_start *start);

/* The key of its conversation, the same for both directions; never 0. *higher: is the source the higher endpoint? */
uint64_t seqs_key(const struct seed *seed, const struct seqs_segment *seg, bool *higher);

#endif
