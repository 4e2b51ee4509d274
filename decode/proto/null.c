/* SPDX-License-Identifier: BSD-2-Clause */
/* null.c - BSD loopback */
#include "decode/proto.h"

static enum proto_id null_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_null = {
	.head    = { "null", NULL, 0, NULL },
	.title   = "BSD loopback",
	.min_len = 4,
	.over    = { { BY_LINKTYPE, 0 }, { BY_LINKTYPE, 108 } },
	.parse   = null_parse,
};
