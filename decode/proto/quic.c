/* SPDX-License-Identifier: BSD-2-Clause */
/* quic.c - QUIC packets: RFC 9000 section 17, RFC 8999, RFC 9369 */
#include "decode/proto/quic.h"

#include "decode/proto/tls.h"

enum { HEADER_FORM, FIXED_BIT, TYPE, PROTECTED, FIELDS };

/* RFC 9369, section 3.2: version 2 numbers its types otherwise; of a packet that has not said its version
 * there is no type either.
 */
static bool is_v1(struct slice packet)
{
	return slice_u8(packet, 0) >> 7 && slice_u32(packet, 1) == QUIC_V1;
}

/* Retry and Version Negotiation have other bits there, as far as Wireshark is concerned. */
static bool has_fixed_bit(struct slice packet)
{
	return !(slice_u8(packet, 0) >> 7) || (slice_u32(packet, 1) != 0 &&
	       !(slice_u32(packet, 1) == QUIC_V1 && (slice_u8(packet, 0) >> 4 & 3) == QUIC_RETRY));
}

static const struct name types[] = {
	{ QUIC_SHORT, "Protected Payload" },	/* most are */
	{ QUIC_INITIAL, "Initial" }, { QUIC_0RTT, "0-RTT" }, { QUIC_HANDSHAKE, "Handshake" },
	{ QUIC_RETRY, "Retry" }, { QUIC_NEGOTIATION, "Version Negotiation" },
	{ QUIC_UNKNOWN, "Unknown version" }, { 0, NULL },
};
static const struct name forms[] = { { 0, "short" }, { 1, "long" }, { 0, NULL } };
static const struct name versions[] = {
	{ 0, "Version Negotiation" }, { QUIC_V1, "1" }, { QUIC_V2, "2" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[HEADER_FORM] = { "header_form",      0, 1, UINT, .names = forms },
	[FIXED_BIT]   = { "fixed_bit",        1, 1, BOOL, .when = has_fixed_bit },
	[TYPE]        = { "long.packet_type", 2, 2, UINT, .names = types, .when = is_v1 },
	[PROTECTED]   = { "protected_bits",   4, 4, HEX },
};

enum { VERSION, DCIL, DCID };
static const struct field destination[] = {
	[VERSION] = { "version", 0, 32, HEX, .names = versions },
	[DCIL]    = { "dcil",   32,  8, UINT },
	[DCID]    = { "dcid",   40,  0, BYTES },
};
static const struct field source[] = { { "scil", 0, 8, UINT }, { "scid", 8, 0, BYTES } };
static const struct field supported[] = {
	{ "supported_version", 0, 32, HEX, .repeat = true, .names = versions },
};
static const struct field token[] = { { "token_length", 0, 0, VARINT62 }, { "token", 0, 0, BYTES } };
static const struct field length[] = { { "length", 0, 0, VARINT62 } };
static const struct field remaining[] = { { "remaining_payload", 0, 0, BYTES } };
static const struct field payload[] = { { "protected_payload", 0, 0, BYTES } };
static const struct field retry_token[] = { { "retry_token", 0, 0, BYTES } };
static const struct field retry_tag[] = { { "retry_integrity_tag", 0, 0, BYTES } };
static const struct field host[] = { { "handshake.extensions_server_name", 0, 0, MADE } };
static const struct field alpn[] = { { "handshake.extensions_alpn_str", 0, 0, MADE } };
static const struct field ja4[] = { { "handshake.ja4", 0, 0, MADE } };

#define RECORD(name, fields) RECORD_OF(name, fields, NULL)
static const struct record destination_record = RECORD("quic", destination);
static const struct record source_record = RECORD("quic", source);
static const struct record supported_record = RECORD("quic", supported);
static const struct record token_record = RECORD("quic", token);
static const struct record length_record = RECORD("quic", length);
static const struct record remaining_record = RECORD("quic", remaining);
static const struct record payload_record = RECORD("quic", payload);
static const struct record retry_token_record = RECORD("quic", retry_token);
static const struct record retry_tag_record = RECORD("quic", retry_tag);
static const struct record host_record = RECORD("tls", host);
static const struct record alpn_record = RECORD("tls", alpn);
static const struct record ja4_record = RECORD("tls", ja4);

enum { FIRST_BYTE = 1, LONG_FORM = 0x80, VERSION_BYTES = 4, LONG_MIN = 7, ID_MAX = 20, TAG = 16 };

/* Of a long header: RFC 9000, section 17.2, and RFC 9369, section 3.2. */
static enum quic_type type_of(uint8_t first, uint32_t version)
{
	uint32_t type = first >> 4 & 3;

	if (version == 0)
		return QUIC_NEGOTIATION;
	if (version == QUIC_V2)
		type = (type + 3) & 3;
	return version == QUIC_V1 || version == QUIC_V2 ? (enum quic_type)type : QUIC_UNKNOWN;
}

static struct slice take(struct slice *rest, uint64_t n)
{
	uint32_t most = n < rest->wire ? (uint32_t)n : rest->wire;
	struct slice part = slice_clip(*rest, most);

	*rest = slice_skip(*rest, most);
	return part;
}

struct quic quic_read(struct slice s)
{
	struct quic q = { .type = QUIC_SHORT, .end = s.wire };
	struct slice rest;
	uint64_t size;

	if (!(slice_u8(s, 0) & LONG_FORM))
		return q;
	q.version = slice_u32(s, FIRST_BYTE);
	q.type = type_of(slice_u8(s, 0), q.version);
	rest = slice_skip(s, FIRST_BYTE + VERSION_BYTES);
	q.dcid = take(&rest, slice_u8(take(&rest, 1), 0));
	q.scid = take(&rest, slice_u8(take(&rest, 1), 0));
	if (q.type == QUIC_INITIAL) {
		size = slice_varint62(rest);
		rest = slice_skip(rest, slice_varint62_len(rest));
		q.token = take(&rest, size);
	}
	if (q.type > QUIC_HANDSHAKE || rest.cap == 0)
		return q;
	size = slice_varint62(rest);
	rest = slice_skip(rest, slice_varint62_len(rest));
	q.number = s.wire - rest.wire;
	q.end = size < UINT16_MAX ? q.number + (uint32_t)size : UINT32_MAX;
	return q;
}

/* The fixed bit says nothing, for there are who change it on purpose (RFC 9287). Zeros fill a datagram up. */
static bool is_packet(struct slice s, const struct quic *q)
{
	if (q->type == QUIC_SHORT)
		return slice_u8(s, 0) != 0;
	return s.wire >= LONG_MIN && (q->type > QUIC_RETRY || q->dcid.wire <= ID_MAX);
}

static enum proto_id quic_parse(struct step *s)
{
	struct quic q = quic_read(s->in);

	if (!is_packet(s->in, &q))
		return step_decline(s);
	step_header(s, q.end);
	return PROTO_QUIC;
}

static bool quic_proves(struct slice s)
{
	struct quic q = quic_read(s);

	return s.cap >= LONG_MIN && q.type < QUIC_RETRY && is_packet(s, &q) && q.number > 0 &&
	       q.dcid.wire <= ID_MAX && q.scid.wire <= ID_MAX && q.end <= s.wire;
}

static const struct record *cut(struct slice *rest, struct slice *opt, uint32_t n,
				const struct record *r)
{
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

/* What the ClientHello says is behind the payload, a byte of that for each. */
enum { HOST, ALPN, JA4, MADE_FIELDS };

static void make(struct out *o, struct slice packet, uint32_t which)
{
	struct slice message = quic_client_hello(packet);
	struct tls_hello h;

	if (message.cap == 0)
		return;
	h = tls_hello_read(message);
	if (which == HOST)
		out_text(o, tls_hello_host(&h));
	else if (which == ALPN)
		out_text(o, tls_hello_alpn(&h));
	else if (message.cap == message.wire)
		tls_ja4_put(o, message, 'q');
}

static void quic_make(struct out *o, const struct decoded *d, const struct layer *l, const struct field *f)
{
	make(o, layer_head(d, l), f == host ? HOST : f == alpn ? ALPN : JA4);
}

static const struct record *said(struct slice packet, struct slice *rest, struct slice *opt)
{
	static const struct record *const made[] = { &host_record, &alpn_record, &ja4_record };

	*opt = packet;
	while (rest->cap > 0 && rest->cap <= MADE_FIELDS) {
		uint32_t which = MADE_FIELDS - rest->cap;
		char first[1];
		struct out o = { first, first + 1 };

		*rest = slice_skip(*rest, 1);
		make(&o, packet, which);
		if (o.at > first)
			return made[which];
	}
	return NULL;
}

static const struct record *payload_option(struct slice packet, uint32_t index, const struct quic *q,
					   struct slice *rest, struct slice *opt)
{
	uint32_t kept = q->type == QUIC_INITIAL && packet.cap == q->end && rest->cap > TAG ? MADE_FIELDS : 0;

	if (index == 0)
		return cut(rest, opt, slice_varint62_len(*rest), &length_record);
	if (index > 1)
		return said(packet, rest, opt);
	*opt = *rest;
	*rest = slice_skip(*rest, rest->cap - kept);
	return &remaining_record;
}

static const struct record *quic_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	struct quic q = quic_read(whole);

	if (q.type == QUIC_SHORT || (q.type == QUIC_UNKNOWN && index == 2))
		return cut(rest, opt, rest->wire, &payload_record);
	if (index == 0)
		return cut(rest, opt, 5u + slice_u8(*rest, 4), &destination_record);
	if (index == 1)
		return cut(rest, opt, 1u + slice_u8(*rest, 0), &source_record);
	if (q.type == QUIC_NEGOTIATION)
		return cut(rest, opt, rest->wire, &supported_record);
	if (q.type == QUIC_RETRY && index == 2 && rest->wire > TAG)
		return cut(rest, opt, rest->wire - TAG, &retry_token_record);
	if (q.type == QUIC_RETRY)
		return cut(rest, opt, rest->wire, &retry_tag_record);
	if (q.type == QUIC_INITIAL && index == 2)
		return cut(rest, opt, slice_varint62_len(*rest) + q.token.wire, &token_record);
	return payload_option(whole, index - (q.type == QUIC_INITIAL ? 3 : 2), &q, rest, opt);
}

static RECORD_LIST(quic_record, &destination_record, &source_record, &supported_record, &token_record,
	    &length_record, &remaining_record, &payload_record, &retry_token_record, &retry_tag_record, &host_record,
	    &alpn_record, &ja4_record)

#define LINE_MAX 130		/* characters: of all packets of a datagram */

static void put_id(struct out *o, const char *text, struct slice id)
{
	if (id.wire == 0)
		return;
	out_str(o, text);
	out_hexbytes(o, id, 0, ID_MAX);
}

/* ", Client Hello (SNI example.org, ALPN h3)" */
static void put_hello(struct out *o, struct slice packet)
{
	struct slice message = quic_client_hello(packet);

	if (message.cap == 0)
		return;
	out_str(o, ", ");
	tls_handshake_put(o, message);
}

static void put_packet(struct out *o, struct slice packet, bool first, bool verbose)
{
	struct quic q = quic_read(packet);

	out_str(o, name_of(types, q.type));
	if (q.type == QUIC_SHORT || !first)
		return;
	if (q.type == QUIC_INITIAL && verbose)	/* opening it costs more than all the rest of the line */
		put_hello(o, packet);
	put_id(o, ", dcid ", q.dcid);
	if (verbose)
		put_id(o, ", scid ", q.scid);
}

static uint32_t quic_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	struct out part = { o->at, o->at + min_u32(out_room(o), LINE_MAX) };
	uint32_t size = layer_whole(d, &d->layer[i]).wire;
	const char *comma = "";

	out_str(&part, slice_u32(layer_head(d, &d->layer[i]), 1) == QUIC_V2 ? "QUICv2 " : "QUIC ");
	for (; layer_proto(d, i) == PROTO_QUIC; i++) {
		out_str(&part, comma);
		put_packet(&part, layer_head(d, &d->layer[i]), !*comma, b->verbose);
		comma = ", ";
	}
	o->at = part.at;
	out_str(o, ", length ");
	out_dec(o, size);
	return d->count;
}

const struct proto proto_quic = {
	.head    = { "quic", fields, FIELDS, NULL, NULL },
	.title   = "QUIC",
	.several = true,
	.min_len = FIRST_BYTE,
	.over    = { { BY_UDPPORT, 443 } },
	.proves  = quic_proves,
	.proves_over = BY_UDPPORT,
	.first   = { { 0x80, 0xff } },
	.parse   = quic_parse,
	.option  = quic_option,
	.make    = quic_make,
	.record  = quic_record,
	.summary = quic_summary,
};
