/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_records.c - questions and resource records, RFC 1035 section 4.1, 3596, 2782, 9460, 8659 */
#include "decode/proto/dns_records.h"

#include "decode/name.h"

/* A name, and behind it what every question and every record has. */
enum { NAME, TYPE, CLASS, QUESTION_FIELDS, TTL = QUESTION_FIELDS, LEN, DATA, DATA2, DATA3, DATA4 };

static const struct field question[] = {
	[NAME]  = { "qry.name",   0,  0, DNS_NAME },
	[TYPE]  = { "qry.type",   0, 16, UINT },
	[CLASS] = { "qry.class", 16, 16, HEX },
};

#define HEAD						\
	[NAME]  = { "resp.name",   0,  0, DNS_NAME },	\
	[TYPE]  = { "resp.type",   0, 16, UINT },	\
	[CLASS] = { "resp.class", 16, 16, HEX },	\
	[TTL]   = { "resp.ttl",   32, 32, UINT },	\
	[LEN]   = { "resp.len",   64, 16, UINT }
#define QUESTION_BYTES 4	/* behind the name */
#define FIXED_BYTES 10
#define AT 80			/* where the data start, bits behind the name */

static const struct field other[] = { HEAD, [DATA] = { "data", AT, 0, BYTES } };
static const struct field a[] = { HEAD, [DATA] = { "a", AT, 32, IPV4 } };
static const struct field aaaa[] = { HEAD, [DATA] = { "aaaa", AT, 128, IPV6 } };
static const struct field ns[] = { HEAD, [DATA] = { "ns", AT, 0, DNS_NAME } };
static const struct field cname[] = { HEAD, [DATA] = { "cname", AT, 0, DNS_NAME } };
static const struct field dname[] = { HEAD, [DATA] = { "dname", AT, 0, DNS_NAME } };
static const struct field ptr[] = { HEAD, [DATA] = { "ptr.domain_name", AT, 0, DNS_NAME } };
static const struct field mx[] = {
	HEAD,
	[DATA]  = { "mx.preference", AT, 16, UINT },
	[DATA2] = { "mx.mail_exchange", AT + 16, 0, DNS_NAME },
};
static const struct field txt[] = {
	HEAD, [DATA] = { "txt", AT, 0, TEXT8 }, { "txt", 0, 0, TEXT8 }, { "txt", 0, 0, TEXT8 },
	{ "txt", 0, 0, TEXT8 }, { "data", 0, 0, BYTES },
};
enum { SOA_SERIAL, SOA_MINIMUM = SOA_SERIAL + 4, SOA_NUMBERS };
static const struct field soa[] = {
	HEAD,
	[DATA]  = { "soa.mname", AT, 0, DNS_NAME },
	[DATA2] = { "soa.rname", 0, 0, DNS_NAME },
	[DATA3 + SOA_SERIAL]  = { "soa.serial_number", 0, 32, UINT },
	[DATA3 + 1]           = { "soa.refresh_interval", 32, 32, UINT },
	[DATA3 + 2]           = { "soa.retry_interval", 64, 32, UINT },
	[DATA3 + 3]           = { "soa.expire_limit", 96, 32, UINT },
	[DATA3 + SOA_MINIMUM] = { "soa.minimum_ttl", 128, 32, UINT },
};
static const struct field srv[] = {
	HEAD,
	[DATA]  = { "srv.priority", AT, 16, UINT },
	[DATA2] = { "srv.weight", AT + 16, 16, UINT },
	[DATA3] = { "srv.port", AT + 32, 16, PORT },
	[DATA4] = { "srv.target", AT + 48, 0, DNS_NAME },
};
static const struct field svcb[] = {
	HEAD,
	[DATA]  = { "svcb.svcpriority", AT, 16, UINT },
	[DATA2] = { "svcb.targetname", AT + 16, 0, DNS_NAME },
	[DATA3] = { "svcb.svcparam", 0, 0, BYTES },
};
static const struct field caa[] = {
	HEAD,
	[DATA]  = { "caa.flags", AT, 8, HEX },
	[DATA2] = { "caa.tag", AT + 8, 0, TEXT8 },
	[DATA3] = { "caa.value", 0, 0, TEXT },
};
static const struct field uri[] = {
	HEAD,
	[DATA]  = { "uri.priority", AT, 16, UINT },
	[DATA2] = { "uri.weight", AT + 16, 16, UINT },
	[DATA3] = { "uri.target", AT + 32, 0, TEXT },
};
static const struct field tsig[] = {
	HEAD,
	[DATA]  = { "tsig.algorithm_name", AT, 0, DNS_NAME },
	[DATA2] = { "tsig.time_signed", 0, 48, UINT },
	[DATA3] = { "tsig.fudge", 48, 16, UINT },
	[DATA4] = { "tsig.mac_size", 64, 16, UINT },
	{ "tsig.mac", 80, 0, BYTES },
};
/* Behind the code, whose length mac_size has. */
static const struct field tsig_end[] = {
	{ "tsig.original_id", 0, 16, UINT },
	{ "tsig.error", 16, 16, UINT },
	{ "tsig.other_len", 32, 16, UINT },
};

