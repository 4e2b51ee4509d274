/* SPDX-License-Identifier: BSD-2-Clause */
/* hopopts.c - Hop-by-Hop Options header of IPv6, RFC 8200 section 4.3 */
#include "decode/ip.h"
#include "decode/ipv6_options.h"

enum { NXT, LEN, FIELDS };

static const struct field fields[FIELDS] = {
	[NXT] = { "nxt", 0, 8, UINT, .names = ip_protocols },
	[LEN] = { "len", 8, 8, UINT },		/* in units of 8 bytes, the first left out */
};

/* Where the IPv6 header has no length, a jumbo payload option may: it is found once the header is
 * measured.
 */
static enum proto_id hopopts_parse(struct step *s)
{
	uint32_t jumbo;

	step_header(s, ((uint32_t)get(s, &fields[LEN]) + 1) * 8);
	jumbo = ipv6_jumbo(slice_part(s->in, s->min_len, s->len - s->min_len));
	if (jumbo > 0xffff)
		step_total(s, jumbo);
	s->key = (uint32_t)get(s, &fields[NXT]);
	return ip6_next(s->key);
}

static uint32_t hopopts_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), options = slice_skip(h, protos[l->proto]->min_len);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|hbhopt]");
		return b->d->count;
	}
	if (i > 0 && b->d->layer[i - 1].proto != PROTO_IPV6) {	/* RFC 8200, section 4.1 */
		out_str(o, b->d->layer[i - 1].proto == l->proto ?
			   "[The Hop-by-Hop Options header was already found] (invalid)" :
			   "[The Hop-by-Hop Options header don't follow the IPv6 header] (invalid)");
		return b->d->count;
	}
	out_str(o, "HBH ");
	if (!ipv6_options_fit(options)) {
		out_str(o, " [|hbhopt]");
		return b->d->count;
	}
	if (b->verbose) {
		ipv6_put_options(o, b, options);
		out_char(o, ' ');
	}
	if (l->note == NOTE_LENGTH_LIES) {
		out_str(o, "truncated-ip6 - ");
		out_dec(o, ipv6_jumbo(options) - layer_whole(b->d, l).wire);
		out_str(o, " bytes missing!");
	}
	return ip_next(o, b, i);
}

const struct proto proto_hopopts = {
	.head    = { "ipv6.hopopts", fields, FIELDS },
	.title   = "Hop-by-Hop Options",
	.min_len = 2,
	.over    = { { BY_IPV6EXT, 0 } },
	.parse   = hopopts_parse,
	.option  = ipv6_option,
	.record  = ipv6_option_record,
	.summary = hopopts_summary,
};
