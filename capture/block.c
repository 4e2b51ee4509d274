/* SPDX-License-Identifier: BSD-2-Clause */
/* block.c - walk a block of frames, and mend them in place */
#include "capture/block.h"

#include <arpa/inet.h>
#include <assert.h>
#include <linux/if_ether.h>
#include <net/if_arp.h>
#include <string.h>

#include "capture/segments.h"
#include "capture/stamp.h"

/* Of linux/if_packet.h since 6.7; older headers lack it. */
#ifndef TP_STATUS_GSO_TCP
#define TP_STATUS_GSO_TCP (1 << 8)
#endif

static_assert(sizeof(struct mark) == sizeof(((struct tpacket3_hdr *)0)->tp_padding), "a mark has its place");
static_assert(TPACKET3_HDRLEN == TPACKET_ALIGN(sizeof(struct tpacket3_hdr)) +
	      sizeof(struct sockaddr_ll), "the address stands behind the header");

struct walk block_first(struct tpacket_block_desc *block)
{
	struct walk w = {
		(struct tpacket3_hdr *)((uint8_t *)block + block->hdr.bh1.offset_to_first_pkt),
		block->hdr.bh1.num_pkts,
	};

	if (w.left > 0 && !frame_is_whole(w.frame))
		walk_next(&w);
	return w;
}

static void put_u16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* The kernel takes the outermost tag out of the frame, packet(7). It stood behind the two addresses
 * of the Ethernet header. In a cooked frame the header's protocol says that there is a tag, and the
 * tag's TCI and the protocol within follow the header.
 */
static void put_tag_back(struct tpacket3_hdr *frame, uint16_t linktype)
{
	uint16_t tpid = frame->tp_status & TP_STATUS_VLAN_TPID_VALID ? frame->hv1.tp_vlan_tpid :
			ETH_P_8021Q;
	uint16_t tci = (uint16_t)frame->hv1.tp_vlan_tci;
	uint8_t *data = (uint8_t *)frame + frame->tp_mac;
	uint32_t before = linktype == LINKTYPE_ETHERNET ? 2 * ETH_ALEN : SLL2_LEN;

	if (linktype != LINKTYPE_ETHERNET && linktype != LINKTYPE_LINUX_SLL2)
		return;
	frame->tp_len += TAG_LEN;
	if (frame->tp_snaplen < before)
		return;
	memmove(data - TAG_LEN, data, before);
	data -= TAG_LEN;
	if (linktype == LINKTYPE_ETHERNET) {
		put_u16(data + before, tpid);
		put_u16(data + before + 2, tci);
	} else {
		put_u16(data + before, tci);
		memcpy(data + before + 2, data, 2);
		put_u16(data, tpid);
	}
	frame->tp_mac -= TAG_LEN;
	frame->tp_snaplen += TAG_LEN;
}

static uint16_t flags_of(uint32_t status, uint8_t type)
{
	static const uint16_t by_type[] = {
		[PACKET_HOST] = PACKET_IN | PACKET_TO_US,
		[PACKET_BROADCAST] = PACKET_IN | PACKET_TO_ALL,
		[PACKET_MULTICAST] = PACKET_IN | PACKET_TO_GROUP,
		[PACKET_OTHERHOST] = PACKET_IN | PACKET_TO_OTHERS,
		[PACKET_OUTGOING] = PACKET_OUT,
	};
	uint16_t flags = type <= PACKET_OUTGOING ? by_type[type] : PACKET_IN;

	if (status & TP_STATUS_CSUMNOTREADY)
		flags |= PACKET_CSUM_PENDING;
	if (status & TP_STATUS_CSUM_VALID)
		flags |= PACKET_CSUM_VALID;
	if (status & TP_STATUS_GSO_TCP)
		flags |= PACKET_TSO;
	if (status & TP_STATUS_LOSING)
		flags |= PACKET_LOSING;
	return flags;
}

static inline void packet_of(struct tpacket3_hdr *frame, struct packet *p)
{
	const struct mark *mark = frame_mark(frame);

	*p = (struct packet){
		.bytes = { (const uint8_t *)frame + frame->tp_mac, frame->tp_snaplen,
			   frame->tp_len },
		.sec = frame->tp_sec,
		.nsec = frame->tp_nsec,
		.interface = mark->interface,
		.linktype = mark->linktype,
		.flags = flags_of(frame->tp_status, frame_address(frame)->sll_pkttype),
		.segment_size = mark->segment_size,
		.segments = mark->segments,
	};
}

/* The cooked header ends where the link header does; before that the kernel leaves room enough (struct sockaddr_ll ends
 * more than SLL2_LEN bytes and a tag before the network header).
 */
