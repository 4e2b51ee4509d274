/* SPDX-License-Identifier: BSD-2-Clause */
/* llc.c - Logical Link Control */
#include "decode/proto.h"

static enum proto_id llc_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_llc = {
	.head    = { "llc", NULL, 0, NULL },
	.title   = "Logical Link Control",
	.min_len = 3,
	.over    = { { NO_KEY, 0 } },
	.parse   = llc_parse,
};
