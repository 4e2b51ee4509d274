/* SPDX-License-Identifier: BSD-2-Clause */
/* mld.c - Multicast Listener Discovery, RFC 2710 and, version 2, RFC 3810 */
#include "decode/proto/icmpv6.h"

#define ADDRESS_LEN 16
#define QUERY_V2_LEN 28		/* RFC 3810, section 8.1 */

enum { DELAY, V1_RESERVED, V1_GROUP };

static const struct field v1_fields[] = {
	[DELAY]       = { "mld.maximum_response_delay", 0,  16, UINT },	/* ms */
	[V1_RESERVED] = { "reserved",                   16, 16, BYTES },
	[V1_GROUP]    = { "mld.multicast_address",      32, 128, IPV6 },
};
ICMPV6_RECORD(mld_v1, v1_fields, "Multicast listener discovery");

enum { FLAG_RESERVED, FLAG_S, FLAG_QRV };

static const struct field flag_fields[] = {
	[FLAG_RESERVED] = { "mld.flag.reserved", 160, 4, UINT },
	[FLAG_S]        = { "mld.flag.s",        164, 1, BOOL },
	[FLAG_QRV]      = { "mld.flag.qrv",      165, 3, UINT },
};
static ICMPV6_RECORD(flags, flag_fields, "Flags");

enum { RESPONSE_CODE, QUERY_RESERVED, GROUP, FLAG, QQI, NUM_SOURCES, SOURCE };

static const struct field query_fields[] = {
	[RESPONSE_CODE]  = { "mld.maximum_response_code",   0,  16, UINT },
	[QUERY_RESERVED] = { "reserved",                   16,  16, BYTES },
	[GROUP]          = { "mld.multicast_address",      32, 128, IPV6 },
	[FLAG]           = { "mld.flag",                  160,   8, HEX, .parts = &flags },
	[QQI]            = { "mld.qqi",                   168,   8, UINT },
	[NUM_SOURCES]    = { "mld.nb_sources",            176,  16, UINT },
	[SOURCE]         = { "mld.source_address",        192, 128, IPV6, .repeat = true },
};
ICMPV6_RECORD(mld_query, query_fields, "Multicast listener query");

enum { REPORT_RESERVED, NUM_RECORDS };

static const struct field report_fields[] = {
	[REPORT_RESERVED] = { "reserved",               0, 16, BYTES },
	[NUM_RECORDS]     = { "mldr.nb_mcast_records", 16, 16, UINT },
};
ICMPV6_RECORD(mld_report, report_fields, "Multicast listener report");

enum { RECORD_TYPE, AUX_LEN, RECORD_SOURCES, RECORD_GROUP, RECORD_SOURCE };

static const struct name record_types[] = {
	{ 1, "is_in" }, { 2, "is_ex" }, { 3, "to_in" }, { 4, "to_ex" }, { 5, "allow" },
	{ 6, "block" }, { 0, NULL },
};

static const struct field record_fields[] = {
	[RECORD_TYPE]    = { "mldr.mar.record_type",         0,   8, UINT, .names = record_types },
	[AUX_LEN]        = { "mldr.mar.aux_data_len",        8,   8, UINT, .scale = 4 },
	[RECORD_SOURCES] = { "mldr.mar.nb_sources",         16,  16, UINT },
	[RECORD_GROUP]   = { "mldr.mar.multicast_address",  32, 128, IPV6 },
	[RECORD_SOURCE]  = { "mldr.mar.source_address",    160, 128, IPV6, .repeat = true },
};
static ICMPV6_RECORD(address_record, record_fields, "Multicast address record");

RECORD_LIST(mld_option_record, &address_record)

bool mld_is_query_v2(uint32_t wire)
{
	return wire >= QUERY_V2_LEN;
}

uint32_t mld_query_len(struct slice body)
{
	return record_len(&mld_query) +
	       (uint32_t)field_get(body, &query_fields[NUM_SOURCES]) * ADDRESS_LEN;
}

uint32_t mld_least(const struct record *body, struct slice s)
{
	if (body == &mld_query)
		return mld_query_len(s);
	return record_len(&mld_report) + (uint32_t)field_get(s, &report_fields[NUM_RECORDS]) *
					 record_len(&address_record);
}

/* How long the record at s is, without its auxiliary data, bytes. */
static uint32_t record_end(struct slice s)
{
	return record_len(&address_record) +
	       (uint32_t)field_get(s, &record_fields[RECORD_SOURCES]) * ADDRESS_LEN;
}

static struct slice record_next(struct slice s)
{
	uint32_t aux = (uint32_t)field_get(s, &record_fields[AUX_LEN]) * record_fields[AUX_LEN].scale;

	return slice_skip(slice_skip(s, record_end(s)), aux);
}

const struct record *mld_option(struct slice body, uint32_t index, struct slice *rest,
				struct slice *opt)
{
	if (index >= field_get(body, &report_fields[NUM_RECORDS]))
		return NULL;
	*opt = slice_clip(*rest, record_end(*rest));
	*rest = record_next(*rest);
	return &address_record;
}

