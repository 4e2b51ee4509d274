/* SPDX-License-Identifier: BSD-2-Clause */
/* mqtt.c - MQTT 3.1.1 and 5 (OASIS): the fixed header, section 2.2, and what the messages say, section 3
 *
 * Which version is spoken is told by CONNECT alone. Elsewhere a message is taken for version 5 where only
 * that explains its length; the properties that version 5 adds to PUBLISH stand before the message then.
 */
#include "decode/brief.h"

enum {
	CONNECT = 1, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, SUBACK,
	UNSUBSCRIBE, UNSUBACK, PINGREQ, PINGRESP, DISCONNECT, AUTH,
};

static const struct name types[] = {
	{ CONNECT, "Connect" }, { CONNACK, "Connect Ack" }, { PUBLISH, "Publish" },
	{ PUBACK, "Publish Ack" }, { PUBREC, "Publish Received" }, { PUBREL, "Publish Release" },
	{ PUBCOMP, "Publish Complete" }, { SUBSCRIBE, "Subscribe" }, { SUBACK, "Subscribe Ack" },
	{ UNSUBSCRIBE, "Unsubscribe" }, { UNSUBACK, "Unsubscribe Ack" }, { PINGREQ, "Ping" },
	{ PINGRESP, "Ping Response" }, { DISCONNECT, "Disconnect" }, { AUTH, "Authentication" },
	{ 0, NULL },
};

#define RECORD(fields, title) RECORD_OF("mqtt", fields, title)

/* The lower half of the first byte says something of PUBLISH only. */
static const struct field flag_parts[] = {
	{ "msgtype", 0, 4, UINT, .names = types }, { "hdr_reserved", 4, 4, UINT },
};
static const struct field publish_parts[] = {
	{ "msgtype", 0, 4, UINT, .names = types }, { "dupflag", 4, 1, BOOL }, { "qos", 5, 2, UINT },
	{ "retain", 7, 1, BOOL },
};
static const struct record flags = RECORD(flag_parts, NULL);
static const struct record publish_flags = RECORD(publish_parts, NULL);
static const struct field fixed_fields[] = {
	{ "hdrflags", 0, 8, HEX, .parts = &flags }, { "len", 8, 0, VARINT },
};
static const struct field publish_fixed_fields[] = {
	{ "hdrflags", 0, 8, HEX, .parts = &publish_flags }, { "len", 8, 0, VARINT },
};

/* Text behind 16 bits that count its characters, which have a name of their own. */
#define COUNTED(id, length, name)						\
	static const struct field id##_length[] = { { length, 0, 16, UINT } };	\
	static const struct record id##_parts = RECORD(id##_length, NULL);	\
	static const struct field id##_fields[] = {				\
		{ name, 0, 0, TEXT16, .parts = &id##_parts },			\
	};
COUNTED(client, "clientid_len", "clientid")
COUNTED(will_topic, "willtopic_len", "willtopic")
COUNTED(will_message, "willmsg_len", "will")
COUNTED(user, "username_len", "username")
COUNTED(password, "passwd_len", "passwd")
COUNTED(topic, "topic_len", "topic")
COUNTED(protocol, "proto_len", "protoname")

static const struct field connect_flag_parts[] = {
	{ "conflag.uname",     8, 1, BOOL }, { "conflag.passwd",    9, 1, BOOL },
	{ "conflag.retain",   10, 1, BOOL }, { "conflag.qos",      11, 2, UINT },
	{ "conflag.willflag", 13, 1, BOOL }, { "conflag.cleansess", 14, 1, BOOL },
	{ "conflag.reserved", 15, 1, BOOL },
};
static const struct record connect_flags = RECORD(connect_flag_parts, NULL);

enum { CONNECT_VERSION, CONNECT_FLAGS, KEEP_ALIVE, CONNECT_FIELDS };

static const struct field connect_fields[CONNECT_FIELDS] = {
	[CONNECT_VERSION] = { "ver",      0,  8, UINT },
	[CONNECT_FLAGS]   = { "conflags", 8,  8, HEX, .parts = &connect_flags },
	[KEEP_ALIVE]      = { "kalive",  16, 16, UINT },
};
static const struct field ack_flag_parts[] = {
	{ "conack.flags.reserved", 0, 7, BOOL }, { "conack.flags.sp", 7, 1, BOOL },
};
static const struct record ack_flags = RECORD(ack_flag_parts, NULL);
static const struct field connack_fields[] = {
	{ "conack.flags", 0, 8, HEX, .parts = &ack_flags }, { "conack.val", 8, 8, UINT },
};
static const struct field connack5_fields[] = {
	{ "conack.flags", 0, 8, HEX, .parts = &ack_flags }, { "connack.reason_code", 8, 8, UINT },
};
static const struct field property_fields[] = {
	{ "property_len", 0, 0, VARINT }, { "property_bytes", 0, 0, BYTES },
};
static const struct field id_fields[] = { { "msgid", 0, 16, UINT } };
static const struct field message_fields[] = { { "msg", 0, 0, BYTES } };
static const struct field reason_fields[] = { { "reason_codes", 0, 0, BYTES } };
static const struct field ask_fields[] = {
	{ "topic", 0, 0, TEXT16, .parts = &topic_parts }, { "sub.qos", 0, 8, UINT },
};
static const struct field option_parts[] = {
	{ "subscription_options_reserved", 0, 2, HEX }, { "subscription_options_retain", 2, 2, UINT },
	{ "subscription_options_rap",      4, 1, BOOL }, { "subscription_options_nl",     5, 1, BOOL },
	{ "subscription_options_qos",      6, 2, UINT },
};
static const struct record option_divided = RECORD(option_parts, NULL);
static const struct field ask5_fields[] = {
	{ "topic", 0, 0, TEXT16, .parts = &topic_parts },
	{ "subscription_options", 0, 8, HEX, .parts = &option_divided },
};
static const struct field granted_fields[] = { { "suback.qos", 0, 8, UINT } };

