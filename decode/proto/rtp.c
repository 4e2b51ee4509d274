/* SPDX-License-Identifier: BSD-2-Clause */
/* rtp.c - Real-time Transport Protocol, RFC 3550 section 5.1; header extensions, RFC 8285 section 4.2 */
#include "decode/brief.h"

enum { VERSION, PADDING, EXTENSION, CSRC_COUNT, MARKER, PAYLOAD_TYPE, SEQ, TIMESTAMP, SSRC, FIELDS };

static const struct name payload_types[] = {		/* RFC 3551, section 6 */
	{ 0, "PCMU" }, { 3, "GSM" }, { 4, "G723" }, { 5, "DVI4" }, { 8, "PCMA" }, { 9, "G722" },
	{ 10, "L16" }, { 11, "L16" }, { 12, "QCELP" }, { 13, "CN" }, { 14, "MPA" }, { 15, "G728" },
	{ 18, "G729" }, { 26, "JPEG" }, { 31, "H261" }, { 32, "MPV" }, { 33, "MP2T" },
	{ 34, "H263" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[VERSION]      = { "version",    0,  2, UINT },
	[PADDING]      = { "padding",    2,  1, BOOL },
	[EXTENSION]    = { "ext",        3,  1, BOOL },
	[CSRC_COUNT]   = { "cc",         4,  4, UINT },
	[MARKER]       = { "marker",     8,  1, BOOL },
	[PAYLOAD_TYPE] = { "p_type",     9,  7, UINT, .names = payload_types },
	[SEQ]          = { "seq",       16, 16, UINT },
	[TIMESTAMP]    = { "timestamp", 32, 32, UINT },
	[SSRC]         = { "ssrc",      64, 32, HEX },
};
static const struct field csrc_fields[] = { { "csrc.item", 0, 32, HEX } };
static const struct field ext_fields[] = {
	{ "ext.profile",  0, 16, HEX },
	{ "ext.len",     16, 16, UINT },
	{ "ext.data",    32,  0, BYTES },
};
static const struct field payload_fields[] = { { "payload", 0, 0, BYTES } };
static const struct field fill_fields[] = { { "padding.data", 0, 0, BYTES } };
static const struct field count_fields[] = { { "padding.count", 0, 8, UINT } };

#define RECORD(fields, title) RECORD_OF("rtp", fields, title)

static const struct record csrc = RECORD(csrc_fields, "Contributing source");
static const struct record extension = RECORD(ext_fields, "Header extension");
static const struct record payload = RECORD(payload_fields, "Payload");
static const struct record fill = RECORD(fill_fields, "Padding");
static const struct record count = RECORD(count_fields, "Padding count");

static RECORD_LIST(rtp_record, &csrc, &extension, &payload, &fill, &count)

#define RTP_HEADER 12		/* bytes */
#define EXTENSION_HEADER 4
#define ONE_BYTE_HEADERS 0xbede	/* RFC 8285: each element has one byte that says what it is, and its length */

/* Where the extension starts, and where the payload does, bytes. */
static uint32_t extension_start(struct slice s)
{
	return RTP_HEADER + 4 * (uint32_t)field_get(s, &fields[CSRC_COUNT]);
}

static uint32_t payload_start(struct slice s)
{
	uint32_t at = extension_start(s);

	if (field_get(s, &fields[EXTENSION]))
		at += EXTENSION_HEADER + 4u * slice_u16(s, at + 2);
	return at;
}

/* How much of the payload is padding: the last byte counts it, and itself; 0 where it was not captured. */
static uint32_t padding_length(struct slice s)
{
	if (!field_get(s, &fields[PADDING]) || s.cap < s.wire || s.wire == 0)
		return 0;
	return slice_u8(s, s.wire - 1);
}

/* The version alone proves nothing. A header extension with elements that fill it does, and its profile:
 * browsers send one. Whatever else is RTP is known by its port, or by what the reader says of it.
 */
static bool rtp_proves(struct slice s)
{
	uint32_t at = extension_start(s) + EXTENSION_HEADER, end = payload_start(s), elements = 0;
	uint32_t type = (uint32_t)field_get(s, &fields[PAYLOAD_TYPE]);

	if (field_get(s, &fields[VERSION]) != 2 || !field_get(s, &fields[EXTENSION]) || end > s.cap ||
	    field_get(s, &fields[CSRC_COUNT]) > 4 || (type < 96 && type > 34) || end > at + 64 ||
	    slice_u16(s, at - EXTENSION_HEADER) != ONE_BYTE_HEADERS)
		return false;
	while (at < end && slice_u8(s, at) != 0) {
		at += 2 + (slice_u8(s, at) & 15u);
		elements++;
	}
	while (at < end && slice_u8(s, at) == 0)
		at++;
	return elements > 0 && at == end && padding_length(s) <= s.wire - end;
}

static enum proto_id rtp_parse(struct step *s)
{
	if (get(s, &fields[VERSION]) != 2)
		return step_decline(s);
	if (payload_start(s->in) + padding_length(s->in) > s->in.wire && s->in.cap == s->in.wire)
		step_note(s, NOTE_BAD_OPTION);
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

static const struct record *rtp_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t at = slice_offset(whole, *rest), start = payload_start(whole), n = rest->cap;
	uint32_t padding = padding_length(whole);
	const struct record *r = &payload;

	(void)index;
	if (n == 0)
		return NULL;
	if (at < extension_start(whole)) {
		r = &csrc;
		n = 4;
	} else if (at < start) {
		r = &extension;
		n = start - at;
	} else if (n == 1 && padding > 0) {
		r = &count;
	} else if (n <= padding) {
		r = &fill;
		n--;
	} else {
		n -= padding;
	}
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

/* "UDP, length 172, RTP PCMU, SSRC 0x1234, seq 1, time 160, mark" */
static uint32_t rtp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice s = layer_whole(b->d, &b->d->layer[i]);
	uint32_t type = (uint32_t)field_get(s, &fields[PAYLOAD_TYPE]);
	const char *name = name_of(payload_types, type);

	out_str(o, "UDP, length ");
	out_dec(o, s.wire);
	if (s.cap < RTP_HEADER) {
		out_str(o, " [|rtp]");
		return b->d->count;
	}
	out_str(o, ", RTP ");
	out_str(o, name ? name : "type ");
	if (!name)
		out_dec(o, type);
	out_str(o, ", SSRC 0x");
	out_hex(o, field_get(s, &fields[SSRC]), 8);
	out_str(o, ", seq ");
	out_dec(o, field_get(s, &fields[SEQ]));
	out_str(o, ", time ");
	out_dec(o, field_get(s, &fields[TIMESTAMP]));
	if (field_get(s, &fields[MARKER]))
		out_str(o, ", mark");
	return b->d->count;
}

const struct proto proto_rtp = {
	.head    = { "rtp", fields, FIELDS, NULL },
	.title   = "Real-time Transport Protocol",
	.min_len = RTP_HEADER,
	.over    = { { BY_UDPPORT, 5004 } },
	.proves  = rtp_proves,
	.proves_over = BY_UDPPORT,
	.first   = { { 0x90, 0x9f }, { 0xb0, 0xbf } },
	.parse   = rtp_parse,
	.option  = rtp_option,
	.record  = rtp_record,
	.summary = rtp_summary,
};
