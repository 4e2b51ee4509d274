/* SPDX-License-Identifier: BSD-2-Clause */
/* arp.c - Address Resolution Protocol */
#include "decode/proto.h"

static enum proto_id arp_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_arp = {
	.head    = { "arp", NULL, 0, NULL },
	.title   = "Address Resolution Protocol",
	.min_len = 8,
	.over    = { { BY_ETHERTYPE, 0x0806 } },
	.parse   = arp_parse,
};
