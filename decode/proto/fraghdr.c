/* SPDX-License-Identifier: BSD-2-Clause */
/* fraghdr.c - Fragment header of IPv6, RFC 8200 section 4.5 */
#include "decode/ip.h"

enum { NXT, RESERVED, OFFSET, RESERVED_BITS, MORE, IDENT, FIELDS };

static const struct field fields[FIELDS] = {
	[NXT]           = { "nxt",            0,  8, UINT, .names = ip_protocols },
	[RESERVED]      = { "reserved_octet", 8,  8, HEX },
	[OFFSET]        = { "offset",        16, 13, UINT },	/* 8-byte units */
	[RESERVED_BITS] = { "reserved_bits", 29,  2, UINT },
	[MORE]          = { "more",          31,  1, BOOL },
	[IDENT]         = { "ident",         32, 32, HEX },
};

static enum proto_id fraghdr_parse(struct step *s)
{
	s->key = (uint32_t)get(s, &fields[NXT]);
	if (get(s, &fields[OFFSET]) != 0) {
		step_need(s, NEED_FRAGMENTS);
		return PROTO_DATA;
	}
	if (get(s, &fields[MORE])) {
		step_need(s, NEED_FRAGMENTS);
		s->partial = true;
	}
	return ip6_next(s->key);
}

static struct fragment fraghdr_fragment(struct slice h)
{
	return (struct fragment){
		.offset = (uint32_t)field_get(h, &fields[OFFSET]) * 8,
		.more = field_get(h, &fields[MORE]),
		.ident = field_get(h, &fields[IDENT]),
		.carried = ip6_next((uint32_t)field_get(h, &fields[NXT])),
	};
}

static uint32_t fraghdr_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t offset = (uint32_t)field_get(h, &fields[OFFSET]) * 8;
	uint32_t carried = l->claimed - min_u32(l->len, l->claimed);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|frag6]");
		return b->d->count;
	}
	out_str(o, "frag (");
	if (b->verbose) {
		out_str(o, "0x");
		out_hex(o, field_get(h, &fields[IDENT]), 8);
		out_char(o, ':');
	}
	out_dec(o, offset);
	out_char(o, '|');
	out_dec(o, carried);
	out_char(o, ')');
	if (offset != 0)
		return b->d->count;
	out_char(o, ' ');
	if (carried == 0)
		return b->d->count;
	return ip_next(o, b, i);
}

const struct proto proto_fraghdr = {
	.head     = { "ipv6.fraghdr", fields, FIELDS },
	.title    = "Fragment Header",
	.min_len  = 8,
	.over     = { { BY_IPV6EXT, 44 } },
	.parse    = fraghdr_parse,
	.fragment = fraghdr_fragment,
	.summary  = fraghdr_summary,
};
