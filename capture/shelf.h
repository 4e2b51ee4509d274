/* SPDX-License-Identifier: BSD-2-Clause */
/* shelf.h - copies of captured frames for a viewer that must not hold the engine's blocks
 *
 * How it works: the kernel uses its blocks strictly in turn, so one that a slow viewer holds stops the
 * capture. Where there is a file to be written, which comes first, captured frames are copied into
 * blocks of our own, and those are lent. They are filled up while the viewer is busy.
 */
#ifndef CAPTURE_SHELF_H
#define CAPTURE_SHELF_H

#include <linux/if_packet.h>

#include "capture/error.h"
#include "capture/packet.h"

#define SHELF_BLOCKS 32
#define SHELF_BLOCK_SIZE (512u << 10)	/* bytes: more than a frame of SNAPLEN_MAX */

struct shelf {
	uint8_t *blocks;		/* shared with children; NULL: no shelf */
	bool used[SHELF_BLOCKS];	/* being filled, or lent */
	int filling;			/* index; -1: none */
};

/* Returns 0, or -STATUS_WRITE. */
int shelf_open(struct shelf *s, struct error *e);

/* Copy a prepared frame. Returns false where it does not fit into the block that is being filled (the
 * caller takes that, and tries again), or where all blocks are lent.
 */
bool shelf_put(struct shelf *s, const struct tpacket3_hdr *frame);

/* End the block that is being filled. Returns its index; -1 where there is none. */
int shelf_take(struct shelf *s);

struct tpacket_block_desc *shelf_block(const struct shelf *s, uint32_t index);
void shelf_release(struct shelf *s, uint32_t index);
void shelf_close(struct shelf *s);

#endif
