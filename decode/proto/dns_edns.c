/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_edns.c - options of OPT: RFC 6891, 6975, 7314, 7828, 7830, 7871, 7873, 7901, 8145 */
#include "decode/name.h"
#include "decode/proto/dns_records.h"

enum { CODE, LENGTH, CONTENT, OPTION_HEADER = 4 };

#define AT 32		/* where the content starts, bits */

enum { ECS_FAMILY, ECS_NETMASK, ECS_SCOPE, ECS_BYTES = 4 };

static bool is_ecs4(struct slice option)
{
	return slice_u16(option, OPTION_HEADER) == 1;
}

static bool is_ecs6(struct slice option)
{
	return slice_u16(option, OPTION_HEADER) == 2;
}

static const struct field ecs[] = {
	[ECS_FAMILY]  = { "opt.client.family", AT, 16, UINT },
	[ECS_NETMASK] = { "opt.client.netmask", AT + 16, 8, UINT },
	[ECS_SCOPE]   = { "opt.client.scope", AT + 24, 8, UINT },
	{ "opt.client.addr4", AT + 32, 0, IPV4, .when = is_ecs4 },
	{ "opt.client.addr6", 0, 0, IPV6, .when = is_ecs6 },
	{ "opt.client.addr", 0, 0, BYTES },
};
static const struct field expire[] = { { "opt.expire", AT, 32, UINT } };
static const struct field cookie[] = {
	{ "opt.cookie.client", AT, 64, BYTES }, { "opt.cookie.server", AT + 64, 0, BYTES },
};
static const struct field keepalive[] = { { "opt.edns_tcp_keepalive.timeout", AT, 16, UINT } };
static const struct field dau[] = { { "opt.dau", AT, 8, UINT, .repeat = true } };
static const struct field dhu[] = { { "opt.dhu", AT, 8, UINT, .repeat = true } };
static const struct field n3u[] = { { "opt.n3u", AT, 8, UINT, .repeat = true } };
static const struct field padding[] = { { "opt.padding", AT, 0, BYTES } };
static const struct field chain[] = { { "opt.chain.fqdn", AT, 0, DNS_NAME } };
static const struct field key_tag[] = { { "opt.key_tag", AT, 16, UINT, .repeat = true } };
static const struct field error[] = {
	{ "opt.ext_error.info_code", AT, 16, UINT }, { "opt.ext_error.extra_text", AT + 16, 0, TEXT },
};

#define PARTS(id) static const struct record id##_parts = RECORD_OF("dns", id, NULL)
PARTS(ecs);
PARTS(expire);
PARTS(cookie);
PARTS(keepalive);
PARTS(dau);
PARTS(dhu);
PARTS(n3u);
PARTS(padding);
PARTS(chain);
PARTS(key_tag);
PARTS(error);

#define OPTION(id, ...) static const struct field id[] = {	\
	[CODE]    = { "opt.code",  0, 16, UINT },		\
	[LENGTH]  = { "opt.len",  16, 16, UINT },		\
	[CONTENT] = { "opt.data", AT,  0, BYTES, __VA_ARGS__ },	\
}
OPTION(option);
OPTION(option_ecs, .parts = &ecs_parts);
OPTION(option_expire, .parts = &expire_parts);
OPTION(option_cookie, .parts = &cookie_parts);
OPTION(option_keepalive, .parts = &keepalive_parts);
OPTION(option_dau, .parts = &dau_parts);
OPTION(option_dhu, .parts = &dhu_parts);
OPTION(option_n3u, .parts = &n3u_parts);
OPTION(option_padding, .parts = &padding_parts);
OPTION(option_chain, .parts = &chain_parts);
OPTION(option_key_tag, .parts = &key_tag_parts);
OPTION(option_error, .parts = &error_parts);

