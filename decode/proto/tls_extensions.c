/* SPDX-License-Identifier: BSD-2-Clause */
/* tls_extensions.c - extensions of TLS hellos: RFC 8446 section 4.2, RFC 6066, 7301, 8422, 8879 */
#include "decode/proto/tls.h"

enum { TYPE, LENGTH, VALUE, VALUE2, VALUE3 };

#define AT 32		/* where the data start, bits */
#define HEAD									\
	[TYPE]   = { "handshake.extension.type", 0, 16, UINT, .names = tls_extensions },	\
	[LENGTH] = { "handshake.extension.len", 16, 16, UINT }

static const struct field empty[] = { HEAD };
static const struct field other[] = { HEAD, [VALUE] = { "handshake.extension.data", AT, 0, BYTES } };

static const struct name name_types[] = { { 0, "host_name" }, { 0, NULL } };
static const struct field server_name[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions_server_name_list_len", AT, 16, UINT },
	[VALUE2] = { "handshake.extensions_server_name_type", AT + 16, 8, UINT, .names = name_types },
	[VALUE3] = { "handshake.extensions_server_name_len",  AT + 24, 16, UINT },
	{ "handshake.extensions_server_name", AT + 40, 0, TEXT },
};
static const struct field max_fragment[] = {
	HEAD, [VALUE] = { "handshake.max_fragment_length", AT, 8, UINT },
};
static const struct field status_request[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions_status_request_type", AT, 8, UINT },
	[VALUE2] = { "handshake.extensions_status_request_responder_ids_len", AT + 8, 16, UINT },
	[VALUE3] = { "handshake.extensions_status_request_exts_len", AT + 24, 16, UINT },
};
static const struct field groups[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions_supported_groups_length", AT, 16, UINT },
	[VALUE2] = { "handshake.extensions_supported_group", AT + 16, 16, HEX, .repeat = true,
		     .names = tls_groups },
};
static const struct name formats[] = {
	{ 0, "uncompressed" }, { 1, "ansiX962_compressed_prime" }, { 2, "ansiX962_compressed_char2" },
	{ 0, NULL },
};
static const struct field point_formats[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions_ec_point_formats_length", AT, 8, UINT },
	[VALUE2] = { "handshake.extensions_ec_point_format", AT + 8, 8, UINT, .repeat = true,
		     .names = formats },
};
static const struct field signatures[] = {
	HEAD,
	[VALUE]  = { "handshake.sig_hash_alg_len", AT, 16, UINT },
	[VALUE2] = { "handshake.sig_hash_alg", AT + 16, 16, HEX, .repeat = true,
		     .names = tls_signatures },
};
static const struct field heartbeat[] = {
	HEAD, [VALUE] = { "handshake.extension.heartbeat.mode", AT, 8, UINT },
};
static const struct field alpn[] = { HEAD, [VALUE] = { "handshake.extensions_alpn_len", AT, 16, UINT } };
static const struct field alpn_name[] = {
	{ "handshake.extensions_alpn_str_len", 0, 8, UINT },
	{ "handshake.extensions_alpn_str",     8, 0, TEXT },
};
static const struct field alps[] = { HEAD, [VALUE] = { "handshake.extensions_alps_len", AT, 16, UINT } };
static const struct field alps_name[] = {
	{ "handshake.extensions_alps_alpn_str_len", 0, 8, UINT },
	{ "handshake.extensions_alps_alpn_str",     8, 0, TEXT },
};
static const struct field padding[] = {
	HEAD, [VALUE] = { "handshake.extensions_padding_data", AT, 0, BYTES },
};
static const struct name algorithms[] = {
	{ 1, "zlib" }, { 2, "brotli" }, { 3, "zstd" }, { 0, NULL },
};
static const struct field compress[] = {
	HEAD,
	[VALUE]  = { "compress_certificate.algorithms_length", AT, 8, UINT },
	[VALUE2] = { "compress_certificate.algorithm", AT + 8, 16, UINT, .repeat = true,
		     .names = algorithms },
};
static const struct field size_limit[] = { HEAD, [VALUE] = { "record_size_limit", AT, 16, UINT } };
static const struct field identities[] = {
	HEAD, [VALUE] = { "handshake.extensions.psk.identities.length", AT, 16, UINT },
};
static const struct field identity[] = {
	{ "handshake.extensions.psk.identity.identity_length", 0, 16, UINT },
	{ "handshake.extensions.psk.identity.identity",       16,  0, BYTES },
};
static const struct field ticket_age[] = {
	{ "handshake.extensions.psk.identity.obfuscated_ticket_age", 0, 32, UINT },
};
static const struct field binders[] = {
	{ "handshake.extensions.psk.binders_len", 0, 16, UINT },
	{ "handshake.extensions.psk.binder_list", 16, 0, BYTES },
};
static const struct field selected_identity[] = {
	HEAD, [VALUE] = { "handshake.extensions.psk.identity.selected", AT, 16, UINT },
};
static const struct field versions[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions.supported_versions_len", AT, 8, UINT },
	[VALUE2] = { "handshake.extensions.supported_version", AT + 8, 16, HEX, .repeat = true,
		     .names = tls_versions },
};
static const struct field version[] = {
	HEAD,
	[VALUE] = { "handshake.extensions.supported_version", AT, 16, HEX, .names = tls_versions },
};
static const struct field cookie[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions.cookie_len", AT, 16, UINT },
	[VALUE2] = { "handshake.extensions.cookie", AT + 16, 0, BYTES },
};
static const struct name modes[] = { { 0, "psk_ke" }, { 1, "psk_dhe_ke" }, { 0, NULL } };
static const struct field psk_modes[] = {
	HEAD,
	[VALUE]  = { "extension.psk_ke_modes_length", AT, 8, UINT },
	[VALUE2] = { "extension.psk_ke_mode", AT + 8, 8, UINT, .repeat = true, .names = modes },
};
static const struct field shares[] = {
	HEAD, [VALUE] = { "handshake.extensions_key_share_client_length", AT, 16, UINT },
};
#define SHARE(at)										\
	{ "handshake.extensions_key_share_group", at, 16, UINT, .names = tls_groups },		\
	{ "handshake.extensions_key_share_key_exchange_length", (at) + 16, 16, UINT },		\
	{ "handshake.extensions_key_share_key_exchange", (at) + 32, 0, BYTES }
