/* SPDX-License-Identifier: BSD-2-Clause */
/* dstopts.c - Destination Options header of IPv6, RFC 8200 section 4.6 */
#include "decode/ip.h"
#include "decode/ipv6_options.h"

enum { NXT, LEN, FIELDS };

static const struct field fields[FIELDS] = {
	[NXT] = { "nxt", 0, 8, UINT, .names = ip_protocols },
	[LEN] = { "len", 8, 8, UINT },		/* in units of 8 bytes, the first left out */
};

static enum proto_id dstopts_parse(struct step *s)
{
	step_header(s, ((uint32_t)get(s, &fields[LEN]) + 1) * 8);
	s->key = (uint32_t)get(s, &fields[NXT]);
	return ip6_next(s->key);
}

static uint32_t dstopts_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|dstopt]");
		return b->d->count;
	}
	out_str(o, "DSTOPT ");
	if (b->verbose) {
		ipv6_put_options(o, b, slice_skip(h, protos[l->proto]->min_len));
		out_char(o, ' ');
	}
	return ip_next(o, b, i);
}

const struct proto proto_dstopts = {
	.head    = { "ipv6.dstopts", fields, FIELDS },
	.title   = "Destination Options",
	.min_len = 2,
	.over    = { { BY_IPV6EXT, 60 } },
	.parse   = dstopts_parse,
	.option  = ipv6_option,
	.record  = ipv6_option_record,
	.summary = dstopts_summary,
};
