/* SPDX-License-Identifier: BSD-2-Clause */
/* marker.c - Marker Protocol of link aggregation, IEEE 802.1AX section 6.5 */
#include "decode/brief.h"

enum { VERSION, TYPE, LENGTH, REQUESTER, SYSTEM, TRANSACTION, PAD, FIELDS };

static const struct name types[] = { { 1, "Marker" }, { 2, "Marker response" }, { 0, NULL } };

static const struct field fields[FIELDS] = {
	[VERSION]     = { "version",             0,  8, HEX },
	[TYPE]        = { "tlvType",             8,  8, HEX, .names = types },
	[LENGTH]      = { "tlvLen",             16,  8, HEX },
	[REQUESTER]   = { "requesterPort",      24, 16, UINT },
	[SYSTEM]      = { "requesterSystem",    40, 48, MAC },
	[TRANSACTION] = { "requesterTransId",   88, 32, UINT },
	[PAD]         = { "requesterPad",      120, 16, UINT },
};

static const struct field end_fields[] = {
	{ "tlvType",   0,  8, HEX },
	{ "tlvLen",    8,  8, HEX },
	{ "reserved", 16,  0, BYTES },
};
static const struct record end = { "marker", end_fields, 3, "Terminator" };

static enum proto_id marker_parse(struct step *s)
{
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

static RECORD_LIST(marker_record, &end)

static const struct record *marker_option(struct slice whole, uint32_t index, struct slice *rest,
					  struct slice *opt)
{
	(void)whole;
	if (index > 0 || rest->cap < 2)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, rest->wire);
	return &end;
}

/* "MARKERv1, length 110" */
static uint32_t marker_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	out_str(o, "MARKER");
	if (note_stops((enum note)l->note)) {
		out_str(o, " [|marker]");
		return b->d->count;
	}
	out_char(o, 'v');
	out_dec(o, field_get(h, &fields[VERSION]));
	out_str(o, ", length ");
	out_dec(o, i > 0 ? b->d->layer[i - 1].wire : l->wire);
	if (!b->verbose)
		return b->d->count;
	out_str(o, "\n\tMarker Information TLV (0x01), length 16\n\t  Request System ");
	out_mac(o, field_bytes(h, &fields[SYSTEM]));
	out_str(o, ", Request Port ");
	out_dec(o, field_get(h, &fields[REQUESTER]));
	out_str(o, ", Request Transaction ID 0x");
	out_hex(o, field_get(h, &fields[TRANSACTION]), 8);
	out_str(o, "\n\tTerminator TLV (0x00), length 0");
	return b->d->count;
}

const struct proto proto_marker = {
	.head    = { "marker", fields, FIELDS },
	.title   = "Marker Protocol",
	.min_len = 17,
	.parse   = marker_parse,
	.option  = marker_option,
	.record  = marker_record,
	.summary = marker_summary,
};
