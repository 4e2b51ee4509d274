/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv4_options.c - options of IPv4, RFC 791 section 3.1; router alert, RFC 2113 */
#include "decode/ipv4_options.h"

enum { TYPE, LEN, PTR, FIRST };		/* where every option with a pointer starts */

#define TYPE_FIELD { "opt.type", 0, 8, UINT, .parts = &type_record }
#define LEN_FIELD { "opt.len", 8, 8, UINT }
#define PTR_FIELD { "opt.ptr", 16, 8, UINT }

/* Nine addresses fill an option; those behind its end are absent. */
#define ADDRESSES(name)                                                                    \
	{ name, 24, 32, IPV4 }, { name, 56, 32, IPV4 }, { name, 88, 32, IPV4 },            \
	{ name, 120, 32, IPV4 }, { name, 152, 32, IPV4 }, { name, 184, 32, IPV4 },         \
	{ name, 216, 32, IPV4 }, { name, 248, 32, IPV4 }, { name, 280, 32, IPV4 }

static const struct field type_parts[] = {
	{ "opt.type.copy",   0, 1, BOOL },
	{ "opt.type.class",  1, 2, UINT },
	{ "opt.type.number", 3, 5, UINT },
};
static const struct record type_record = { "ip", type_parts, 3 };

static const struct field single[] = { TYPE_FIELD };
static const struct field record_route[] = {
	TYPE_FIELD, LEN_FIELD, PTR_FIELD, ADDRESSES("rec_rt"),
};
static const struct field source_route[] = {
	TYPE_FIELD, LEN_FIELD, PTR_FIELD, ADDRESSES("src_rt"),
};
static const struct field alert[] = { TYPE_FIELD, LEN_FIELD, { "opt.ra", 16, 16, UINT } };
static const struct field stream[] = { TYPE_FIELD, LEN_FIELD, { "opt.sid", 16, 16, UINT } };
static const struct field mtu[] = { TYPE_FIELD, LEN_FIELD, { "opt.mtu", 16, 16, UINT } };
static const struct field other[] = { TYPE_FIELD, LEN_FIELD, { "opt.data", 16, 0, BYTES } };

enum { OVERFLOW_ = FIRST, FLAG, STAMPS };	/* in a timestamp option, from its pointer on */
#define STAMP_HEAD TYPE_FIELD, LEN_FIELD, PTR_FIELD, { "opt.overflow", 24, 4, UINT }, \
	{ "opt.flag", 28, 4, HEX }
#define STAMP(bit) { "opt.time_stamp", bit, 32, UINT }
#define STAMP_OF(bit) { "opt.time_stamp_addr", bit, 32, IPV4 }, STAMP(bit + 32)

static const struct field stamps[] = {
	STAMP_HEAD, STAMP(32), STAMP(64), STAMP(96), STAMP(128), STAMP(160), STAMP(192), STAMP(224),
	STAMP(256), STAMP(288),
};
static const struct field stamps_of[] = {
	STAMP_HEAD, STAMP_OF(32), STAMP_OF(96), STAMP_OF(160), STAMP_OF(224),
};

#define RECORD(fields, title) RECORD_OF("ip", fields, title)

static const struct record eol_record = RECORD(single, "End of options");
static const struct record nop_record = RECORD(single, "No operation");
static const struct record rr_record = RECORD(record_route, "Record route");
static const struct record lsrr_record = RECORD(source_route, "Loose source route");
static const struct record ssrr_record = RECORD(source_route, "Strict source route");
static const struct record stamps_record = RECORD(stamps, "Timestamps");
static const struct record stamps_of_record = RECORD(stamps_of, "Timestamps and addresses");
static const struct record alert_record = RECORD(alert, "Router alert");
static const struct record stream_record = RECORD(stream, "Stream identifier");
static const struct record probe_record = RECORD(mtu, "MTU probe");
static const struct record reply_record = RECORD(mtu, "MTU reply");
static const struct record other_record = RECORD(other, "Option");

