/* SPDX-License-Identifier: BSD-2-Clause */
/* ssh.c - Secure Shell: the greeting, RFC 4253 section 4.2, and packets that are not encrypted yet, 6 and 7 */
#include "decode/brief.h"
#include "decode/textlines.h"

enum { PACKET_LENGTH, PADDING_LENGTH, MESSAGE_CODE, PACKET_FIELDS };

enum { MESSAGE_KEXINIT = 20, MESSAGE_LAST = 49 };

/* RFC 4250, section 4.1.2; those of a key exchange have their names by its method, RFC 5656 and 4419. */
static const struct name messages[] = {
	{ 1, "Disconnect" }, { 2, "Ignore" }, { 3, "Unimplemented" }, { 4, "Debug" },
	{ MESSAGE_KEXINIT, "Key Exchange Init" }, { 21, "New Keys" },
	{ 30, "Key Exchange, client's key" }, { 31, "Key Exchange, server's key" },
	{ 32, "Group Exchange Init" }, { 33, "Group Exchange Reply" },
	{ 34, "Group Exchange Request" }, { 0, NULL },
};

static const struct field greeting_fields[] = { { "protocol", 0, 0, LINE } };

static const struct field packet_fields[PACKET_FIELDS] = {
	[PACKET_LENGTH]  = { "packet_length",   0, 32, UINT },
	[PADDING_LENGTH] = { "padding_length", 32,  8, UINT },
	[MESSAGE_CODE]   = { "message_code",   40,  8, UINT, .names = messages },
};

/* Lists of names, each behind 32 bits that count its characters; the first follows the cookie. */
#define LISTS(L)								\
	L(kex, 128, "kex_algorithms")						\
	L(host_key, 0, "server_host_key_algorithms")				\
	L(cipher_to, 0, "encryption_algorithms_client_to_server")		\
	L(cipher_from, 0, "encryption_algorithms_server_to_client")		\
	L(mac_to, 0, "mac_algorithms_client_to_server")				\
	L(mac_from, 0, "mac_algorithms_server_to_client")			\
	L(compression_to, 0, "compression_algorithms_client_to_server")		\
	L(compression_from, 0, "compression_algorithms_server_to_client")	\
	L(languages_to, 0, "languages_client_to_server")			\
	L(languages_from, 0, "languages_server_to_client")

#define L(id, bit, name)							\
	static const struct field id##_length[] = {				\
		{ name "_length", bit, 32, UINT },				\
	};									\
	static const struct record id##_parts = { "ssh", id##_length, 1, NULL };
LISTS(L)
#undef L

static const struct field kexinit_fields[] = {
	{ "cookie", 0, 128, BYTES },
#define L(id, bit, name) { name, bit, 0, TEXT32, .parts = &id##_parts },
	LISTS(L)
#undef L
	{ "first_kex_packet_follows", 0, 8, UINT },
	{ "kex.reserved",             8, 32, BYTES },
};

static const struct field message_fields[] = { { "message", 0, 0, BYTES } };
static const struct field padding_fields[] = { { "padding_string", 0, 0, BYTES } };
static const struct field encrypted_fields[] = { { "encrypted", 0, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("ssh", fields, title)

static const struct record greeting = RECORD(greeting_fields, "Greeting");
static const struct record packet = RECORD(packet_fields, "Packet");
static const struct record kexinit = RECORD(kexinit_fields, "Key Exchange Init");
static const struct record message = RECORD(message_fields, "Message");
static const struct record padding = RECORD(padding_fields, "Padding");
static const struct record encrypted = RECORD(encrypted_fields, "Encrypted, its length too");

static RECORD_LIST(ssh_record, &greeting, &packet, &kexinit, &message, &padding, &encrypted)

#define GREETING "SSH-"
#define GREETING_LENGTH 4
#define HEAD_LENGTH 6		/* bytes, the message's number included */
#define LENGTH_MIN 12		/* RFC 4253, section 6: of a packet, without its length */
#define LENGTH_MAX 35000	/* section 6.1: what everybody must be able to read */

static bool is_greeting(struct slice s)
{
	return slice_starts(s, GREETING, GREETING_LENGTH);
}

/* A packet that is not encrypted, or takes a lot of chance to look so: its length in whole blocks of 8
 * bytes, its padding at least 4 (RFC 4253, section 6), a message of the transport layer.
 */
static bool is_plain(struct slice s)
{
	uint32_t length = (uint32_t)field_get(s, &packet_fields[PACKET_LENGTH]);
	uint32_t fill = (uint32_t)field_get(s, &packet_fields[PADDING_LENGTH]);
	uint32_t code = (uint32_t)field_get(s, &packet_fields[MESSAGE_CODE]);

	return s.cap >= HEAD_LENGTH && length >= LENGTH_MIN && length <= LENGTH_MAX &&
	       (length + 4) % 8 == 0 && fill >= 4 && fill + 2 <= length && code > 0 &&
	       code <= MESSAGE_LAST;
}

static bool ssh_proves(struct slice s)
{
	return is_greeting(s);
}

static enum proto_id ssh_parse(struct step *s)
{
	uint32_t length = s->in.wire;

	if (is_greeting(s->in)) {
		length = slice_find(s->in, '\n') + 1;
		if (length > s->in.cap) {
			length = s->in.wire;
			step_need(s, NEED_ANY);
		}
	} else if (is_plain(s->in)) {
		length = (uint32_t)get(s, &packet_fields[PACKET_LENGTH]) + 4;
		if (length > s->in.wire) {
			step_need(s, length);
			length = s->in.wire;
		}
	}
	s->partial = true;
	step_header(s, length);
	return PROTO_SSH;
}

static const struct record *ssh_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t fill = (uint32_t)field_get(whole, &packet_fields[PADDING_LENGTH]), n = rest->cap;
	const struct record *r = &encrypted;

	if (n == 0)
		return NULL;
	if (is_greeting(whole)) {
		r = &greeting;
	} else if (is_plain(whole) && index == 0) {
		r = &packet;
		n = HEAD_LENGTH;
	} else if (is_plain(whole)) {
		bool init = field_get(whole, &packet_fields[MESSAGE_CODE]) == MESSAGE_KEXINIT;

		r = n <= fill ? &padding : init ? &kexinit : &message;
		n -= n <= fill ? 0 : fill;
	}
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

/* The greeting and nothing else, or what a packet is called. */
static uint32_t ssh_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice s = layer_whole(b->d, l), rest, line;
	uint32_t n = min_u32(s.cap, GREETING_LENGTH);
	enum ending ending;
	const char *name;

	s.wire = l->claimed;
	rest = s;
	ending = text_line(&rest, &line);
	if (is_plain(s)) {
		name = name_of(messages, (uint32_t)field_get(s, &packet_fields[MESSAGE_CODE]));
		out_str(o, ": SSH: ");
		out_str(o, name ? name : "Key Exchange");
	} else if (slice_starts(s, GREETING, n) && (n < GREETING_LENGTH || ending == CUT)) {
		out_str(o, " [|ssh]");
	} else if (is_greeting(s) && ending == ENDED) {
		out_str(o, ": SSH: ");
		out_slice(o, line);
	}
	return b->d->count;
}

const struct proto proto_ssh = {
	.head    = { "ssh", NULL, 0, NULL },
	.title   = "SSH Protocol",
	.over    = { { BY_TCPPORT, 22 } },
	.proves  = ssh_proves,
	.proves_over = BY_TCPPORT,
	.first   = { { 'S', 'S' } },
	.parse   = ssh_parse,
	.option  = ssh_option,
	.record  = ssh_record,
	.summary = ssh_summary,
};
