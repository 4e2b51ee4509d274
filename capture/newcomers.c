/* SPDX-License-Identifier: BSD-2-Clause */
/* newcomers.c - the kernel tells which interfaces there are, and which come: rtnetlink(7) */
#include "capture/newcomers.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "capture/links.h"

int newcomers_open(int *fd, struct error *e)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };

	*fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	if (*fd >= 0 && bind(*fd, (struct sockaddr *)&address, sizeof(address)) == 0 && links_ask(*fd, RTM_GETLINK) == 0)
		return 0;
	return error_set(e, STATUS_INTERFACE, "--follow-interfaces: cannot hear of new interfaces: %s",
			 error_words(errno));
}

void newcomers_hear(int fd, void (*told)(void *who, const struct interface *i), void *who)
{
	union {
		struct nlmsghdr head;	/* for its alignment */
		char bytes[32768];	/* what the kernel makes at once */
	} heard;
	struct interface i;
	ssize_t n;

	while ((n = recv(fd, &heard, sizeof(heard), 0)) > 0 || errno == ENOBUFS || errno == EINTR) {
		if (n < 0 && errno == ENOBUFS)	/* some of it was lost */
			links_ask(fd, RTM_GETLINK);
		for (const struct nlmsghdr *m = &heard.head; n > 0 && NLMSG_OK(m, (size_t)n); m = NLMSG_NEXT(m, n))
			if (interface_of_link(&i, m))
				told(who, &i);
	}
}