static const struct field share[] = { SHARE(0) };
static const struct field server_share[] = { HEAD, SHARE(AT) };
static const struct field selected_group[] = {
	HEAD,
	[VALUE] = { "handshake.extensions_key_share_selected_group", AT, 16, UINT,
		    .names = tls_groups },
};
static const struct field renegotiation[] = {
	HEAD,
	[VALUE]  = { "handshake.extensions_reneg_info_len", AT, 8, UINT },
	[VALUE2] = { "handshake.extensions_reneg_info", AT + 8, 0, BYTES },
};

/* Cut n bytes off rest; r lies over them. */
static const struct record *cut(struct slice *rest, struct slice *item, uint32_t n,
				const struct record *r)
{
	*item = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

#define RECORD(fields, title, ...)						\
	RECORD_OF("tls", fields, title, __VA_ARGS__)
static const struct record alpn_name_record = RECORD(alpn_name, "Protocol");
static const struct record alps_name_record = RECORD(alps_name, "Protocol");
static const struct record share_record = RECORD(share, "Key share entry");
static const struct record identity_record = RECORD(identity, "PSK identity");
static const struct record ticket_age_record = RECORD(ticket_age, "PSK ticket age");
static const struct record binders_record = RECORD(binders, "PSK binders");

static const struct record *next_alpn(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, 1u + slice_u8(*rest, 0), &alpn_name_record);
}

static const struct record *next_alps(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, 1u + slice_u8(*rest, 0), &alps_name_record);
}

static const struct record *next_share(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, 4u + slice_u16(*rest, 2), &share_record);
}

/* RFC 8446, section 4.2.11: identities, each with its age, as long as their list is; then binders. */
static const struct record *next_identity(const struct within *w, struct slice *rest,
					  struct slice *item)
{
	uint32_t list = (uint32_t)field_get(w->bytes, &identities[VALUE]);
	uint32_t at = slice_offset(w->bytes, *rest) - record_len(w->record);

	if (at >= list)
		return cut(rest, item, rest->wire, &binders_record);
	if (w->index % 2 == 0)
		return cut(rest, item, 2u + slice_u16(*rest, 0), &identity_record);
	return cut(rest, item, 4, &ticket_age_record);
}

