/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_index.h - numbers found by a hash, in memory that others hand out
 *
 * How it works: a bucket is a cache line of seven numbers with 32 bits of each one's hash. What finds
 * its bucket full goes into one of the next, and is counted where it passed, so that a look-up knows
 * where to stop: nearly always at the first. Half of the places are free at least, and the hash is
 * keyed (key.h), so a way is seldom longer than one bucket and never longer than FLOW_WAY.
 */
#ifndef DECODE_TRACK_FLOW_INDEX_H
#define DECODE_TRACK_FLOW_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#define FLOW_SLOTS 7
#define FLOW_WAY   8		/* buckets */

struct flow_bucket {
	_Alignas(64) uint32_t tag[FLOW_SLOTS];
	uint32_t passed;	/* numbers that are behind this bucket, for it was full */
	uint32_t number[FLOW_SLOTS];	/* 0: free */
	uint32_t unused;
};

_Static_assert(sizeof(struct flow_bucket) == 64, "a bucket is a cache line");

struct flow_index {
	struct flow_bucket *bucket;	/* most of them in use, the first mask + 1 */
	uint32_t mask, most;	/* buckets; both a power of two, but for the 1 that mask is less */
	uint32_t count;		/* numbers in it */
};

/* Where a look-up is. */
struct flow_probe {
	uint32_t way, slot;
};

static inline struct flow_bucket *flow_bucket(const struct flow_index *x, uint64_t hash, uint32_t way)
{
	return &x->bucket[((uint32_t)hash + way) & x->mask];
}

/* The next number whose hash looks like this one, from p on, which is zero at first; 0 where there is
 * none. Most often the first is it.
 */
static inline uint32_t flow_index_next(const struct flow_index *x, uint64_t hash, struct flow_probe *p)
{
	for (; p->way < FLOW_WAY; p->way++, p->slot = 0) {
		const struct flow_bucket *b = flow_bucket(x, hash, p->way);

		for (; p->slot < FLOW_SLOTS; p->slot++)
			if (b->tag[p->slot] == hash >> 32 && b->number[p->slot])
				return b->number[p->slot++];
		if (!b->passed)
			break;
	}
	return 0;
}

/* Does it take more buckets, before one number more is put in? */
static inline bool flow_index_full(const struct flow_index *x)
{
	return x->count >= (x->mask + 1) / 2 * FLOW_SLOTS && x->mask + 1 < x->most;
}

/* Put number in. False where all its places are taken: never, as long as half are free. */
bool flow_index_put(struct flow_index *x, uint64_t hash, uint32_t number);

/* Take number out, which is there. */
void flow_index_drop(struct flow_index *x, uint64_t hash, uint32_t number);

/* Twice as many buckets, empty: all numbers are to be put in anew. */
void flow_index_double(struct flow_index *x);

#endif
