/* SPDX-License-Identifier: BSD-2-Clause */
/* gtp.c - GPRS Tunnelling Protocol, user plane, 3GPP TS 29.281 section 5 */
#include "decode/brief.h"

enum { FLAGS, MESSAGE, LENGTH, TEID, FIELDS };
enum { VERSION, PAYLOAD, RESERVED, E, S, PN, FLAG_FIELDS };

static const struct field flag_fields[FLAG_FIELDS] = {
	[VERSION]  = { "flags.version",  0, 3, UINT },
	[PAYLOAD]  = { "flags.payload",  3, 1, UINT },
	[RESERVED] = { "flags.reserved", 4, 1, UINT },
	[E]        = { "flags.e",        5, 1, BOOL },
	[S]        = { "flags.s",        6, 1, BOOL },
	[PN]       = { "flags.pn",       7, 1, BOOL },
};
static const struct record flag_parts = { "gtp", flag_fields, FLAG_FIELDS };

enum { ECHO_REQUEST = 1, ECHO_RESPONSE, ERROR_INDICATION = 26, END_MARKER = 254, G_PDU };

static const struct name messages[] = {
	{ ECHO_REQUEST, "echo request" }, { ECHO_RESPONSE, "echo response" },
	{ ERROR_INDICATION, "error indication" }, { 31, "supported extension headers" },
	{ END_MARKER, "end marker" }, { G_PDU, "T-PDU" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[FLAGS]   = { "flags",   0,  8, HEX, .parts = &flag_parts },
	[MESSAGE] = { "message", 8,  8, HEX, .names = messages },
	[LENGTH]  = { "length", 16, 16, UINT },		/* of what follows these fields */
	[TEID]    = { "teid",   32, 32, HEX },
};

#define HEAD_LEN 8
#define OPTIONAL_LEN 4	/* there if any of the three flags is set; what has no flag says nothing */
#define HAS_OPTIONAL 7u
#define UNIT 4		/* bytes that the length of an extension header counts in */

#define OPTIONAL(n, seq, npdu, next)						\
	static const struct field optional##n##_fields[] = {			\
		{ seq, 0, 16, HEX }, { npdu, 16, 8, HEX }, { next, 24, 8, HEX },	\
	};									\
	static const struct record optional##n = { "gtp", optional##n##_fields, 3 }

OPTIONAL(1, "unused.seq_number", "npdu_number", "unused.next");
OPTIONAL(2, "seq_number", "unused.npdu_number", "unused.next");
OPTIONAL(3, "seq_number", "npdu_number", "unused.next");
OPTIONAL(4, "unused.seq_number", "unused.npdu_number", "ext_hdr.next");
OPTIONAL(5, "unused.seq_number", "npdu_number", "ext_hdr.next");
OPTIONAL(6, "seq_number", "unused.npdu_number", "ext_hdr.next");
OPTIONAL(7, "seq_number", "npdu_number", "ext_hdr.next");

static const struct record *const optional[8] = {
	NULL, &optional1, &optional2, &optional3, &optional4, &optional5, &optional6, &optional7,
};

enum { EXTENSION_UDP_PORT = 0x40, EXTENSION_SESSION = 0x85, EXTENSION_PDCP = 0xc0 };

