/* SPDX-License-Identifier: BSD-2-Clause */
/* erspan.c - frames of another switch's port, draft-foschiano-erspan
 *
 * How it works: the first type has no header at all; GRE says so with a key of 0. The others begin with
 * their version.
 */
#include "decode/link.h"

/* Of types II and III, up to the session alike but for a name. */
#define SESSION(encap)					\
	{ "version",   0,  4, UINT, .names = versions },	\
	{ "vlan",      4, 12, UINT },			\
	{ "cos",      16,  3, UINT },			\
	{ encap,      19,  2, UINT },			\
	{ "truncated", 21, 1, UINT },			\
	{ "spanid",   22, 10, UINT }

enum { VERSION, VLAN, COS, ENCAP, TRUNCATED, SPANID };

static const struct name versions[] = { { 1, "Type II" }, { 2, "Type III" }, { 0, NULL } };

static const struct field two_fields[] = {
	SESSION("encap"),
	{ "reserved", 32, 12, UINT },
	{ "index",    44, 20, UINT },
};
static const struct record two = { "erspan", two_fields, 8 };

enum { TIMESTAMP = SPANID + 1, SGT, HAS_PDU, FRAME_TYPE, HARDWARE, DIRECTION, GRANULARITY, OPTIONAL,
       THREE_FIELDS };

static const struct field three_fields[THREE_FIELDS] = {
	SESSION("bso"),
	[TIMESTAMP]   = { "timestamp", 32, 32, UINT },
	[SGT]         = { "sgt",       64, 16, UINT },
	[HAS_PDU]     = { "p",         80,  1, UINT },
	[FRAME_TYPE]  = { "ft",        81,  5, UINT },
	[HARDWARE]    = { "hw",        86,  6, UINT },
	[DIRECTION]   = { "direction", 92,  1, BOOL },
	[GRANULARITY] = { "gra",       93,  2, UINT },
	[OPTIONAL]    = { "o",         95,  1, UINT },
};
static const struct record three = { "erspan", three_fields, THREE_FIELDS };

static const struct field sub_fields[] = {
	{ "platid",       0,  6, UINT },
	{ "platform",     6, 58, HEX },		/* each platform's own */
};
static const struct record sub = { "erspan", sub_fields, 2, "Platform specific subheader" };

#define FRAME_IP 2	/* frame type: IP without a link header */

static enum proto_id erspan_parse(struct step *s)
{
	uint64_t version = get(s, &two_fields[VERSION]);

	if (s->key == 0)
		return PROTO_ETH;
	if (version < 1 || version > 2) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	if (version == 1) {
		step_header(s, record_len(&two));
		return PROTO_ETH;
	}
	step_header(s, record_len(&three) +
		    (get(s, &three_fields[OPTIONAL]) ? record_len(&sub) : 0));
	return get(s, &three_fields[FRAME_TYPE]) == FRAME_IP ? PROTO_RAW : PROTO_ETH;
}

static RECORD_LIST(erspan_record, &two, &three, &sub)

static const struct record *erspan_option(struct slice whole, uint32_t index, struct slice *rest,
					  struct slice *opt)
{
	const struct record *r = index == 0 ? &three : &sub;

	if (index == 0 && field_get(whole, &two_fields[VERSION]) == 1)
		r = &two;
	if (index > 1)
		return NULL;
	*opt = slice_clip(*rest, record_len(r));
	*rest = slice_skip(*rest, record_len(r));
	return r;
}

/* "ERSPAN type II, session 5, vlan 10: " */
static uint32_t erspan_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	if (note_stops((enum note)l->note)) {
		out_str(o, "ERSPAN [|erspan]");
		return b->d->count;
	}
	out_str(o, h.wire == 0 ? "ERSPAN type I" :
		   h.wire == record_len(&two) ? "ERSPAN type II" : "ERSPAN type III");
	if (h.wire > 0) {
		out_str(o, ", session ");
		out_dec(o, field_get(h, &two_fields[SPANID]));
		out_str(o, ", vlan ");
		out_dec(o, field_get(h, &two_fields[VLAN]));
	}
	out_str(o, ": ");
	return i + 1;
}

const struct proto proto_erspan = {
	.head    = { "erspan", NULL, 0 },
	.title   = "Encapsulated Remote Switched Port Analysis",
	.over    = { { BY_ETHERTYPE, LINK_ERSPAN }, { BY_ETHERTYPE, 0x22eb } },
	.parse   = erspan_parse,
	.option  = erspan_option,
	.record  = erspan_record,
	.summary = erspan_summary,
};