/* What lies over an extension from a client, and over one from a server, if that is different. */
static const struct {
	uint16_t type;
	struct record client, server;
} known[] = {
	{ TLS_EXT_SERVER_NAME, RECORD(server_name, "Server name") },
	{ 1, RECORD(max_fragment, "Maximum fragment length") },
	{ 5, RECORD(status_request, "Status request"), RECORD(other, "Status request") },
	{ 10, RECORD(groups, "Supported groups") },
	{ 11, RECORD(point_formats, "EC point formats") },
	{ TLS_EXT_SIGNATURES, RECORD(signatures, "Signature algorithms") },
	{ 15, RECORD(heartbeat, "Heartbeat") },
	{ TLS_EXT_ALPN, RECORD(alpn, "Application layer protocol negotiation", .inside = next_alpn) },
	{ 21, RECORD(padding, "Padding") },
	{ 27, RECORD(compress, "Compress certificate") },
	{ 28, RECORD(size_limit, "Record size limit") },
	{ 34, RECORD(signatures, "Delegated credentials") },
	{ 41, RECORD(identities, "Pre-shared key", .inside = next_identity),
	  RECORD(selected_identity, "Pre-shared key") },
	{ TLS_EXT_VERSIONS, RECORD(versions, "Supported versions"),
	  RECORD(version, "Supported version") },
	{ 44, RECORD(cookie, "Cookie") },
	{ 45, RECORD(psk_modes, "PSK key exchange modes") },
	{ 50, RECORD(signatures, "Signature algorithms of certificates") },
	{ TLS_EXT_KEY_SHARE, RECORD(shares, "Key share", .inside = next_share),
	  RECORD(server_share, "Key share") },
	{ 17513, RECORD(alps, "Application settings", .inside = next_alps) },
	{ 17613, RECORD(alps, "Application settings", .inside = next_alps) },
	{ 0xff01, RECORD(renegotiation, "Renegotiation info") },
};
static const struct record selected_group_record = RECORD(selected_group, "Key share");
static const struct record empty_record = RECORD(empty, "Extension");
static const struct record other_record = RECORD(other, "Extension");

#define KNOWN (uint32_t)COUNT(known)
#define GROUP_ALONE 6	/* bytes: what a HelloRetryRequest says of key shares */

const struct record *tls_extension(bool client, uint16_t type, struct slice extension)
{
	if (extension.wire <= TLS_EXT_HEADER)
		return &empty_record;
	if (!client && type == TLS_EXT_KEY_SHARE && extension.wire == GROUP_ALONE)
		return &selected_group_record;
	for (size_t i = 0; i < KNOWN; i++)
		if (known[i].type == type)
			return client || !known[i].server.field ? &known[i].client : &known[i].server;
	return &other_record;
}

const struct record *tls_extension_record(uint32_t n)
{
	static const struct record *const more[] = {
		&selected_group_record, &empty_record, &other_record, &alpn_name_record, &alps_name_record,
		&share_record, &identity_record, &ticket_age_record, &binders_record,
	};

	if (n < 2 * KNOWN)
		return n % 2 && known[n / 2].server.field ? &known[n / 2].server : &known[n / 2].client;
	n -= 2 * KNOWN;
	return n < COUNT(more) ? more[n] : NULL;
}

bool tls_extension_next(struct slice *rest, uint16_t *type, struct slice *data)
{
	uint32_t length = (uint32_t)field_get(*rest, &other[LENGTH]);

	if (!slice_has(*rest, 0, TLS_EXT_HEADER) || rest->wire - TLS_EXT_HEADER < length)
		return false;
	*type = (uint16_t)field_get(*rest, &other[TYPE]);
	*data = slice_part(*rest, TLS_EXT_HEADER, length);
	*rest = slice_skip(*rest, TLS_EXT_HEADER + length);
	return true;
}

bool tls_extension_find(const struct tls_hello *h, uint16_t type, struct slice *data)
{
	struct slice rest = h->extensions;
	uint16_t found;

	while (tls_extension_next(&rest, &found, data))
		if (found == type)
			return true;
	*data = slice_clip(rest, 0);
	return false;
}

uint16_t tls_hello_version(const struct tls_hello *h)
{
	uint16_t best = 0;
	struct slice data;

	if (!tls_extension_find(h, TLS_EXT_VERSIONS, &data))
		return h->version;
	if (!h->client)
		return slice_u16(data, 0);
	data = slice_clip(slice_skip(data, 1), slice_u8(data, 0));
	for (; data.cap >= 2; data = slice_skip(data, 2))
		if (!tls_is_grease(slice_u16(data, 0)) && slice_u16(data, 0) > best)
			best = slice_u16(data, 0);
	return best ? best : h->version;
}

struct slice tls_hello_host(const struct tls_hello *h)
{
	struct slice data;

	tls_extension_find(h, TLS_EXT_SERVER_NAME, &data);
	return slice_clip(slice_skip(data, 5), slice_u16(data, 3));
}

struct slice tls_hello_alpn(const struct tls_hello *h)
{
	struct slice data;

	tls_extension_find(h, TLS_EXT_ALPN, &data);
	return slice_clip(slice_skip(data, 3), slice_u8(data, 2));
}
