/* SPDX-License-Identifier: BSD-2-Clause */
/* icmpv6.c - Internet Control Message Protocol version 6 */
#include "decode/proto.h"

static enum proto_id icmpv6_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_icmpv6 = {
	.head    = { "icmpv6", NULL, 0, NULL },
	.title   = "Internet Control Message Protocol version 6",
	.min_len = 4,
	.over    = { { BY_IPPROTO, 58 } },
	.parse   = icmpv6_parse,
};
