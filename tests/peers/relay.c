/* SPDX-License-Identifier: BSD-2-Clause */
/* relay.c - a wire of two interfaces that loses frames or tags them
 *
 * usage: relay [-l EVERY] [-t TPID.TCI]... NEAR FAR
 * -l: of the frames above 500 bytes from NEAR, loses one of EVERY; -t: puts a tag (two hexadecimal
 * numbers, outermost last) on what goes from NEAR to FAR, and takes it off what comes back.
 * Serves where the kernel has neither tc-netem(8) nor 802.1Q devices. Ends with its namespace's
 * interfaces, or by a signal. "ready" on stdout once it forwards.
 */
#include "peer.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>

enum { NEAR, FAR, SIDES };
enum { ADDRESSES = 12, TAG = 4 };

static uint8_t tags[8][TAG];
static unsigned tag_count, lose_every;

static int side_open(const char *name)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(name),
	};
	struct packet_mreq promiscuous = { .mr_ifindex = to.sll_ifindex, .mr_type = PACKET_MR_PROMISC };
	int fd = socket(AF_PACKET, SOCK_RAW, 0), yes = 1;

	if (fd < 0 || to.sll_ifindex == 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof(promiscuous)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof(yes)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &yes, sizeof(yes)))
		err(1, "%s", name);
	return fd;
}

static bool lost(size_t len)
{
	static unsigned count;

	return lose_every != 0 && len > 500 && ++count % lose_every == 0;
}

static size_t tag_on(uint8_t *frame, size_t len)
{
	for (unsigned i = 0; i < tag_count; i++, len += TAG) {
		memmove(frame + ADDRESSES + TAG, frame + ADDRESSES, len - ADDRESSES);
		memcpy(frame + ADDRESSES, tags[i], TAG);
	}
	return len;
}

static size_t tag_off(uint8_t *frame, size_t len)
{
	for (unsigned i = tag_count; i-- > 0; len -= TAG) {
		if (len < ADDRESSES + TAG || memcmp(frame + ADDRESSES, tags[i], TAG) != 0)
			return 0;
		memmove(frame + ADDRESSES, frame + ADDRESSES + TAG, len - ADDRESSES - TAG);
	}
	return len;
}

/* The next frame, with the tag that the kernel took off back in its place. */
static ssize_t receive(int fd, uint8_t *frame, size_t size)
{
	union {
		struct cmsghdr head;
		char space[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	} control;
	struct iovec piece = { frame, size };
	struct msghdr message = {
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(fd, &message, MSG_DONTWAIT);
	struct cmsghdr *head = len > ADDRESSES ? CMSG_FIRSTHDR(&message) : NULL;

	if (head && head->cmsg_type == PACKET_AUXDATA) {
		struct tpacket_auxdata aux;
		uint16_t tag[2];

		memcpy(&aux, CMSG_DATA(head), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID) {
			tag[0] = htons(aux.tp_vlan_tpid);
			tag[1] = htons(aux.tp_vlan_tci);
			memmove(frame + ADDRESSES + TAG, frame + ADDRESSES, (size_t)len - ADDRESSES);
			memcpy(frame + ADDRESSES, tag, TAG);
			len += TAG;
		}
	}
	return len;
}

static void forward(const struct pollfd *side, int from)
{
	static uint8_t frame[65536 + sizeof(tags)];
	ssize_t got = receive(side[from].fd, frame, 65536);
	size_t len = (size_t)got;

	if (got < 0 && (errno == EAGAIN || errno == ENETDOWN))
		return;
	if (got < ETH_HLEN)
		err(1, "recv");
	if (from == NEAR && lost(len))
		return;
	len = from == NEAR ? tag_on(frame, len) : tag_off(frame, len);
	if (len > 0 && send(side[!from].fd, frame, len, 0) < 0 && errno != ENETDOWN)
		err(1, "send of %zu bytes", len);
}

static void tag_add(const char *text)
{
	unsigned tpid, tci;

	if (tag_count == sizeof(tags) / TAG || sscanf(text, "%x.%x", &tpid, &tci) != 2)
		errx(2, "-t %s: not a tag like 8100.0064", text);
	tags[tag_count][0] = (uint8_t)(tpid >> 8);
	tags[tag_count][1] = (uint8_t)tpid;
	tags[tag_count][2] = (uint8_t)(tci >> 8);
	tags[tag_count++][3] = (uint8_t)tci;
}

int main(int argc, char **argv)
{
	struct pollfd side[SIDES];
	int c;

	while ((c = getopt(argc, argv, "l:t:")) != -1)
		switch (c) {
		case 'l': lose_every = (unsigned)atoi(optarg); break;
		case 't': tag_add(optarg); break;
		default: return 2;
		}
	if (argc - optind != SIDES)
		errx(2, "NEAR and FAR are missing");
	for (int i = 0; i < SIDES; i++)
		side[i] = (struct pollfd){ side_open(argv[optind + i]), POLLIN, 0 };
	puts("ready");
	fflush(stdout);
	while (poll(side, SIDES, -1) > 0)
		for (int i = 0; i < SIDES; i++)
			if (side[i].revents)
				forward(side, i);
	return 0;
}
