/* SPDX-License-Identifier: BSD-2-Clause */
/* ppp.c - Point-to-Point Protocol, RFC 1661 section 2; address and control: RFC 1662 section 3.1
 *
 * How it works: what a frame begins with depends on where it comes from, and on what was agreed: the
 * head is empty, and each form of its fields is a record.
 */
#include "decode/brief.h"

static const struct name protocols[] = {
	{ 0x0021, "IP" }, { 0x0057, "IP6" }, { 0x0281, "MPLS" }, { 0x8021, "IPCP" },
	{ 0x8057, "IP6CP" }, { 0x80fd, "CCP" }, { 0xc021, "LCP" }, { 0xc023, "PAP" },
	{ 0xc025, "LQR" }, { 0xc223, "CHAP" }, { 0xc227, "EAP" }, { 0, NULL },
};

static const struct field wide = { "protocol", 0, 16, HEX, .names = protocols };
static const struct field narrow = { "protocol", 0, 8, HEX, .digits = 4, .names = protocols };
static const struct field framing_fields[] = {
	{ "address", 0, 8, HEX },
	{ "control", 8, 8, HEX },
};
static const struct record wide_record = { "ppp", &wide, 1 };
static const struct record narrow_record = { "ppp", &narrow, 1 };
static const struct record framing = { "ppp", framing_fields, 2 };

#define FRAMING 0xff03	/* all stations, unnumbered information: often left out */

/* An odd first byte is the whole number, compressed: RFC 1661, section 6.5. */
static bool is_narrow(struct slice s)
{
	return slice_u8(s, 0) & 1;
}

static enum proto_id ppp_parse(struct step *s)
{
	uint32_t at = slice_u16(s->in, 0) == FRAMING ? 2 : 0;
	struct slice rest = slice_skip(s->in, at);

	step_header(s, at + (is_narrow(rest) ? 1 : 2));
	s->key = is_narrow(rest) ? slice_u8(rest, 0) : slice_u16(rest, 0);
	switch (s->key) {
	case 0x0021:
		return PROTO_IPV4;
	case 0x0057:
		return PROTO_IPV6;
	case 0x0281:
	case 0x0283:
		return PROTO_MPLS;
	case 0x8021:
		return PROTO_IPCP;
	case 0xc021:
		return PROTO_LCP;
	default:
		return PROTO_DATA;
	}
}

static RECORD_LIST(ppp_record, &wide_record, &narrow_record, &framing)

static const struct record *ppp_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	const struct record *r = is_narrow(*rest) ? &narrow_record : &wide_record;

	if (index == 0 && slice_u16(whole, 0) == FRAMING)
		r = &framing;
	*opt = slice_clip(*rest, record_len(r));
	*rest = slice_skip(*rest, record_len(r));
	return r;
}

/* "IP (0x0021), length 35: ", with -e. */
static void put_protocol(struct out *o, const char *name, const struct layer *l)
{
	out_str(o, name);
	out_str(o, " (0x");
	out_hex(o, l->next, 4);
	out_str(o, "), length ");
	out_dec(o, l->wire);
	out_str(o, ": ");
}

/* What follows says what it is; of what is not decoded the name and the length. */
static uint32_t ppp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	const char *name = name_of(protocols, l->next);

	if (note_stops((enum note)l->note)) {
		out_str(o, "[|ppp]");
		return b->d->count;
	}
	if (i + 1 < b->d->count && layer_proto(b->d, i + 1) != PROTO_DATA) {
		if (b->link && name)
			put_protocol(o, name, l);
		return i + 1;
	}
	out_str(o, name ? name : "unknown PPP protocol (0x");
	if (!name) {
		out_hex(o, l->next, 4);
		out_char(o, ')');
	}
	out_str(o, ", length ");
	out_dec(o, l->wire);
	return b->d->count;
}

const struct proto proto_ppp = {
	.head    = { "ppp", NULL, 0 },
	.title   = "Point-to-Point Protocol",
	.over    = { { BY_ETHERTYPE, 0x880b } },
	.parse   = ppp_parse,
	.option  = ppp_option,
	.record  = ppp_record,
	.summary = ppp_summary,
};
