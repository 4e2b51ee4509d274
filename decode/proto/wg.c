/* SPDX-License-Identifier: BSD-2-Clause */
/* wg.c - WireGuard, https://www.wireguard.com/protocol: four messages, told apart by type and length */
#include "decode/brief.h"

enum { TYPE, RESERVED, FIELDS };
enum { INITIATION = 1, RESPONSE, COOKIE, TRANSPORT };

static const struct name types[] = {
	{ INITIATION, "handshake initiation" }, { RESPONSE, "handshake response" },
	{ COOKIE, "cookie reply" }, { TRANSPORT, "transport data" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[TYPE]     = { "type",     0,  8, UINT, .names = types },
	[RESERVED] = { "reserved", 8, 24, BYTES },
};

static const struct field sender = { "sender", 0, 32, HEX, .little = true };
static const struct field receiver = { "receiver", 0, 32, HEX, .little = true };
static const struct field counter = { "counter", 32, 64, UINT, .little = true };

static const struct field initiation_fields[] = {
	{ "sender",         0,  32, HEX, .little = true },
	{ "ephemeral_key", 32, 256, BYTES },
	{ "static_key",   288, 384, BYTES },
	{ "timestamp",    672, 224, BYTES },
	{ "mac1",         896, 128, BYTES },
	{ "mac2",        1024, 128, BYTES },
};
static const struct record initiation = { "wg", initiation_fields, 6 };

static const struct field response_fields[] = {
	{ "sender",         0,  32, HEX, .little = true },
	{ "receiver",      32,  32, HEX, .little = true },
	{ "ephemeral_key", 64, 256, BYTES },
	{ "empty",        320, 128, BYTES },
	{ "mac1",         448, 128, BYTES },
	{ "mac2",         576, 128, BYTES },
};
static const struct record response = { "wg", response_fields, 6 };

static const struct field cookie_fields[] = {
	{ "receiver",           0,  32, HEX, .little = true },
	{ "nonce",             32, 192, BYTES },
	{ "encrypted_cookie", 224, 256, BYTES },
};
static const struct record cookie = { "wg", cookie_fields, 3 };

static const struct field transport_fields[] = {
	{ "receiver", 0, 32, HEX, .little = true },
	{ "counter", 32, 64, UINT, .little = true },
	{ "packet",  96,  0, BYTES },
};
static const struct record transport = { "wg", transport_fields, 3 };

#define HEAD_LEN 4
#define KEEPALIVE_LEN 32	/* a transport message that carries nothing */
#define UNIT 16			/* what is carried is padded to so many bytes */

static const struct record *const messages[] = {
	[INITIATION] = &initiation, [RESPONSE] = &response, [COOKIE] = &cookie, [TRANSPORT] = &transport,
};

static bool length_suits(uint32_t type, uint32_t len)
{
	if (type == TRANSPORT)
		return len >= KEEPALIVE_LEN && len % UNIT == 0;
	return len == HEAD_LEN + record_len(messages[type]);
}

/* A type, three zeros and the length that goes with it: transport data have too many lengths to prove it. */
static bool wg_proves(struct slice payload)
{
	uint32_t type = slice_u8(payload, 0);

	return type >= INITIATION && type <= COOKIE && payload.cap >= HEAD_LEN &&
	       slice_bits(payload, fields[RESERVED].bit, fields[RESERVED].width) == 0 &&
	       length_suits(type, payload.wire);
}

static enum proto_id wg_parse(struct step *s)
{
	uint32_t type = (uint32_t)get(s, &fields[TYPE]);

	if (type < INITIATION || type > TRANSPORT) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	step_header(s, s->in.wire);
	if (!length_suits(type, s->in.wire) && !s->partial)
		step_note(s, NOTE_BAD_LENGTH);
	return PROTO_NONE;
}

static RECORD_LIST(wg_record, &initiation, &response, &cookie, &transport)

static const struct record *wg_option(struct slice whole, uint32_t index, struct slice *rest,
				      struct slice *opt)
{
	uint32_t type = (uint32_t)field_get(whole, &fields[TYPE]);

	if (index > 0 || type < INITIATION || type > TRANSPORT)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, rest->wire);
	return messages[type];
}

static void put_index(struct out *o, const char *who, struct slice s, const struct field *f)
{
	out_str(o, who);
	out_hex(o, field_get(s, f), 8);
}

/* "WireGuard, handshake initiation, sender 0x03020100, length 148" */
static uint32_t wg_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), body = slice_skip(h, HEAD_LEN);
	uint32_t type = (uint32_t)field_get(h, &fields[TYPE]);
	const char *name = name_of(types, type);

	out_str(o, "WireGuard, ");
	out_str(o, name ? name : "unknown message");
	if (type == INITIATION || type == RESPONSE)
		put_index(o, ", sender 0x", body, &sender);
	if (type == RESPONSE)
		put_index(o, ", receiver 0x", slice_skip(body, 4), &receiver);
	if (type == COOKIE || type == TRANSPORT)
		put_index(o, ", receiver 0x", body, &receiver);
	if (type == TRANSPORT) {
		out_str(o, ", counter ");
		out_dec(o, field_get(body, &counter));
		if (l->wire == KEEPALIVE_LEN)
			out_str(o, ", keepalive");
	}
	out_str(o, ", length ");
	out_dec(o, l->wire);
	if (note_stops((enum note)l->note))
		out_str(o, " [|wg]");
	return b->d->count;
}

const struct proto proto_wg = {
	.head        = { "wg", fields, FIELDS },
	.title       = "WireGuard",
	.min_len     = HEAD_LEN,
	.over        = { { BY_UDPPORT, 51820 } },
	.proves      = wg_proves,
	.proves_over = BY_UDPPORT,
	.first       = { { INITIATION, COOKIE } },
	.parse       = wg_parse,
	.option      = wg_option,
	.record      = wg_record,
	.summary     = wg_summary,
};
