/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c - Transport Layer Security, the record layer: RFC 8446 section 5, RFC 5246 section 6
 *
 * A record is a layer, and each handshake message in it is one behind it; then comes the next record.
 * The key of a handshake layer is how many bytes of the record are left for it.
 */
#include "decode/proto/tls.h"

enum { TYPE, VERSION, LENGTH, FIELDS };

enum { CHANGE_CIPHER_SPEC = 20, ALERT, HANDSHAKE, APPLICATION_DATA, HEARTBEAT };

static const struct name types[] = {
	{ APPLICATION_DATA, "Application Data" },	/* most are */
	{ CHANGE_CIPHER_SPEC, "Change Cipher Spec" }, { ALERT, "Alert" }, { HANDSHAKE, "Handshake" },
	{ HEARTBEAT, "Heartbeat" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[TYPE]    = { "record.content_type", 0,  8, UINT, .names = types },
	[VERSION] = { "record.version",      8, 16, HEX, .names = tls_versions },
	[LENGTH]  = { "record.length",      24, 16, UINT },
};

#define HEADER 5		/* bytes */
/* RFC 5246, section 6.2.3: what encryption may add to the 2^14 bytes of a record. */
#define LENGTH_MAX (16384 + 2048)

enum { WARNING = 1, FATAL = 2, ALERT_BYTES = 2 };
static const struct name levels[] = { { WARNING, "warning" }, { FATAL, "fatal" }, { 0, NULL } };
static const struct name heartbeats[] = { { 1, "request" }, { 2, "response" }, { 0, NULL } };

static const struct field alert[] = {
	{ "alert_message.level", 0, 8, UINT, .names = levels },
	{ "alert_message.desc",  8, 8, UINT, .names = tls_alerts },
};
static const struct field data[] = { { "app_data", 0, 0, BYTES } };
static const struct field heartbeat[] = {
	{ "heartbeat_message.type",           0,  8, UINT, .names = heartbeats },
	{ "heartbeat_message.payload_length", 8, 16, UINT },
	{ "heartbeat_message.payload",       24,  0, BYTES },
};
static const struct field padding[] = { { "heartbeat_message.padding", 0, 0, BYTES } };
static const struct field encrypted[] = { { "record.encrypted", 0, 0, BYTES } };
static const struct field cipher_spec[] = { { "record.change_cipher_spec", 0, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("tls", fields, title)
static const struct record alert_record = RECORD(alert, "Alert");
static const struct record data_record = RECORD(data, "Application Data");
static const struct record heartbeat_record = RECORD(heartbeat, "Heartbeat");
static const struct record padding_record = RECORD(padding, NULL);
static const struct record encrypted_record = RECORD(encrypted, "Encrypted message");
static const struct record cipher_spec_record = RECORD(cipher_spec, "Change Cipher Spec");

static bool is_record(struct slice s)
{
	uint32_t type = (uint32_t)field_get(s, &fields[TYPE]);
	uint32_t version = (uint32_t)field_get(s, &fields[VERSION]);
	uint32_t length = (uint32_t)field_get(s, &fields[LENGTH]);

	return s.cap >= HEADER && type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT &&
	       version >> 8 == TLS_1_0 >> 8 && (version & 0xff) <= (TLS_1_3 & 0xff) &&
	       length <= LENGTH_MAX && (length > 0 || type == APPLICATION_DATA);
}

static enum proto_id tls_parse(struct step *s)
{
	uint32_t length = (uint32_t)get(s, &fields[LENGTH]);
	bool more = HEADER + length > s->in.wire;

	if (!is_record(s->in))
		return step_decline(s);
	if (more) {
		step_need(s, HEADER + length);
		s->partial = true;
	}
	if (get(s, &fields[TYPE]) == HANDSHAKE &&
	    tls_handshake_clear(slice_skip(s->in, HEADER), length)) {
		s->key = length;
		return PROTO_TLS_HANDSHAKE;
	}
	step_header(s, more ? s->in.wire : HEADER + length);
	return PROTO_TLS;
}

/* What a record that is no readable handshake holds. */
static const struct record *content(struct slice record)
{
	struct slice s = slice_skip(record, HEADER);
	uint32_t length = (uint32_t)field_get(record, &fields[LENGTH]);
	uint32_t level = (uint32_t)field_get(s, &alert[0]);

	switch (field_get(record, &fields[TYPE])) {
	case CHANGE_CIPHER_SPEC:
		return &cipher_spec_record;
	case ALERT:
		return length == ALERT_BYTES && level >= WARNING && level <= FATAL ?
		       &alert_record : &encrypted_record;
	case APPLICATION_DATA:
		return &data_record;
	case HEARTBEAT:
		return field_get(s, &heartbeat[1]) < length && name_of(heartbeats, slice_u8(s, 0)) ?
		       &heartbeat_record : &encrypted_record;
	default:
		return &encrypted_record;
	}
}

static const struct record *tls_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	const struct record *r = index == 0 ? content(whole) : &padding_record;
	uint32_t n = rest->wire;

	if (r == &heartbeat_record)
		n = heartbeat[2].bit / 8 + (uint32_t)field_get(*rest, &heartbeat[1]);
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

static RECORD_LIST(tls_record, &alert_record, &data_record, &heartbeat_record, &encrypted_record,
	    &cipher_spec_record, &padding_record)

/* RFC 8446, section 5.1: no message is cut short but at the end. A hello says in four bytes what kind of
 * message it is and how long; of others there must be whole records up to the end of the segment.
 */
static bool tls_proves(struct slice payload)
{
	uint32_t type = (uint32_t)field_get(payload, &fields[TYPE]);
	struct slice body = slice_skip(payload, HEADER);
	uint32_t count = 0;

	if (!is_record(payload))
		return false;
	if (type == HANDSHAKE && (slice_u8(body, 0) == TLS_CLIENT_HELLO ||
				  slice_u8(body, 0) == TLS_SERVER_HELLO))
		return slice_u8(body, 1) == 0 && slice_u8(body, 4) == TLS_1_0 >> 8 &&
		       slice_u8(body, 5) <= (TLS_1_3 & 0xff) &&
		       slice_u16(body, 2) + UINT64_C(4) <= field_get(payload, &fields[LENGTH]);
	while (is_record(payload) && count++ < LAYERS_MAX)
		payload = slice_skip(payload, HEADER + (uint32_t)field_get(payload, &fields[LENGTH]));
	return payload.wire == 0;
}

/* A line has no room for more than this of what is in a segment, whatever it is. */
enum { LINE_MAX = 100, DOTS = 5 };	/* characters */

static void put_alert(struct out *o, struct slice record)
{
	struct slice s = slice_skip(record, HEADER);
	const char *level = name_of(levels, (uint32_t)field_get(s, &alert[0]));
	const char *word = name_of(tls_alerts, (uint32_t)field_get(s, &alert[1]));

	if (content(record) != &alert_record) {
		out_str(o, "Encrypted Alert");
		return;
	}
	out_str(o, "Alert (");
	out_str(o, level ? level : "");
	out_str(o, ", ");
	out_str(o, word ? word : "description ");
	if (!word)
		out_dec(o, field_get(s, &alert[1]));
	out_char(o, ')');
}

static void put_record(struct out *o, struct slice record)
{
	uint32_t type = slice_u8(record, 0);

	if (record.cap < HEADER) {
		out_str(o, "[|tls]");
		return;
	}
	if (type == ALERT) {
		put_alert(o, record);
		return;
	}
	out_str(o, type == HANDSHAKE ? "Encrypted Handshake Message" : name_of(types, type));
	if (type == APPLICATION_DATA) {
		out_str(o, " (");
		out_dec(o, field_get(record, &fields[LENGTH]));
		out_char(o, ')');
	}
}

/* " 1.3", by the first hello among the layers from i on. */
static void put_version(struct out *o, const struct decoded *d, uint32_t i)
{
	const char *version = NULL;

	for (; i < d->count && !version; i++)
		if (d->layer[i].proto == PROTO_TLS_HANDSHAKE)
			version = tls_handshake_version(layer_head(d, &d->layer[i]));
	out_str(o, version ? version + strlen("TLS") : "");
}

/* ": TLS 1.3 Client Hello (SNI example.org), Change Cipher Spec", all records of the segment. */
static uint32_t tls_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	uint32_t first = i;
	struct out part;

	out_str(o, ": TLS");
	put_version(o, d, i);
	out_char(o, ' ');
	part = (struct out){ o->at, o->at + min_u32(out_room(o), LINE_MAX) };
	for (; i < d->count; i++) {
		const struct layer *l = &d->layer[i];
		char *before = part.at;

		if (l->proto != PROTO_TLS && l->proto != PROTO_TLS_HANDSHAKE)
			break;
		if (l->proto == PROTO_TLS && layer_proto(d, i + 1) == PROTO_TLS_HANDSHAKE)
			continue;
		if (before > o->at)
			out_str(&part, ", ");
		if (l->proto == PROTO_TLS)
			put_record(&part, layer_head(d, l));
		else
			tls_handshake_put(&part, layer_head(d, l));
		if (before > o->at && out_room(&part) < DOTS) {
			part.at = before;
			out_str(&part, ", ...");
			break;
		}
	}
	o->at = part.at;
	return i > first ? d->count : i;
}

const struct proto proto_tls = {
	.head    = { "tls", fields, FIELDS, NULL },
	.title   = "Transport Layer Security",
	.several = true,
	.min_len = HEADER,
	.over    = { { BY_TCPPORT, 443 }, { BY_TCPPORT, 465 }, { BY_TCPPORT, 563 },
		     { BY_TCPPORT, 614 }, { BY_TCPPORT, 636 }, { BY_TCPPORT, 853 },
		     { BY_TCPPORT, 989 }, { BY_TCPPORT, 990 }, { BY_TCPPORT, 992 },
		     { BY_TCPPORT, 993 }, { BY_TCPPORT, 995 }, { BY_TCPPORT, 5061 },
		     { BY_TCPPORT, 8883 } },
	.proves  = tls_proves,
	.proves_over = BY_TCPPORT,
	.first   = { { CHANGE_CIPHER_SPEC, HEARTBEAT } },
	.parse   = tls_parse,
	.option  = tls_option,
	.record  = tls_record,
	.summary = tls_summary,
};