/* RFC 6891, section 6.1: the class and time to live of OPT mean other things. */
enum { OPT_SIZE = CLASS, OPT_RCODE, OPT_VERSION, OPT_Z };
static const struct field opt_z[] = {
	{ "resp.z.do", 48, 1, BOOL }, { "resp.z.reserved", 49, 15, HEX },
};
static const struct record opt_z_parts = { "dns", opt_z, 2, NULL };
static const struct field opt[] = {
	[NAME]        = { "resp.name",             0,  0, DNS_NAME },
	[TYPE]        = { "resp.type",             0, 16, UINT },
	[OPT_SIZE]    = { "rr.udp_payload_size",  16, 16, UINT },
	[OPT_RCODE]   = { "resp.ext_rcode",       32,  8, HEX },
	[OPT_VERSION] = { "resp.edns0_version",   40,  8, UINT },
	[OPT_Z]       = { "resp.z",               48, 16, HEX, .parts = &opt_z_parts },
	{ "resp.len", 64, 16, UINT },
	{ "opt", AT, 0, BYTES },
};

#define RECORD(fields, title) { "dns", fields, sizeof(fields) / sizeof(*(fields)), title }
static const struct record question_record = RECORD(question, "Question");
static const struct record other_record = RECORD(other, "Resource record");
static const struct {
	uint16_t type;
	struct record record;
} records[] = {
	{ DNS_A, RECORD(a, "Address") },	{ DNS_AAAA, RECORD(aaaa, "IPv6 address") },
	{ DNS_NS, RECORD(ns, "Name server") },	{ DNS_CNAME, RECORD(cname, "Canonical name") },
	{ DNS_SOA, RECORD(soa, "Start of authority") },
	{ DNS_PTR, RECORD(ptr, "Pointer") },	{ DNS_MX, RECORD(mx, "Mail exchange") },
	{ DNS_TXT, RECORD(txt, "Text") },	{ DNS_SRV, RECORD(srv, "Service") },
	{ DNS_DNAME, RECORD(dname, "Delegation name") },
	{ DNS_OPT, RECORD(opt, "EDNS options") },
	{ DNS_SVCB, RECORD(svcb, "Service binding") },
	{ DNS_HTTPS, RECORD(svcb, "HTTPS binding") },
	{ DNS_TSIG, RECORD(tsig, "Transaction signature") },
	{ DNS_URI, RECORD(uri, "URI") },
	{ DNS_CAA, RECORD(caa, "Certification authority") },
};

const struct record *dns_record(bool is_question, uint16_t type)
{
	if (is_question)
		return &question_record;
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (records[i].type == type)
			return &records[i].record;
	return &other_record;
}

const struct record *dns_any_record(uint32_t n)
{
	const uint32_t known = sizeof(records) / sizeof(records[0]);

	if (n < known)
		return &records[n].record;
	return n == known ? &question_record : n == known + 1 ? &other_record : NULL;
}

