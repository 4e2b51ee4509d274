/* SPDX-License-Identifier: BSD-2-Clause */
/* tls_handshake.c - TLS handshake messages: RFC 8446 section 4, RFC 5246 section 7.4, RFC 8422 */
#include "decode/proto/tls.h"

enum { TYPE, LENGTH, FIELDS };

static const struct field fields[FIELDS] = {
	[TYPE]   = { "handshake.type",   0,  8, UINT, .names = tls_messages },
	[LENGTH] = { "handshake.length", 8, 24, UINT },
};

enum { HELLO_VERSION, RANDOM, SESSION_LENGTH, SESSION };
static const struct field hello[] = {
	[HELLO_VERSION]  = { "handshake.version",             0,  16, HEX, .names = tls_versions },
	[RANDOM]         = { "handshake.random",             16, 256, BYTES },
	[SESSION_LENGTH] = { "handshake.session_id_length", 272,   8, UINT },
	[SESSION]        = { "handshake.session_id",        280,   0, BYTES },
};
static const struct name methods[] = { { 0, "null" }, { 1, "DEFLATE" }, { 0, NULL } };
static const struct field suites[] = {
	{ "handshake.cipher_suites_length", 0, 16, UINT },
	{ "handshake.ciphersuite", 16, 16, HEX, .repeat = true, .names = tls_suites },
};
static const struct field compression[] = {
	{ "handshake.comp_methods_length", 0, 8, UINT },
	{ "handshake.comp_method", 8, 8, UINT, .repeat = true, .names = methods },
};
static const struct field ja4[] = { { "handshake.ja4", 0, 0, MADE } };
static const struct field chosen[] = {
	{ "handshake.ciphersuite", 0, 16, HEX, .names = tls_suites },
	{ "handshake.comp_method", 16, 8, UINT, .names = methods },
};
static const struct field extensions[] = { { "handshake.extensions_length", 0, 16, UINT } };

static const struct field ticket[] = {
	{ "handshake.session_ticket_lifetime_hint", 0, 32, UINT },
	{ "handshake.session_ticket_length",       32, 16, UINT },
	{ "handshake.session_ticket",              48,  0, BYTES },
};
static const struct field certificates[] = { { "handshake.certificates_length", 0, 24, UINT } };
static const struct field certificate[] = {
	{ "handshake.certificate_length", 0, 24, UINT },
	{ "handshake.certificate",       24,  0, BYTES },
};

