/* SPDX-License-Identifier: BSD-2-Clause */
/* key.h - keyed hashes of endpoints, by which conversations and datagrams are found again
 *
 * A sender who does not know the seed can neither aim many of them at one place of a table, nor make
 * two that are taken for one.
 */
#ifndef DECODE_TRACK_KEY_H
#define DECODE_TRACK_KEY_H

#include "decode/slice.h"

/* Random; the second is a factor: 0 would be the end of every hash. */
struct seed {
	uint64_t start, factor;
};

static inline struct seed seed_of(const uint64_t random[2])
{
	return (struct seed){ random[0], random[1] | 1 };
}

/* Both halves of the product depend on all bits of a and b. */
static inline uint64_t key_mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* A network address of 4 or 16 bytes. */
static inline uint64_t key_address(const struct seed *s, uint64_t hash, struct slice addr)
{
	if (addr.wire == 4)
		return key_mix(hash ^ slice_u32(addr, 0), s->factor);
	hash = key_mix(hash ^ slice_u64(addr, 0), s->factor);
	return key_mix(hash ^ slice_u64(addr, 8), s->factor);
}

/* The key of what value names between two addresses of the same length; never 0. */
static inline uint64_t key_between(const struct seed *s, uint64_t value, struct slice a,
				   struct slice b)
{
	uint64_t hash = key_mix(s->start ^ value, s->factor ^ a.wire);

	hash = key_address(s, hash, a);
	hash = key_address(s, hash, b);
	hash = key_mix(hash ^ s->start, s->factor);
	return hash ? hash : 1;
}

#endif