RECORD_LIST(ipv4_option_record, &eol_record, &nop_record, &rr_record, &lsrr_record, &ssrr_record,
	    &stamps_record, &stamps_of_record, &alert_record, &stream_record, &probe_record,
	    &reply_record, &other_record)

enum { EOL = 0, NOP = 1, RR = 7, MTU_PROBE = 11, MTU_REPLY = 12, TIMESTAMP = 68, TRACEROUTE = 82,
       SECURITY = 130, LSRR = 131, STREAM = 136, SSRR = 137, ALERT = 148 };
enum { TSONLY = 0, TS_ADDRESS = 1, TS_PRESPECIFIED = 3 };

static uint32_t value(struct slice opt, const struct field *f)
{
	return (uint32_t)field_get(opt, f);
}

static const struct record *record_of(struct slice opt)
{
	switch (value(opt, &other[TYPE])) {
	case EOL: return &eol_record;
	case NOP: return &nop_record;
	case RR: return &rr_record;
	case LSRR: return &lsrr_record;
	case SSRR: return &ssrr_record;
	case ALERT: return &alert_record;
	case STREAM: return &stream_record;
	case MTU_PROBE: return &probe_record;
	case MTU_REPLY: return &reply_record;
	case TIMESTAMP:
		return value(opt, &stamps[FLAG]) == TSONLY ? &stamps_record : &stamps_of_record;
	default: return &other_record;
	}
}

/* An impossible length takes all that is left. */
const struct record *ipv4_option(struct slice whole, uint32_t index, struct slice *rest,
				 struct slice *opt)
{
	uint32_t type, len;

	(void)whole;
	(void)index;
	if (rest->cap == 0)
		return NULL;
	type = value(*rest, &other[TYPE]);
	len = value(*rest, &other[LEN]);
	if (type == EOL || type == NOP)
		len = 1;
	else if (len < 2 || len > rest->wire)
		len = rest->wire;
	*opt = slice_clip(*rest, len);
	*rest = type == EOL ? slice_skip(*rest, rest->wire) : slice_skip(*rest, len);
	return record_of(*opt);
}

/* RFC 1122, section 3.2.1.8: the destination of the header is but the next hop. */
bool ipv4_final_dst(struct slice h, struct slice *dst)
{
	struct slice rest = slice_skip(h, protos[PROTO_IPV4]->min_len), opt;
	const struct record *r;

	while ((r = ipv4_option(h, 0, &rest, &opt))) {
		if ((r != &lsrr_record && r != &ssrr_record) ||
		    value(opt, &source_route[PTR]) > value(opt, &source_route[LEN]))
			continue;
		for (const struct field *f = &source_route[FIRST];
		     f < source_route + r->count && field_here(opt, f); f++)
			*dst = field_bytes(opt, f);
	}
	return true;
}

static void put_bad(struct out *o, const char *what, uint32_t number)
{
	out_str(o, "[bad ");
	out_str(o, what);
	out_char(o, ' ');
	out_dec(o, number);
	out_char(o, ']');
}

/* The addresses of a route; a comma behind those that were passed already. */
static void put_route(struct out *o, struct slice opt)
{
	uint32_t ptr = value(opt, &record_route[PTR]), len = value(opt, &record_route[LEN]);

	if (len < 3 || (len + 1) % 4 != 0) {
		out_char(o, ' ');
		put_bad(o, "length", len);
	}
	if (len < 3)
		return;
	if (ptr < 4 || (ptr & 3) != 0 || ptr > len + 1) {
		out_char(o, ' ');
		put_bad(o, "ptr", ptr);
	}
	for (const struct field *f = &record_route[FIRST];
	     f < record_route + rr_record.count && field_here(opt, f); f++) {
		out_char(o, ' ');
		out_ipv4(o, value(opt, f));
		if (ptr > f->bit / 8 + 1u)
			out_char(o, ',');
	}
}