static void cook_in_place(struct tpacket3_hdr *frame)
{
	uint32_t cut = min_u32((uint32_t)frame->tp_net - frame->tp_mac, frame->tp_snaplen);
	uint32_t at = frame->tp_mac + cut - SLL2_LEN;

	block_cook((uint8_t *)frame + at, frame_address(frame));
	frame->tp_mac = (uint16_t)at;
	frame->tp_snaplen += SLL2_LEN - cut;
	frame->tp_len += SLL2_LEN - cut;
}

/* Before the tag is put back, which moves the frame over what is read here. Older kernels (before 6.7) do not say of TCP
 * that it is to be cut.
 */
static inline void look_at_segments(struct tpacket3_hdr *frame)
{
	struct mark *mark = frame_mark(frame);
	struct segments s;

	if (!segments_are_there(frame))
		return;
	s = segments_of(frame);
	mark->segment_size = s.size;
	mark->segments = s.count;
	if (s.tcp)
		frame->tp_status |= TP_STATUS_GSO_TCP;
}

/* On lo each packet is seen going out and coming in. Where only outgoing ones are wanted, the
 * direction leaves the other copy out.
 */
static enum fate by_address(const struct sockaddr_ll *address, const struct rules *r)
{
	bool outgoing = address->sll_pkttype == PACKET_OUTGOING;

	if (outgoing ? r->direction == DIRECTION_IN : r->direction == DIRECTION_OUT)
		return FATE_DIRECTION;
	if (outgoing && r->direction == DIRECTION_BOTH &&
	    address->sll_hatype == ARPHRD_LOOPBACK)
		return FATE_DOUBLE;
	return FATE_CAPTURED;
}

enum fate block_prepare(struct tpacket3_hdr *frame, struct rules *r, struct packet *p)
{
	struct mark *mark = frame_mark(frame);
	enum fate fate;

	mark->shown = false;
	mark->linktype = r->linktype;
	if (*r->room == 0)
		return FATE_LATE;
	fate = by_address(frame_address(frame), r);
	if (fate != FATE_CAPTURED)
		return fate;
	if (r->sized)
		look_at_segments(frame);
	if (r->cook)
		cook_in_place(frame);
	if (frame->tp_status & TP_STATUS_VLAN_VALID)
		put_tag_back(frame, r->linktype);
	packet_of(frame, p);
	if (r->filter && !filter_match(r->filter, p))
		return FATE_FILTERED;
	if (frame->tp_snaplen > r->snaplen)
		frame->tp_snaplen = r->snaplen;
	p->bytes.cap = frame->tp_snaplen;
	mark->shown = true;
	if (r->stamped && !stamp_is_of_card(frame->tp_status))
		r->unstamped++;
	--*r->room;
	return FATE_CAPTURED;
}

void block_batch(struct walk *w, struct batch *b)
{
	b->count = 0;
	for (; w->left > 0 && b->count < BATCH_MAX; walk_next(w))
		if (frame_mark(w->frame)->shown)
			packet_of(w->frame, &b->packet[b->count++]);
}

void block_clear(struct tpacket_block_desc *block)
{
	struct tpacket_hdr_v1 *head = &block->hdr.bh1;

	head->num_pkts = 0;
	head->block_status = 0;
	head->offset_to_first_pkt = TPACKET_ALIGN(sizeof(*block));
	head->blk_len = head->offset_to_first_pkt;
}

struct tpacket3_hdr *block_append(struct tpacket_block_desc *block, uint32_t size, const struct tpacket3_hdr *frame)
{
	struct tpacket_hdr_v1 *head = &block->hdr.bh1;
	uint32_t len = frame->tp_mac + frame->tp_snaplen, room = TPACKET_ALIGN(len);
	struct tpacket3_hdr *copy;

	if (room > size - head->blk_len)
		return NULL;
	copy = (struct tpacket3_hdr *)((uint8_t *)block + head->blk_len);
	memcpy(copy, frame, len);
	copy->tp_next_offset = room;
	head->blk_len += room;
	head->num_pkts++;
	return copy;
}

/* LINKTYPE_LINUX_SLL2, https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html: protocol, reserved,
 * interface index, ARPHRD_ type, packet type, length of the link address, its first 8 bytes.
 */
void block_cook(uint8_t *header, const struct sockaddr_ll *address)
{
	uint32_t index = htonl((uint32_t)address->sll_ifindex);
	size_t len = address->sll_halen < 8 ? address->sll_halen : 8;

	memset(header, 0, SLL2_LEN);
	memcpy(header, &address->sll_protocol, 2);
	memcpy(header + 4, &index, 4);
	put_u16(header + 8, address->sll_hatype);
	header[10] = address->sll_pkttype;
	header[11] = address->sll_halen;
	memcpy(header + 12, address->sll_addr, len);
}
