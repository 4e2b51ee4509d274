/* SPDX-License-Identifier: BSD-2-Clause */
/* interface.c - network interfaces by getifaddrs(3), netdevice(7) and /proc/net */
#define _GNU_SOURCE
#include "capture/interface.h"

#include <ctype.h>
#include <fnmatch.h>
#include <ifaddrs.h>
#include <net/if_arp.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOWER_UP (1u << 16)	/* IFF_LOWER_UP of netdevice(7), which <net/if.h> lacks */

#define LIST_MAX 512		/* interfaces */

struct entry {
	struct interface interface;
	unsigned flags;		/* IFF_... */
};

uint16_t interface_linktype(uint16_t hardware)
{
	switch (hardware) {
	case ARPHRD_ETHER:
	case ARPHRD_LOOPBACK:
		return LINKTYPE_ETHERNET;
	case ARPHRD_NONE:
	case ARPHRD_RAWIP:
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
		return LINKTYPE_RAW;
	default:
		return LINKTYPE_LINUX_SLL2;
	}
}

void interface_clean(char to[IF_NAMESIZE], const char *name)
{
	size_t len = strnlen(name, IF_NAMESIZE - 1);

	for (size_t i = 0; i < len; i++)
		to[i] = name[i] > 0x20 && name[i] < 0x7f ? name[i] : '?';
	to[len] = '\0';
}

static void entry_set(struct entry *e, const char *name, unsigned index, uint16_t hardware,
		      unsigned flags)
{
	memset(e, 0, sizeof(*e));
	interface_clean(e->interface.name, name);
	e->interface.index = index;
	e->interface.hardware = hardware;
	e->interface.linktype = index ? interface_linktype(hardware) : LINKTYPE_LINUX_SLL2;
	e->flags = flags;
}

/* The place in the list: what runs first, then any, then lo, then what is down; each by index. */
static unsigned rank(const struct entry *e)
{
	if (e->interface.index == 0)
		return 1;
	if (!(e->flags & IFF_UP))
		return 4;
	if (!(e->flags & IFF_RUNNING))
		return 3;
	return e->flags & IFF_LOOPBACK ? 2 : 0;
}

static int by_rank(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (rank(x) != rank(y))
		return rank(x) < rank(y) ? -1 : 1;
	return x->interface.index < y->interface.index ? -1 : 1;
}

static const struct entry *by_name(const struct entry *list, unsigned n, const char *name)
{
	char wanted[IF_NAMESIZE];

	interface_clean(wanted, name);
	for (unsigned i = 0; i < n; i++)
		if (strlen(name) < IF_NAMESIZE && strcmp(list[i].interface.name, wanted) == 0)
			return &list[i];
	return NULL;
}

/* ARPHRD_..., by SIOCGIFHWADDR of netdevice(7). */
static uint16_t hardware_of(const char *name)
{
	struct ifreq request = { 0 };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	strncpy(request.ifr_name, name, IF_NAMESIZE - 1);
	if (fd < 0 || ioctl(fd, SIOCGIFHWADDR, &request))
		request.ifr_hwaddr.sa_family = ARPHRD_VOID;
	if (fd >= 0)
		close(fd);
	return request.ifr_hwaddr.sa_family;
}

/* Add i where it stands for an interface, not for one of its addresses. Where there is no link
 * address (tun), getifaddrs(3) has no address at all.
 */
static unsigned add(struct entry *list, unsigned n, const struct ifaddrs *i)
{
	struct sockaddr_ll link = { 0 };

	if (n == LIST_MAX || by_name(list, n, i->ifa_name))
		return n;
	if (!i->ifa_addr) {
		link.sll_ifindex = (int)if_nametoindex(i->ifa_name);
		link.sll_hatype = hardware_of(i->ifa_name);
	} else if (i->ifa_addr->sa_family == AF_PACKET) {
		memcpy(&link, i->ifa_addr, sizeof(link));
	} else {
		return n;
	}
	if (!link.sll_ifindex)
		return n;
	entry_set(&list[n], i->ifa_name, (unsigned)link.sll_ifindex, link.sll_hatype, i->ifa_flags);
	list[n].interface.has_mac = link.sll_hatype == ARPHRD_ETHER && link.sll_halen == sizeof(list[n].interface.mac);
	memcpy(list[n].interface.mac, link.sll_addr, sizeof(list[n].interface.mac));
	return n + 1;
}