/* A message that is too short for its group is no more than its name. */
bool mld_say_v1(struct out *o, const struct icmpv6_text *t)
{
	if (t->body.wire < record_len(&mld_v1))
		return true;
	if (!field_here(t->body, &v1_fields[V1_GROUP]))
		return false;
	out_str(o, "max resp delay: ");
	out_dec(o, field_get(t->body, &v1_fields[DELAY]));
	out_str(o, " addr: ");
	brief_host(o, t->b, field_bytes(t->body, &v1_fields[V1_GROUP]));
	return true;
}

/* What is behind a group: its sources, or how many. s: from the first source on. */
static bool say_sources(struct out *o, const struct brief *b, struct slice s, uint32_t count)
{
	if (s.wire < count * ADDRESS_LEN)
		return false;
	if (b->verbose < 2) {
		out_str(o, ", ");
		out_dec(o, count);
		out_str(o, " source(s)");
		return true;
	}
	out_str(o, " {");
	for (; count > 0 && s.cap >= ADDRESS_LEN; count--) {
		out_char(o, ' ');
		brief_host(o, b, slice_clip(s, ADDRESS_LEN));
		s = slice_skip(s, ADDRESS_LEN);
	}
	out_str(o, " }");
	return true;
}

/* RFC 3810, sections 5.1.3 and 5.1.9: codes with the highest bit set are floating point numbers of so
 * many bits of mantissa, below 3 bits of exponent.
 */
static uint32_t float_value(uint32_t code, uint32_t mantissa)
{
	uint32_t one = 1u << mantissa;

	if (code >> (mantissa + 3) == 0)
		return code;
	return ((code & (one - 1)) | one) << ((code >> mantissa & 7) + 3);
}

/* " sflag robustness=2 qqi=125" */
static void say_query_details(struct out *o, struct slice body)
{
	if (field_get(body, &flag_fields[FLAG_S]))
		out_str(o, " sflag");
	if (field_get(body, &flag_fields[FLAG_QRV])) {
		out_str(o, " robustness=");
		out_dec(o, field_get(body, &flag_fields[FLAG_QRV]));
	}
	out_str(o, " qqi=");
	out_dec(o, float_value((uint32_t)field_get(body, &query_fields[QQI]), 4));
}

static bool say_query_v2(struct out *o, const struct icmpv6_text *t)
{
	uint32_t count = (uint32_t)field_get(t->body, &query_fields[NUM_SOURCES]);
	uint32_t code = (uint32_t)field_get(t->body, &query_fields[RESPONSE_CODE]);

	if (!field_here(t->body, &query_fields[NUM_SOURCES]))
		return false;
	out_str(o, " v2");
	if (t->b->verbose) {
		out_str(o, " [max resp delay=");
		out_dec(o, float_value(code, 12));
		out_char(o, ']');
	}
	out_str(o, " [gaddr ");
	brief_host(o, t->b, field_bytes(t->body, &query_fields[GROUP]));
	if (t->b->verbose)
		say_query_details(o, t->body);
	if (count > 0 && !say_sources(o, t->b, slice_skip(t->body, record_len(&mld_query)), count))
		out_str(o, " [invalid number of sources]");
	out_char(o, ']');
	return true;
}

bool mld_say_query(struct out *o, const struct icmpv6_text *t)
{
	if (t->body.wire == record_len(&mld_v1))
		return mld_say_v1(o, t);
	if (t->body.wire >= record_len(&mld_query))
		return say_query_v2(o, t);
	out_str(o, " unknown-version (len ");
	out_dec(o, t->length);
	out_str(o, ") ");
	return true;
}

/* False where the record is not all there. */
static bool say_record(struct out *o, const struct brief *b, struct slice s)
{
	uint32_t kind = (uint32_t)field_get(s, &record_fields[RECORD_TYPE]);
	uint32_t count = (uint32_t)field_get(s, &record_fields[RECORD_SOURCES]);
	const char *name = name_of(record_types, kind);

	out_str(o, " [gaddr ");
	brief_host(o, b, field_bytes(s, &record_fields[RECORD_GROUP]));
	if (name) {
		out_char(o, ' ');
		out_str(o, name);
	} else {
		out_str(o, "  [v2-report-#");
		out_dec(o, kind);
		out_char(o, ']');
	}
	if (!say_sources(o, b, slice_skip(s, record_len(&address_record)), count)) {
		out_str(o, " [invalid number of sources ");
		out_dec(o, count);
		out_char(o, ']');
		return false;
	}
	out_char(o, ']');
	return true;
}

bool mld_say_report(struct out *o, const struct icmpv6_text *t)
{
	uint64_t count = field_get(t->body, &report_fields[NUM_RECORDS]);
	struct slice rest = slice_skip(t->body, record_len(&mld_report));

	if (t->body.wire < record_len(&mld_report)) {
		out_str(o, " [invalid len ");
		out_dec(o, t->length);
		out_char(o, ']');
		return true;
	}
	if (!field_here(t->body, &report_fields[NUM_RECORDS]))
		return false;
	out_str(o, ", ");
	out_dec(o, count);
	out_str(o, " group record(s)");
	if (!t->b->verbose)
		return true;
	for (; count > 0 && rest.wire >= record_len(&address_record); count--) {
		if (!field_here(rest, &record_fields[RECORD_GROUP]))
			return false;
		if (!say_record(o, t->b, rest))
			return true;
		rest = record_next(rest);
	}
	if (count > 0)
		out_str(o, " [invalid number of groups]");
	return true;
}