/* IANA, DNS Security Algorithm Numbers; Delegation Signer Digest Algorithms; NSEC3 hashes. */
static const struct name signatures[] = {
	{ 0, "DELETE" }, { 1, "RSAMD5" }, { 2, "DH" }, { 3, "DS" }, { 5, "RSASHA1" },
	{ 6, "DSA-NSEC3-SHA1" }, { 7, "RSASHA1-NSEC3-SHA1" }, { 8, "RSASHA256" },
	{ 10, "RSASHA512" }, { 12, "ECC-GOST" }, { 13, "ECDSAP256SHA256" },
	{ 14, "ECDSAP384SHA384" }, { 15, "ED25519" }, { 16, "ED448" }, { 252, "INDIRECT" },
	{ 253, "PRIVATEDNS" }, { 254, "PRIVATEOID" }, { 0, NULL },
};
static const struct name digests[] = {
	{ 1, "SHA-1" }, { 2, "SHA-256" }, { 3, "GOST_R_34.11-94" }, { 4, "SHA-384" }, { 0, NULL },
};
static const struct name hashes[] = { { 1, "SHA-1" }, { 0, NULL } };

/* s: all of the option; false: not what it can hold. */
typedef bool put_fn(struct out *o, struct slice s);

static void put_hex(struct out *o, struct slice s)
{
	if (s.wire > 0) {
		out_char(o, ' ');
		out_hexbytes(o, s, 0, s.cap);
	}
}

static bool put_bytes(struct out *o, struct slice s)
{
	put_hex(o, slice_skip(s, OPTION_HEADER));
	return true;
}

static bool put_algorithms(struct out *o, struct slice s, const struct name *names)
{
	for (; field_here(s, &dau[0]); s = slice_skip(s, 1)) {
		uint32_t value = (uint32_t)field_get(s, &dau[0]);
		const char *text = name_of(names, value);

		out_char(o, ' ');
		out_str(o, text ? text : "Alg_");
		if (!text)
			out_dec(o, value);
	}
	return true;
}

static bool put_dau(struct out *o, struct slice s)
{
	return put_algorithms(o, s, signatures);
}

static bool put_dhu(struct out *o, struct slice s)
{
	return put_algorithms(o, s, digests);
}

static bool put_n3u(struct out *o, struct slice s)
{
	return put_algorithms(o, s, hashes);
}

/* RFC 7871, section 6: as many bytes of the address as the netmask needs. */
static bool put_ecs(struct out *o, struct slice s)
{
	uint32_t netmask = (uint32_t)field_get(s, &ecs[ECS_NETMASK]);
	uint32_t family = (uint32_t)field_get(s, &ecs[ECS_FAMILY]);
	uint32_t size = family == 1 ? 4 : 16;
	struct slice part = slice_skip(s, OPTION_HEADER + ECS_BYTES);
	uint8_t addr[16] = { 0 };

	if (s.wire < OPTION_HEADER + ECS_BYTES || family < 1 || family > 2 || part.wire > size ||
	    part.wire != (netmask + 7) / 8)
		return false;
	slice_copy(addr, part, size);
	part = (struct slice){ addr, size, size };
	out_char(o, ' ');
	if (family == 1)
		out_ipv4(o, slice_u32(part, 0));
	else
		out_ipv6(o, part);
	out_char(o, '/');
	out_dec(o, netmask);
	out_char(o, '/');
	out_dec(o, field_get(s, &ecs[ECS_SCOPE]));
	return true;
}

static bool put_expire(struct out *o, struct slice s)
{
	if (s.wire == OPTION_HEADER)
		return true;
	if (s.wire != OPTION_HEADER + 4)
		return false;
	out_char(o, ' ');
	out_dec(o, field_get(s, &expire[0]));
	out_str(o, " sec");
	return true;
}

/* RFC 7873, section 4: the client's 8 bytes, then 8 to 32 of the server's or none. */
static bool put_cookie(struct out *o, struct slice s)
{
	s = slice_skip(s, OPTION_HEADER);
	if (s.wire != 8 && (s.wire < 16 || s.wire > 40))
		return false;
	put_hex(o, slice_clip(s, 8));
	put_hex(o, slice_skip(s, 8));
	return true;
}

/* RFC 7828, section 3.1: in tenths of a second. */
static bool put_keepalive(struct out *o, struct slice s)
{
	uint64_t tenths = field_get(s, &keepalive[0]);

	if (s.wire == OPTION_HEADER)
		return true;
	if (s.wire != OPTION_HEADER + 2)
		return false;
	out_char(o, ' ');
	out_dec(o, tenths / 10);
	out_char(o, '.');
	out_dec(o, tenths % 10);
	out_str(o, " sec");
	return true;
}

