/* SPDX-License-Identifier: BSD-2-Clause */
/* pwach.c - channel beside a pseudowire or label switched path, RFC 4385 section 5, RFC 5586 section 2.1 */
#include "decode/link.h"

enum { ONE, VERSION, RESERVED, TYPE, FIELDS };

static const struct field fields[FIELDS] = {
	[ONE]      = { "one",          0,  4, UINT },
	[VERSION]  = { "ver",          4,  4, UINT },
	[RESERVED] = { "res",          8,  8, HEX },
	[TYPE]     = { "channel_type", 16, 16, HEX },
};

enum { CHANNEL_IPV4 = 0x0021, CHANNEL_IPV6 = 0x0057 };

static enum proto_id pwach_parse(struct step *s)
{
	s->key = (uint32_t)get(s, &fields[TYPE]);
	return s->key == CHANNEL_IPV4 ? PROTO_IPV4 : s->key == CHANNEL_IPV6 ? PROTO_IPV6 : PROTO_DATA;
}

/* "ACH, channel 0x0021: " and what is in it. */
static uint32_t pwach_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];

	if (note_stops((enum note)l->note)) {
		out_str(o, "ACH [|pwach]");
		return b->d->count;
	}
	out_str(o, "ACH, channel 0x");
	out_hex(o, l->next, 4);
	if (layer_proto(b->d, i + 1) == PROTO_DATA || i + 1 == b->d->count) {
		out_str(o, ", length ");
		out_dec(o, layer_payload(b->d, l).wire);
		return b->d->count;
	}
	out_str(o, ": ");
	return i + 1;
}

const struct proto proto_pwach = {
	.head    = { "pwach", fields, FIELDS },
	.title   = "Associated channel",
	.min_len = 4,
	.parse   = pwach_parse,
	.summary = pwach_summary,
};
