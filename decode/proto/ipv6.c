/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv6.c - Internet Protocol version 6 */
#include "decode/proto.h"

static enum proto_id ipv6_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_ipv6 = {
	.head    = { "ipv6", NULL, 0, NULL },
	.title   = "Internet Protocol version 6",
	.min_len = 40,
	.over    = { { BY_ETHERTYPE, 0x86dd }, { BY_IPPROTO, 41 } },
	.parse   = ipv6_parse,
};
