/* SPDX-License-Identifier: BSD-2-Clause */
/* engine.c - what the engines share: the packet socket, packet(7) */
#include "capture/engine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/rights.h"
#include "capture/segments.h"

/* An ethertype that no frame has: reserved, IEEE 802 numbers of IANA. */
#define PROTOCOL_NONE 0xffff

static int open_socket(struct engine *e, struct error *error)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	e->fd = fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, PACKET_SOCKETS);
	if (fd >= 0)
		close(fd);
	if (e->fd >= 0)
		return 0;
	if (errno == EPERM || errno == EACCES)
		return error_set(error, STATUS_INTERFACE, "%s: no permission to capture: %s", e->interface.name,
				 rights_advice());
	return error_set(error, STATUS_INTERFACE, "%s: cannot open a packet socket: %s",
			 e->interface.name, error_words(errno));
}

/* A program that has taken this process over is not to see more than was asked for. */
static void lock(const struct engine *e)
{
	int on = 1;

	setsockopt(e->fd, SOL_SOCKET, SO_LOCK_FILTER, &on, sizeof(on));
}

/* For engine_bind(). */
static int put_aside(struct engine *e, const struct sock_fprog *filter)
{
	size_t size = filter ? filter->len * sizeof(*filter->filter) : 0;

	if (!filter)
		return 0;
	e->later = malloc(sizeof(*e->later) + size);
	if (!e->later)
		return -ENOMEM;
	e->later->len = filter->len;
	e->later->filter = memcpy(e->later + 1, filter->filter, size);
	return 0;
}

int engine_filter(struct engine *e, const struct sock_fprog *filter)
{
	return setsockopt(e->fd, SOL_SOCKET, SO_ATTACH_FILTER, filter, sizeof(*filter)) ? -errno : 0;
}

static int attach(struct engine *e, const struct engine_options *o, struct error *error)
{
	int ret = o->fanout ? put_aside(e, o->filter) : 0;

	if (!ret && o->fanout)
		ret = fanout_hold(e->fd);
	else if (o->filter)
		ret = engine_filter(e, o->filter);
	if (ret)
		return error_set(error, STATUS_INTERFACE, "%s: the kernel refuses the filter: %s",
				 e->interface.name, error_words(-ret));
	if (!o->fanout && !o->open)
		lock(e);
	return 0;
}

int engine_open(struct engine *e, const struct interface *i, const struct engine_options *o,
		struct error *error)
{
	int ret;

	*e = (struct engine){
		.ops = o->ring && !o->cooked ? &engine_ring : &engine_socket,
		.interface = *i,
		.cooked = o->cooked,
		.fanout = o->fanout,
	};
	ret = open_socket(e, error);
	if (ret)
		return ret;
	ret = attach(e, o, error);
	if (!ret)
		ret = stamp_open(e->fd, i->name, o->stamp, error);
	e->sized = !ret && o->sized && segments_ask(e->fd, i);
	if (!ret)
		ret = e->ops->open(e, o, error);
	if (!ret) {
		e->lent = calloc(e->block_count, sizeof(*e->lent));
		e->gap = calloc(e->block_count + 1u, sizeof(*e->gap));
		if (!e->lent || !e->gap)
			ret = error_set(error, STATUS_INTERFACE, "out of memory");
	}
	if (ret)
		engine_close(e);
	return ret;
}

/* Its frames are shared with others from now on. */
static int join(struct engine *e, struct error *error)
{
	int ret = fanout_join(e->fd, e->fanout, e->later);

	if (ret)
		return error_set(error, STATUS_INTERFACE, "%s: cannot be shared by several workers: %s",
				 e->interface.name, error_words(-ret));
	lock(e);
	return 0;
}

static int bind_to(const struct engine *e, uint16_t protocol, unsigned index)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = (int)index,
	};

	return bind(e->fd, (struct sockaddr *)&address, sizeof(address)) ? -errno : 0;
}

int engine_bind(struct engine *e, bool promiscuous, struct error *error)
{
	struct packet_mreq membership = {
		.mr_ifindex = (int)e->interface.index,
		.mr_type = PACKET_MR_PROMISC,
	};
	int ret = bind_to(e, ETH_P_ALL, e->interface.index);

	if (ret)
		return error_set(error, STATUS_INTERFACE, "%s: cannot capture: %s",
				 e->interface.name, error_words(-ret));
	if (promiscuous && e->interface.index &&
	    setsockopt(e->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership, sizeof(membership)))
		return error_set(error, STATUS_INTERFACE, "%s: no promiscuous mode: %s; try -p",
				 e->interface.name, error_words(errno));
	return e->fanout ? join(e, error) : 0;
}

/* What was lost before the block that is handed out after n others: all of the ring may wait, and one be to come. */
static uint64_t *gap_before(const struct engine *e, uint32_t n)
{
	return &e->gap[(e->taken + n) % (e->block_count + 1u)];
}

static void tell_gap(struct engine *e, uint32_t index)
{
	uint64_t *gap;

	if (e->bundle)		/* its parts tell, and it passes that on */
		return;
	gap = gap_before(e, 0);
	if (*gap)
		engine_block(e, index)->hdr.bh1.block_status |= TP_STATUS_LOSING;
	e->due += *gap;
	*gap = 0;
	e->taken++;
}

