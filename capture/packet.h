/* SPDX-License-Identifier: BSD-2-Clause */
/* packet.h - a packet and where it came from; live and stored ones look alike */
#ifndef CAPTURE_PACKET_H
#define CAPTURE_PACKET_H

#include <stdbool.h>
#include <stdint.h>

#include "decode/slice.h"

/* Numbers of https://www.tcpdump.org/linktypes.html, as they stand in files. */
enum {
	LINKTYPE_NULL = 0,
	LINKTYPE_ETHERNET = 1,
	LINKTYPE_RAW = 101,
	LINKTYPE_LOOP = 108,
	LINKTYPE_LINUX_SLL = 113,
	LINKTYPE_IPV4 = 228,
	LINKTYPE_IPV6 = 229,
	LINKTYPE_LINUX_SLL2 = 276,
};

#define SNAPLEN_MAX 262144	/* bytes; the default snap length, as tcpdump's */

enum packet_flag {		/* what the kernel, or the pcapng file, says of the packet */
	PACKET_IN = 1,		/* direction, where known */
	PACKET_OUT = 2,
	PACKET_CSUM_PENDING = 4,	/* checksums are left to the network card */
	PACKET_CSUM_VALID = 8,		/* the kernel or the card has verified them */
	PACKET_TSO = 16,		/* to be cut into segments by the card */
	PACKET_LOSING = 32,		/* packets before this one were lost */
	PACKET_TIMELESS = 64,		/* its time is not known (pcapng's simple packet block) */
	PACKET_TO_US = 1 << 8,		/* whom it was received for, where known: one of these four, */
	PACKET_TO_GROUP = 2 << 8,
	PACKET_TO_ALL = 3 << 8,
	PACKET_TO_OTHERS = 4 << 8,
	PACKET_RECEPTION = 7 << 8,	/* which stands here */
};

struct packet {
	struct slice bytes;		/* borrowed: they live as long as the packet's batch */
	int64_t sec;			/* since 1970, UTC */
	uint64_t nsec;			/* as stored; above 999999999 in a damaged file only */
	uint32_t interface;		/* which of its source's interfaces, from 0 */
	uint16_t linktype;
	uint16_t flags;			/* enum packet_flag */
	uint16_t segment_size;		/* bytes of payload in each of the packets that it stands for, */
	uint16_t segments;		/* so many: merged (GRO), or not cut yet (GSO); 0: it is one, as far as is known */
	uint32_t lost;			/* packets before this one; 0: none, or nobody knows how many */
	uint64_t number;		/* where it was counted before some were left out; else 0 */
};

#define BATCH_MAX 64

/* Packets that were lent together. */
struct batch {
	uint32_t count;
	struct packet packet[BATCH_MAX];
};

#endif