static bool put_padding(struct out *o, struct slice s)
{
	if (s.wire > OPTION_HEADER) {
		out_str(o, " (");
		out_dec(o, s.wire - OPTION_HEADER);
		out_char(o, ')');
	}
	return true;
}

static bool put_chain(struct out *o, struct slice s)
{
	out_char(o, ' ');
	return dns_name_line(o, slice_skip(s, OPTION_HEADER), 0);
}

static bool put_key_tags(struct out *o, struct slice s)
{
	if (s.wire < OPTION_HEADER + 2 || s.wire % 2 != 0)
		return false;
	for (; field_here(s, &key_tag[0]); s = slice_skip(s, 2)) {
		out_char(o, ' ');
		out_dec(o, field_get(s, &key_tag[0]));
	}
	return true;
}

#define RECORD(fields, title) RECORD_OF("dns", fields, title)
/* By code; the word is tcpdump's. The first is that of any other. */
static const struct {
	const char *word;
	put_fn *put;
	struct record record;
} forms[] = {
	[0]  = { NULL, put_bytes, RECORD(option, "Option") },
	[1]  = { "LLQ", put_bytes, RECORD(option, "Long-lived query") },
	[2]  = { "UL", put_bytes, RECORD(option, "Update lease") },
	[3]  = { "NSID", put_bytes, RECORD(option, "Name server identifier") },
	[5]  = { "DAU", put_dau, RECORD(option_dau, "DNSSEC algorithms understood") },
	[6]  = { "DHU", put_dhu, RECORD(option_dhu, "DS hashes understood") },
	[7]  = { "N3U", put_n3u, RECORD(option_n3u, "NSEC3 hashes understood") },
	[8]  = { "ECS", put_ecs, RECORD(option_ecs, "Client subnet") },
	[9]  = { "EXPIRE", put_expire, RECORD(option_expire, "Expire") },
	[10] = { "COOKIE", put_cookie, RECORD(option_cookie, "Cookie") },
	[11] = { "KEEPALIVE", put_keepalive, RECORD(option_keepalive, "TCP keepalive") },
	[12] = { "PADDING", put_padding, RECORD(option_padding, "Padding") },
	[13] = { "CHAIN", put_chain, RECORD(option_chain, "Chain") },
	[14] = { "KEY-TAG", put_key_tags, RECORD(option_key_tag, "Key tags") },
	[15] = { NULL, put_bytes, RECORD(option_error, "Extended error") },
	[16] = { "CLIENT-TAG", put_bytes, RECORD(option, "Client tag") },
	[17] = { "SERVER-TAG", put_bytes, RECORD(option, "Server tag") },
};
#define FORMS COUNT(forms)

static uint32_t form_of(uint32_t code)
{
	return code < FORMS && forms[code].put ? code : 0;
}

const struct record *dns_opt_inside(const struct within *w, struct slice *rest, struct slice *item)
{
	uint32_t code = (uint32_t)field_get(*rest, &option[CODE]);
	uint32_t size = OPTION_HEADER + (uint32_t)field_get(*rest, &option[LENGTH]);

	(void)w;
	*item = slice_clip(*rest, size);
	*rest = slice_skip(*rest, size);
	return &forms[form_of(code)].record;
}

const struct record *dns_any_opt(uint32_t n)
{
	return n < FORMS ? &forms[form_of(n)].record : NULL;
}

/* s: all of the option. */
static void put_option(struct out *o, struct slice s)
{
	uint32_t code = (uint32_t)field_get(s, &option[CODE]), form = form_of(code);

	if (!forms[form].word) {
		out_str(o, "Opt");
		out_dec(o, code);
		put_bytes(o, s);
		return;
	}
	out_str(o, forms[form].word);
	if (!forms[form].put(o, s))
		out_str(o, "  (invalid)");
}

bool dns_opt_put(struct out *o, const struct dns_item *item)
{
	struct slice rest = item->data;

	if (rest.wire == 0)
		return true;
	out_str(o, " [");
	while (rest.wire > 0) {
		uint32_t length = (uint32_t)field_get(rest, &option[LENGTH]);

		if (!slice_has(rest, OPTION_HEADER, length))
			return false;
		put_option(o, slice_clip(rest, OPTION_HEADER + length));
		rest = slice_skip(rest, OPTION_HEADER + length);
		if (rest.wire > 0)
			out_char(o, ',');
	}
	out_char(o, ']');
	return true;
}
