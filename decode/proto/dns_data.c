/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_data.c - what resource records hold, RFC 1035 section 3.3, 1183, 2782, 3403, 3596, 7553, 8659, 8945 */
#include "decode/name.h"
#include "decode/proto/dns_records.h"

static const struct field other[] = { { "data", 0, 0, BYTES } };
static const struct field a[] = { { "a", 0, 32, IPV4 } };
static const struct field aaaa[] = { { "aaaa", 0, 128, IPV6 } };
static const struct field ns[] = { { "ns", 0, 0, DNS_NAME } };
static const struct field cname[] = { { "cname", 0, 0, DNS_NAME } };
static const struct field dname[] = { { "dname", 0, 0, DNS_NAME } };
static const struct field ptr[] = { { "ptr.domain_name", 0, 0, DNS_NAME } };
static const struct field txt[] = { { "txt", 0, 0, TEXT8, .repeat = true } };
static const struct field spf[] = { { "spf", 0, 0, TEXT8, .repeat = true } };
static const struct field hinfo[] = { { "hinfo.cpu", 0, 0, TEXT8 }, { "hinfo.os", 0, 0, TEXT8 } };
static const struct field rp[] = { { "rp.mailbox", 0, 0, DNS_NAME }, { "rp.txt_rr", 0, 0, DNS_NAME } };
static const struct field afsdb[] = {
	{ "afsdb.subtype", 0, 16, UINT }, { "afsdb.hostname", 16, 0, DNS_NAME },
};
static const struct field kx[] = {
	{ "kx.preference", 0, 16, UINT }, { "kx.key_exchange", 16, 0, DNS_NAME },
};

enum { MX_PREFERENCE, MX_NAME };
static const struct field mx[] = {
	[MX_PREFERENCE] = { "mx.preference", 0, 16, UINT },
	[MX_NAME]       = { "mx.mail_exchange", 16, 0, DNS_NAME },
};

enum { SOA_SERIAL = 2, SOA_NUMBERS = 5 };
static const struct field soa[] = {
	{ "soa.mname", 0, 0, DNS_NAME },
	{ "soa.rname", 0, 0, DNS_NAME },
	[SOA_SERIAL] = { "soa.serial_number", 0, 32, UINT },
	{ "soa.refresh_interval", 32, 32, UINT },
	{ "soa.retry_interval", 64, 32, UINT },
	{ "soa.expire_limit", 96, 32, UINT },
	{ "soa.minimum_ttl", 128, 32, UINT },
};

enum { SRV_PRIORITY, SRV_WEIGHT, SRV_PORT, SRV_TARGET };
static const struct field srv[] = {
	[SRV_PRIORITY] = { "srv.priority", 0, 16, UINT },
	[SRV_WEIGHT]   = { "srv.weight", 16, 16, UINT },
	[SRV_PORT]     = { "srv.port", 32, 16, PORT },
	[SRV_TARGET]   = { "srv.target", 48, 0, DNS_NAME },
};
static const struct field naptr[] = {
	{ "naptr.order", 0, 16, UINT }, { "naptr.preference", 16, 16, UINT },
	{ "naptr.flags", 32, 0, TEXT8 }, { "naptr.service", 0, 0, TEXT8 },
	{ "naptr.regex", 0, 0, TEXT8 }, { "naptr.replacement", 0, 0, DNS_NAME },
};
static const struct field svcb[] = {
	{ "svcb.svcpriority", 0, 16, UINT }, { "svcb.targetname", 16, 0, DNS_NAME },
};
static const struct field caa_flags[] = {
	{ "issuer_critical", 0, 1, BOOL }, { "reserved", 1, 7, HEX },
};
static const struct record caa_flag_parts = { "dns.caa.flags", caa_flags, 2, NULL };
static const struct field caa[] = {
	{ "caa.flags", 0, 8, HEX, .parts = &caa_flag_parts },
	{ "caa.tag", 8, 0, TEXT8 }, { "caa.value", 0, 0, TEXT },
};

enum { URI_PRIORITY, URI_WEIGHT, URI_TARGET };
static const struct field uri[] = {
	[URI_PRIORITY] = { "uri.priority", 0, 16, UINT },
	[URI_WEIGHT]   = { "uri.weight", 16, 16, UINT },
	[URI_TARGET]   = { "uri.target", 32, 0, TEXT },
};

