/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_records.c - questions and resource records, RFC 1035 section 4.1, 6762, 6891
 *
 * A record is a head that all have, and data behind it of a form that depends on its type: those are
 * in dns_data.c and dns_sec.c. The title is that of the type.
 */
#include "decode/proto/dns_records.h"

#include "decode/name.h"

enum { NAME, TYPE, CLASS, QUESTION_FIELDS, TTL = QUESTION_FIELDS, LEN, FIELDS };

static const struct field question[QUESTION_FIELDS] = {
	[NAME]  = { "qry.name",   0,  0, DNS_NAME },
	[TYPE]  = { "qry.type",   0, 16, UINT },
	[CLASS] = { "qry.class", 16, 16, HEX },
};
static const struct field head[FIELDS] = {
	[NAME]  = { "resp.name",   0,  0, DNS_NAME },
	[TYPE]  = { "resp.type",   0, 16, UINT },
	[CLASS] = { "resp.class", 16, 16, HEX },
	[TTL]   = { "resp.ttl",   32, 32, UINT },
	[LEN]   = { "resp.len",   64, 16, UINT },
};
#define QUESTION_BYTES 4	/* behind the name */
#define FIXED_BYTES 10

/* RFC 6762, sections 5.4 and 10.2: the top bit of a class asks for unicast, or drops what was cached. */
static const struct field multicast_question[] = {
	{ "qry.name",  0,  0, DNS_NAME }, { "qry.type",  0, 16, UINT },
	{ "qry.qu", 16, 1, BOOL }, { "qry.class", 17, 15, HEX },
};
static const struct field multicast_head[] = {
	{ "resp.name",   0,  0, DNS_NAME }, { "resp.type",   0, 16, UINT },
	{ "resp.cache_flush", 16, 1, BOOL }, { "resp.class", 17, 15, HEX },
	{ "resp.ttl",   32, 32, UINT },	{ "resp.len",   64, 16, UINT },
};

/* RFC 6891, section 6.1: the class and time to live of OPT mean other things. */
static const struct field opt_z[] = {
	{ "resp.z.do", 48, 1, BOOL }, { "resp.z.reserved", 49, 15, HEX },
};
static const struct record opt_z_parts = { "dns", opt_z, 2, NULL };

#define OPT_END							\
	{ "resp.ext_rcode", 32, 8, HEX },			\
	{ "resp.edns0_version", 40, 8, UINT },			\
	{ "resp.z", 48, 16, HEX, .parts = &opt_z_parts },	\
	{ "resp.len", 64, 16, UINT }
static const struct field opt[] = {
	{ "resp.name", 0, 0, DNS_NAME }, { "resp.type", 0, 16, UINT },
	{ "rr.udp_payload_size", 16, 16, UINT }, OPT_END,
};
static const struct field multicast_opt[] = {
	{ "resp.name", 0, 0, DNS_NAME }, { "resp.type", 0, 16, UINT },
	{ "resp.cache_flush", 16, 1, BOOL }, { "rr.udp_payload_size", 17, 15, HEX }, OPT_END,
};

static const struct record *data_of(const struct within *w, struct slice *rest, struct slice *item)
{
	struct slice behind = slice_skip(w->bytes, dns_name_length(w->bytes));
	uint16_t type = (uint16_t)field_get(behind, &head[TYPE]);

	if (w->index > 0)
		return NULL;
	*item = *rest;
	*rest = slice_skip(*rest, rest->wire);
	return dns_data(type);
}

#define RECORD(fields, title, inside) RECORD_OF("dns", fields, title, inside)
static const struct record questions[] = {
	RECORD(question, "Question", NULL), RECORD(multicast_question, "Question", NULL),
};

