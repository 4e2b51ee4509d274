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

/* What is captured of the frames of an interface. */
struct rules {
	uint16_t linktype;
	uint32_t snaplen;		/* bytes */
	enum direction direction;
	struct filter *filter;		/* NULL: every frame */
	bool cook;			/* the link header is to be replaced by that of LINKTYPE_LINUX_SLL2 */
	bool sized;			/* before each frame stands what segments.h tells of it */
	bool stamped;			/* times are to be the card's */
	uint64_t unstamped;		/* frames that have the host's nevertheless */
	uint64_t *room;			/* so many more frames are captured */
};

/* What we know of a frame, in the place that the kernel leaves zero for whoever may want it (tp_padding). */
struct mark {
	uint8_t shown;			/* it was captured */
	uint8_t interface;		/* which of the capture's, from 0 */
	uint16_t linktype;		/* once it was prepared */
	uint16_t segment_size, segments;	/* likewise: of struct packet */
};

static inline struct mark *frame_mark(struct tpacket3_hdr *frame)
{
	return (struct mark *)frame->tp_padding;
}

struct walk block_first(struct tpacket_block_desc *block);

/* Is the frame there? One that the kernel dropped when it had its place already, as it cannot tell its segments, has but
 * where the next one is: all else of it is what was there before.
 */
static inline bool frame_is_whole(const struct tpacket3_hdr *frame)
{
	return frame->tp_status & TP_STATUS_USER;
}

static inline void walk_next(struct walk *w)
{
	/* The next offset of the last frame is 0, or not yet written. */
	while (--w->left > 0) {
		w->frame = (struct tpacket3_hdr *)((uint8_t *)w->frame + w->frame->tp_next_offset);
		if (frame_is_whole(w->frame))
			break;
	}
}

/* Put the VLAN tag of frame back in place, find its fate by r, mark it, and fill in p. */
enum fate block_prepare(struct tpacket3_hdr *frame, struct rules *r, struct packet *p);

/* Fill b with the next captured frames of a prepared block. */
void block_batch(struct walk *w, struct batch *b);

/* Make block empty; append a copy of frame to the size bytes that it has. Returns the copy, or NULL where there is no
 * room for it.
 */
void block_clear(struct tpacket_block_desc *block);
struct tpacket3_hdr *block_append(struct tpacket_block_desc *block, uint32_t size, const struct tpacket3_hdr *frame);

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
