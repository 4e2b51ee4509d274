/* SPDX-License-Identifier: BSD-2-Clause */
/* dstopts.c - Destination Options */
#include "decode/proto.h"

static enum proto_id dstopts_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_dstopts = {
	.head    = { "dstopts", NULL, 0, NULL },
	.title   = "Destination Options",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 60 } },
	.parse   = dstopts_parse,
};
