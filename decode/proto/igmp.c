/* SPDX-License-Identifier: BSD-2-Clause */
/* igmp.c - Internet Group Management Protocol */
#include "decode/proto.h"

static enum proto_id igmp_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_igmp = {
	.head    = { "igmp", NULL, 0, NULL },
	.title   = "Internet Group Management Protocol",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 2 } },
	.parse   = igmp_parse,
};