static const struct record fixed = RECORD(fixed_fields, "Fixed header");
static const struct record publish_fixed = RECORD(publish_fixed_fields, "Fixed header");
static const struct record protocol = RECORD(protocol_fields, "Protocol");
static const struct record connection = RECORD(connect_fields, "Connection");
static const struct record connack = RECORD(connack_fields, "Acknowledgement");
static const struct record connack5 = RECORD(connack5_fields, "Acknowledgement");
static const struct record property = RECORD(property_fields, "Properties");
static const struct record client = RECORD(client_fields, "Client");
static const struct record will_topic = RECORD(will_topic_fields, "Will, topic");
static const struct record will_message = RECORD(will_message_fields, "Will, message");
static const struct record user = RECORD(user_fields, "User name");
static const struct record password = RECORD(password_fields, "Password");
static const struct record topic = RECORD(topic_fields, "Topic");
static const struct record id = RECORD(id_fields, "Message");
static const struct record message = RECORD(message_fields, "Content");
static const struct record reason = RECORD(reason_fields, "Reasons");
static const struct record ask = RECORD(ask_fields, "Topic");
static const struct record ask5 = RECORD(ask5_fields, "Topic");
static const struct record granted = RECORD(granted_fields, "Quality of service");

static RECORD_LIST(mqtt_record, &fixed, &publish_fixed, &protocol, &connection, &connack, &connack5, &property,
		   &client, &will_topic, &will_message, &user, &password, &topic, &id,
		   &message, &reason, &ask, &ask5, &granted)

enum { FLAG_USER = 128, FLAG_PASSWORD = 64, FLAG_WILL = 4 };

static uint32_t type_of(struct slice s)
{
	return slice_u8(s, 0) >> 4;
}

/* How many bytes the length takes that starts at the first of s, and what it says; 0 where it does not end. */
static uint32_t length_at(struct slice s, uint32_t *length)
{
	*length = 0;
	for (uint32_t n = 0; n < 4 && n < s.cap; n++) {
		*length |= (uint32_t)(slice_u8(s, n) & 127) << 7 * n;
		if (slice_u8(s, n) < 128)
			return n + 1;
	}
	return 0;
}

/* CONNECT, with a protocol name that it must have: 56 bits at least. */
static bool mqtt_proves(struct slice s)
{
	uint32_t length, n = length_at(slice_skip(s, 1), &length);

	return n > 0 && slice_u8(s, 0) == CONNECT << 4 && 1 + n + length == s.wire &&
	       (slice_starts(slice_skip(s, 1 + n), "\0\4MQTT", 6) ||
		slice_starts(slice_skip(s, 1 + n), "\0\6MQIsdp", 8));
}

static enum proto_id mqtt_parse(struct step *s)
{
	uint32_t length = 0, n = length_at(slice_skip(s->in, 1), &length);

	if (n == 0 && s->in.cap > 4)
		return step_decline(s);
	if (type_of(s->in) == 0)
		return step_decline(s);
	length += 1 + n;
	if (n == 0 || length > s->in.wire) {
		step_need(s, n == 0 ? NEED_ANY : length);
		s->partial = true;
		length = s->in.wire;
	}
	step_header(s, length);
	return PROTO_MQTT;
}

/* What CONNECT says, by the number of the record in it: NULL behind the last. */
static const struct record *connect_record(struct slice whole, uint32_t index)
{
	const struct record *order[10] = { &protocol, &connection };
	uint32_t length, n = 1 + length_at(slice_skip(whole, 1), &length), count = 2;
	struct slice h = slice_skip(whole, n + 2u + slice_u16(whole, n));
	uint32_t bits = (uint32_t)field_get(h, &connect_fields[CONNECT_FLAGS]);

	if (field_get(h, &connect_fields[CONNECT_VERSION]) == 5)
		order[count++] = &property;
	order[count++] = &client;
	if (bits & FLAG_WILL) {
		if (field_get(h, &connect_fields[CONNECT_VERSION]) == 5)
			order[count++] = &property;
		order[count++] = &will_topic;
		order[count++] = &will_message;
	}
	if (bits & FLAG_USER)
		order[count++] = &user;
	if (bits & FLAG_PASSWORD)
		order[count++] = &password;
	return index < count ? order[index] : NULL;
}

