/* SPDX-License-Identifier: BSD-2-Clause */
/* links.h - the network interfaces as they are now: state, addresses, and what the kernel has counted
 *
 * Nothing is captured for this, and nobody needs a right for it.
 */
#ifndef CAPTURE_LINKS_H
#define CAPTURE_LINKS_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "capture/error.h"

enum link_state { LINK_DOWN, LINK_NO_CARRIER, LINK_UP };

enum { LINK_ADDRESS = 64 };	/* bytes of "2001:db8::1/64" */

struct link {
	char name[IF_NAMESIZE];		/* safe for a terminal */
	unsigned index;			/* 0: any, which is the sum of all */
	uint16_t hardware;		/* ARPHRD_... */
	uint8_t state;			/* enum link_state */
	bool loopback, promiscuous;
	uint32_t mtu;			/* bytes */
	uint32_t addresses;		/* so many it has; the first is */
	char address[LINK_ADDRESS];	/* IPv4 rather than IPv6, and not only of the link; "": none */
	char mac[24];			/* "02:00:00:00:00:01"; "": none */
	uint64_t packets[2], bytes[2];	/* received, sent */
	uint64_t dropped[2], errors[2];	/* the same of packets; what card and kernel could not take */
};

enum { LINK_RECEIVED, LINK_SENT };

#define LINKS_MAX 512		/* as capture/interface.c lists */

struct links {
	int fd;				/* of netlink */
	uint32_t count;
	struct link link[LINKS_MAX];	/* those that are up first, then any, then lo, then what is down */
};

/* Open l, which has no interface then. Returns 0, or -STATUS_INTERFACE with e filled in. */
int links_open(struct links *l, struct error *e);

/* Ask the kernel anew. Returns 0; or -errno, and l has what was known so far. */
int links_read(struct links *l);

void links_close(struct links *l);

/* Have the kernel tell on fd, of rtnetlink(7), of all links (RTM_GETLINK) or addresses (RTM_GETADDR). Returns 0 or
 * -errno.
 */
int links_ask(int fd, uint16_t what);

#endif
