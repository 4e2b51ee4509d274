/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.h - what the files of Transport Layer Security share */
#ifndef DECODE_PROTO_TLS_H
#define DECODE_PROTO_TLS_H

#include "decode/brief.h"

enum { TLS_1_0 = 0x0301, TLS_1_2 = 0x0303, TLS_1_3 = 0x0304 };

/* RFC 8446, section 4; those with their TLS 1.2 meaning too. */
enum tls_message {
	TLS_HELLO_REQUEST = 0, TLS_CLIENT_HELLO = 1, TLS_SERVER_HELLO = 2, TLS_NEW_TICKET = 4,
	TLS_CERTIFICATE = 11, TLS_SERVER_KEY = 12, TLS_CERTIFICATE_REQUEST = 13,
	TLS_HELLO_DONE = 14, TLS_CERTIFICATE_VERIFY = 15, TLS_CLIENT_KEY = 16, TLS_FINISHED = 20,
	TLS_CERTIFICATE_STATUS = 22,
};

enum {
	TLS_EXT_SERVER_NAME = 0, TLS_EXT_SIGNATURES = 13, TLS_EXT_ALPN = 16, TLS_EXT_VERSIONS = 43,
	TLS_EXT_KEY_SHARE = 51,
};

#define TLS_MESSAGE_HEADER 4	/* bytes: type and length */
#define TLS_EXT_HEADER 4

/* A ClientHello or ServerHello, cut into its lists. */
struct tls_hello {
	bool client;
	uint16_t version;		/* as the message's start says, not its extensions */
	struct slice session;		/* session id */
	struct slice suites;		/* 2 bytes each, without their length */
	struct slice methods;		/* compression, a byte each */
	struct slice extensions;
	bool sound;			/* every length fits into what is around it */
};

/* Read the whole message, from its type on. What is not there is empty. */
struct tls_hello tls_hello_read(struct slice message);

/* Cut the next extension off rest; false at the end, and where what is left is none. */
bool tls_extension_next(struct slice *rest, uint16_t *type, struct slice *data);

/* The data of the first extension of that type; false where there is none. */
bool tls_extension_find(const struct tls_hello *h, uint16_t type, struct slice *data);

/* RFC 8701: a value that only shows whether unknown ones are borne, 0x0a0a, 0x1a1a ... 0xfafa. */
static inline bool tls_is_grease(uint32_t value)
{
	return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

/* The version that is offered, the highest, or chosen: TLS 1.3 hides it in an extension. */
uint16_t tls_hello_version(const struct tls_hello *h);

/* The host that a client asks for, and the first protocol in the list; empty where there is none. */
struct slice tls_hello_host(const struct tls_hello *h);
struct slice tls_hello_alpn(const struct tls_hello *h);

/* Does a record of length bytes, at s as far as they are there, begin with a handshake message that can
 * be read? Else it is an encrypted one.
 */
bool tls_handshake_clear(struct slice s, uint32_t length);

/* "TLS 1.3", what a hello offers or chooses; NULL for other messages. */
const char *tls_handshake_version(struct slice message);

/* Append what the handshake message says, "Client Hello (SNI example.org)". */
void tls_handshake_put(struct out *o, struct slice message);

/* Append the JA4 fingerprint of a whole ClientHello; transport is 't' over TCP, 'q' in QUIC. */
void tls_ja4_put(struct out *o, struct slice message, char transport);

/* The record to lay over an extension. */
const struct record *tls_extension(bool client, uint16_t type, struct slice extension);

/* The n-th of them all, see struct proto. */
const struct record *tls_extension_record(uint32_t n);

extern const struct name tls_versions[], tls_suites[], tls_groups[], tls_signatures[],
	tls_extensions[], tls_alerts[], tls_messages[];

#endif
