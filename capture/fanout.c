/* SPDX-License-Identifier: BSD-2-Clause */
/* fanout.c - several packet sockets share the frames of an interface, PACKET_FANOUT of packet(7) */
#include "capture/fanout.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

#define TYPE_SHIFT 16		/* of the argument: the group's number below, type and flags above */

int fanout_hold(int fd)
{
	struct sock_filter nothing = { .code = BPF_RET | BPF_K, .k = 0 };
	const struct sock_fprog filter = { .len = 1, .filter = &nothing };

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter)) ? -errno : 0;
}

static int join(int fd, struct fanout *f)
{
	uint32_t type = PACKET_FANOUT_HASH | (f->spills ? PACKET_FANOUT_FLAG_ROLLOVER : 0);
	uint32_t ask = f->group ? f->group : (type | PACKET_FANOUT_FLAG_UNIQUEID) << TYPE_SHIFT;
	socklen_t len = sizeof(f->group);

	if (setsockopt(fd, SOL_PACKET, PACKET_FANOUT, &ask, sizeof(ask)))
		return -errno;
	return f->group || getsockopt(fd, SOL_PACKET, PACKET_FANOUT, &f->group, &len) == 0 ? 0 : -errno;
}

int fanout_join(int fd, struct fanout *f, const struct sock_fprog *filter)
{
	int ret = join(fd, f);

	if (!ret && filter && setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, filter, sizeof(*filter)))
		ret = -errno;
	if (!ret && !filter && setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &(int){ 0 }, sizeof(int)))
		ret = -errno;
	return ret;
}
