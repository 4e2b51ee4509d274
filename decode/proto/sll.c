/* SPDX-License-Identifier: BSD-2-Clause */
/* sll.c - Linux cooked v1 */
#include "decode/proto.h"

static enum proto_id sll_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_sll = {
	.head    = { "sll", NULL, 0, NULL },
	.title   = "Linux cooked v1",
	.min_len = 16,
	.over    = { { BY_LINKTYPE, 113 } },
	.parse   = sll_parse,
};
