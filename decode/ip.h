/* SPDX-License-Identifier: BSD-2-Clause */
/* ip.h - what the texts of IPv4, IPv6 and its extension headers share */
#ifndef DECODE_IP_H
#define DECODE_IP_H

#include "decode/brief.h"

#define IPPROTO_TCP 6
#define IPPROTO_NO_NEXT 59	/* "No Next Header", RFC 8200 section 4.7 */

/* The words of IP protocols, for fields of them. */
extern const struct name ip_protocols[];

/* The same, as tcpdump's readers know them; "unknown" where there is none. */
const char *ip_protocol(uint32_t protocol);

/* Who is found by a next-header value of IPv6: a protocol, or one more extension header. */
static inline enum proto_id ip6_next(uint32_t next)
{
	enum proto_id id = proto_by_ip(next);

	return id != PROTO_DATA ? id : proto_by(BY_IPV6EXT, next);
}

/* Go on behind layer i, whose next header is known: say it where nobody else does ("ip-proto-99 4",
 * "no next header"). Returns what a summary returns.
 */
uint32_t ip_next(struct out *o, const struct brief *b, uint32_t i);

/* "truncated-ip6 - 4 bytes missing!": what carries layer i, whose protocol tcpdump calls name, has less for it than
 * the total bytes that it claims. Returns whether it has.
 */
bool ip_missing(struct out *o, const struct brief *b, uint32_t i, const char *name, uint32_t total);

#endif
