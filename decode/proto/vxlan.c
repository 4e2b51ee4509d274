/* SPDX-License-Identifier: BSD-2-Clause */
/* vxlan.c - Virtual eXtensible Local Area Network, RFC 7348; group policy: draft-smith-vxlan-group-policy */
#include "decode/brief.h"

enum { FLAGS, GROUP, VNI, RESERVED, FIELDS };
enum { FLAG_G, RESERVED1, FLAG_I, RESERVED2, FLAG_D, RESERVED3, FLAG_A, RESERVED4, FLAG_FIELDS };

static const struct field flag_fields[FLAG_FIELDS] = {
	[FLAG_G]    = { "flag_g",         0, 1, BOOL },
	[RESERVED1] = { "flags.reserved1", 1, 3, HEX },
	[FLAG_I]    = { "flag_i",         4, 1, BOOL },
	[RESERVED2] = { "flags.reserved2", 5, 4, HEX },
	[FLAG_D]    = { "flag_d",         9, 1, BOOL },
	[RESERVED3] = { "flags.reserved3", 10, 2, HEX },
	[FLAG_A]    = { "flag_a",        12, 1, BOOL },
	[RESERVED4] = { "flags.reserved4", 13, 3, HEX },
};
static const struct record flag_parts = { "vxlan", flag_fields, FLAG_FIELDS };

static const struct field fields[FIELDS] = {
	[FLAGS]    = { "flags",      0, 16, HEX, .parts = &flag_parts },
	[GROUP]    = { "gbp",       16, 16, UINT },
	[VNI]      = { "vni",       32, 24, UINT },
	[RESERVED] = { "reserved8", 56,  8, UINT },
};

static enum proto_id vxlan_parse(struct step *s)
{
	(void)s;
	return PROTO_ETH;
}

/* "VXLAN, flags [I] (0x08), vni 100: " and the frame inside. */
static uint32_t vxlan_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	out_str(o, "VXLAN");
	if (note_stops((enum note)l->note)) {
		out_str(o, l->note == NOTE_BAD_LENGTH ? " (invalid)" : " [|vxlan]");
		return b->d->count;
	}
	out_str(o, field_get(h, &flag_fields[FLAG_I]) ? ", flags [I] (0x" : ", flags [invalid] (0x");
	out_hex(o, field_get(h, &fields[FLAGS]) >> 8, 2);
	out_str(o, "), vni ");
	out_dec(o, field_get(h, &fields[VNI]));
	if (field_get(h, &flag_fields[FLAG_G])) {
		out_str(o, ", group ");
		out_dec(o, field_get(h, &fields[GROUP]));
	}
	if (layer_proto(b->d, i + 1) != PROTO_NONE)
		out_str(o, b->verbose ? "\n\t" : ": ");
	return i + 1;
}

const struct proto proto_vxlan = {
	.head    = { "vxlan", fields, FIELDS },
	.title   = "Virtual eXtensible Local Area Network",
	.min_len = 8,
	.over    = { { BY_UDPPORT, 4789 } },
	.parse   = vxlan_parse,
	.summary = vxlan_summary,
};