/* The stamps from f to end, each with its address where those are told. */
static void put_stamp_list(struct out *o, struct slice opt, const struct field *f,
			   const struct field *end, bool addresses)
{
	uint32_t ptr = value(opt, &stamps[PTR]);

	for (; f < end && field_here(opt, f); f++) {
		const struct field *address = f;

		out_str(o, ptr == f->bit / 8 + 1u ? " ^ " : " ");
		if (addresses && (++f == end || !field_here(opt, f)))
			break;
		out_dec(o, value(opt, f));
		out_char(o, '@');
		if (addresses)
			out_ipv4(o, value(opt, address));
	}
	if (ptr == value(opt, &stamps[LEN]) + 1)
		out_str(o, " ^ ");
}

static void put_stamps(struct out *o, struct slice opt)
{
	uint32_t ptr = value(opt, &stamps[PTR]), len = value(opt, &stamps[LEN]);
	uint32_t flag = value(opt, &stamps[FLAG]), missed = value(opt, &stamps[OVERFLOW_]);

	if (len < 4) {
		put_bad(o, "length", len);
		return;
	}
	out_str(o, " TS{");
	if (len % (flag == TSONLY ? 4 : 8) != (flag == TSONLY ? 0 : 4))
		put_bad(o, "length", len);
	if (ptr < 5 || (ptr - 1) % 4 != 0 || ptr > len + 1)
		put_bad(o, "ptr", ptr);
	if (flag == TSONLY) {
		out_str(o, "TSONLY");
		put_stamp_list(o, opt, stamps + STAMPS, stamps + stamps_record.count, false);
	} else if (flag == TS_ADDRESS || flag == TS_PRESPECIFIED) {
		out_str(o, flag == TS_ADDRESS ? "TS+ADDR" : "PRESPEC");
		put_stamp_list(o, opt, stamps_of + STAMPS, stamps_of + stamps_of_record.count,
			       true);
	} else {
		put_bad(o, "ts type", flag);
	}
	if (missed) {
		out_str(o, " [");
		out_dec(o, missed);
		out_str(o, " hops not recorded]} ");
	} else {
		out_char(o, '}');
	}
}

static const struct name words[] = {
	{ EOL, "EOL" }, { NOP, "NOP" }, { RR, "RR" }, { TIMESTAMP, "timestamp" },
	{ SECURITY, "security" }, { LSRR, "LSRR" }, { SSRR, "SSRR" }, { ALERT, "RA" },
	{ TRACEROUTE, "traceroute" }, { 0, NULL },
};

static void put_alert(struct out *o, struct slice opt)
{
	if (value(opt, &alert[LEN]) < 4) {
		out_char(o, ' ');
		put_bad(o, "length", value(opt, &alert[LEN]));
	} else if (value(opt, &alert[PTR]) != 0) {
		out_str(o, " value ");
		out_dec(o, value(opt, &alert[PTR]));
	}
}

static const char *name_of_type(uint32_t type)
{
	const struct name *n = words;

	while (n->text && n->value != type)
		n++;
	return n->text;
}

/* Returns false where the length makes what follows unreadable. */
static bool put_option(struct out *o, struct slice rest, struct slice opt)
{
	uint32_t type = value(opt, &other[TYPE]), len = value(rest, &other[LEN]);
	const char *word = name_of_type(type);

	out_str(o, word ? word : "unknown ");
	if (!word)
		out_dec(o, type);
	if (type == EOL || type == NOP)
		return true;
	if (rest.wire < 2 || len < 2 || len > rest.wire) {
		out_char(o, ' ');
		put_bad(o, "length", rest.wire < 2 ? 0 : len);
		return false;
	}
	if (type == RR || type == LSRR || type == SSRR)
		put_route(o, opt);
	else if (type == TIMESTAMP)
		put_stamps(o, opt);
	else if (type == ALERT)
		put_alert(o, opt);
	return true;
}

void ipv4_put_options(struct out *o, struct slice options)
{
	struct slice rest = options, opt;
	const char *between = ", options (";

	while (rest.cap > 0) {
		struct slice before = rest;

		if (!ipv4_option(options, 0, &rest, &opt))
			break;
		out_str(o, between);
		between = ",";
		if (!put_option(o, before, opt))
			break;
	}
	out_char(o, ')');
}