/* The titles of types; how a message says them both ways, multicast the second. */
#define BOTH(type, title) { type, { RECORD(head, title, data_of), RECORD(multicast_head, title, data_of) } }
static const struct {
	uint16_t type;
	struct record way[2];
} records[] = {
	BOTH(DNS_A, "Address"), BOTH(DNS_AAAA, "IPv6 address"), BOTH(DNS_NS, "Name server"),
	BOTH(DNS_CNAME, "Canonical name"), BOTH(DNS_SOA, "Start of authority"),
	BOTH(DNS_PTR, "Pointer"), BOTH(DNS_HINFO, "Host information"), BOTH(DNS_MX, "Mail exchange"),
	BOTH(DNS_TXT, "Text"), BOTH(DNS_SRV, "Service"), BOTH(DNS_NAPTR, "Naming authority pointer"),
	BOTH(DNS_DNAME, "Delegation name"), BOTH(DNS_DS, "Delegation signer"),
	BOTH(DNS_SSHFP, "SSH fingerprint"), BOTH(DNS_RRSIG, "Signature"), BOTH(DNS_NSEC, "Next secure"),
	BOTH(DNS_DNSKEY, "Key"), BOTH(DNS_NSEC3, "Next secure, hashed"),
	BOTH(DNS_TLSA, "Certificate association"), BOTH(DNS_SVCB, "Service binding"),
	BOTH(DNS_HTTPS, "HTTPS binding"), BOTH(DNS_TSIG, "Transaction signature"),
	BOTH(DNS_URI, "URI"), BOTH(DNS_CAA, "Certification authority"),
	{ DNS_OPT, { RECORD(opt, "EDNS", dns_opt_inside), RECORD(multicast_opt, "EDNS", dns_opt_inside) } },
	BOTH(0, "Resource record"),		/* of any other type: the last */
};

const struct record *dns_record(bool is_question, bool multicast, uint16_t type)
{
	uint32_t i = 0;

	if (is_question)
		return &questions[multicast];
	while (i + 1 < COUNT(records) && records[i].type != type)
		i++;
	return &records[i].way[multicast];
}

static const struct record *any_record(uint32_t n, bool multicast)
{
	static const struct record *(*const inner[])(uint32_t n) = {
		dns_any_data, dns_any_sec_data, dns_any_opt, dns_any_svcb,
	};

	if (n == 0)
		return &questions[multicast];
	n--;
	if (n < COUNT(records))
		return &records[n].way[multicast];
	n -= (uint32_t)COUNT(records);
	for (uint32_t i = 0; i < COUNT(inner); i++) {
		uint32_t k = 0;

		for (; inner[i](k); k++)
			if (k == n)
				return inner[i](k);
		n -= k;
	}
	return NULL;
}

const struct record *dns_any_record(uint32_t n)
{
	return any_record(n, false);
}

const struct record *mdns_any_record(uint32_t n)
{
	return any_record(n, true);
}

bool dns_take(struct slice msg, struct slice *rest, bool is_question, struct dns_item *item,
	      struct slice *all)
{
	uint32_t name = dns_name_length(*rest), fixed = is_question ? QUESTION_BYTES : FIXED_BYTES;
	struct slice behind = slice_skip(*rest, name);

	*all = *rest;
	if (name == 0 || !slice_has(behind, 0, fixed)) {
		*rest = slice_skip(*rest, rest->wire);
		return false;
	}
	*item = (struct dns_item){
		.name = slice_offset(msg, *rest),
		.type = (uint16_t)field_get(behind, &question[TYPE]),
		.class = (uint16_t)field_get(behind, &question[CLASS]),
	};
	if (!is_question) {
		item->ttl = (uint32_t)field_get(behind, &head[TTL]);
		item->size = (uint16_t)field_get(behind, &head[LEN]);
		item->data = slice_part(behind, FIXED_BYTES, item->size);
	}
	*all = slice_clip(*rest, name + fixed + item->size);
	*rest = slice_skip(*rest, name + fixed + item->size);
	return true;
}

uint32_t dns_opt_rcode(const struct dns_item *item)
{
	return item->ttl >> 24;
}
