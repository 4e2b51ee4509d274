/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_words.c - what stands for the numbers of a DNS message in its one-line text */
#include "decode/proto/dns_records.h"

static const struct name opcodes[] = {
	{ 0, "" },	    { 1, " inv_q" },	{ 2, " stat" },	    { 4, " notify" },
	{ 5, " update" },   { 9, " updateA" },	{ 10, " updateD" }, { 11, " updateDA" },
	{ 12, " updateM" }, { 13, " updateMA" }, { 14, " zoneInit" }, { 15, " zoneRef" },
	{ 0, NULL },
};
static const struct name rcodes[] = {
	{ 0, "" },	    { 1, " FormErr" },	{ 2, " ServFail" }, { 3, " NXDomain" },
	{ 4, " NotImp" },   { 5, " Refused" },	{ 6, " YXDomain" }, { 7, " YXRRSet" },
	{ 8, " NXRRSet" },  { 9, " NotAuth" },	{ 10, " NotZone" }, { 15, " NoChange" },
	{ 16, " BadVers" }, { 23, " BadCookie" }, { 0, NULL },
};

const char *dns_opcode_text(uint32_t opcode)
{
	return name_of(opcodes, opcode);
}

const char *dns_type_text(uint16_t type)
{
	static const char *const low[] = {
		[1] = "A", "NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "NULL", "WKS",
		"PTR", "HINFO", "MINFO", "MX", "TXT", "RP", "AFSDB", "X25", "ISDN", "RT", "NSAP",
		"NSAP_PTR", "SIG", "KEY", "PX", "GPOS", "AAAA", "LOC", "NXT", "EID", "NIMLOC",
		"SRV", "ATMA", "NAPTR", "KX", "CERT", "A6", "DNAME", "SINK", "OPT", "APL", "DS",
		"SSHFP", "IPSECKEY", "RRSIG", "NSEC", "DNSKEY", [99] = "SPF", "UINFO", "UID",
		"GID", "UNSPEC", "UNSPECA", [249] = "TKEY", "TSIG", "IXFR", "AXFR", "MAILB",
		"MAILA", "ANY", "URI",
	};

	return type < COUNT(low) ? low[type] : NULL;
}

/* The word for value, or text and the number. */
static void put_word(struct out *o, const struct name *names, uint32_t value, const char *text)
{
	const char *word = name_of(names, value);

	out_str(o, word ? word : text);
	if (!word)
		out_dec(o, value);
}

void dns_put_opcode(struct out *o, uint32_t opcode)
{
	put_word(o, opcodes, opcode, " op");
}

void dns_put_rcode(struct out *o, uint32_t rcode)
{
	put_word(o, rcodes, rcode, " Resp");
}

void dns_put_type(struct out *o, uint16_t type)
{
	const char *text = dns_type_text(type);

	out_char(o, ' ');
	out_str(o, text ? text : "Type");
	if (!text)
		out_dec(o, type);
}

void dns_put_class(struct out *o, uint32_t class)
{
	static const struct name classes[] = {
		{ 3, " CHAOS" }, { 4, " HS" }, { 255, " ANY" }, { 0, NULL },
	};
	const char *text = name_of(classes, class);

	if (class == 1)
		return;
	if (text) {
		out_str(o, text);
	} else {
		out_str(o, " (Class ");
		out_dec(o, class);
		out_char(o, ')');
	}
}

void dns_put_ttl(struct out *o, uint32_t ttl)
{
	static const struct name units[] = {
		{ 31536000, "y" }, { 604800, "w" }, { 86400, "d" }, { 3600, "h" }, { 60, "m" },
		{ 1, "s" }, { 0, NULL },
	};

	out_str(o, " [");
	if (ttl == 0)
		out_str(o, "0s");
	for (const struct name *u = units; u->text; u++) {
		if (ttl / u->value > 0) {
			out_dec(o, ttl / u->value);
			out_str(o, u->text);
		}
		ttl %= u->value;
	}
	out_char(o, ']');
}