bool dns_take(struct slice msg, struct slice *rest, bool is_question, struct dns_item *item,
	      struct slice *all)
{
	uint32_t name = dns_name_length(*rest), fixed = is_question ? QUESTION_BYTES : FIXED_BYTES;
	struct slice behind = slice_skip(*rest, name);
	uint32_t size = 0;

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
		item->ttl = (uint32_t)field_get(behind, &other[TTL]);
		size = (uint32_t)field_get(behind, &other[LEN]);
		item->data = slice_part(behind, FIXED_BYTES, size);
	}
	*all = slice_clip(*rest, name + fixed + size);
	*rest = slice_skip(*rest, name + fixed + size);
	return true;
}

/* The fields of a record's data count from its name's end, as in the tables. */
static struct slice behind_name(struct slice msg, const struct dns_item *item)
{
	struct slice s = slice_skip(msg, slice_offset(msg, item->data) - FIXED_BYTES);

	return slice_clip(s, FIXED_BYTES + item->data.wire);
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
	if (!field_here(s, &a[DATA]))
		return false;
	out_char(o, ' ');
	brief_host(o, b, field_bytes(s, &a[DATA]));
	return true;
}

static bool put_aaaa(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)msg;
	if (!field_here(s, &aaaa[DATA]))
		return false;
	out_char(o, ' ');
	brief_host(o, b, field_bytes(s, &aaaa[DATA]));
	return true;
}

static bool put_target(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice after;

	(void)b;
	return put_name(o, msg, slice_skip(s, ns[DATA].bit / 8), &after);
}

static bool put_mx(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice after;

	(void)b;
	if (!put_name(o, msg, slice_skip(s, mx[DATA2].bit / 8), &after))
		return false;
	put_number(o, " ", s, &mx[DATA]);
	return true;
}

static bool put_soa(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	if (!b->verbose)
		return true;
	if (!put_name(o, msg, slice_skip(s, soa[DATA].bit / 8), &s) || !put_name(o, msg, s, &s))
		return false;
	for (uint32_t i = 0; i < SOA_NUMBERS; i++) {
		if (!field_here(s, &soa[DATA3 + i]))
			return false;
		put_number(o, " ", s, &soa[DATA3 + i]);
	}
	return true;
}

/* Strings, each behind its length: RFC 1035, section 3.3. */
static bool put_txt(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)b;
	(void)msg;
	for (s = slice_skip(s, txt[DATA].bit / 8); s.wire > 0;) {
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
	if (!put_name(o, msg, slice_skip(s, srv[DATA4].bit / 8), &after))
		return false;
	put_number(o, ":", s, &srv[DATA3]);
	put_number(o, " ", s, &srv[DATA]);
	put_number(o, " ", s, &srv[DATA2]);
	return true;
}

static bool put_uri(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	(void)b;
	(void)msg;
	if (!field_here(s, &uri[DATA2]))
		return false;
	put_number(o, " ", s, &uri[DATA]);
	put_number(o, " ", s, &uri[DATA2]);
	out_char(o, ' ');
	out_visible(o, slice_skip(s, uri[DATA3].bit / 8));
	return true;
}

static bool put_tsig(struct out *o, const struct brief *b, struct slice msg, struct slice s)
{
	struct slice end;

	if (!b->verbose)
		return true;
	if (!put_name(o, msg, slice_skip(s, tsig[DATA].bit / 8), &s) ||
	    !field_here(s, &tsig[DATA4]))
		return false;
	put_number(o, " fudge=", s, &tsig[DATA3]);
	put_number(o, " maclen=", s, &tsig[DATA4]);
	end = slice_skip(s, tsig[DATA4 + 1].bit / 8 + (uint32_t)field_get(s, &tsig[DATA4]));
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

uint32_t dns_opt_rcode(const struct dns_item *item)
{
	return item->ttl >> 24;
}

bool dns_data_put(struct out *o, const struct brief *b, struct slice msg,
		  const struct dns_item *item)
{
	struct slice s = behind_name(msg, item);

	if (item->data.cap < item->data.wire || slice_skip(s, FIXED_BYTES).wire <
						field_get(s, &other[LEN]))
		return false;
	if (item->type == DNS_OPT) {
		put_number(o, " UDPsize=", s, &opt[OPT_SIZE]);
		if (field_get(s, &opt_z[0]))
			out_str(o, " DO");
		return dns_opt_put(o, item);
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].type == item->type)
			return forms[i].put(o, b, msg, s);
	return true;
}
