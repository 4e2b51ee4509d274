/* SPDX-License-Identifier: BSD-2-Clause */
/* ah.c - Authentication Header, RFC 4302 section 2 */
#include "decode/ip.h"

enum { NEXT, LENGTH, RESERVED, SPI, SEQUENCE, ICV, FIELDS };

static const struct field fields[FIELDS] = {
	[NEXT]     = { "next_header",  0,  8, UINT },
	[LENGTH]   = { "length",       8,  8, UINT },	/* in units of 4 bytes, the first two left out */
	[RESERVED] = { "reserved",    16, 16, BYTES },
	[SPI]      = { "spi",         32, 32, HEX },
	[SEQUENCE] = { "sequence",    64, 32, UINT },
	[ICV]      = { "icv",         96,  0, BYTES },
};

static enum proto_id ah_parse(struct step *s)
{
	step_header(s, ((uint32_t)get(s, &fields[LENGTH]) + 2) * 4);
	s->key = (uint32_t)get(s, &fields[NEXT]);
	return proto_by_ip(s->key);
}

/* "AH(spi=0x00000100,seq=0x5,icv=0x000102030405060708090a0b): " */
static uint32_t ah_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), icv = slice_skip(h, fields[ICV].bit / 8);

	if (note_stops((enum note)l->note)) {
		out_str(o, "AH( [|ah]");
		return b->d->count;
	}
	out_str(o, "AH(");
	if (b->verbose) {
		out_str(o, "length=");
		out_dec(o, field_get(h, &fields[LENGTH]));
		out_char(o, '(');
		out_dec(o, h.wire);
		out_str(o, "-bytes),");
	}
	if (field_get(h, &fields[RESERVED])) {
		out_str(o, "reserved=0x");
		out_hex(o, field_get(h, &fields[RESERVED]), 1);
		out_str(o, "[MustBeZero],");
	}
	out_str(o, "spi=0x");
	out_hex(o, field_get(h, &fields[SPI]), 8);
	out_str(o, ",seq=0x");
	out_hex(o, field_get(h, &fields[SEQUENCE]), 1);
	out_str(o, ",icv=0x");
	out_hexbytes(o, icv, 0, icv.cap);
	out_str(o, "): ");
	return ip_next(o, b, i);
}

const struct proto proto_ah = {
	.head    = { "ah", fields, FIELDS },
	.title   = "Authentication Header",
	.min_len = 12,
	.over    = { { BY_IPPROTO, 51 } },
	.parse   = ah_parse,
	.summary = ah_summary,
};
