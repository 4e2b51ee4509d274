/* SPDX-License-Identifier: BSD-2-Clause */
/* mpls.c - Multiprotocol Label Switching, RFC 3032; traffic class: RFC 5462
 *
 * How it works: the first label is the head, those below it are options. Nothing says what is under
 * the stack: its first four bits are an IP version, or 0 of a pseudowire's control word (RFC 4385,
 * section 3), or 1 of a channel beside it.
 */
#include "decode/link.h"

#define LABEL_LEN 4	/* bytes */
#define CONTROL_WORD 4

enum { LABEL, EXP, BOTTOM, TTL, FIELDS };

static const struct name labels[] = {	/* RFC 3032, section 2.1; RFC 5586; RFC 6790 */
	{ 0, "IPv4 explicit NULL" }, { 1, "router alert" }, { 2, "IPv6 explicit NULL" },
	{ 3, "implicit NULL" }, { 7, "entropy label indicator" }, { 13, "generic associated channel" },
	{ 14, "OAM alert" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[LABEL]  = { "label",   0, 20, UINT, .names = labels },
	[EXP]    = { "exp",    20,  3, UINT },
	[BOTTOM] = { "bottom", 23,  1, BOOL },
	[TTL]    = { "ttl",    24,  8, UINT },
};

static const struct record label_record = { "mpls", fields, FIELDS, "MPLS label" };

#define TYPE_AT 12	/* bytes, of an Ethernet header */

static bool looks_like_frame(struct slice s)
{
	return slice_has(s, TYPE_AT, 2) &&
	       proto_by(BY_ETHERTYPE, slice_u16(s, TYPE_AT)) != PROTO_DATA;
}

/* An Ethernet pseudowire has a control word, or has none (RFC 4448, section 4.6): where the first
 * bits could be both, the type that a frame would have decides.
 */
static enum proto_id under(struct slice payload)
{
	uint32_t first = slice_u8(payload, 0) >> 4;

	if (first == 4)
		return PROTO_IPV4;
	if (first == 6)
		return PROTO_IPV6;
	if (first == 1)
		return PROTO_PWACH;
	if (first == 0 && looks_like_frame(slice_skip(payload, CONTROL_WORD)))
		return PROTO_PWETH;
	if (looks_like_frame(payload))
		return PROTO_ETH;
	return first == 0 ? PROTO_PWETH : PROTO_DATA;
}

static enum proto_id mpls_parse(struct step *s)
{
	struct slice rest = s->in;

	while (rest.cap >= LABEL_LEN && !field_get(rest, &fields[BOTTOM]))
		rest = slice_skip(rest, LABEL_LEN);
	step_header(s, slice_offset(s->in, rest) + LABEL_LEN);
	return under(slice_skip(rest, LABEL_LEN));
}

static RECORD_LIST(mpls_record, &label_record)

static const struct record *mpls_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	(void)whole;
	(void)index;
	*opt = slice_clip(*rest, LABEL_LEN);
	*rest = slice_skip(*rest, LABEL_LEN);
	return &label_record;
}

static void put_label(struct out *o, const struct brief *b, struct slice s)
{
	const char *name = name_of(labels, (uint32_t)field_get(s, &fields[LABEL]));

	out_str(o, "(label ");
	out_dec(o, field_get(s, &fields[LABEL]));
	if (b->verbose && name) {
		out_str(o, " (");
		out_str(o, name);
		out_char(o, ')');
	}
	out_str(o, ", tc ");
	out_dec(o, field_get(s, &fields[EXP]));
	out_str(o, field_get(s, &fields[BOTTOM]) ? ", [S], ttl " : ", ttl ");
	out_dec(o, field_get(s, &fields[TTL]));
	out_char(o, ')');
}

#define LABELS_SHOWN 6	/* without -v */

/* "MPLS (label 16000, tc 0, [S], ttl 126) " and what is under it. */
static uint32_t mpls_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	const char *between = " ";
	uint32_t n = 0;

	out_str(o, "MPLS");
	for (struct slice s = layer_head(b->d, l); s.cap >= LABEL_LEN; s = slice_skip(s, LABEL_LEN)) {
		if (n++ == LABELS_SHOWN && !b->verbose)
			out_str(o, " ...");
		if (n > LABELS_SHOWN && !b->verbose)
			continue;
		out_str(o, between);
		put_label(o, b, s);
		between = b->verbose ? "\n\t" : " ";
	}
	if (note_stops((enum note)l->note)) {
		out_str(o, l->note == NOTE_BAD_LENGTH ? " (invalid)" : " [|mpls]");
		return b->d->count;
	}
	if (layer_proto(b->d, i + 1) == PROTO_NONE)
		return b->d->count;
	if (layer_proto(b->d, i + 1) != PROTO_DATA)
		out_str(o, between);
	return i + 1;
}

const struct proto proto_mpls = {
	.head    = { "mpls", fields, FIELDS },
	.title   = "Multiprotocol Label Switching",
	.min_len = LABEL_LEN,
	.over    = { { BY_ETHERTYPE, 0x8847 }, { BY_ETHERTYPE, 0x8848 }, { BY_IPPROTO, 137 },
		     { BY_UDPPORT, 6635 } },	/* RFC 4023; RFC 7510 */
	.parse   = mpls_parse,
	.option  = mpls_option,
	.record  = mpls_record,
	.summary = mpls_summary,
};