/* Fill list with all interfaces and "any"; returns how many, 0 where they cannot be read. */
static unsigned list_all(struct entry list[LIST_MAX])
{
	struct ifaddrs *all;
	unsigned n = 0;

	if (getifaddrs(&all))
		return 0;
	entry_set(&list[n++], "any", 0, ARPHRD_NONE, IFF_UP | IFF_RUNNING);
	for (const struct ifaddrs *i = all; i; i = i->ifa_next)
		n = add(list, n, i);
	freeifaddrs(all);
	qsort(list, n, sizeof(*list), by_rank);
	return n;
}

static const struct entry *by_number(const struct entry *list, unsigned n, const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (!isdigit((unsigned char)*text) || *end || number < 1 || number > n)
		return NULL;
	return &list[number - 1];
}

/* The interface of the IPv4 default route of least metric, from proc(5) /proc/net/route; false
 * where there is none.
 */
static bool default_ipv4(char name[IF_NAMESIZE])
{
	FILE *file = fopen("/proc/net/route", "re");
	unsigned best = UINT32_MAX;
	char line[256], device[16];
	bool found = false;

	while (file && fgets(line, sizeof(line), file)) {
		unsigned destination, flags, metric, mask;

		if (sscanf(line, "%15s %x %*x %x %*d %*d %u %x", device, &destination, &flags,
			   &metric, &mask) != 5 || destination || mask || !(flags & 1))
			continue;
		if (!found || metric < best)
			memcpy(name, device, sizeof(device));
		best = found && best < metric ? best : metric;
		found = true;
	}
	if (file)
		fclose(file);
	return found;
}

/* The same for IPv6, from /proc/net/ipv6_route. The kernel's own "unreachable" entry is on lo. */
static bool default_ipv6(char name[IF_NAMESIZE])
{
	FILE *file = fopen("/proc/net/ipv6_route", "re");
	unsigned best = UINT32_MAX;
	char line[256], destination[33], device[16];
	bool found = false;

	while (file && fgets(line, sizeof(line), file)) {
		unsigned prefix, metric, flags;

		if (sscanf(line, "%32s %x %*s %*x %*s %x %*x %*x %x %15s", destination, &prefix,
			   &metric, &flags, device) != 5)
			continue;
		if (prefix || strspn(destination, "0") != 32 || !(flags & 1) ||
		    strcmp(device, "lo") == 0)
			continue;
		if (!found || metric < best)
			memcpy(name, device, sizeof(device));
		best = found && best < metric ? best : metric;
		found = true;
	}
	if (file)
		fclose(file);
	return found;
}

static int not_found(const struct entry *list, unsigned n, const char *text, struct error *e)
{
	char names[300] = "";
	size_t used = 0;

	for (unsigned i = 0; i < n && used + IF_NAMESIZE + 3 < sizeof(names); i++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
					 i ? ", " : "", list[i].interface.name);
	return error_set(e, STATUS_INTERFACE, "%.40s: no such interface; there are: %s", text,
			 names);
}

int interface_find(struct interface *i, const char *text, struct error *e)
{
	static struct entry list[LIST_MAX];
	char name[IF_NAMESIZE] = "lo";
	const struct entry *found;
	unsigned n = list_all(list);

	if (!text && !default_ipv4(name))
		default_ipv6(name);
	found = by_name(list, n, text ? text : name);
	if (!found && text)
		found = by_number(list, n, text);
	if (!found)
		return not_found(list, n, text ? text : name, e);
	*i = found->interface;
	return 0;
}

bool interface_is_pattern(const char *text)
{
	return strpbrk(text, "*?[");
}

/* Add i to the list of *n, where it is not there yet; "any" only where it is named. */
static void add_once(struct interface *list, unsigned most, unsigned *n, const struct interface *i)
{
	for (unsigned k = 0; k < *n; k++)
		if (list[k].index == i->index)
			return;
	if (*n < most)
		list[(*n)++] = *i;
}

int interface_find_all(struct interface *list, unsigned most, const char *const *text, unsigned n, bool may_lack,
		       struct error *e)
{
	static struct entry all[LIST_MAX];
	unsigned there = list_all(all), found = 0;

