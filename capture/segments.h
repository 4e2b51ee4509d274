/* SPDX-License-Identifier: BSD-2-Clause */
/* segments.h - frames that stand for several packets of the wire: merged ones (GRO), and such that are not cut yet (GSO)
 *
 * How it works: asked for it (PACKET_VNET_HDR, packet(7)), the kernel writes a struct virtio_net_hdr before each frame.
 * It has no words for some kinds of frames, those of SCTP and of UDP to be cut into IP fragments (UFO), and drops them
 * then; so it is not asked where they may come. Should they come later they are counted as dropped: a ring has gaps in
 * their places (block.h, frame_is_whole()), from a socket without one an error is received.
 */
#ifndef CAPTURE_SEGMENTS_H
#define CAPTURE_SEGMENTS_H

#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <stddef.h>

#include "capture/interface.h"

#define SEGMENTS_LEN ((uint32_t)sizeof(struct virtio_net_hdr))	/* bytes */

struct segments {
	uint16_t size;		/* bytes of payload in each but the last */
	uint16_t count;
	bool tcp;		/* of TCP; else of UDP */
};

/* Have the kernel tell of segments of i's frames, by the packet socket fd that has no ring yet. Returns false where it does
 * not: it cannot, or frames might be lost for it.
 */
bool segments_ask(int fd, const struct interface *i);

/* Where the kernel tells of them: are there several in frame? */
static inline bool segments_are_there(const struct tpacket3_hdr *frame)
{
	const uint8_t *header = (const uint8_t *)frame + frame->tp_mac - SEGMENTS_LEN;

	return header[offsetof(struct virtio_net_hdr, gso_type)] != VIRTIO_NET_HDR_GSO_NONE;
}

/* The segments in such a frame, whose VLAN tag is not put back yet. size is 0 where the kernel does not say it. */
struct segments segments_of(const struct tpacket3_hdr *frame);

#endif
