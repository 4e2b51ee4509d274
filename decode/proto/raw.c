/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.c - Raw IP */
#include "decode/proto.h"

static enum proto_id raw_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_raw = {
	.head    = { "raw", NULL, 0, NULL },
	.title   = "Raw IP",
	.min_len = 1,
	.over    = { { BY_LINKTYPE, 12 }, { BY_LINKTYPE, 101 }, { BY_LINKTYPE, 228 }, { BY_LINKTYPE, 229 } },
	.parse   = raw_parse,
};
