/* SPDX-License-Identifier: BSD-2-Clause */
/* igmp.c - Internet Group Management Protocol, RFC 1112 appendix I, RFC 2236, RFC 3376
 *
 * How it works: type, code and checksum are the head. What follows depends on the type, and for a
 * query on the length (RFC 3376, section 7.1): it is the header's first option, and the group
 * records of a report are further ones.
 */
#include "decode/brief.h"
#include "decode/checksum.h"

#define HEAD_LEN 4
#define QUERY_V3_LEN 12		/* RFC 3376, section 7.1: a query at least so long is version 3 */

enum { TYPE, MAX_RESP, RESERVED, CHECKSUM, FIELDS };

enum { QUERY = 0x11, REPORT_V1, DVMRP, PIM, REPORT_V2 = 0x16, LEAVE, MTRACE_REPLY = 0x1e, MTRACE,
       REPORT_V3 = 0x22 };

/* Versions 1 and 3 have no time in their reports. */
static bool has_time(struct slice h)
{
	return slice_u8(h, 0) != REPORT_V1 && slice_u8(h, 0) != REPORT_V3;
}

static bool has_no_time(struct slice h)
{
	return !has_time(h);
}

static const struct field fields[FIELDS] = {
	[TYPE]     = { "type",      0,  8, HEX },
	[MAX_RESP] = { "max_resp",  8,  8, UINT, .when = has_time },	/* 1/10 s; in version 3 above 127: coded */
	[RESERVED] = { "reserved",  8,  8, BYTES, .when = has_no_time },
	[CHECKSUM] = { "checksum", 16, 16, HEX },
};

/* All tables below start behind the head, and behind each other. */
#define RECORD(id, fields_, title_) \
	static const struct record id = RECORD_OF("igmp", fields_, title_)

enum { GROUP };

static const struct field group_fields[] = {
	[GROUP] = { "maddr", 0, 32, IPV4 },
};
RECORD(group, group_fields, "Group");

enum { QUERY_GROUP, QUERY_RESERVED, QUERY_S, QUERY_QRV, QUERY_QQIC, QUERY_NUM_SRC, QUERY_SOURCE };

static const struct field query_fields[] = {
	[QUERY_GROUP]    = { "maddr",     0, 32, IPV4 },
	[QUERY_RESERVED] = { "resv",     32,  4, UINT },
	[QUERY_S]        = { "s",        36,  1, BOOL },
	[QUERY_QRV]      = { "qrv",      37,  3, UINT },
	[QUERY_QQIC]     = { "qqic",     40,  8, UINT },
	[QUERY_NUM_SRC]  = { "num_src",  48, 16, UINT },
	[QUERY_SOURCE]   = { "saddr",    64, 32, IPV4, .repeat = true },
};
RECORD(query, query_fields, "Query");

enum { REPORT_RESERVED, NUM_RECORDS };

static const struct field report_fields[] = {
	[REPORT_RESERVED] = { "reserved",      0, 16, BYTES },
	[NUM_RECORDS]     = { "num_grp_recs", 16, 16, UINT },
};
RECORD(report, report_fields, "Membership report");

enum { RECORD_TYPE, AUX_LEN, NUM_SRC, RECORD_GROUP, SOURCE };

static const struct name record_types[] = {
	{ 1, "is_in" }, { 2, "is_ex" }, { 3, "to_in" }, { 4, "to_ex" }, { 5, "allow" },
	{ 6, "block" }, { 0, NULL },
};

static const struct field record_fields[] = {
	[RECORD_TYPE]  = { "record_type",   0,  8, UINT, .names = record_types },
	[AUX_LEN]      = { "aux_data_len",  8,  8, UINT, .scale = 4 },
	[NUM_SRC]      = { "num_src",      16, 16, UINT },
	[RECORD_GROUP] = { "maddr",        32, 32, IPV4 },
	[SOURCE]       = { "saddr",        64, 32, IPV4, .repeat = true },
};
RECORD(group_record, record_fields, "Group record");

enum { MTRACE_GROUP, MTRACE_SOURCE, MTRACE_RECEIVER, MTRACE_RESPONSE, MTRACE_TTL, MTRACE_ID };

