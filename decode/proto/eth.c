/* SPDX-License-Identifier: BSD-2-Clause */
/* eth.c - Ethernet, IEEE 802.3 section 3 */
#include "decode/proto.h"

enum { DADDR, SADDR, TYPE, FIELDS };

static const struct field fields[FIELDS] = {
	[DADDR] = { "dst",   0, 48, MAC, .role = DST },
	[SADDR] = { "src",  48, 48, MAC, .role = SRC },
	[TYPE]  = { "type", 96, 16, HEX },
};

static enum proto_id eth_parse(struct step *s)
{
	s->key = (uint32_t)get(s, &fields[TYPE]);
	return proto_by(BY_ETHERTYPE, s->key);
}

static uint32_t eth_summary(struct out *o, const struct brief *b, uint32_t i)
{
	(void)o;
	(void)b;
	return i + 1;
}

const struct proto proto_eth = {
	.head    = { "eth", fields, FIELDS, NULL },
	.title   = "Ethernet",
	.min_len = 14,
	.over    = { { BY_LINKTYPE, 1 } },
	.parse   = eth_parse,
	.summary = eth_summary,
};
