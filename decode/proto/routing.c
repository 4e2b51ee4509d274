/* SPDX-License-Identifier: BSD-2-Clause */
/* routing.c - Routing Header */
#include "decode/proto.h"

static enum proto_id routing_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_routing = {
	.head    = { "routing", NULL, 0, NULL },
	.title   = "Routing Header",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 43 } },
	.parse   = routing_parse,
};
