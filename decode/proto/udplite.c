/* SPDX-License-Identifier: BSD-2-Clause */
/* udplite.c - UDP-Lite */
#include "decode/proto.h"

static enum proto_id udplite_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_udplite = {
	.head    = { "udplite", NULL, 0, NULL },
	.title   = "UDP-Lite",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 136 } },
	.parse   = udplite_parse,
};
