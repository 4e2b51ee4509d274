/* SPDX-License-Identifier: BSD-2-Clause */
/* hopopts.c - Hop-by-Hop Options */
#include "decode/proto.h"

static enum proto_id hopopts_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_hopopts = {
	.head    = { "hopopts", NULL, 0, NULL },
	.title   = "Hop-by-Hop Options",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 0 } },
	.parse   = hopopts_parse,
};
