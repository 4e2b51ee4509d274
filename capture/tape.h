/* SPDX-License-Identifier: BSD-2-Clause */
/* tape.h - the last live packets, in memory that the keeper shares with who looks at them
 *
 * How it works: a ring of bytes in which each packet is in one piece, and a ring of entries. The keeper writes, and never
 * waits: it says that the oldest packets are gone before it overwrites them, and that new ones are there when they
 * are whole. A reader copies a packet out and asks afterwards whether it was there all the time, as with a seqlock of
 * the kernel. Packets are numbered from 0.
 */
#ifndef CAPTURE_TAPE_H
#define CAPTURE_TAPE_H

#include "capture/error.h"
#include "capture/packet.h"

#define TAPE_MIN (2ull << 20)	/* bytes: room for some packets of SNAPLEN_MAX */

struct tape_head;
struct tape_entry;

struct tape {
	struct tape_head *head;		/* begin of the shared memory */
	struct tape_entry *entry;
	uint8_t *bytes;
	uint64_t size, room;		/* of the ring, bytes; entries, a power of two */
	uint64_t whole;			/* of the shared memory, bytes */
	int fd;				/* -1: the keeper's alone */

	/* the keeper's */
	uint64_t count, first;		/* packets */
	uint64_t at, used;		/* bytes: where the next packet goes; of all that are there */
	uint64_t wire;			/* of all that were put, bytes */
	int64_t span;			/* ns; older packets go. 0: none because of its age */
};

/* Make t, empty, of so many bytes in all, of which what is used becomes memory. A packet goes when the place is needed, or
 * when a packet comes that is more than span ns younger, if that is not 0. Returns 0, or -STATUS_WRITE.
 */
int tape_open(struct tape *t, uint64_t bytes, int64_t span, struct error *e);

/* Keep a copy of p. */
void tape_put(struct tape *t, const struct packet *p);

/* In a child of the keeper: from here on t can be read only. Returns 0 or -errno. */
int tape_follow(struct tape *t);

/* How many packets were put so far, and the first of them that is still there. */
uint64_t tape_count(const struct tape *t);
uint64_t tape_first(const struct tape *t);

/* The time of the first packet of all, ns since 1970, and what all have on the wire together, bytes. */
int64_t tape_began(const struct tape *t);
uint64_t tape_wire(const struct tape *t);

/* How much of its room is taken, per cent. */
uint32_t tape_fill(const struct tape *t);

/* The time of packet n, ns since 1970; of one that is gone some time. */
int64_t tape_time(const struct tape *t, uint64_t n);

/* Copy packet n to the SNAPLEN_MAX bytes at to, and fill in p. False where it is gone: then p has no bytes. */
bool tape_copy(const struct tape *t, uint64_t n, uint8_t *to, struct packet *p);

void tape_close(struct tape *t);

#endif
