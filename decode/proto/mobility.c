/* SPDX-License-Identifier: BSD-2-Clause */
/* mobility.c - Mobility Header */
#include "decode/proto.h"

static enum proto_id mobility_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_mobility = {
	.head    = { "mobility", NULL, 0, NULL },
	.title   = "Mobility Header",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 135 } },
	.parse   = mobility_parse,
};
