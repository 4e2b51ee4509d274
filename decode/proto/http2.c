/* SPDX-License-Identifier: BSD-2-Clause */
/* http2.c - Hypertext Transfer Protocol, version 2: RFC 9113 sections 3.4, 4.1 and 6
 *
 * Headers are compressed with what earlier packets said (RFC 7541): their bytes are shown, not their words.
 */
#include "decode/brief.h"

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define PREFACE_LENGTH 24
#define FRAME_HEADER 9		/* bytes */

enum {
	DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE,
	CONTINUATION, TYPES,
};

enum { FLAG_END_STREAM = 1, FLAG_ACK = 1, FLAG_END_HEADERS = 4, FLAG_PADDED = 8, FLAG_PRIORITY = 32 };

static const struct name types[] = {
	{ DATA, "DATA" }, { HEADERS, "HEADERS" }, { PRIORITY, "PRIORITY" },
	{ RST_STREAM, "RST_STREAM" }, { SETTINGS, "SETTINGS" }, { PUSH_PROMISE, "PUSH_PROMISE" },
	{ PING, "PING" }, { GOAWAY, "GOAWAY" }, { WINDOW_UPDATE, "WINDOW_UPDATE" },
	{ CONTINUATION, "CONTINUATION" }, { 10, "ALTSVC" }, { 12, "ORIGIN" },
	{ 16, "PRIORITY_UPDATE" }, { 0, NULL },
};
static const struct name errors[] = {		/* section 7 */
	{ 0, "NO_ERROR" }, { 1, "PROTOCOL_ERROR" }, { 2, "INTERNAL_ERROR" },
	{ 3, "FLOW_CONTROL_ERROR" }, { 4, "SETTINGS_TIMEOUT" }, { 5, "STREAM_CLOSED" },
	{ 6, "FRAME_SIZE_ERROR" }, { 7, "REFUSED_STREAM" }, { 8, "CANCEL" },
	{ 9, "COMPRESSION_ERROR" }, { 10, "CONNECT_ERROR" }, { 11, "ENHANCE_YOUR_CALM" },
	{ 12, "INADEQUATE_SECURITY" }, { 13, "HTTP_1_1_REQUIRED" }, { 0, NULL },
};
static const struct name settings_names[] = {	/* section 6.5.2, RFC 8441 section 3 */
	{ 1, "HEADER_TABLE_SIZE" }, { 2, "ENABLE_PUSH" }, { 3, "MAX_CONCURRENT_STREAMS" },
	{ 4, "INITIAL_WINDOW_SIZE" }, { 5, "MAX_FRAME_SIZE" }, { 6, "MAX_HEADER_LIST_SIZE" },
	{ 8, "ENABLE_CONNECT_PROTOCOL" }, { 0, NULL },
};

#define RECORD(fields, title) RECORD_OF("http2", fields, title)

/* What the flags mean depends on the type of the frame. */
static const struct field no_flags[] = { { "flags.unused", 32, 8, HEX } };
static const struct field settings_flags[] = {
	{ "flags.unused_settings", 32, 7, HEX },
	{ "flags.ack.settings",    39, 1, BOOL },
};
static const struct field ping_flags[] = {
	{ "flags.unused_ping", 32, 7, HEX },
	{ "flags.ack.ping",    39, 1, BOOL },
};
static const struct field data_flags[] = {
	{ "flags.upper",      32, 4, HEX },
	{ "flags.padded",     36, 1, BOOL },
	{ "flags.middle",     37, 2, HEX },
	{ "flags.end_stream", 39, 1, BOOL },
};
static const struct field header_flags[] = {
	{ "flags.upper",      32, 2, HEX },
	{ "flags.priority",   34, 1, BOOL },
	{ "flags.middle",     35, 1, HEX },
	{ "flags.padded",     36, 1, BOOL },
	{ "flags.eh",         37, 1, BOOL },
	{ "flags.lower",      38, 1, HEX },
	{ "flags.end_stream", 39, 1, BOOL },
};
static const struct field pushed_flags[] = {
	{ "flags.upper",  32, 4, HEX },
	{ "flags.padded", 36, 1, BOOL },
	{ "flags.eh",     37, 1, BOOL },
	{ "flags.lower",  38, 2, HEX },
};
static const struct field continuation_flags[] = {
	{ "flags.upper",  32, 4, HEX },
	{ "flags.padded", 36, 1, BOOL },
	{ "flags.eh",     37, 1, BOOL },
	{ "flags.lower",  38, 2, HEX },
};

