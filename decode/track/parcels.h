/* SPDX-License-Identifier: BSD-2-Clause */
/* parcels.h - bytes of several packets put in place: datagrams of fragments, messages of segments
 *
 * How it works: memory is a pool of blocks, handed out as bytes come. A parcel is a run of bytes that
 * is known by a key and grows at any place in any order; what was there first stays. Where no block is
 * left, the parcel that did not grow for longest gives its up, and is forgotten. All is of fixed size,
 * and none of it is touched before it is used.
 */
#ifndef DECODE_TRACK_PARCELS_H
#define DECODE_TRACK_PARCELS_H

#include <stdbool.h>

#include "decode/slice.h"

#define BLOCK_SIZE    2048 /* bytes */
#define POOL_BLOCKS   256
#define PARCEL_BLOCKS 80
#define PARCEL_MAX \
	((PARCEL_BLOCKS - 1) * BLOCK_SIZE) /* bytes: the first block may be half used up */
#define PARCEL_RANGES  24
#define PARCEL_NUMBERS 32

#define PARCEL_SETS 32 /* a power of two */
#define PARCEL_WAYS 8
#define PARCELS	    (PARCEL_SETS * PARCEL_WAYS)

/* Bytes [from, to) are here. */
struct stretch {
	uint32_t from, to;
};

struct parcel {
	uint64_t used; /* when it grew last, counted in calls */
	uint32_t base; /* where byte 0 is in the first block */
	uint32_t ranges; /* in order, none touches the next */
	struct stretch range[PARCEL_RANGES];
	uint16_t block[PARCEL_BLOCKS]; /* numbers in the pool, from 1; 0: none */
	uint32_t numbers; /* of packets that gave something; listed are the first */
	uint64_t number[PARCEL_NUMBERS];

	/* of who uses it */
	int64_t since; /* time of its first packet, ns */
	uint32_t start; /* sequence number of byte 0 */
	uint32_t total; /* bytes wanted; 0: not known */
	uint32_t by; /* the key by which carried was found */
	uint8_t carried; /* enum proto_id */
	bool skipped; /* its bytes are not kept */
};

struct parcels {
	uint64_t key[PARCELS]; /* 0: free; a set is a row of PARCEL_WAYS */
	struct parcel parcel[PARCELS];
	uint32_t count; /* how many there are */
	uint64_t calls;
	uint64_t given_up; /* how many were forgotten for want of room */
	uint16_t fresh, freed; /* blocks never used start here; a list of those given back */
	uint16_t next[POOL_BLOCKS + 1];
	uint8_t block[POOL_BLOCKS][BLOCK_SIZE];
};

enum put {
	PUT_NEW, /* nothing of it was there */
	PUT_AGAIN, /* some was, the same */
	PUT_OTHERWISE, /* some was, and different */
	PUT_NOT, /* too far away, in too many pieces, or no room at all: forget the parcel */
};

/* The parcel of key, which is not 0; NULL where there is none. */
struct parcel *parcels_find(struct parcels *s, uint64_t key);

/* Begin a parcel, empty; another one may be forgotten for it. */
struct parcel *parcels_begin(struct parcels *s, uint64_t key);

void parcels_forget(struct parcels *s, struct parcel *p);

/* Put the captured bytes of piece at byte at of p. Others may be forgotten to make room. */
enum put parcel_put(struct parcels *s, struct parcel *p, uint32_t at, struct slice piece);

/* Packet number gave something to p. */
void parcel_number(struct parcel *p, uint64_t number);

/* How many bytes are here without a gap, from byte 0 on. */
static inline uint32_t parcel_ready(const struct parcel *p)
{
	return p->ranges > 0 && p->range[0].from == 0 ? p->range[0].to : 0;
}

/* How far the last byte that is here lies from byte 0. */
static inline uint32_t parcel_end(const struct parcel *p)
{
	return p->ranges > 0 ? p->range[p->ranges - 1].to : 0;
}

/* Copy the first n bytes, which are ready, to to. */
void parcel_copy(const struct parcels *s, const struct parcel *p, uint8_t *to, uint32_t n);

/* The first n bytes are done with: byte n becomes byte 0, and the packets so far are not listed. */
void parcel_drop(struct parcels *s, struct parcel *p, uint32_t n);

#endif
