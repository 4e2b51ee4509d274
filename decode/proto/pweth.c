/* SPDX-License-Identifier: BSD-2-Clause */
/* pweth.c - control word of a pseudowire that carries Ethernet frames, RFC 4448 section 4.6 */
#include "decode/brief.h"

enum { RESERVED, SEQUENCE, FIELDS };

static const struct field fields[FIELDS] = {
	[RESERVED] = { "cw.reserved",         0, 16, HEX },
	[SEQUENCE] = { "cw.sequence_number", 16, 16, UINT },
};

static enum proto_id pweth_parse(struct step *s)
{
	(void)s;
	return PROTO_ETH;
}

/* "PW, seq 5: " and the frame inside. */
static uint32_t pweth_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];

	if (note_stops((enum note)l->note)) {
		out_str(o, "PW [|pweth]");
		return b->d->count;
	}
	out_str(o, "PW, seq ");
	out_dec(o, field_get(layer_head(b->d, l), &fields[SEQUENCE]));
	out_str(o, ": ");
	return i + 1;
}

const struct proto proto_pweth = {
	.head    = { "pweth", fields, FIELDS },
	.path    = "pwethheuristic:pwethcw",
	.title   = "Pseudowire control word",
	.min_len = 4,
	.parse   = pweth_parse,
	.summary = pweth_summary,
};