enum { LENGTH, TYPE, FLAGS, RESERVED, STREAM };

#define FRAME(id)									\
	static const struct record id##_parts = RECORD(id##_flags, NULL);		\
	static const struct field id##_fields[] = {					\
		[LENGTH]   = { "length",    0, 24, UINT },				\
		[TYPE]     = { "type",     24,  8, UINT, .names = types },		\
		[FLAGS]    = { "flags",    32,  8, HEX, .parts = &id##_parts },		\
		[RESERVED] = { "r",        40,  1, HEX, .digits = 8 },			\
		[STREAM]   = { "streamid", 41, 31, UINT },				\
	};										\
	static const struct record id##_frame = RECORD(id##_fields, "Frame");
FRAME(no)
FRAME(settings)
FRAME(ping)
FRAME(data)
FRAME(header)
FRAME(pushed)
FRAME(continuation)

static const struct field magic_fields[] = { { "magic", 0, PREFACE_LENGTH * 8, TEXT } };
static const struct field pad_fields[] = { { "pad_length", 0, 8, UINT } };
static const struct field padding_fields[] = { { "data.padding", 0, 0, BYTES } };
static const struct field data_body_fields[] = { { "data.data", 0, 0, BYTES } };
static const struct field headers_fields[] = { { "headers", 0, 0, BYTES } };
static const struct field continuation_body_fields[] = { { "continuation.fragment", 0, 0, BYTES } };
static const struct field unknown_fields[] = { { "unknown", 0, 0, BYTES } };
static const struct field priority_fields[] = {
	{ "exclusive",          0,  1, BOOL },
	{ "stream_dependency",  1, 31, UINT },
	{ "headers.weight",    32,  8, UINT },
};
static const struct field reset_fields[] = { { "rst_stream.error", 0, 32, UINT, .names = errors } };
static const struct field promise_fields[] = {
	{ "push_promise.r",                   0,  1, HEX, .digits = 8 },
	{ "push_promise.promised_stream_id",  1, 31, UINT },
	{ "push_promise.header",             32,  0, BYTES },
};
static const struct field ping_body_fields[] = { { "ping", 0, 64, BYTES } };
static const struct field pong_fields[] = { { "pong", 0, 64, BYTES } };
static const struct field goaway_fields[] = {
	{ "goaway.r",               0,  1, HEX, .digits = 8 },
	{ "goaway.last_stream_id",  1, 31, UINT },
	{ "goaway.error",          32, 32, UINT, .names = errors },
	{ "goaway.addata",         64,  0, BYTES },
};
static const struct field window_fields[] = {
	{ "window_update.r",                     0,  1, HEX, .digits = 8 },
	{ "window_update.window_size_increment", 1, 31, UINT },
};

#define SETTING_LENGTH 6
#define SETTING(id, name)						\
	static const struct field id##_setting_fields[] = {		\
		{ "settings.id", 0, 16, UINT, .names = settings_names },	\
		{ name, 16, 32, UINT },					\
	};								\
	static const struct record id##_setting = RECORD(id##_setting_fields, "Setting");
SETTING(table, "settings.header_table_size")
SETTING(push, "settings.enable_push")
SETTING(streams, "settings.max_concurrent_streams")
SETTING(initial, "settings.initial_window_size")
SETTING(frame, "settings.max_frame_size")
SETTING(list, "settings.max_header_list_size")
SETTING(connect, "settings.extended_connect")
SETTING(unknown, "settings.unknown")

static const struct record *const settings_records[] = {
	[1] = &table_setting, &push_setting, &streams_setting, &initial_setting, &frame_setting,
	&list_setting, [8] = &connect_setting,
};

