/* SPDX-License-Identifier: BSD-2-Clause */
/* vlan.c - VLAN tag */
#include "decode/proto.h"

static enum proto_id vlan_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_vlan = {
	.head    = { "vlan", NULL, 0, NULL },
	.title   = "VLAN tag",
	.min_len = 4,
	.over    = { { BY_ETHERTYPE, 0x8100 }, { BY_ETHERTYPE, 0x88a8 }, { BY_ETHERTYPE, 0x9100 } },
	.parse   = vlan_parse,
};