#define EXTENSION(id, title_, ...)						\
	static const struct field id##_fields[] = {				\
		{ "ext_hdr.length", 0, 8, UINT },				\
		__VA_ARGS__							\
	};									\
	static const struct record id = RECORD_OF("gtp", id##_fields, title_)
#define NEXT { "ext_hdr.next", 24, 8, HEX }

EXTENSION(udp_port, "UDP port", { "ext_hdr.udp_port", 8, 16, UINT }, NEXT);
EXTENSION(pdcp, "PDCP PDU number", { "ext_hdr.pdcp_sn", 8, 16, UINT }, NEXT);
EXTENSION(session_down, "PDU session container", { "ext_hdr.pdu_ses_con.pdu_type", 8, 4, UINT },
	  { "ext_hdr.flags", 12, 4, HEX }, { "ext_hdr.pdu_ses_cont.ppp", 16, 1, BOOL },
	  { "ext_hdr.pdu_ses_cont.rqi", 17, 1, BOOL },
	  { "ext_hdr.pdu_ses_con.qos_flow_id", 18, 6, UINT }, NEXT);
EXTENSION(session_up, "PDU session container", { "ext_hdr.pdu_ses_con.pdu_type", 8, 4, UINT },
	  { "ext_hdr.flags", 12, 6, HEX }, { "ext_hdr.pdu_ses_con.qos_flow_id", 18, 6, UINT }, NEXT);
EXTENSION(short_other, "Extension header", { "ext_hdr.content", 8, 16, BYTES }, NEXT);
EXTENSION(other, "Extension header", { "ext_hdr.content", 8, 0, BYTES });

static uint32_t extension_len(struct slice s)
{
	return slice_u8(s, 0) * UNIT;
}

static enum proto_id gtp_parse(struct step *s)
{
	uint32_t flags = (uint32_t)get(s, &fields[FLAGS]) & HAS_OPTIONAL, len = HEAD_LEN, next;

	if (get(s, &flag_fields[VERSION]) != 1 || get(s, &flag_fields[PAYLOAD]) != 1) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	len += flags ? OPTIONAL_LEN : 0;
	next = flags & 4 ? slice_u8(s->in, len - 1) : 0;
	while (next != 0 && slice_has(s->in, len, 1) && extension_len(slice_skip(s->in, len)) > 0) {
		len += extension_len(slice_skip(s->in, len));
		next = slice_u8(s->in, len - 1);
	}
	step_header(s, len);
	step_total(s, HEAD_LEN + (uint32_t)get(s, &fields[LENGTH]));
	s->key = (uint32_t)get(s, &fields[MESSAGE]);
	if (s->key != G_PDU)
		return PROTO_DATA;
	next = slice_u8(s->in, len) >> 4;
	return next == 4 ? PROTO_IPV4 : next == 6 ? PROTO_IPV6 : PROTO_DATA;
}

static RECORD_LIST(gtp_record, &optional1, &optional2, &optional3, &optional4, &optional5, &optional6,
		   &optional7, &udp_port, &pdcp, &session_down, &session_up, &short_other, &other)

/* An extension header's type is the last byte of what is before it. */
static const struct record *extension_of(uint32_t type, struct slice s)
{
	if (s.wire != UNIT)
		return &other;
	switch (type) {
	case EXTENSION_UDP_PORT:
		return &udp_port;
	case EXTENSION_PDCP:
		return &pdcp;
	case EXTENSION_SESSION:
		return slice_u8(s, 1) >> 4 == 0 ? &session_down : &session_up;
	default:
		return &short_other;
	}
}

static const struct record *gtp_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t flags = (uint32_t)field_get(whole, &fields[FLAGS]) & HAS_OPTIONAL;
	uint32_t at = whole.cap - min_u32(rest->cap, whole.cap);
	uint32_t len = index == 0 ? OPTIONAL_LEN : extension_len(*rest);

	if (flags == 0 || len == 0)
		return NULL;
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return index == 0 ? optional[flags] : extension_of(slice_u8(whole, at - 1), *opt);
}

/* "GTP-U, T-PDU, teid 0x0000004d: " and the packet inside. */
static uint32_t gtp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	const char *name = name_of(messages, (uint32_t)field_get(h, &fields[MESSAGE]));

	out_str(o, "GTP-U");
	if (note_stops((enum note)l->note)) {
		out_str(o, l->note == NOTE_BAD_VALUE ? " unknown version" : " [|gtp]");
		return b->d->count;
	}
	out_str(o, ", ");
	out_str(o, name ? name : "message ");
	if (!name)
		out_dec(o, l->next);
	out_str(o, ", teid 0x");
	out_hex(o, field_get(h, &fields[TEID]), 8);
	if (field_get(h, &flag_fields[S])) {
		out_str(o, ", seq ");
		out_dec(o, slice_u16(h, HEAD_LEN));
	}
	if (i + 1 < b->d->count && layer_proto(b->d, i + 1) != PROTO_DATA) {
		out_str(o, b->verbose ? "\n\t" : ": ");
		return i + 1;
	}
	out_str(o, ", length ");
	out_dec(o, l->wire);
	return b->d->count;
}

const struct proto proto_gtp = {
	.head    = { "gtp", fields, FIELDS },
	.title   = "GPRS Tunnelling Protocol",
	.min_len = HEAD_LEN,
	.over    = { { BY_UDPPORT, 2152 } },
	.parse   = gtp_parse,
	.option  = gtp_option,
	.record  = gtp_record,
	.summary = gtp_summary,
};