static const struct field mtrace_fields[] = {
	[MTRACE_GROUP]    = { "maddr",             0, 32, IPV4 },
	[MTRACE_SOURCE]   = { "mtrace.saddr",     32, 32, IPV4 },
	[MTRACE_RECEIVER] = { "mtrace.raddr",     64, 32, IPV4 },
	[MTRACE_RESPONSE] = { "mtrace.rspaddr",   96, 32, IPV4 },
	[MTRACE_TTL]      = { "mtrace.resp_ttl", 128,  8, UINT },
	[MTRACE_ID]       = { "mtrace.q_id",     136, 24, UINT },
};
RECORD(mtrace, mtrace_fields, "Multicast traceroute");

/* What is at the head of the bytes behind the head of a message that is wire bytes long. */
static const struct record *body_of(uint64_t type, uint32_t wire)
{
	switch (type) {
	case QUERY:
		return wire >= QUERY_V3_LEN ? &query : &group;
	case REPORT_V1:
	case REPORT_V2:
	case LEAVE:
		return &group;
	case MTRACE:
	case MTRACE_REPLY:
		return &mtrace;
	case REPORT_V3:
		return &report;
	default:
		return NULL;
	}
}

/* A query's sources and a report's records take all that is there; counts may ask for more. */
static enum proto_id igmp_parse(struct step *s)
{
	const struct record *body = body_of(get(s, &fields[TYPE]), s->in.wire);
	struct slice rest = slice_skip(s->in, HEAD_LEN);
	uint32_t least = HEAD_LEN + (body ? record_len(body) : 0);

	if (body == &query)
		least += (uint32_t)field_get(rest, &query_fields[QUERY_NUM_SRC]) *
			 query_fields[QUERY_SOURCE].width / 8;
	else if (body == &report)
		least += (uint32_t)field_get(rest, &report_fields[NUM_RECORDS]) *
			 record_len(&group_record);
	if (body == &query || body == &report) {
		step_header(s, s->in.wire);
		if (least > s->in.wire && !s->partial)
			step_note(s, NOTE_BAD_OPTION);
	} else {
		step_header(s, least);
	}
	return PROTO_DATA;
}

/* How long the group record at s is, without and with its auxiliary data, bytes. */
static uint32_t record_end(struct slice s, bool aux)
{
	uint32_t sources = (uint32_t)field_get(s, &record_fields[NUM_SRC]);
	uint32_t more = (uint32_t)field_get(s, &record_fields[AUX_LEN]);

	return record_len(&group_record) + sources * record_fields[SOURCE].width / 8 +
	       (aux ? more * record_fields[AUX_LEN].scale : 0);
}

static RECORD_LIST(igmp_record, &group, &query, &report, &group_record, &mtrace)

static const struct record *igmp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	const struct record *body = body_of(field_get(whole, &fields[TYPE]), whole.wire);
	uint32_t len, end;

	if (rest->cap == 0 || !body || (index > 0 && body != &report))
		return NULL;
	if (index > 0) {
		if (index > field_get(slice_skip(whole, HEAD_LEN), &report_fields[NUM_RECORDS]))
			return NULL;
		body = &group_record;
		len = record_end(*rest, false);
		end = record_end(*rest, true);
	} else if (body == &query) {
		len = record_len(body) + (uint32_t)field_get(*rest, &query_fields[QUERY_NUM_SRC]) *
					 query_fields[QUERY_SOURCE].width / 8;
		end = len;
	} else {
		len = end = record_len(body);
	}
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, end);
	return body;
}

/* " { 10.0.0.1 10.0.0.2 }" */
static void say_sources(struct out *o, const struct brief *b, struct slice s)
{
	out_str(o, " {");
	for (; s.cap >= 4; s = slice_skip(s, 4)) {
		out_char(o, ' ');
		brief_host(o, b, slice_clip(s, 4));
	}
	out_str(o, " }");
}

/* What is behind a group's address: its sources, or how many. s: from the first source on. */
static bool say_source_list(struct out *o, const struct brief *b, struct slice s, uint32_t count)
{
	uint32_t len = count * record_fields[SOURCE].width / 8;

	if (s.wire < len)
		return false;
	if (b->verbose > 1) {
		say_sources(o, b, slice_clip(s, len));
	} else {
		out_str(o, ", ");
		out_dec(o, count);
		out_str(o, " source(s)");
	}
	return true;
}

/* what: " [len ", and so on */
static void say_remark(struct out *o, const char *what, uint64_t number)
{
	out_str(o, what);
	out_dec(o, number);
	out_char(o, ']');
}

