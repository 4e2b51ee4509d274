/* SPDX-License-Identifier: BSD-2-Clause */
/* checksum.h - the second look at a decoded packet: are its checksums right?
 *
 * Off the hot path: called only where the verdict is shown.
 */
#ifndef DECODE_CHECKSUM_H
#define DECODE_CHECKSUM_H

#include "decode/decode.h"

/* Wireshark's numbers of "tcp.checksum.status" and its like. */
enum csum {
	CSUM_BAD,
	CSUM_GOOD,
	CSUM_UNVERIFIED,	/* cannot tell: cut, a fragment, or a protocol without checksum */
	CSUM_ABSENT,		/* the sender made none: UDP over IPv4 with checksum 0 */
	CSUM_ILLEGAL,		/* the same over IPv6, where there must be one */
};

/* Verify the Internet checksum (RFC 1071) in the header of layer i: IPv4, TCP, UDP, UDP-Lite,
 * ICMP, ICMPv6, IGMP. *expected becomes what the field should hold; untouched where the verdict is
 * CSUM_UNVERIFIED or CSUM_ABSENT. expected may be NULL.
 */
enum csum checksum_verify(const struct decoded *d, uint32_t i, uint16_t *expected);

/* The folded one's complement sum of s, as far as it was captured, added to sum. */
uint32_t checksum_add(uint32_t sum, struct slice s);

#endif
