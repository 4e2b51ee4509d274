/* SPDX-License-Identifier: BSD-2-Clause */
/* sll2.c - Linux cooked v2 */
#include "decode/proto.h"

static enum proto_id sll2_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_sll2 = {
	.head    = { "sll2", NULL, 0, NULL },
	.title   = "Linux cooked v2",
	.min_len = 20,
	.over    = { { BY_LINKTYPE, 276 } },
	.parse   = sll2_parse,
};