/* Do filters, with qualities of service behind them or not, fill s, as in version 3.1.1? */
static bool fills(struct slice s, bool behind)
{
	uint32_t n;

	for (; s.cap > 0; s = slice_skip(s, n)) {
		n = 2u + slice_u16(s, 0) + behind;
		if (slice_u16(s, 0) == 0 || n > s.cap || (behind && slice_u8(s, n - 1) > 2))
			return false;
	}
	return true;
}

/* What the index-th record of a message is that is no CONNECT; s: what is left of it. */
static const struct record *message_record(struct slice whole, struct slice s, uint32_t index)
{
	uint32_t type = type_of(whole), qos = slice_u8(whole, 0) >> 1 & 3, length;
	bool behind = type == SUBSCRIBE;

	if (type == CONNACK)
		return index > 0 ? &property : s.cap > 2 ? &connack5 : &connack;
	if (type == PUBLISH)
		return index == 0 ? &topic : index == 1 && qos > 0 ? &id : &message;
	if (type == DISCONNECT || type == AUTH)
		return &reason;
	if (index == 0)
		return &id;
	if (type == SUBACK && s.cap == 1)
		return &granted;
	if (type != SUBSCRIBE && type != UNSUBSCRIBE)
		return &reason;
	if (fills(slice_skip(slice_skip(whole, 1), length_at(slice_skip(whole, 1), &length) + 2), behind))
		return behind ? &ask : &topic;
	return index == 1 ? &property : behind ? &ask5 : &topic;
}

static uint32_t record_length(const struct record *r, struct slice s)
{
	uint32_t length, n;

	if (r->field[0].kind == TEXT16)
		return 2u + slice_u16(s, 0) + (r == &ask || r == &ask5);
	if (r == &property) {
		n = length_at(s, &length);
		return n + length;
	}
	return r->field[r->count - 1].width ? record_len(r) : s.cap;
}

static const struct record *mqtt_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	uint32_t length, n = 1 + length_at(slice_skip(whole, 1), &length);
	const struct record *r = type_of(whole) == PUBLISH ? &publish_fixed : &fixed;

	if (rest->cap == 0)
		return NULL;
	if (index > 0) {
		r = type_of(whole) == CONNECT ? connect_record(whole, index - 1) :
						message_record(whole, *rest, index - 1);
		if (!r)
			return NULL;
		n = record_length(r, *rest);
	}
	if (n > rest->cap)
		n = rest->cap;
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

#define TOPIC_MAX 60	/* characters in a line */

static void put_quoted(struct out *o, const char *text, struct slice s)
{
	out_str(o, text);
	out_text(o, slice_clip(s, TOPIC_MAX));
	if (s.wire > TOPIC_MAX)
		out_str(o, "...");
}

static void put_message(struct out *o, struct slice s)
{
	uint32_t length, n = 1 + length_at(slice_skip(s, 1), &length), type = type_of(s);
	const char *name = name_of(types, type);
	struct slice body = slice_skip(s, n);

	out_str(o, name ? name : "reserved");
	if (type == PUBLISH)
		put_quoted(o, " ", slice_part(body, 2, slice_u16(body, 0)));
	else if (type == SUBSCRIBE || type == UNSUBSCRIBE || (type >= PUBACK && type <= UNSUBACK)) {
		out_str(o, " id ");
		out_dec(o, slice_u16(body, 0));
	}
	out_str(o, " length ");
	out_dec(o, length);
}

#define LINE_MAX 100	/* characters of messages in a line, about */

/* ": MQTT: Publish rooms/1/temperature length 29", as many messages as are here. */
static uint32_t mqtt_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const char *start = o->at;

	for (uint32_t k = i; layer_proto(b->d, k) == PROTO_MQTT; k++) {
		out_str(o, k == i ? ": MQTT: " : ", ");
		if (o->at - start > LINE_MAX) {
			out_str(o, "...");
			break;
		}
		put_message(o, layer_head(b->d, &b->d->layer[k]));
	}
	return b->d->count;
}

const struct proto proto_mqtt = {
	.head    = { .name = "mqtt" },
	.title   = "MQ Telemetry Transport Protocol",
	.over    = { { BY_TCPPORT, 1883 } },
	.proves  = mqtt_proves,
	.proves_over = BY_TCPPORT,
	.first   = { { 0x10, 0x10 } },
	.parse   = mqtt_parse,
	.option  = mqtt_option,
	.record  = mqtt_record,
	.summary = mqtt_summary,
};
