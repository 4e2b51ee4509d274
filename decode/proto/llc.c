/* SPDX-License-Identifier: BSD-2-Clause */
/* llc.c - Logical Link Control, IEEE 802.2 section 3 */
#include "decode/link.h"

enum { DSAP, SSAP, FIELDS };
enum { SAP, LOWEST, SAP_PARTS };
enum { SUPERVISORY = 1, UNNUMBERED = 3 };	/* the two lowest bits of the control field */

static const struct field dsap_parts[SAP_PARTS] = {
	[SAP]    = { "dsap.sap", 0, 7, UINT },
	[LOWEST] = { "dsap.ig",  7, 1, BOOL },
};
static const struct field ssap_parts[SAP_PARTS] = {
	[SAP]    = { "ssap.sap",  8, 7, UINT },
	[LOWEST] = { "ssap.cr",  15, 1, BOOL },
};
static const struct record dsap_record = { "llc", dsap_parts, SAP_PARTS };
static const struct record ssap_record = { "llc", ssap_parts, SAP_PARTS };

static const struct field fields[FIELDS] = {
	[DSAP] = { "dsap", 0, 8, HEX, .parts = &dsap_record },
	[SSAP] = { "ssap", 8, 8, HEX, .parts = &ssap_record },
};

/* Unnumbered frames have one byte of control, the others two. */
static const struct field control8 = { "control", 0, 8, HEX, .digits = 4 };
static const struct field control16 = { "control", 0, 16, HEX, .little = true };
static const struct record control8_record = { "llc", &control8, 1 };
static const struct record control16_record = { "llc", &control16, 1 };

static const struct name saps[] = {
	{ 0x00, "Null" }, { 0x02, "802.1B I" }, { 0x04, "SNA" }, { 0x06, "IP" },
	{ 0x0e, "ProWay NM" }, { 0x42, "STP" }, { 0x4e, "RS511" }, { 0x7e, "ISO8208" },
	{ 0x8e, "ProWay" }, { 0xaa, "SNAP" }, { 0xe0, "IPX" }, { 0xf0, "NetBeui" },
	{ 0xfe, "OSI" }, { 0, NULL },
};

#define POLL 0x10u	/* in an unnumbered frame's control */
#define UI 0x03
#define XID 0xaf

static const struct name commands[] = {
	{ UI, "ui" }, { 0x0f, "dm" }, { 0x43, "disc" }, { 0x63, "ua" }, { 0x6f, "sabme" },
	{ 0x87, "frmr" }, { XID, "xid" }, { 0xe3, "test" }, { 0, NULL },
};

static const char *const supervisory[4] = { "Receiver Ready", "Receiver not Ready", "Reject", "?" };

static bool unnumbered(struct slice rest)
{
	return (field_get(rest, &control8) & 3) == UNNUMBERED;
}

static enum proto_id llc_parse(struct step *s)
{
	struct slice rest = slice_skip(s->in, s->min_len);
	uint32_t dsap = (uint32_t)get(s, &fields[DSAP]), ssap = (uint32_t)get(s, &fields[SSAP]);

	step_header(s, s->min_len + (unnumbered(rest) || rest.wire == 0 ? 1 : 2));
	s->key = dsap & 0xfe;
	if (field_get(rest, &control8) != UI || (dsap & 0xfe) != (ssap & 0xfe))
		return PROTO_DATA;
	return proto_by(BY_LLC, s->key);
}

static RECORD_LIST(llc_record, &control8_record, &control16_record)

static const struct record *llc_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	(void)whole;
	if (index > 0 || rest->cap == 0)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, rest->cap);
	return unnumbered(*opt) ? &control8_record : &control16_record;
}

static void put_sap(struct out *o, const char *end, uint32_t sap)
{
	const char *name = name_of(saps, sap & 0xfe);

	if (name) {
		out_str(o, name);
		return;
	}
	out_str(o, "Unknown ");
	out_str(o, end);
	out_str(o, " 0x");
	out_hex(o, sap & 0xfe, 2);
}