#define NAMED_CURVE 3
static const struct name curves[] = { { NAMED_CURVE, "named_curve" }, { 0, NULL } };
enum { CURVE_TYPE, CURVE, POINT_LENGTH, POINT };
static const struct field server_point[] = {
	[CURVE_TYPE]   = { "handshake.server_curve_type",   0,  8, HEX, .names = curves },
	[CURVE]        = { "handshake.server_named_curve",  8, 16, HEX, .names = tls_groups },
	[POINT_LENGTH] = { "handshake.server_point_len",   24,  8, UINT },
	[POINT]        = { "handshake.server_point",       32,  0, BYTES },
};
static const struct field signature[] = {
	{ "handshake.sig_hash_alg", 0, 16, HEX, .names = tls_signatures },
	{ "handshake.sig_len",     16, 16, UINT },
	{ "handshake.sig",         32,  0, BYTES },
};
static const struct field verify[] = {
	{ "handshake.sig_hash_alg",              0, 16, HEX, .names = tls_signatures },
	{ "handshake.client_cert_vrfy.sig_len", 16, 16, UINT },
	{ "handshake.client_cert_vrfy.sig",     32,  0, BYTES },
};
static const struct field client_point[] = {
	{ "handshake.client_point_len", 0, 8, UINT },
	{ "handshake.client_point",     8, 0, BYTES },
};
static const struct field premaster[] = {
	{ "handshake.epms_len", 0, 16, UINT },
	{ "handshake.epms",    16,  0, BYTES },
};
static const struct field cert_types[] = {
	{ "handshake.cert_types_count", 0, 8, UINT },
	{ "handshake.cert_type",        8, 8, UINT, .repeat = true },
};
static const struct field cert_signatures[] = {
	{ "handshake.sig_hash_alg_len", 0, 16, UINT },
	{ "handshake.sig_hash_alg", 16, 16, HEX, .repeat = true, .names = tls_signatures },
};
static const struct field dnames[] = { { "handshake.dnames_len", 0, 16, UINT } };
static const struct field dname[] = {
	{ "handshake.dname_len", 0, 16, UINT },
	{ "handshake.dname_der", 16, 0, BYTES },
};
static const struct field status[] = {
	{ "handshake.extensions_status_request_type", 0, 8, UINT },
	{ "handshake.ocsp_response_len",              8, 24, UINT },
	{ "handshake.ocsp_response",                 32,  0, BYTES },
};
static const struct field other[] = { { "handshake.body", 0, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("tls", fields, title)
static const struct record hello_record = RECORD(hello, NULL);
static const struct record suites_record = RECORD(suites, NULL);
static const struct record compression_record = RECORD(compression, NULL);
static const struct record ja4_record = RECORD(ja4, NULL);
static const struct record chosen_record = RECORD(chosen, NULL);
static const struct record extensions_record = RECORD(extensions, NULL);
static const struct record ticket_record = RECORD(ticket, NULL);
static const struct record certificates_record = RECORD(certificates, NULL);
static const struct record certificate_record = RECORD(certificate, "Certificate");
static const struct record server_point_record = RECORD(server_point, NULL);
static const struct record signature_record = RECORD(signature, NULL);
static const struct record verify_record = RECORD(verify, NULL);
static const struct record client_point_record = RECORD(client_point, NULL);
static const struct record premaster_record = RECORD(premaster, NULL);
static const struct record cert_types_record = RECORD(cert_types, NULL);
static const struct record cert_signatures_record = RECORD(cert_signatures, NULL);
static const struct record dnames_record = RECORD(dnames, NULL);
static const struct record dname_record = RECORD(dname, "Distinguished name");
static const struct record status_record = RECORD(status, NULL);
static const struct record other_record = RECORD(other, NULL);

static uint32_t type_of(struct slice message)
{
	return (uint32_t)field_get(message, &fields[TYPE]);
}

bool tls_handshake_clear(struct slice s, uint32_t length)
{
	uint32_t type = type_of(s), size = (uint32_t)field_get(s, &fields[LENGTH]);

	if (s.cap < TLS_MESSAGE_HEADER || length < TLS_MESSAGE_HEADER ||
	    !name_of(tls_messages, type))
		return false;
	/* Many encrypted records begin with a number that counts them: with zeros, as this message does. */
	if (type == TLS_HELLO_REQUEST)
		return length == TLS_MESSAGE_HEADER;
	if (type == TLS_HELLO_DONE)
		return size == 0;
	if (size + TLS_MESSAGE_HEADER <= length)
		return true;
	/* What does not fit goes on in the next record: certificates do, and hellos of who has a reason. */
	if (type == TLS_CLIENT_HELLO || type == TLS_SERVER_HELLO)
		return slice_u16(s, TLS_MESSAGE_HEADER) >> 8 == TLS_1_0 >> 8;
	return size >> 16 == 0 && length > 1024;
}

struct tls_hello tls_hello_read(struct slice message)
{
	uint32_t size = (uint32_t)field_get(message, &fields[LENGTH]), n;
	struct slice s = slice_skip(slice_clip(message, TLS_MESSAGE_HEADER + size), TLS_MESSAGE_HEADER);
	struct tls_hello h = { .client = type_of(message) == TLS_CLIENT_HELLO };

	h.version = (uint16_t)field_get(s, &hello[HELLO_VERSION]);
	n = (uint32_t)field_get(s, &hello[SESSION_LENGTH]);
	s = slice_skip(s, hello[SESSION].bit / 8);
	h.session = slice_clip(s, n);
	s = slice_skip(s, n);
	n = 2;
	if (h.client) {
		n = slice_u16(s, 0);
		s = slice_skip(s, 2);
	}
	h.suites = slice_clip(s, n);
	s = slice_skip(s, n);
	n = 1;
	if (h.client) {
		n = slice_u8(s, 0);
		s = slice_skip(s, 1);
	}
	h.methods = slice_clip(s, n);
	h.sound = s.wire >= n;
	s = slice_skip(s, n);
	h.extensions = slice_clip(slice_skip(s, 2), slice_u16(s, 0));
	h.sound &= s.wire == 0 || (s.cap < s.wire && s.cap < 2) || s.wire - 2 == slice_u16(s, 0);
	return h;
}

/* Do the extensions of h fill the room that is theirs? */
static bool sound(const struct tls_hello *h)
{
	struct slice rest = h->extensions, data;
	uint16_t type;

	while (tls_extension_next(&rest, &type, &data))
		;
	return h->sound && (rest.wire == 0 || rest.cap < rest.wire);
}

static enum proto_id tls_handshake_parse(struct step *s)
{
	uint32_t left = s->key, size = TLS_MESSAGE_HEADER + (uint32_t)get(s, &fields[LENGTH]);
	uint32_t type = (uint32_t)get(s, &fields[TYPE]);

	if (size > left)
		size = left;		/* it goes on in the next record */
	else if (left - size < TLS_MESSAGE_HEADER)
		size = left;
	step_header(s, size > s->in.wire && s->partial ? s->in.wire : size);
	if ((type == TLS_CLIENT_HELLO || type == TLS_SERVER_HELLO) && !s->partial) {
		struct tls_hello h = tls_hello_read(slice_clip(s->in, size));

		if (!sound(&h))
			step_note(s, NOTE_BAD_OPTION);
	}
	s->key = left - size;
	return s->key > 0 ? PROTO_TLS_HANDSHAKE : PROTO_TLS;
}

/* Cut n bytes off rest; r lies over them. */
static const struct record *cut(struct slice *rest, struct slice *opt, uint32_t n,
				const struct record *r)
{
	*opt = slice_clip(*rest, n);
	*rest = slice_skip(*rest, n);
	return r;
}

static const struct record *extension_option(bool client, struct slice *rest, struct slice *opt)
{
	cut(rest, opt, TLS_EXT_HEADER + slice_u16(*rest, 2), NULL);
	return tls_extension(client, slice_u16(*opt, 0), *opt);
}

/* Of a hello that is not all here there is no fingerprint. That of another has a place among the lists: it
 * stands behind the compression methods, of which the length is taken first.
 */
static const struct record *client_hello(struct slice whole, uint32_t index, struct slice *rest,
					 struct slice *opt)
{
	bool complete = whole.cap == TLS_MESSAGE_HEADER + field_get(whole, &fields[LENGTH]);
	uint32_t methods_at = slice_offset(whole, *rest) - 1;

	switch (index < 3 || complete ? index : index + 1) {
	case 0:
		return cut(rest, opt, hello[SESSION].bit / 8 +
			   (uint32_t)field_get(*rest, &hello[SESSION_LENGTH]), &hello_record);
	case 1:
		return cut(rest, opt, 2u + slice_u16(*rest, 0), &suites_record);
	case 2:
		cut(rest, opt, 1u + slice_u8(*rest, 0), NULL);
		if (complete && opt->cap > 1)
			*rest = slice_skip(whole, slice_offset(whole, *opt) + 1);
		return &compression_record;
	case 3:
		*rest = slice_skip(*rest, slice_u8(whole, methods_at));
		*opt = whole;
		return &ja4_record;
	case 4:
		return cut(rest, opt, 2, &extensions_record);
	default:
		return extension_option(true, rest, opt);
	}
}

static const struct record *server_hello(uint32_t index, struct slice *rest, struct slice *opt)
{
	switch (index) {
	case 0:
		return cut(rest, opt, hello[SESSION].bit / 8 +
			   (uint32_t)field_get(*rest, &hello[SESSION_LENGTH]), &hello_record);
	case 1:
		return cut(rest, opt, 3, &chosen_record);
	case 2:
		return cut(rest, opt, 2, &extensions_record);
	default:
		return extension_option(false, rest, opt);
	}
}

/* RFC 8422, section 5.4: of the key exchanges, those with a named curve can be told by their start. */
static const struct record *server_key(uint32_t index, struct slice *rest, struct slice *opt)
{
	if (index == 0 && field_get(*rest, &server_point[CURVE_TYPE]) == NAMED_CURVE)
		return cut(rest, opt, server_point[POINT].bit / 8 +
			   (uint32_t)field_get(*rest, &server_point[POINT_LENGTH]),
			   &server_point_record);
	if (index == 1)
		return cut(rest, opt, 4u + slice_u16(*rest, 2), &signature_record);
	return cut(rest, opt, rest->wire, &other_record);
}

static const struct record *client_key(struct slice *rest, struct slice *opt)
{
	const struct record *r = &other_record;

	if (slice_u8(*rest, 0) + 1u == rest->wire)
		r = &client_point_record;
	else if (slice_u16(*rest, 0) + 2u == rest->wire)
		r = &premaster_record;
	return cut(rest, opt, rest->wire, r);
}

static const struct record *certificate_request(uint32_t index, struct slice *rest, struct slice *opt)
{
	switch (index) {
	case 0:
		return cut(rest, opt, 1u + slice_u8(*rest, 0), &cert_types_record);
	case 1:
		return cut(rest, opt, 2u + slice_u16(*rest, 0), &cert_signatures_record);
	case 2:
		return cut(rest, opt, 2, &dnames_record);
	default:
		return cut(rest, opt, 2u + slice_u16(*rest, 0), &dname_record);
	}
}

static const struct record *tls_handshake_option(struct slice whole, uint32_t index,
						 struct slice *rest, struct slice *opt)
{
	switch (type_of(whole)) {
	case TLS_CLIENT_HELLO:
		return client_hello(whole, index, rest, opt);
	case TLS_SERVER_HELLO:
		return server_hello(index, rest, opt);
	case TLS_NEW_TICKET:
		return cut(rest, opt, rest->wire, &ticket_record);
	case TLS_CERTIFICATE:
		return index == 0 ? cut(rest, opt, 3, &certificates_record) :
		       cut(rest, opt, 3 + (uint32_t)slice_bits(*rest, 0, 24), &certificate_record);
	case TLS_SERVER_KEY:
		return server_key(index, rest, opt);
	case TLS_CLIENT_KEY:
		return client_key(rest, opt);
	case TLS_CERTIFICATE_REQUEST:
		return certificate_request(index, rest, opt);
	case TLS_CERTIFICATE_VERIFY:
		return cut(rest, opt, rest->wire, &verify_record);
	case TLS_CERTIFICATE_STATUS:
		return cut(rest, opt, rest->wire, &status_record);
	default:
		return cut(rest, opt, rest->wire, &other_record);
	}
}

static const struct record *const records[] = {
	&hello_record, &suites_record, &compression_record, &ja4_record, &chosen_record, &extensions_record,
	&ticket_record, &certificates_record, &certificate_record, &server_point_record,
	&signature_record, &verify_record, &client_point_record, &premaster_record,
	&cert_types_record, &cert_signatures_record, &dnames_record, &dname_record, &status_record,
	&other_record,
};

static const struct record *tls_handshake_record(uint32_t n)
{
	const uint32_t own = COUNT(records);

	return n < own ? records[n] : tls_extension_record(n - own);
}

#define HOST_MAX 48		/* characters of it in a line */
#define ALPN_MAX 16

/* "Client Hello (SNI example.org, ALPN h2)" */
static void put_client(struct out *o, const struct tls_hello *h)
{
	struct slice host = tls_hello_host(h), alpn = tls_hello_alpn(h);

	if (host.cap > 0) {
		out_str(o, " (SNI ");
		out_text(o, slice_clip(host, HOST_MAX));
	}
	if (alpn.cap > 0) {
		out_str(o, host.cap > 0 ? ", ALPN " : " (ALPN ");
		out_text(o, slice_clip(alpn, ALPN_MAX));
	}
	if (host.cap > 0 || alpn.cap > 0)
		out_char(o, ')');
}

/* "Server Hello (TLS_AES_128_GCM_SHA256, ALPN h2)" */
static void put_server(struct out *o, const struct tls_hello *h)
{
	struct slice alpn = tls_hello_alpn(h);
	const char *suite = name_of(tls_suites, slice_u16(h->suites, 0));

	if (h->suites.cap < 2)
		return;
	out_str(o, " (");
	if (suite) {
		out_str(o, suite);
	} else {
		out_str(o, "0x");
		out_hex(o, slice_u16(h->suites, 0), 4);
	}
	if (alpn.cap > 0) {
		out_str(o, ", ALPN ");
		out_text(o, slice_clip(alpn, ALPN_MAX));
	}
	out_char(o, ')');
}

/* RFC 8446, section 4.1.3: the random number of a ServerHello that asks for another ClientHello. */
static bool is_retry(struct slice message)
{
	static const uint8_t retry[] = {
		0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
		0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
	};

	return slice_starts(field_bytes(slice_skip(message, TLS_MESSAGE_HEADER), &hello[RANDOM]), retry,
			    sizeof(retry));
}

const char *tls_handshake_version(struct slice message)
{
	struct tls_hello h = tls_hello_read(message);

	if (type_of(message) != TLS_CLIENT_HELLO && type_of(message) != TLS_SERVER_HELLO)
		return NULL;
	return name_of(tls_versions, tls_hello_version(&h));
}

void tls_handshake_put(struct out *o, struct slice message)
{
	uint32_t type = type_of(message);
	const char *name = name_of(tls_messages, type);
	struct tls_hello h = tls_hello_read(message);

	if (type == TLS_SERVER_HELLO && is_retry(message))
		name = "Hello Retry Request";
	out_str(o, name ? name : "Handshake Message");
	if (type == TLS_CLIENT_HELLO)
		put_client(o, &h);
	else if (type == TLS_SERVER_HELLO)
		put_server(o, &h);
}

static void tls_handshake_make(struct out *o, const struct decoded *d, const struct layer *l,
			       const struct field *f)
{
	(void)f;
	tls_ja4_put(o, layer_head(d, l), 't');
}

const struct proto proto_tls_handshake = {
	.head    = { "tls", fields, FIELDS, NULL },
	.title   = "TLS Handshake Protocol",
	.several = true,
	.min_len = TLS_MESSAGE_HEADER,
	.parse   = tls_handshake_parse,
	.option  = tls_handshake_option,
	.make    = tls_handshake_make,
	.record  = tls_handshake_record,
};
