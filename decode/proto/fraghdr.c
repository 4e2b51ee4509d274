/* SPDX-License-Identifier: BSD-2-Clause */
/* fraghdr.c - Fragment Header */
#include "decode/proto.h"

static enum proto_id fraghdr_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_fraghdr = {
	.head    = { "fraghdr", NULL, 0, NULL },
	.title   = "Fragment Header",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 44 } },
	.parse   = fraghdr_parse,
};
