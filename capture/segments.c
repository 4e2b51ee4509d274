/* SPDX-License-Identifier: BSD-2-Clause */
/* segments.c - frames that stand for several packets of the wire */
#define _GNU_SOURCE
#include "capture/segments.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* linux/virtio_net.h: older headers lack it. */
#ifndef VIRTIO_NET_HDR_GSO_UDP_L4
#define VIRTIO_NET_HDR_GSO_UDP_L4 5
#endif

#define UDP_LEN 8		/* bytes */
#define TCP_MIN 20
#define IPV6_LEN 40

/* May it be given frames by a program, a virtual machine's for instance, that wants them cut into IP fragments? */
static bool is_tun(int fd, const char *name)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	struct ifreq request = { .ifr_data = (void *)&info };

	memcpy(request.ifr_name, name, strnlen(name, IF_NAMESIZE - 1));
	return ioctl(fd, SIOCETHTOOL, &request) == 0 && strcmp(info.driver, "tun") == 0;
}

static bool any_is_tun(int fd)
{
	struct if_nameindex *all = if_nameindex();
	bool found = false;

	for (const struct if_nameindex *i = all; i && i->if_index && !found; i++)
		found = is_tun(fd, i->if_name);
	if (all)
		if_freenameindex(all);
	return found;
}

/* The directory is there while the kernel has SCTP loaded. */
static bool sctp_is_there(void)
{
	return access("/proc/net/sctp", F_OK) == 0;
}

bool segments_ask(int fd, const struct interface *i)
{
	int on = 1;

	if (sctp_is_there() || (i->index ? is_tun(fd, i->name) : any_is_tun(fd)))
		return false;
	return setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) == 0;
}

/* Where the transport header begins. A checksum that is left to the card begins there, in a tunnel that of the inner one;
 * else it is the first behind IP, IPv6 extension headers left out of account.
 */
static uint32_t transport_of(const struct virtio_net_hdr *h, struct slice data, uint32_t network)
{
	uint8_t first = slice_u8(data, network);

	if (h->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		return h->csum_start;
	return network + (first >> 4 == 4 ? (first & 15u) * 4 : IPV6_LEN);
}

struct segments segments_of(const struct tpacket3_hdr *frame)
{
	const uint8_t *at = (const uint8_t *)frame + frame->tp_mac;
	struct slice data = { at, frame->tp_snaplen, frame->tp_len };
	struct virtio_net_hdr h;
	uint32_t headers, tcp, count;
	struct segments s;

	memcpy(&h, at - sizeof(h), sizeof(h));
	s = (struct segments){ .size = h.gso_size, .tcp = (h.gso_type & ~VIRTIO_NET_HDR_GSO_ECN) != VIRTIO_NET_HDR_GSO_UDP_L4 };
	if (s.size == 0)
		return s;
	headers = transport_of(&h, data, (uint32_t)frame->tp_net - frame->tp_mac);
	tcp = slice_u8(data, headers + 12) / 16 * 4;
	headers += !s.tcp ? UDP_LEN : tcp > TCP_MIN ? tcp : TCP_MIN;
	count = (slice_skip(data, headers).wire + s.size - 1) / s.size;
	s.count = (uint16_t)(count < 1 ? 1 : min_u32(count, UINT16_MAX));
	return s;
}