/* -e: "LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: " */
static void put_header(struct out *o, uint32_t dsap, uint32_t ssap, struct slice control)
{
	const char *name = name_of(saps, dsap & 0xfe);

	out_str(o, "LLC, dsap ");
	out_str(o, name ? name : "Unknown");
	out_str(o, " (0x");
	out_hex(o, dsap & 0xfe, 2);
	out_str(o, dsap & 1 ? ") Group, ssap " : ") Individual, ssap ");
	name = name_of(saps, ssap & 0xfe);
	out_str(o, name ? name : "Unknown");
	out_str(o, " (0x");
	out_hex(o, ssap & 0xfe, 2);
	out_str(o, ssap & 1 ? ") Response, ctrl 0x" : ") Command, ctrl 0x");
	if (unnumbered(control))
		out_hex(o, field_get(control, &control8), 2);
	else
		out_hex(o, field_get(control, &control16), 4);
	out_str(o, ": ");
}

/* "A SSAP > B DSAP ", or "A > B SAP " where they are the same. */
static void put_stations(struct out *o, const struct brief *b, uint32_t i, uint32_t dsap,
			 uint32_t ssap)
{
	struct slice src, dst;
	bool ethernet = link_stations(b, i, &src, &dst), same = ((dsap ^ ssap) & 0xfe) == 0;

	if (ethernet) {
		out_mac(o, src);
		out_char(o, ' ');
	}
	if (!same) {
		put_sap(o, "SSAP", ssap);
		out_char(o, ' ');
	}
	if (ethernet || !same)
		out_str(o, "> ");
	if (ethernet) {
		out_mac(o, dst);
		out_char(o, ' ');
	}
	put_sap(o, "DSAP", dsap);
	out_char(o, ' ');
}

static void put_unnumbered(struct out *o, uint32_t control)
{
	const char *name = name_of(commands, control & ~POLL);

	out_str(o, "Unnumbered, ");
	if (name)
		out_str(o, name);
	else
		out_hex(o, control & ~POLL, 2);
}

static void put_numbered(struct out *o, uint32_t control)
{
	if ((control & 3) == SUPERVISORY) {
		out_str(o, "Supervisory, ");
		out_str(o, supervisory[control >> 2 & 3]);
	} else {
		out_str(o, "Information, send seq ");
		out_dec(o, control >> 1 & 0x7f);
	}
	out_str(o, ", rcv seq ");
	out_dec(o, control >> 9 & 0x7f);
}

/* "Unnumbered, ui, Flags [Command]" */
static void put_control(struct out *o, uint32_t ssap, struct slice control)
{
	uint32_t value;
	bool poll;

	if (unnumbered(control)) {
		value = (uint32_t)field_get(control, &control8);
		poll = value & POLL;
		put_unnumbered(o, value);
	} else {
		value = (uint32_t)field_get(control, &control16);
		poll = value & 0x100;
		put_numbered(o, value);
	}
	out_str(o, ", Flags [");
	if (ssap & 1)
		out_str(o, poll ? "Final" : "Response");
	else
		out_str(o, poll ? "Poll" : "Command");
	out_char(o, ']');
}

static uint32_t llc_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), control = slice_skip(h, protos[PROTO_LLC]->min_len);
	uint32_t dsap = (uint32_t)field_get(h, &fields[DSAP]);
	uint32_t ssap = (uint32_t)field_get(h, &fields[SSAP]);
	enum proto_id next = proto_by(BY_LLC, l->next);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|llc]");
		if (!b->dumped)
			out_hexdump(o, layer_whole(b->d, l), 0, 1);
		return b->d->count;
	}
	if (b->link)
		put_header(o, dsap, ssap, control);
	if (field_get(control, &control8) == UI && (dsap & 0xfe) == (ssap & 0xfe) &&
	    next != PROTO_DATA)
		return link_missing(o, b, i, next);
	if (!b->link)
		put_stations(o, b, i, dsap, ssap);
	put_control(o, ssap, control);
	out_str(o, ", length ");
	out_dec(o, l->wire);
	/* Nothing is behind supervisory frames, nor an XID without its information field. */
	if (!b->dumped && !b->quiet &&
	    (field_get(control, &control8) & 3) != SUPERVISORY &&
	    !((field_get(control, &control8) & ~POLL) == XID && l->wire == l->len))
		out_hexdump(o, layer_whole(b->d, l), 0, 1);
	return b->d->count;
}

const struct proto proto_llc = {
	.head    = { "llc", fields, FIELDS },
	.title   = "Logical Link Control",
	.link    = true,
	.min_len = 2,
	.over    = { { NO_KEY, 0 } },
	.parse   = llc_parse,
	.option  = llc_option,
	.record  = llc_record,
	.summary = llc_summary,
};