enum { TSIG_ALGORITHM, TSIG_TIME, TSIG_FUDGE, TSIG_MAC_SIZE, TSIG_MAC };
static const struct field tsig[] = {
	[TSIG_ALGORITHM] = { "tsig.algorithm_name", 0, 0, DNS_NAME },
	[TSIG_TIME]      = { "tsig.time_signed", 0, 48, UNIX_TIME },
	[TSIG_FUDGE]     = { "tsig.fudge", 48, 16, UINT },
	[TSIG_MAC_SIZE]  = { "tsig.mac_size", 64, 16, UINT },
};
#define TSIG_FIXED 10	/* bytes behind the algorithm */
/* The code, as long as mac_size says; and what is behind it. */
static const struct field tsig_mac[] = { { "tsig.mac", 0, 0, BLANK } };
static const struct field tsig_end[] = {
	{ "tsig.original_id", 0, 16, UINT },
	{ "tsig.error", 16, 16, UINT },
	{ "tsig.other_len", 32, 16, UINT },
	{ "tsig.other_data", 48, 0, BYTES },
};

#define DATA(fields) RECORD_OF("dns", fields, NULL)
static const struct record tsig_records[] = { DATA(tsig_mac), DATA(tsig_end) };

static const struct record *tsig_inside(const struct within *w, struct slice *rest, struct slice *item)
{
	struct slice fixed = slice_skip(w->bytes, dns_name_length(w->bytes));
	uint32_t size = w->index ? rest->wire : (uint32_t)field_get(fixed, &tsig[TSIG_MAC_SIZE]);

	*item = slice_clip(*rest, size);
	*rest = slice_skip(*rest, size);
	return w->index < 2 ? &tsig_records[w->index] : NULL;
}

/* The last is that of any other type. */
static const struct {
	uint16_t type;
	struct record record;
} datas[] = {
	{ DNS_A, DATA(a) }, { DNS_AAAA, DATA(aaaa) }, { DNS_NS, DATA(ns) }, { DNS_CNAME, DATA(cname) },
	{ DNS_SOA, DATA(soa) }, { DNS_PTR, DATA(ptr) }, { DNS_HINFO, DATA(hinfo) }, { DNS_MX, DATA(mx) },
	{ DNS_TXT, DATA(txt) }, { DNS_RP, DATA(rp) }, { DNS_AFSDB, DATA(afsdb) }, { DNS_SRV, DATA(srv) },
	{ DNS_NAPTR, DATA(naptr) }, { DNS_KX, DATA(kx) }, { DNS_DNAME, DATA(dname) },
	{ DNS_SPF, DATA(spf) }, { DNS_URI, DATA(uri) }, { DNS_CAA, DATA(caa) },
	{ DNS_SVCB, { "dns", svcb, 2, NULL, dns_svcb_inside } },
	{ DNS_HTTPS, { "dns", svcb, 2, NULL, dns_svcb_inside } },
	{ DNS_TSIG, { "dns", tsig, TSIG_MAC, NULL, tsig_inside } },
	{ 0, DATA(other) },
};
#define DATAS COUNT(datas)

const struct record *dns_data(uint16_t type)
{
	const struct record *sec = dns_sec_data(type);
	uint32_t i = 0;

	while (i + 1 < DATAS && datas[i].type != type)
		i++;
	return sec ? sec : &datas[i].record;
}

const struct record *dns_any_data(uint32_t n)
{
	if (n < DATAS)
		return &datas[n].record;
	return n < DATAS + 2 ? &tsig_records[n - DATAS] : NULL;
}

static void put_number(struct out *o, const char *text, struct slice s, const struct field *f)
{
	out_str(o, text);
	out_dec(o, field_get(s, f));
}

/* " NAME" for the name at s, and what follows it as *after. */
static bool put_name(struct out *o, struct slice msg, struct slice s, struct slice *after)
{
	out_char(o, ' ');
	*after = slice_skip(s, dns_name_length(s));
	return s.cap > 0 && dns_name_line(o, msg, slice_offset(msg, s));
}

typedef bool put_fn(struct out *o, const struct brief *b, struct slice msg, struct slice s);

static bool put_a(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)msg;
	if (!field_here(s, &a[0]))
		return false;
	out_char(o, ' ');
	brief_host(o, b, field_bytes(s, &a[0]));
	return true;
}