static const struct record magic = RECORD(magic_fields, "Connection preface");
static const struct record pad = RECORD(pad_fields, "Pad length");
static const struct record padding = RECORD(padding_fields, "Padding");
static const struct record data_body = RECORD(data_body_fields, "Data");
static const struct record headers = RECORD(headers_fields, "Headers, compressed");
static const struct record priority = RECORD(priority_fields, "Priority");
static const struct record reset = RECORD(reset_fields, "Reset");
static const struct record promise = RECORD(promise_fields, "Promise");
static const struct record ping_body = RECORD(ping_body_fields, "Ping");
static const struct record pong = RECORD(pong_fields, "Pong");
static const struct record goaway = RECORD(goaway_fields, "Go away");
static const struct record window = RECORD(window_fields, "Window update");
static const struct record continuation_body = RECORD(continuation_body_fields, "Headers, compressed");
static const struct record unknown = RECORD(unknown_fields, "Unknown");

static RECORD_LIST(http2_record, &magic, &no_frame, &settings_frame, &ping_frame, &data_frame, &header_frame,
		   &pushed_frame, &continuation_frame, &pad, &padding, &data_body, &headers, &priority, &reset, &promise,
		   &ping_body, &pong, &goaway, &window, &continuation_body, &unknown, &table_setting,
		   &push_setting, &streams_setting, &initial_setting, &frame_setting, &list_setting,
		   &connect_setting, &unknown_setting)

/* What the types have in common, and what they allow. */
static const struct type {
	const struct record *frame, *body;
	uint8_t flags;			/* those that are defined */
	uint8_t min, unit;		/* bytes: of the body; it is a multiple of unit, 0: it is min */
	bool stream;			/* it is of a stream; else of the connection */
	bool both;			/* of either */
} kinds[TYPES] = {
	[DATA]          = { &data_frame, &data_body, FLAG_END_STREAM | FLAG_PADDED, 0, 1, true, false },
	[HEADERS]       = { &header_frame, &headers, FLAG_END_STREAM | FLAG_END_HEADERS | FLAG_PADDED |
			    FLAG_PRIORITY, 1, 1, true, false },
	[PRIORITY]      = { &no_frame, &priority, 0, 5, 0, true, false },
	[RST_STREAM]    = { &no_frame, &reset, 0, 4, 0, true, false },
	[SETTINGS]      = { &settings_frame, NULL, FLAG_ACK, 0, SETTING_LENGTH, false, false },
	[PUSH_PROMISE]  = { &pushed_frame, &promise, FLAG_END_HEADERS | FLAG_PADDED, 4, 1, true, false },
	[PING]          = { &ping_frame, &ping_body, FLAG_ACK, 8, 0, false, false },
	[GOAWAY]        = { &no_frame, &goaway, 0, 8, 1, false, false },
	[WINDOW_UPDATE] = { &no_frame, &window, 0, 4, 0, true, true },
	[CONTINUATION]  = { &continuation_frame, &continuation_body, FLAG_END_HEADERS, 0, 1, true, false },
};

static const struct type other_kind = { &no_frame, &unknown, 0xff, 0, 1, true, true };

static const struct type *kind_of(struct slice s)
{
	uint64_t type = field_get(s, &no_fields[TYPE]);

	return type < TYPES ? &kinds[type] : &other_kind;
}

static bool is_preface(struct slice s)
{
	return slice_starts(s, PREFACE, PREFACE_LENGTH);
}

/* Could a frame of a type of RFC 9113 begin so? */
static bool is_frame(struct slice s)
{
	const struct type *kind = kind_of(s);
	uint32_t length = (uint32_t)field_get(s, &no_fields[LENGTH]);
	bool stream = field_get(s, &no_fields[STREAM]) != 0;

	if (s.cap < FRAME_HEADER || kind == &other_kind || field_get(s, &no_fields[RESERVED]) ||
	    field_get(s, &no_fields[FLAGS]) & ~(uint64_t)kind->flags)
		return false;
	if (length < kind->min || (kind->unit ? length % kind->unit != 0 : length > kind->min))
		return false;
	return kind->both || stream == kind->stream;
}