	for (unsigned k = 0; k < (n ? n : 1); k++) {
		unsigned before = found;
		struct interface one = { 0 };

		if (n && interface_is_pattern(text[k])) {
			for (unsigned i = 0; i < there; i++)
				if (all[i].interface.index && fnmatch(text[k], all[i].interface.name, 0) == 0)
					add_once(list, most, &found, &all[i].interface);
			if (found == before && !may_lack)
				return not_found(all, there, text[k], e);
		} else if (interface_find(&one, n ? text[k] : NULL, e) == 0) {
			add_once(list, most, &found, &one);
		} else if (!may_lack) {
			return -STATUS_INTERFACE;
		}
	}
	return (int)found;
}

bool interface_is_named(const struct interface *i, const char *const *text, unsigned n)
{
	for (unsigned k = 0; k < n; k++)
		if (interface_is_pattern(text[k]) ? fnmatch(text[k], i->name, 0) == 0 : strcmp(text[k], i->name) == 0)
			return true;
	return false;
}

bool interface_of_link(struct interface *i, const struct nlmsghdr *message)
{
	const struct ifinfomsg *link = NLMSG_DATA(message);
	const uint8_t *mac = NULL;
	const char *name = NULL;
	struct entry e;
	int left;

	if (message->nlmsg_type != RTM_NEWLINK || message->nlmsg_len < NLMSG_LENGTH(sizeof(*link)))
		return false;
	left = (int)(message->nlmsg_len - NLMSG_LENGTH(sizeof(*link)));
	for (const struct rtattr *a = IFLA_RTA(link); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type == IFLA_IFNAME && RTA_PAYLOAD(a) > 0)
			name = RTA_DATA(a);
		if (a->rta_type == IFLA_ADDRESS && RTA_PAYLOAD(a) == sizeof(i->mac))
			mac = RTA_DATA(a);
	}
	if (!name || link->ifi_index <= 0)
		return false;
	entry_set(&e, name, (unsigned)link->ifi_index, link->ifi_type, link->ifi_flags);
	*i = e.interface;
	i->has_mac = mac && link->ifi_type == ARPHRD_ETHER;
	if (i->has_mac)
		memcpy(i->mac, mac, sizeof(i->mac));
	return true;
}

static void print_flags(FILE *to, const struct entry *e)
{
	const char *comma = "";
	const struct {
		const char *word;
		bool set;
	} words[] = {
		{ "Up", e->flags & IFF_UP },
		{ "Running", e->flags & IFF_RUNNING },
		{ "Loopback", e->flags & IFF_LOOPBACK },
		{ "Connected", e->interface.index && e->flags & IFF_UP && e->flags & LOWER_UP &&
			       !(e->flags & IFF_LOOPBACK) },
		{ "Disconnected", e->interface.index && e->flags & IFF_UP &&
				  !(e->flags & LOWER_UP) },
	};

	fputs(" [", to);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!words[i].set)
			continue;
		fprintf(to, "%s%s", comma, words[i].word);
		comma = ", ";
	}
	fputs(*comma ? "]\n" : "none]\n", to);
}

int interface_print_list(FILE *to, struct error *e)
{
	static struct entry list[LIST_MAX];
	unsigned n = list_all(list);

	if (n == 0)
		return error_set(e, STATUS_INTERFACE, "cannot list the interfaces");
	for (unsigned i = 0; i < n; i++) {
		fprintf(to, "%u.%s%s", i + 1, list[i].interface.name, list[i].interface.index ? "" :
			" (Pseudo-device that captures on all interfaces)");
		print_flags(to, &list[i]);
	}
	return 0;
}

void interface_print_linktypes(FILE *to, const struct interface *i)
{
	fprintf(to, "Data link types for %s:\n", i->name);
	if (i->linktype != LINKTYPE_LINUX_SLL2)
		fprintf(to, "  %s (%s)\n", linktype_name(i->linktype), linktype_words(i->linktype));
	fprintf(to, "  %s (%s)%s\n", linktype_name(LINKTYPE_LINUX_SLL2),
		linktype_words(LINKTYPE_LINUX_SLL2),
		i->linktype != LINKTYPE_LINUX_SLL2 ? " (use option --cooked)" : "");
}
