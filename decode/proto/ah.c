/* SPDX-License-Identifier: BSD-2-Clause */
/* ah.c - Authentication Header */
#include "decode/proto.h"

static enum proto_id ah_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_ah = {
	.head    = { "ah", NULL, 0, NULL },
	.title   = "Authentication Header",
	.min_len = 12,
	.over    = { { BY_IPPROTO, 51 } },
	.parse   = ah_parse,
};
