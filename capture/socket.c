/* SPDX-License-Identifier: BSD-2-Clause */
/* socket.c - the plain engine: frames by recvmmsg(2), laid out like a ring's
 *
 * How it works: the kernel queues frames on the socket; a group of them is received and copied into
 * the next block. A block is handed out as soon as the queue is empty, so nothing waits for a
 * timeout: this engine also serves --immediate-mode. It serves cooked captures as well: there each
 * frame's link header is replaced by that of LINKTYPE_LINUX_SLL2. That is done here and not left to a
 * SOCK_DGRAM socket, since such a one hides the ethertype of a second VLAN tag (Linux 6.10 and later),
 * and nobody could tell the tag from the payload.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>

#include "capture/block.h"
#include "capture/engine.h"
#include "capture/segments.h"

#define GROUP 64			/* frames received at once */
#define BLOCK_SIZE (512u << 10)		/* bytes: more than a frame of SNAPLEN_MAX */
#define BLOCK_COUNT 16
#define BLOCK_FRAMES 1024		/* at most, so that a busy link's lines are not late */
#define QUEUE_DEFAULT (64u << 20)	/* bytes */
#define QUEUE_MAX (1u << 30)		/* bytes */
#define ROOM_BEFORE 32			/* bytes before a frame: for its tag, and what segments.h tells of it or to cook it */

static_assert(TAG_LEN + SEGMENTS_LEN <= ROOM_BEFORE && TAG_LEN + SLL2_LEN <= ROOM_BEFORE, "each has its place");

struct plain {
	struct mmsghdr message[GROUP];
	struct iovec iov[GROUP];
	struct sockaddr_ll address[GROUP];
	union {
		struct cmsghdr header;	/* for its alignment */
		char room[CMSG_SPACE(sizeof(struct tpacket_auxdata)) +
			  CMSG_SPACE(sizeof(struct timespec)) + CMSG_SPACE(sizeof(uint32_t))];
	} control[GROUP];
	uint8_t *data;			/* GROUP slots */
	size_t slot;			/* bytes */
	unsigned count, next;		/* received; the first of them not yet in a block */
	uint32_t overflows;		/* frames that were lost before the last one: SO_RXQ_OVFL, socket(7) */
};

/* Where the kernel may not be forced to take the size, it takes what it allows. */
static void size_queue(const struct engine *e, uint64_t asked)
{
	uint64_t bytes = asked ? asked : QUEUE_DEFAULT;
	int half = (int)((bytes < QUEUE_MAX ? bytes : QUEUE_MAX) / 2);	/* it doubles, socket(7) */

	if (setsockopt(e->fd, SOL_SOCKET, SO_RCVBUFFORCE, &half, sizeof(half)))
		setsockopt(e->fd, SOL_SOCKET, SO_RCVBUF, &half, sizeof(half));
}

static int socket_open(struct engine *e, const struct engine_options *o, struct error *error)
{
	size_t blocks = (size_t)BLOCK_SIZE * BLOCK_COUNT;
	struct plain *p;
	int on = 1;

	if (setsockopt(e->fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on)) ||
	    setsockopt(e->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) ||
	    setsockopt(e->fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof(on)))
		return error_set(error, STATUS_INTERFACE, "%s: cannot capture: %s",
				 e->interface.name, error_words(errno));
	size_queue(e, o->buffer);
	e->plain = p = calloc(1, sizeof(*p));
	if (!p)
		return error_set(error, STATUS_INTERFACE, "out of memory");
	p->slot = (o->snaplen < SNAPLEN_MAX ? o->snaplen : SNAPLEN_MAX) + (e->sized ? SEGMENTS_LEN : 0);
	p->data = mmap(NULL, p->slot * GROUP, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	e->blocks = mmap(NULL, blocks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->data == MAP_FAILED || e->blocks == MAP_FAILED)
		return error_set(error, STATUS_INTERFACE, "out of memory");
	e->block_size = BLOCK_SIZE;
	e->block_count = BLOCK_COUNT;
	return 0;
}

/* The kernel takes a frame that it cannot tell the segments of out of the queue, and says so. */
static bool was_refused(struct engine *e)
{
	bool refused = e->sized && errno == EINVAL;

	e->refused += refused;
	return refused;
}

static bool receive(struct engine *e)
{
	struct plain *p = e->plain;
	int n;

	for (unsigned i = 0; i < GROUP; i++) {
		p->iov[i] = (struct iovec){ p->data + i * p->slot, p->slot };
		p->message[i].msg_hdr = (struct msghdr){
			.msg_name = &p->address[i],
			.msg_namelen = sizeof(p->address[i]),
			.msg_iov = &p->iov[i],
			.msg_iovlen = 1,
			.msg_control = &p->control[i],
			.msg_controllen = sizeof(p->control[i]),
		};
	}
	do
		n = recvmmsg(e->fd, p->message, GROUP, MSG_DONTWAIT, NULL);
	while (n < 0 && was_refused(e));
	p->next = 0;
	p->count = n > 0 ? (unsigned)n : 0;
	return n > 0;
}

/* What the kernel says beside message i: times, lengths, the tag and losses. Returns where it found the
 * network header, bytes.
 */