int64_t engine_next(struct engine *e)
{
	uint32_t index = e->at;

	if (e->lent[index] || !e->ops->full(e, index))
		return -1;
	e->lent[index] = true;
	e->at = index + 1 < e->block_count ? index + 1 : 0;
	tell_gap(e, index);
	return index;
}

uint32_t engine_waiting(struct engine *e)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < e->parts; i++) {
		uint32_t share = engine_waiting(e->part[i]) * e->block_count / e->part[i]->block_count;

		n = share > n ? share : n;
	}
	if (e->bundle)
		return n;
	if (e->ops != &engine_ring)	/* whose blocks are filled when one is asked for */
		return 0;
	for (uint32_t i = e->at; n < e->block_count && (e->lent[i] || e->ops->full(e, i)); n++)
		i = i + 1 < e->block_count ? i + 1 : 0;
	return n;
}

void engine_release(struct engine *e, uint32_t index)
{
	e->ops->release(e, index);
	e->lent[index] = false;
}

/* The socket's filter is locked, and a counted end needs a silent socket: bound to an ethertype that
 * no frame has, it gets nothing. bind(2) returns when no frame is on its way in any more.
 */
int engine_silence(struct engine *e)
{
	int ret = 0;

	for (uint32_t i = 0; i < e->parts; i++) {
		int part = engine_silence(e->part[i]);

		ret = ret ? ret : part;
	}
	if (!e->bundle)
		ret = bind_to(e, PROTOCOL_NONE, 0);
	e->silent = ret == 0;
	return ret;
}

/* Of the full blocks that are to be handed out the one after n others; NULL: there are not so many. */
static struct tpacket_hdr_v1 *waiting_block(struct engine *e, uint32_t n)
{
	uint32_t index = (e->at + n) % e->block_count;

	if (n == e->block_count || e->lent[index] || !e->ops->full(e, index))
		return NULL;
	return &engine_block(e, index)->hdr.bh1;
}

/* Where is a loss that is about to be counted? The kernel marks the blocks that it completes between a loss and the count
 * (Linux, prb_close_block()), and frames are lost while no block is free: so before the first that is marked, else behind
 * all that wait. A frame that socket.c lays out has the mark itself.
 */
static uint64_t *find_gap(struct engine *e)
{
	const struct tpacket_hdr_v1 *head;
	uint32_t n = 0;

	if (e->losing || e->ops != &engine_ring)
		return &e->due;
	while ((head = waiting_block(e, n)) && !(head->block_status & TP_STATUS_LOSING))
		n++;
	return gap_before(e, n);
}

/* Of a loss that was counted no other block has to tell. */
static void forget_marks(struct engine *e)
{
	struct tpacket_hdr_v1 *head;

	for (uint32_t n = 0; e->ops == &engine_ring && (head = waiting_block(e, n)) != NULL; n++)
		if (head->block_status & TP_STATUS_LOSING)
			head->block_status &= ~(uint32_t)TP_STATUS_LOSING;
}

/* PACKET_STATISTICS, packet(7): reading clears, and the packets include the drops. */
void engine_count(struct engine *e, struct ledger *l)
{
	uint64_t *gap = find_gap(e), lost;
	union tpacket_stats_u now = { 0 };
	socklen_t len = sizeof(now);

	if (getsockopt(e->fd, SOL_PACKET, PACKET_STATISTICS, &now, &len))
		return;
	lost = now.stats1.tp_drops + e->refused;
	*gap += lost;
	if (lost)
		forget_marks(e);
	l->seen += now.stats1.tp_packets;
	l->dropped += lost;
	l->freezes += now.stats3.tp_freeze_q_cnt;	/* 0 without a ring */
	e->refused = 0;
}

/* The kernel says ENETDOWN once, when the interface goes down; a removed one it takes out of the
 * socket's address, a moment later.
 */
enum link_state engine_link(struct engine *e, char name[IF_NAMESIZE])
{
	struct sockaddr_ll address = { 0 };
	struct ifreq request = { 0 };
	socklen_t len = sizeof(address);
	int error;

	if (getsockopt(e->fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){ sizeof(error) }) == 0)
		e->refused += e->sized && error == EINVAL;	/* socket.c would have been told */
	if (e->interface.index == 0)
		return LINK_UP;
	if (getsockname(e->fd, (struct sockaddr *)&address, &len) ||
	    address.sll_ifindex != (int)e->interface.index)
		return LINK_GONE;
	request.ifr_ifindex = (int)e->interface.index;
	if (ioctl(e->fd, SIOCGIFNAME, &request))
		return LINK_GONE;
	interface_clean(name, request.ifr_name);
	if (ioctl(e->fd, SIOCGIFFLAGS, &request))
		return errno == ENODEV ? LINK_GONE : LINK_UP;
	return request.ifr_flags & IFF_UP ? LINK_UP : LINK_DOWN;
}

void engine_close(struct engine *e)
{
	e->ops->close(e);
	if (e->fd >= 0)
		close(e->fd);
	free(e->lent);
	free(e->gap);
	free(e->later);
	e->ops = NULL;
}