/* The preface, or frames to the very end of the segment: the length of 24 bits fits, and much else. */
static bool http2_proves(struct slice s)
{
	if (is_preface(s))
		return true;
	while (is_frame(s)) {
		uint32_t length = FRAME_HEADER + (uint32_t)field_get(s, &no_fields[LENGTH]);

		if (length >= s.wire)
			return length == s.wire;
		s = slice_skip(s, length);
	}
	return false;
}

static enum proto_id http2_parse(struct step *s)
{
	uint32_t length = PREFACE_LENGTH;

	if (!is_preface(s->in))
		length = FRAME_HEADER + (uint32_t)get(s, &no_fields[LENGTH]);
	if (length > s->in.wire || s->in.wire < FRAME_HEADER) {
		step_need(s, s->in.wire < FRAME_HEADER ? NEED_ANY : length);
		s->partial = true;
		length = s->in.wire;
	}
	step_header(s, length);
	return PROTO_HTTP2;
}

/* The next record of a frame's body, and how long it is; at: where it starts in the frame. */
static const struct record *body_record(struct slice whole, uint32_t at, struct slice rest, uint32_t *n)
{
	uint32_t type = (uint32_t)field_get(whole, &no_fields[TYPE]);
	uint32_t flags = (uint32_t)field_get(whole, &no_fields[FLAGS]), fill = 0, id;
	const struct type *kind = kind_of(whole);

	*n = rest.cap;
	if (type == SETTINGS) {
		id = slice_u16(rest, 0);
		*n = SETTING_LENGTH;
		return id < COUNT(settings_records) && settings_records[id] ? settings_records[id] :
									      &unknown_setting;
	}
	if (flags & FLAG_PADDED && kind->flags & FLAG_PADDED) {
		fill = slice_u8(whole, FRAME_HEADER);
		*n = at == FRAME_HEADER ? 1 : rest.cap - min_u32(fill, rest.cap);
		if (at++ == FRAME_HEADER)
			return &pad;
		if (*n == 0) {
			*n = rest.cap;
			return &padding;
		}
		at -= 2;
	}
	if (type == HEADERS && flags & FLAG_PRIORITY && at == FRAME_HEADER) {
		*n = record_len(&priority);
		return &priority;
	}
	return type == PING && flags & FLAG_ACK ? &pong : kind->body;
}

static const struct record *http2_option(struct slice whole, uint32_t index, struct slice *rest,
					 struct slice *opt)
{
	uint32_t n = is_preface(whole) ? PREFACE_LENGTH : FRAME_HEADER;
	const struct record *r = is_preface(whole) ? &magic : kind_of(whole)->frame;

	if (rest->cap == 0)
		return NULL;
	if (index > 0)
		r = body_record(whole, slice_offset(whole, *rest), *rest, &n);
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

#define LINE_MAX 120	/* characters of frames in a line, about */

/* "SETTINGS[0]", as many frames as are here. */
static uint32_t http2_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const char *start = o->at;

	for (uint32_t k = i; layer_proto(b->d, k) == PROTO_HTTP2; k++) {
		struct slice h = layer_head(b->d, &b->d->layer[k]);
		const char *name = name_of(types, (uint32_t)field_get(h, &no_fields[TYPE]));

		out_str(o, k == i ? ": HTTP/2: " : ", ");
		if (o->at - start > LINE_MAX) {
			out_str(o, "...");
			break;
		}
		if (is_preface(h) || h.cap < FRAME_HEADER) {
			out_str(o, is_preface(h) ? "preface" : "[|http2]");
			continue;
		}
		out_str(o, name ? name : "frame");
		out_char(o, '[');
		out_dec(o, field_get(h, &no_fields[STREAM]));
		out_str(o, "] length ");
		out_dec(o, field_get(h, &no_fields[LENGTH]));
	}
	return b->d->count;
}

const struct proto proto_http2 = {
	.head    = { "http2", NULL, 0, NULL },
	.path    = "http:http2",	/* there it begins as HTTP */
	.title   = "Hypertext Transfer Protocol 2",
	.proves  = http2_proves,
	.proves_over = BY_TCPPORT,
	.first   = { { 0, 1 }, { 'P', 'P' } },
	.parse   = http2_parse,
	.option  = http2_option,
	.record  = http2_record,
	.summary = http2_summary,
};
