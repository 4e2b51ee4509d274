/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp.c - Internet Control Message Protocol */
#include "decode/proto.h"

static enum proto_id icmp_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_icmp = {
	.head    = { "icmp", NULL, 0, NULL },
	.title   = "Internet Control Message Protocol",
	.min_len = 4,
	.over    = { { BY_IPPROTO, 1 } },
	.parse   = icmp_parse,
};