static void say_records(struct out *o, const struct brief *b, struct slice rest, uint64_t count)
{
	for (; count > 0 && rest.wire >= record_len(&group_record); count--) {
		uint32_t kind = (uint32_t)field_get(rest, &record_fields[RECORD_TYPE]);
		uint32_t sources = (uint32_t)field_get(rest, &record_fields[NUM_SRC]);
		const char *name = name_of(record_types, kind);

		if (!field_here(rest, &record_fields[RECORD_GROUP])) {
			out_str(o, " [|igmp]");
			return;
		}
		out_str(o, " [gaddr ");
		brief_host(o, b, field_bytes(rest, &record_fields[RECORD_GROUP]));
		if (name) {
			out_char(o, ' ');
			out_str(o, name);
		} else {
			say_remark(o, "  [v3-report-#", kind);
		}
		if (!say_source_list(o, b, slice_skip(rest, record_len(&group_record)), sources)) {
			say_remark(o, " [invalid number of sources ", sources);
			return;
		}
		out_char(o, ']');
		rest = slice_skip(rest, record_end(rest, true));
	}
	if (count > 0)
		out_str(o, " [invalid number of groups]");
}

/* RFC 3376, section 4.1.1: above 127 it is a floating point number; 1/10 s. */
static uint32_t response_time(uint32_t code)
{
	return code < 128 ? code : ((code & 15) | 16) << ((code >> 4 & 7) + 3);
}

static void say_response_time(struct out *o, uint32_t tenths)
{
	out_str(o, " [max resp time ");
	if (tenths < 600) {
		out_dec(o, tenths / 10);
		out_char(o, '.');
		out_dec(o, tenths % 10);
		out_char(o, 's');
	} else {
		out_dec(o, tenths / 600);
		out_char(o, 'm');
		if (tenths / 10 % 60) {
			out_dec(o, tenths / 10 % 60);
			out_char(o, 's');
		}
	}
	out_char(o, ']');
}

#define DEFAULT_RESPONSE_TIME 100	/* RFC 2236, section 8.3; 1/10 s */

static void say_query_v3(struct out *o, const struct brief *b, struct slice h, struct slice body)
{
	uint32_t tenths = response_time((uint32_t)field_get(h, &fields[MAX_RESP]));
	uint32_t count = (uint32_t)field_get(body, &query_fields[QUERY_NUM_SRC]);

	out_str(o, " v3");
	if (tenths != DEFAULT_RESPONSE_TIME)
		say_response_time(o, tenths);
	if (!field_here(body, &query_fields[QUERY_NUM_SRC])) {
		out_str(o, " [|igmp]");
		return;
	}
	if (field_get(body, &query_fields[QUERY_GROUP]) == 0)
		return;
	out_str(o, " [gaddr ");
	brief_host(o, b, field_bytes(body, &query_fields[QUERY_GROUP]));
	if (count > 0 && !say_source_list(o, b, slice_skip(body, record_len(&query)), count))
		out_str(o, " [invalid number of sources]");
	out_char(o, ']');
}

/* Versions 1 and 2 differ in the response time, which version 1 has not: RFC 2236, section 2.2. */
static void say_query(struct out *o, const struct brief *b, struct slice h, uint32_t wire)
{
	uint64_t tenths = field_get(h, &fields[MAX_RESP]);
	struct slice body = slice_skip(h, HEAD_LEN);

	out_str(o, "igmp query");
	if (wire >= QUERY_V3_LEN) {
		say_query_v3(o, b, h, body);
		return;
	}
	out_str(o, tenths ? " v2" : " v1");
	if (tenths != 0 && tenths != DEFAULT_RESPONSE_TIME)
		say_remark(o, " [max resp time ", tenths);
	if (!field_here(body, &group_fields[GROUP])) {
		out_str(o, " [|igmp]");
	} else if (field_get(body, &group_fields[GROUP]) != 0) {
		out_str(o, " [gaddr ");
		brief_host(o, b, field_bytes(body, &group_fields[GROUP]));
		out_char(o, ']');
	}
}