static bool put_aaaa(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)msg;
	if (!field_here(s, &aaaa[0]))
		return false;
	out_char(o, ' ');
	brief_host(o, b, field_bytes(s, &aaaa[0]));
	return true;
}

static bool put_target(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice after;

	(void)b;
	return put_name(o, msg, s, &after);
}

static bool put_mx(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice after;

	(void)b;
	if (!put_name(o, msg, slice_skip(s, mx[MX_NAME].bit / 8), &after))
		return false;
	put_number(o, " ", s, &mx[MX_PREFERENCE]);
	return true;
}

static bool put_soa(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	if (!b->verbose)
		return true;
	if (!put_name(o, msg, s, &s) || !put_name(o, msg, s, &s))
		return false;
	for (uint32_t i = SOA_SERIAL; i < SOA_SERIAL + SOA_NUMBERS; i++) {
		if (!field_here(s, &soa[i]))
			return false;
		put_number(o, " ", s, &soa[i]);
	}
	return true;
}

/* Strings, each behind its length: RFC 1035, section 3.3. */
static bool put_txt(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)b;
	(void)msg;
	while (s.wire > 0) {
		uint32_t length = slice_u8(s, 0);

		out_str(o, " \"");
		out_visible(o, slice_part(s, 1, length));
		if (!slice_has(s, 1, length))
			return false;
		out_char(o, '"');
		s = slice_skip(s, 1 + length);
	}
	return true;
}

static bool put_srv(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice after;

	(void)b;
	if (!put_name(o, msg, slice_skip(s, srv[SRV_TARGET].bit / 8), &after))
		return false;
	put_number(o, ":", s, &srv[SRV_PORT]);
	put_number(o, " ", s, &srv[SRV_PRIORITY]);
	put_number(o, " ", s, &srv[SRV_WEIGHT]);
	return true;
}

static bool put_uri(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)b;
	(void)msg;
	if (!field_here(s, &uri[URI_WEIGHT]))
		return false;
	put_number(o, " ", s, &uri[URI_PRIORITY]);
	put_number(o, " ", s, &uri[URI_WEIGHT]);
	out_char(o, ' ');
	out_visible(o, slice_skip(s, uri[URI_TARGET].bit / 8));
	return true;
}

static bool put_tsig(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice end;

	if (!b->verbose)
		return true;
	if (!put_name(o, msg, s, &s) || !field_here(s, &tsig[TSIG_MAC_SIZE]))
		return false;
	put_number(o, " fudge=", s, &tsig[TSIG_FUDGE]);
	put_number(o, " maclen=", s, &tsig[TSIG_MAC_SIZE]);
	end = slice_skip(s, TSIG_FIXED + (uint32_t)field_get(s, &tsig[TSIG_MAC_SIZE]));
	if (!field_here(end, &tsig_end[2]))
		return false;
	put_number(o, " origid=", end, &tsig_end[0]);
	put_number(o, " error=", end, &tsig_end[1]);
	put_number(o, " otherlen=", end, &tsig_end[2]);
	return true;
}

static const struct {
	uint16_t type;
	put_fn *put;
} forms[] = {
	{ DNS_A, put_a },	   { DNS_AAAA, put_aaaa },  { DNS_CNAME, put_target },
	{ DNS_PTR, put_target },   { DNS_NS, put_target },  { DNS_TXT, put_txt },
	{ DNS_SRV, put_srv },	   { DNS_SOA, put_soa },    { DNS_MX, put_mx },
	{ DNS_DNAME, put_target }, { DNS_TSIG, put_tsig },  { DNS_URI, put_uri },
};

/* RFC 6891, section 6.1.3. */
#define OPT_DO 0x8000

bool dns_data_put(struct out *o, const struct brief *b, struct slice msg,
		  const struct dns_item *item)
{
	if (item->data.cap < item->size)
		return false;
	if (item->type == DNS_OPT) {
		out_str(o, " UDPsize=");
		out_dec(o, item->class);
		if (item->ttl & OPT_DO)
			out_str(o, " DO");
		return dns_opt_put(o, item);
	}
	for (size_t i = 0; i < COUNT(forms); i++)
		if (forms[i].type == item->type)
			return forms[i].put(o, b, msg, item->data);
	return true;
}
