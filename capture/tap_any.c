/* SPDX-License-Identifier: BSD-2-Clause */
/* tap_any.c - all interfaces by one engine, each with its own link header
 *
 * How it works: the engine is bound to no interface, and with each frame the kernel says by which one it came. Those that
 * are there are known from the begin; one that comes to be, when its first frame does. Frames whose link header nobody
 * knows are cooked, and so are those of more interfaces than there is room for: these say their index.
 */
#define _GNU_SOURCE
#include "capture/tap.h"

#include <string.h>
#include <sys/ioctl.h>

bool taps_are_any(const struct capture_options *o)
{
	return o->interfaces == 1 && strcmp(o->interface[0], "any") == 0 && o->write_path && o->format == WRITER_PCAPNG &&
	       !o->cooked && !o->follow && !o->worker;
}

/* The interface of a frame's address. Where it is gone already, its name is its index. */
static struct interface interface_of(const struct taps *t, const struct sockaddr_ll *address)
{
	struct ifreq request = { .ifr_ifindex = address->sll_ifindex };
	struct interface i = {
		.index = (unsigned)address->sll_ifindex,
		.hardware = address->sll_hatype,
		.linktype = interface_linktype(address->sll_hatype),
	};

	if (ioctl(t->engine.fd, SIOCGIFNAME, &request) == 0)
		interface_clean(i.name, request.ifr_name);
	else
		snprintf(i.name, sizeof(i.name), "%u", i.index);
	return i;
}

/* The number of one that was not seen before. The last is kept for all for which there is no room. */
static uint32_t newcomer(struct taps *t, const struct sockaddr_ll *address)
{
	struct interface i = { .name = "any", .linktype = LINKTYPE_LINUX_SLL2 };
	struct error e;

	if (t->sources.count == TAPS_MAX)
		return t->count - 1;
	if (t->count < TAPS_MAX - 1)
		i = interface_of(t, address);
	taps_describe(t, &i, &e);	/* its filter is compiled: it cannot fail */
	taps_include(t);
	return t->count - 1;
}

struct tap *taps_find(struct taps *t, struct tpacket3_hdr *frame)
{
	const struct sockaddr_ll *address = frame_address(frame);
	unsigned index = (unsigned)address->sll_ifindex;
	uint32_t n = t->last;

	if (n >= t->count || t->interface[n].index != index)
		for (n = 0; n < t->count && t->interface[n].index != index;)
			n++;
	if (n == t->count)
		n = newcomer(t, address);
	t->last = n;
	frame_mark(frame)->interface = (uint8_t)n;
	return &t->tap[n];
}
