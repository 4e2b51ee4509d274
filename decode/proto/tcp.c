/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp.c - Transmission Control Protocol */
#include "decode/proto.h"

static enum proto_id tcp_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_tcp = {
	.head    = { "tcp", NULL, 0, NULL },
	.title   = "Transmission Control Protocol",
	.min_len = 20,
	.over    = { { BY_IPPROTO, 6 } },
	.parse   = tcp_parse,
};
