/* SPDX-License-Identifier: BSD-2-Clause */
/* block.h - a block of frames as TPACKET_V3 lays it out (packet(7), packet_mmap of the kernel)
 *
 * How it works: the ring's blocks come so from the kernel, and the socket engine lays its own out the
 * same way. The keeper walks a block once (block_first(), block_prepare()), which mends each frame
 * in place and marks whether it was captured; whoever walks the block again (block_batch()) sees the
 * captured ones only.
 */
#ifndef CAPTURE_BLOCK_H
#define CAPTURE_BLOCK_H

#include <linux/if_packet.h>

#include "capture/filter.h"
#include "capture/ledger.h"
#include "capture/packet.h"

#define TAG_LEN 4		/* bytes of an IEEE 802.1Q tag: TPID and TCI */
#define SLL2_LEN 20		/* bytes of the cooked header, see block_cook() */

/* Where in a block somebody is. */
struct walk {
	struct tpacket3_hdr *frame;
	uint32_t left;		/* frames from this one on */
};

/* What is captured of the frames. */
struct rules {
	uint16_t linktype;
	uint32_t snaplen;		/* bytes */
	enum direction direction;
	struct filter *filter;		/* NULL: every frame */
	uint64_t room;			/* so many more frames are captured */
};

struct walk block_first(struct tpacket_block_desc *block);

static inline void walk_next(struct walk *w)
{
	/* The next offset of the last frame is 0, or not yet written. */
	if (--w->left > 0)
		w->frame = (struct tpacket3_hdr *)((uint8_t *)w->frame + w->frame->tp_next_offset);
}

/* Put the VLAN tag of frame back in place, find its fate by r, mark it, and fill in p. */
enum fate block_prepare(struct tpacket3_hdr *frame, struct rules *r, struct packet *p);

/* Fill b with the next captured frames of a prepared block. */
void block_batch(struct walk *w, uint16_t linktype, struct batch *b);

/* The address that goes with a frame. */
static inline const struct sockaddr_ll *frame_address(const struct tpacket3_hdr *frame)
{
	return (const struct sockaddr_ll *)((const uint8_t *)frame +
					    TPACKET_ALIGN(sizeof(struct tpacket3_hdr)));
}

/* Write the header of LINKTYPE_LINUX_SLL2 for a frame from address to the SLL2_LEN bytes at header.
 */
void block_cook(uint8_t *header, const struct sockaddr_ll *address);

#endif
