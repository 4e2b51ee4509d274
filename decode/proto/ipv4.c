/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv4.c - Internet Protocol version 4, RFC 791 section 3.1 */
#include "decode/brief.h"

enum {
	VERSION, IHL, DSFIELD, TOTAL, ID, FLAGS, FRAG_OFFSET, TTL, PROTOCOL, CHECKSUM, SADDR, DADDR,
	FIELDS,
};

static const struct field fields[FIELDS] = {
	[VERSION]     = { "version",       0,  4, UINT },
	[IHL]         = { "hdr_len",       4,  4, UINT, .scale = 4 },
	[DSFIELD]     = { "dsfield",       8,  8, HEX },
	[TOTAL]       = { "len",          16, 16, UINT },
	[ID]          = { "id",           32, 16, HEX },
	[FLAGS]       = { "flags",        48,  3, HEX },
	[FRAG_OFFSET] = { "frag_offset",  51, 13, UINT },	/* 8-byte units */
	[TTL]         = { "ttl",          64,  8, UINT },
	[PROTOCOL]    = { "proto",        72,  8, UINT },
	[CHECKSUM]    = { "checksum",     80, 16, HEX },
	[SADDR]       = { "src",          96, 32, IPV4, .role = SRC },
	[DADDR]       = { "dst",         128, 32, IPV4, .role = DST },
};

static enum proto_id ipv4_parse(struct step *s)
{
	uint32_t total = (uint32_t)get(s, &fields[TOTAL]);

	step_header(s, (uint32_t)get(s, &fields[IHL]) * 4);
	if (total != 0)
		step_total(s, total);
	s->key = (uint32_t)get(s, &fields[PROTOCOL]);
	if (get(s, &fields[FRAG_OFFSET]) != 0)
		return PROTO_DATA;
	return proto_by(BY_IPPROTO, s->key);
}

static uint32_t ipv4_summary(struct out *o, const struct brief *b, uint32_t i)
{
	enum proto_id next = layer_proto(b->d, i + 1);

	if (!b->link)
		out_str(o, "IP ");
	if (next != PROTO_NONE && protos[next]->ports)
		return i + 1;
	brief_pair(o, b, i + 1);
	out_str(o, ": ");
	return i + 1;
}

const struct proto proto_ipv4 = {
	.head    = { "ip", fields, FIELDS, NULL },
	.title   = "Internet Protocol version 4",
	.min_len = 20,
	.src     = &fields[SADDR],
	.dst     = &fields[DADDR],
	.over    = { { BY_ETHERTYPE, 0x0800 }, { BY_IPPROTO, 4 } },
	.parse   = ipv4_parse,
	.summary = ipv4_summary,
};
