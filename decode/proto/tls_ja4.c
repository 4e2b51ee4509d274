/* SPDX-License-Identifier: BSD-2-Clause */
/* tls_ja4.c - JA4, the fingerprint of TLS clients, after the specification that FoxIO published
 *
 * Three parts: what can be counted in words; a hash of the cipher suites in order of their numbers; a hash
 * of the extensions in that order, and of the signature algorithms as they come. Clients shuffle the
 * first two, and put GREASE (RFC 8701) among them all, which counts for nothing.
 */
#include "decode/crypto.h"
#include "decode/proto/tls.h"

#define NUMBERS_MAX 400		/* of one list; what is longer is no client's */
#define HASH_DIGITS 12

struct numbers {
	uint32_t count;
	uint16_t number[NUMBERS_MAX];
};

static void add(struct numbers *n, uint16_t number)
{
	if (!tls_is_grease(number) && n->count < NUMBERS_MAX)
		n->number[n->count++] = number;
}

/* The same, in order of size; few, and often in order already. */
static void add_sorted(struct numbers *n, uint16_t number)
{
	uint32_t i = n->count;

	add(n, number);
	if (i == n->count)
		return;
	for (; i > 0 && n->number[i - 1] > number; i--)
		n->number[i] = n->number[i - 1];
	n->number[i] = number;
}

static struct numbers pairs(struct slice s, void (*take)(struct numbers *n, uint16_t number))
{
	struct numbers n = { 0 };

	for (; s.cap >= 2; s = slice_skip(s, 2))
		take(&n, slice_u16(s, 0));
	return n;
}

/* "002f,0035" */
static void put_list(struct out *o, const struct numbers *n)
{
	for (uint32_t i = 0; i < n->count; i++) {
		if (i > 0)
			out_char(o, ',');
		out_hex(o, n->number[i], 4);
	}
}

/* The first digits of the hash of what is between text and o->at; zeros where that is nothing. */
static void put_hash(struct out *o, const char *text, const struct out *end)
{
	uint32_t n = (uint32_t)(end->at - text);
	uint8_t digest[CRYPTO_HASH] = { 0 };

	if (n > 0)
		crypto_sha256(digest, (struct slice){ (const uint8_t *)text, n, n });
	out_hexbytes(o, (struct slice){ digest, HASH_DIGITS / 2, HASH_DIGITS / 2 }, 0, HASH_DIGITS / 2);
}

static void put_suites(struct out *o, const struct numbers *suites)
{
	char text[NUMBERS_MAX * 5];
	struct out list = { text, text + sizeof(text) };

	put_list(&list, suites);
	put_hash(o, text, &list);
}

/* The host and the protocol asked for are told in the first part, if at all. */
static void put_extensions(struct out *o, const struct tls_hello *h, const struct numbers *all)
{
	char text[2 * NUMBERS_MAX * 5];
	struct out list = { text, text + sizeof(text) };
	struct numbers n = { 0 };
	struct slice data;

	for (uint32_t i = 0; i < all->count; i++)
		if (all->number[i] != TLS_EXT_SERVER_NAME && all->number[i] != TLS_EXT_ALPN)
			n.number[n.count++] = all->number[i];
	put_list(&list, &n);
	if (tls_extension_find(h, TLS_EXT_SIGNATURES, &data) && data.cap > 2) {
		n = pairs(slice_clip(slice_skip(data, 2), slice_u16(data, 0)), add);
		out_char(&list, '_');
		put_list(&list, &n);
	}
	put_hash(o, text, &list);
}

static void put_version(struct out *o, uint16_t version)
{
	static const struct name versions[] = {
		{ 0x0002, "s2" }, { 0x0300, "s3" }, { 0x0301, "10" }, { 0x0302, "11" },
		{ 0x0303, "12" }, { 0x0304, "13" }, { 0xfeff, "d1" }, { 0xfefd, "d2" },
		{ 0xfefc, "d3" }, { 0, NULL },
	};
	const char *word = name_of(versions, version);

	out_str(o, word ? word : "00");
}

static bool is_alnum(uint8_t c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* The first and the last character; of its bytes in hexadecimal, where one of the two is none. */
static void put_alpn(struct out *o, struct slice alpn)
{
	uint8_t first = slice_u8(alpn, 0), last = slice_u8(alpn, alpn.cap - 1);

	if (alpn.cap == 0) {
		out_str(o, "00");
	} else if (is_alnum(first) && is_alnum(last)) {
		out_char(o, (char)first);
		out_char(o, (char)last);
	} else {
		out_hex(o, first >> 4, 1);
		out_hex(o, last & 15, 1);
	}
}

void tls_ja4_put(struct out *o, struct slice message, char transport)
{
	struct tls_hello h = tls_hello_read(message);
	struct numbers suites = pairs(h.suites, add_sorted), extensions = { 0 };
	struct slice rest = h.extensions, data;
	bool host = false;
	uint16_t type;

	while (tls_extension_next(&rest, &type, &data)) {
		add_sorted(&extensions, type);
		host |= type == TLS_EXT_SERVER_NAME;
	}
	out_char(o, transport);
	put_version(o, tls_hello_version(&h));
	out_char(o, host ? 'd' : 'i');
	out_dec_pad(o, min_u32(suites.count, 99), 2);
	out_dec_pad(o, min_u32(extensions.count, 99), 2);
	put_alpn(o, tls_hello_alpn(&h));
	out_char(o, '_');
	put_suites(o, &suites);
	out_char(o, '_');
	put_extensions(o, &h, &extensions);
}