static void say_report_v3(struct out *o, const struct brief *b, struct slice whole)
{
	struct slice body = slice_skip(whole, HEAD_LEN);
	uint64_t count = field_get(body, &report_fields[NUM_RECORDS]);

	out_str(o, "igmp v3 report");
	if (whole.wire < HEAD_LEN + record_len(&report) + record_len(&group_record)) {
		say_remark(o, " [invalid len ", whole.wire);
		return;
	}
	if (!field_here(body, &report_fields[NUM_RECORDS])) {
		out_str(o, " [|igmp]");
		return;
	}
	out_str(o, ", ");
	out_dec(o, count);
	out_str(o, " group record(s)");
	if (b->verbose)
		say_records(o, b, slice_skip(body, record_len(&report)), count);
}

static void say_mtrace(struct out *o, const struct brief *b, const char *name, struct slice whole)
{
	struct slice body = slice_skip(whole, HEAD_LEN);

	if (whole.wire < HEAD_LEN + record_len(&mtrace)) {
		say_remark(o, " [invalid len ", whole.wire);
		return;
	}
	if (!field_here(body, &mtrace_fields[MTRACE_ID])) {
		out_str(o, " [|igmp]");
		return;
	}
	out_str(o, name);
	out_dec(o, field_get(body, &mtrace_fields[MTRACE_ID]));
	out_str(o, ": ");
	brief_host(o, b, field_bytes(body, &mtrace_fields[MTRACE_SOURCE]));
	out_str(o, " to ");
	brief_host(o, b, field_bytes(body, &mtrace_fields[MTRACE_RECEIVER]));
	out_str(o, " reply-to ");
	brief_host(o, b, field_bytes(body, &mtrace_fields[MTRACE_RESPONSE]));
}

static void say_group(struct out *o, const struct brief *b, const char *name, struct slice whole)
{
	struct slice body = slice_skip(whole, HEAD_LEN);

	if (!field_here(body, &group_fields[GROUP])) {
		out_str(o, " [|igmp]");
		return;
	}
	out_str(o, name);
	brief_host(o, b, field_bytes(body, &group_fields[GROUP]));
}

/* DVMRP (RFC 1075) and version 1 of PIM are named, not decoded. */
static void say_message(struct out *o, const struct brief *b, struct slice whole)
{
	uint64_t type = field_get(whole, &fields[TYPE]);

	switch (type) {
	case QUERY:
		say_query(o, b, whole, whole.wire);
		break;
	case REPORT_V1:
		say_group(o, b, "igmp v1 report ", whole);
		break;
	case REPORT_V2:
		say_group(o, b, "igmp v2 report ", whole);
		break;
	case LEAVE:
		say_group(o, b, "igmp leave ", whole);
		break;
	case REPORT_V3:
		say_report_v3(o, b, whole);
		break;
	case MTRACE:
		say_mtrace(o, b, "mtrace ", whole);
		break;
	case MTRACE_REPLY:
		say_mtrace(o, b, "mresp ", whole);
		break;
	case DVMRP:
		out_str(o, "igmp dvmrp");
		break;
	case PIM:
		out_str(o, "igmp pimv1");
		break;
	default:
		out_str(o, "igmp-");
		out_dec(o, type);
	}
}

static uint32_t igmp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	struct slice whole = layer_whole(d, &d->layer[i]);
	uint64_t type = field_get(whole, &fields[TYPE]);
	uint32_t expected;

	if (b->quiet) {
		out_str(o, "igmp");
		return d->count;
	}
	if (!field_here(whole, &fields[TYPE])) {
		out_str(o, " [|igmp]");
		return d->count;
	}
	say_message(o, b, whole);
	if ((type == REPORT_V1 || (type == QUERY && whole.wire < QUERY_V3_LEN)) &&
	    whole.wire > HEAD_LEN + record_len(&group))
		say_remark(o, " [len ", whole.wire);
	if (b->verbose && !b->unverified && !b->checksum_pending &&
	    checksum_verify(d, i, &expected) == CSUM_BAD) {
		out_str(o, " bad igmp cksum ");
		out_hex(o, field_get(whole, &fields[CHECKSUM]), 1);
		out_char(o, '!');
	}
	return d->count;
}

const struct proto proto_igmp = {
	.head    = { "igmp", fields, FIELDS, NULL },
	.path    = "igmp:igmp",
	.title   = "Internet Group Management Protocol",
	.min_len = HEAD_LEN,
	.over    = { { BY_IPPROTO, 2 } },
	.parse   = igmp_parse,
	.option  = igmp_option,
	.record  = igmp_record,
	.summary = igmp_summary,
};