static uint32_t read_control(struct plain *p, unsigned i, struct tpacket3_hdr *frame)
{
	struct msghdr *message = &p->message[i].msg_hdr;
	struct tpacket_auxdata aux = { .tp_len = p->message[i].msg_len };
	struct timespec when = { 0 };
	uint32_t overflows = p->overflows;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_PACKET && c->cmsg_type == PACKET_AUXDATA)
			memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
			memcpy(&when, CMSG_DATA(c), sizeof(when));
		else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL)
			memcpy(&overflows, CMSG_DATA(c), sizeof(overflows));
	}
	frame->tp_sec = (uint32_t)when.tv_sec;
	frame->tp_nsec = (uint32_t)when.tv_nsec;
	frame->tp_status = aux.tp_status | TP_STATUS_USER | (overflows != p->overflows ? TP_STATUS_LOSING : 0);
	p->overflows = overflows;
	frame->tp_len = aux.tp_len;
	frame->hv1.tp_vlan_tci = aux.tp_vlan_tci;
	frame->hv1.tp_vlan_tpid = aux.tp_vlan_tpid;
	return aux.tp_net;
}

/* How long the link header is, bytes; and which protocol it says, in address. The kernel may have
 * found the network header behind a tag, so where the header is known its own length counts.
 */
static uint32_t link_header(const uint8_t *data, uint32_t len, uint32_t network,
			    struct sockaddr_ll *address)
{
	uint16_t type;

	if (address->sll_hatype != ARPHRD_ETHER && address->sll_hatype != ARPHRD_LOOPBACK)
		return min_u32(network, len);
	if (len < ETH_HLEN)
		return len;
	memcpy(&type, data + 2 * ETH_ALEN, sizeof(type));
	if (ntohs(type) >= ETH_P_802_3_MIN)
		address->sll_protocol = type;
	return ETH_HLEN;
}

/* Put what the kernel tells of a frame's segments before data; its header there is so many bytes longer than it was. */
static void put_segments(uint8_t *data, const uint8_t *told, int32_t longer)
{
	struct virtio_net_hdr h;

	memcpy(&h, told, sizeof(h));
	h.csum_start = (uint16_t)(h.csum_start + longer);
	memcpy(data - sizeof(h), &h, sizeof(h));
}

/* Lay message i out at frame; returns its length there, bytes. */
static uint32_t lay_out(struct engine *e, unsigned i, struct tpacket3_hdr *frame)
{
	struct sockaddr_ll *address = (struct sockaddr_ll *)frame_address(frame);
	uint32_t told = e->sized ? SEGMENTS_LEN : 0, len = e->plain->message[i].msg_len - told;
	const uint8_t *from = (const uint8_t *)e->plain->iov[i].iov_base + told;
	uint8_t *data = (uint8_t *)frame + TPACKET3_HDRLEN + ROOM_BEFORE;
	uint32_t head = 0, cut = 0, network;

	memset(frame, 0, sizeof(*frame));
	network = read_control(e->plain, i, frame);
	if (e->refused)
		frame->tp_status |= TP_STATUS_LOSING;
	*address = e->plain->address[i];
	if (e->cooked) {
		cut = link_header(from, len, network, address);
		head = SLL2_LEN;
		block_cook(data, address);
	}
	if (e->sized)
		put_segments(data, from - told, (int32_t)head - (int32_t)cut);
	memcpy(data + head, from + cut, len - cut);
	frame->tp_mac = TPACKET3_HDRLEN + ROOM_BEFORE;
	frame->tp_net = (uint16_t)(frame->tp_mac + (e->cooked ? head : network));
	frame->tp_snaplen = len - cut + head;
	frame->tp_len = frame->tp_len - cut + head;
	frame->tp_next_offset = TPACKET_ALIGN(frame->tp_mac + frame->tp_snaplen);
	return frame->tp_next_offset;
}

/* Fill the block with what is queued. */
static bool socket_full(struct engine *e, uint32_t index)
{
	struct tpacket_block_desc *block = engine_block(e, index);
	struct tpacket_hdr_v1 *head = &block->hdr.bh1;
	struct plain *p = e->plain;

	head->num_pkts = 0;
	head->offset_to_first_pkt = TPACKET_ALIGN(sizeof(*block));
	head->blk_len = head->offset_to_first_pkt;
	while (head->num_pkts < BLOCK_FRAMES) {
		if (p->next == p->count && !receive(e))
			break;
		if (head->blk_len + TPACKET3_HDRLEN + ROOM_BEFORE + SLL2_LEN + TPACKET_ALIGNMENT +
		    p->message[p->next].msg_len > e->block_size)
			break;
		head->blk_len += lay_out(e, p->next++, (struct tpacket3_hdr *)
					 ((uint8_t *)block + head->blk_len));
		head->num_pkts++;
	}
	return head->num_pkts > 0;
}

static void socket_release(struct engine *e, uint32_t index)
{
	(void)e;
	(void)index;
}

static void socket_close(struct engine *e)
{
	if (e->blocks && e->blocks != MAP_FAILED)
		munmap(e->blocks, (size_t)BLOCK_SIZE * BLOCK_COUNT);
	if (e->plain && e->plain->data != MAP_FAILED)
		munmap(e->plain->data, e->plain->slot * GROUP);
	free(e->plain);
}

const struct engine_ops engine_socket = {
	.open = socket_open,
	.full = socket_full,
	.release = socket_release,
	.close = socket_close,
};
