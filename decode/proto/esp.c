/* SPDX-License-Identifier: BSD-2-Clause */
/* esp.c - Encapsulating Security Payload, RFC 4303 section 2; what follows is encrypted */
#include "decode/brief.h"

enum { SPI, SEQUENCE, FIELDS };

static const struct field fields[FIELDS] = {
	[SPI]      = { "spi",       0, 32, HEX },
	[SEQUENCE] = { "sequence", 32, 32, UINT },
};

static enum proto_id esp_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

static uint32_t esp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|esp]");
		return b->d->count;
	}
	out_str(o, "ESP(spi=0x");
	out_hex(o, field_get(h, &fields[SPI]), 8);
	out_str(o, ",seq=0x");
	out_hex(o, field_get(h, &fields[SEQUENCE]), 1);
	out_str(o, "), length ");
	out_dec(o, l->wire);
	return b->d->count;
}

const struct proto proto_esp = {
	.head    = { "esp", fields, FIELDS },
	.title   = "Encapsulating Security Payload",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 50 } },
	.parse   = esp_parse,
	.summary = esp_summary,
};
