/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_edns.c - options of OPT: RFC 6891, 6975, 7314, 7828, 7830, 7871, 7873, 7901, 8145 */
#include "decode/name.h"
#include "decode/proto/dns_records.h"

enum { CODE, LENGTH, OPTION_HEADER = 4 };

static const struct field option[] = {
	[CODE]   = { "opt.code",  0, 16, UINT },
	[LENGTH] = { "opt.len",  16, 16, UINT },
};

enum { ECS_FAMILY, ECS_NETMASK, ECS_SCOPE, ECS_BYTES = 4 };
static const struct field ecs[] = {
	[ECS_FAMILY]  = { "opt.client.family",  0, 16, UINT },
	[ECS_NETMASK] = { "opt.client.netmask", 16, 8, UINT },
	[ECS_SCOPE]   = { "opt.client.scope",   24, 8, UINT },
};
static const struct field expire[] = { { "opt.expire", 0, 32, UINT } };
static const struct field keepalive[] = { { "opt.edns_tcp_keepalive.timeout", 0, 16, UINT } };
static const struct field algorithm[] = { { "opt.dau", 0, 8, UINT } };
static const struct field key_tag[] = { { "opt.key_tag", 0, 16, UINT } };

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

typedef bool put_fn(struct out *o, struct slice s);	/* false: not what this option can hold */

static bool put_bytes(struct out *o, struct slice s)
{
	if (s.wire > 0) {
		out_char(o, ' ');
		out_hexbytes(o, s, 0, s.cap);
	}
	return true;
}

static bool put_algorithms(struct out *o, struct slice s, const struct name *names)
{
	for (; s.cap > 0; s = slice_skip(s, 1)) {
		uint32_t value = (uint32_t)field_get(s, &algorithm[0]);
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
	struct slice part = slice_skip(s, ECS_BYTES);
	uint8_t addr[16] = { 0 };

	if (s.wire < ECS_BYTES || family < 1 || family > 2 || part.wire > size ||
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
	if (s.wire == 0)
		return true;
	if (s.wire != 4)
		return false;
	out_char(o, ' ');
	out_dec(o, field_get(s, &expire[0]));
	out_str(o, " sec");
	return true;
}

/* RFC 7873, section 4: the client's 8 bytes, then 8 to 32 of the server's or none. */
static bool put_cookie(struct out *o, struct slice s)
{
	if (s.wire != 8 && (s.wire < 16 || s.wire > 40))
		return false;
	put_bytes(o, slice_clip(s, 8));
	return put_bytes(o, slice_skip(s, 8));
}

/* RFC 7828, section 3.1: in tenths of a second. */
static bool put_keepalive(struct out *o, struct slice s)
{
	uint64_t tenths = field_get(s, &keepalive[0]);

	if (s.wire == 0)
		return true;
	if (s.wire != 2)
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
	if (s.wire > 0) {
		out_str(o, " (");
		out_dec(o, s.wire);
		out_char(o, ')');
	}
	return true;
}

static bool put_chain(struct out *o, struct slice s)
{
	out_char(o, ' ');
	return dns_name_line(o, s, 0);
}

static bool put_key_tags(struct out *o, struct slice s)
{
	if (s.wire < 2 || s.wire % 2 != 0)
		return false;
	for (; s.cap >= 2; s = slice_skip(s, 2)) {
		out_char(o, ' ');
		out_dec(o, field_get(s, &key_tag[0]));
	}
	return true;
}

static const struct {
	const char *name;
	put_fn *put;
} forms[] = {
	[1]  = { "LLQ", put_bytes },	     [2]  = { "UL", put_bytes },
	[3]  = { "NSID", put_bytes },	     [5]  = { "DAU", put_dau },
	[6]  = { "DHU", put_dhu },	     [7]  = { "N3U", put_n3u },
	[8]  = { "ECS", put_ecs },	     [9]  = { "EXPIRE", put_expire },
	[10] = { "COOKIE", put_cookie },     [11] = { "KEEPALIVE", put_keepalive },
	[12] = { "PADDING", put_padding },   [13] = { "CHAIN", put_chain },
	[14] = { "KEY-TAG", put_key_tags },  [16] = { "CLIENT-TAG", put_bytes },
	[17] = { "SERVER-TAG", put_bytes },
};

static void put_option(struct out *o, uint32_t code, struct slice s)
{
	if (code >= sizeof(forms) / sizeof(forms[0]) || !forms[code].name) {
		out_str(o, "Opt");
		out_dec(o, code);
		put_bytes(o, s);
		return;
	}
	out_str(o, forms[code].name);
	if (!forms[code].put(o, s))
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
		put_option(o, (uint32_t)field_get(rest, &option[CODE]),
			   slice_part(rest, OPTION_HEADER, length));
		rest = slice_skip(rest, OPTION_HEADER + length);
		if (rest.wire > 0)
			out_char(o, ',');
	}
	out_char(o, ']');
	return true;
}
