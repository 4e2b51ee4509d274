/* SPDX-License-Identifier: BSD-2-Clause */
/* links.c - the network interfaces as they are now, by rtnetlink(7)
 *
 * How it works: the kernel is asked for all links, then for all addresses, over a socket that stays open: a process
 * that may not open one later can go on to ask.
 */
#define _GNU_SOURCE
#include "capture/links.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if_arp.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/interface.h"

#define ANSWER 65536		/* bytes: the kernel fills 32 KiB at most */

int links_open(struct links *l, struct error *e)
{
	l->count = 0;
	l->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (l->fd < 0)
		return error_set(e, STATUS_INTERFACE, "the interfaces: netlink: %s", error_words(errno));
	return 0;
}

void links_close(struct links *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

int links_ask(int fd, uint16_t what)
{
	struct {
		struct nlmsghdr header;
		struct rtgenmsg general;
	} question = {
		.header = {
			.nlmsg_len = sizeof(question), .nlmsg_type = what,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
		},
		.general = { .rtgen_family = AF_UNSPEC },
	};

	return send(fd, &question, sizeof(question), 0) < 0 ? -errno : 0;
}

static uint32_t number_in(const struct rtattr *a)
{
	uint32_t number = 0;

	if (RTA_PAYLOAD(a) >= sizeof(number))
		memcpy(&number, RTA_DATA(a), sizeof(number));
	return number;
}

static void set_counts(struct link *k, const struct rtattr *a)
{
	struct rtnl_link_stats64 s = { 0 };

	memcpy(&s, RTA_DATA(a), RTA_PAYLOAD(a) < sizeof(s) ? RTA_PAYLOAD(a) : sizeof(s));
	k->packets[LINK_RECEIVED] = s.rx_packets;
	k->packets[LINK_SENT] = s.tx_packets;
	k->bytes[LINK_RECEIVED] = s.rx_bytes;
	k->bytes[LINK_SENT] = s.tx_bytes;
	k->dropped[LINK_RECEIVED] = s.rx_dropped + s.rx_missed_errors;
	k->dropped[LINK_SENT] = s.tx_dropped;
	k->errors[LINK_RECEIVED] = s.rx_errors;
	k->errors[LINK_SENT] = s.tx_errors;
}

static void set_mac(struct link *k, const struct rtattr *a)
{
	const uint8_t *b = RTA_DATA(a);

	if (RTA_PAYLOAD(a) == 6 && k->hardware == ARPHRD_ETHER)
		snprintf(k->mac, sizeof(k->mac), "%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4], b[5]);
}

/* IFLA_OPERSTATE of a device without a notion of it is 0, "unknown": it runs if it is up, as lo and tunnels do. */
static enum link_state state_of(unsigned flags)
{
	if (!(flags & IFF_UP))
		return LINK_DOWN;
	return flags & IFF_RUNNING ? LINK_UP : LINK_NO_CARRIER;
}

static void take_link(struct links *l, const struct nlmsghdr *n)
{
	const struct ifinfomsg *i = NLMSG_DATA(n);
	struct link *k = &l->link[l->count];
	const struct rtattr *a = IFLA_RTA(i);
	size_t left = IFLA_PAYLOAD(n);

	if (n->nlmsg_type != RTM_NEWLINK || l->count == LINKS_MAX)
		return;
	*k = (struct link){
		.index = (unsigned)i->ifi_index, .hardware = i->ifi_type, .state = (uint8_t)state_of(i->ifi_flags),
		.loopback = i->ifi_flags & IFF_LOOPBACK, .promiscuous = i->ifi_flags & IFF_PROMISC,
	};
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type == IFLA_IFNAME)
			interface_clean(k->name, RTA_DATA(a));
		else if (a->rta_type == IFLA_MTU)
			k->mtu = number_in(a);
		else if (a->rta_type == IFLA_STATS64)
			set_counts(k, a);
		else if (a->rta_type == IFLA_ADDRESS)
			set_mac(k, a);
	}
	l->count += *k->name != '\0';
}

static struct link *find(struct links *l, unsigned index)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (l->link[i].index == index)
			return &l->link[i];
	return NULL;
}

/* The first one, but rather one that is not of the link alone. A tunnel's other end stands in IFA_ADDRESS, its own in
 * IFA_LOCAL.
 */
static void take_address(struct links *l, const struct nlmsghdr *n)
{
	const struct ifaddrmsg *i = NLMSG_DATA(n);
	struct link *k = n->nlmsg_type == RTM_NEWADDR ? find(l, i->ifa_index) : NULL;
	const struct rtattr *a = IFA_RTA(i), *own = NULL;
	size_t left = IFA_PAYLOAD(n), length = i->ifa_family == AF_INET ? 4 : 16;
	char text[INET6_ADDRSTRLEN];
	bool is_better;

	if (!k || (i->ifa_family != AF_INET && i->ifa_family != AF_INET6))
		return;
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		if (a->rta_type == IFA_LOCAL || (a->rta_type == IFA_ADDRESS && !own))
			own = a;
	if (!own || RTA_PAYLOAD(own) < length || !inet_ntop(i->ifa_family, RTA_DATA(own), text, sizeof(text)))
		return;
	k->addresses++;
	is_better = !*k->address || (strncmp(k->address, "fe80:", 5) == 0 && strncmp(text, "fe80:", 5) != 0);
	if (is_better)
		snprintf(k->address, sizeof(k->address), "%s/%u", text, i->ifa_prefixlen);
}

/* Take all messages of an answer, of many reads. */
static int answer(struct links *l, uint16_t what, void (*take)(struct links *l, const struct nlmsghdr *n))
{
	static _Alignas(struct nlmsghdr) uint8_t bytes[ANSWER];
	int rc = links_ask(l->fd, what);

	while (!rc) {
		ssize_t got = recv(l->fd, bytes, sizeof(bytes), 0);
		const struct nlmsghdr *n = (const struct nlmsghdr *)bytes;
		unsigned left = got > 0 ? (unsigned)got : 0;

		if (got < 0 && errno != EINTR)
			return -errno;
		for (; NLMSG_OK(n, left); n = NLMSG_NEXT(n, left)) {
			if (n->nlmsg_type == NLMSG_DONE)
				return 0;
			if (n->nlmsg_type == NLMSG_ERROR)
				return -EIO;
			take(l, n);
		}
	}
	return rc;
}

static unsigned rank(const struct link *k)
{
	if (k->index == 0)
		return 1;
	if (k->state == LINK_DOWN)
		return 4;
	if (k->state == LINK_NO_CARRIER)
		return 3;
	return k->loopback ? 2 : 0;
}

static int by_rank(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (rank(x) != rank(y))
		return rank(x) < rank(y) ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

/* The sum of all: what is captured on any. */
static void add_any(struct links *l)
{
	struct link any = { .name = "any", .hardware = ARPHRD_NONE, .state = LINK_UP };

	for (uint32_t i = 0; i < l->count; i++) {
		for (uint32_t way = 0; way < 2; way++) {
			any.packets[way] += l->link[i].packets[way];
			any.bytes[way] += l->link[i].bytes[way];
			any.dropped[way] += l->link[i].dropped[way];
			any.errors[way] += l->link[i].errors[way];
		}
	}
	if (l->count < LINKS_MAX)
		l->link[l->count++] = any;
}

int links_read(struct links *l)
{
	int rc;

	l->count = 0;
	rc = answer(l, RTM_GETLINK, take_link);
	if (!rc)
		rc = answer(l, RTM_GETADDR, take_address);
	add_any(l);
	qsort(l->link, l->count, sizeof(l->link[0]), by_rank);
	return rc;
}
