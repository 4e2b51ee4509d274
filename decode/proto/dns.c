/* SPDX-License-Identifier: BSD-2-Clause */
/* dns.c - Domain Name System, RFC 1035 section 4.1; the same over multicast, RFC 6762, 4795 */
#include "decode/name.h"
#include "decode/proto/dns_records.h"

enum { ID, FLAGS, QUERIES, ANSWERS = 4, AUTHORITIES = 6, ADDITIONALS = 8 };

/* From one section's count to the next. */
#define NEXT 2

enum {
	RESPONSE, OPCODE, AUTHORITATIVE, TRUNCATED, RECDESIRED, RECAVAIL, Z, AUTHENTICATED,
	CHECKDISABLE, RCODE, FLAG_FIELDS,
};

#define FLAG_BYTE 2		/* of a message: RESPONSE is its top bit */

static bool is_response(struct slice msg)
{
	return slice_u8(msg, FLAG_BYTE) >> 7;
}

static bool is_authentic(struct slice msg)
{
	return is_response(msg) || slice_u8(msg, FLAG_BYTE + 1) & 0x20;
}

#define OPCODE_UPDATE 5

static bool is_update(struct slice msg)
{
	return (slice_u8(msg, FLAG_BYTE) >> 3 & 15) == OPCODE_UPDATE;
}

static bool is_no_update(struct slice msg)
{
	return !is_update(msg);
}

static const struct field flags[FLAG_FIELDS] = {
	[RESPONSE]      = { "response",      16, 1, BOOL },
	[OPCODE]        = { "opcode",        17, 4, UINT },
	[AUTHORITATIVE] = { "authoritative", 21, 1, BOOL, .when = is_response },
	[TRUNCATED]     = { "truncated",     22, 1, BOOL },
	[RECDESIRED]    = { "recdesired",    23, 1, BOOL },
	[RECAVAIL]      = { "recavail",      24, 1, BOOL, .when = is_response },
	[Z]             = { "z",             25, 1, BOOL },
	[AUTHENTICATED] = { "authenticated", 26, 1, BOOL, .when = is_authentic },
	[CHECKDISABLE]  = { "checkdisable",  27, 1, BOOL },
	[RCODE]         = { "rcode",         28, 4, UINT, .when = is_response },
};
static const struct record flag_parts = { "dns.flags", flags, FLAG_FIELDS, NULL };

/* RFC 4795, section 2.1.1. */
static const struct field llmnr_flags[] = {
	{ "response", 16, 1, BOOL }, { "opcode", 17, 4, UINT }, { "conflict", 21, 1, BOOL },
	{ "truncated", 22, 1, BOOL }, { "tentative", 23, 1, BOOL }, { "reserved", 24, 4, HEX },
	{ "rcode", 28, 4, UINT, .when = is_response },
};
static const struct record llmnr_flag_parts = { "dns.flags", llmnr_flags, 7, NULL };

/* An update (RFC 2136, section 2.2) calls its sections by other names. */
#define HEAD(id, flag_record) static const struct field id[] = {			\
	{ "id",             0, 16, HEX },						\
	{ "flags",         16, 16, HEX, .parts = flag_record },				\
	{ "count.queries", 32, 16, UINT, .when = is_no_update },			\
	{ "count.zones",   32, 16, UINT, .when = is_update },				\
	{ "count.answers", 48, 16, UINT, .when = is_no_update },			\
	{ "count.prerequisites", 48, 16, UINT, .when = is_update },			\
	{ "count.auth_rr", 64, 16, UINT, .when = is_no_update },			\
	{ "count.updates", 64, 16, UINT, .when = is_update },				\
	{ "count.add_rr",  80, 16, UINT },						\
}
HEAD(fields, &flag_parts);
HEAD(llmnr_fields, &llmnr_flag_parts);
#define FIELDS COUNT(fields)

#define OPCODE_IQUERY 1

static enum proto_id dns_parse(struct step *s)
{
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

/* How much is in the sections from the first on, as their counts say. */
static uint32_t count_from(struct slice msg, uint32_t first)
{
	uint32_t count = 0;

	for (uint32_t i = first; i <= ADDITIONALS; i += NEXT)
		count += (uint32_t)field_get(msg, &fields[i]);
	return count;
}

static const struct record *next_item(struct slice head, uint32_t index, struct slice *rest,
				      struct slice *item, bool multicast)
{
	uint32_t questions = (uint32_t)field_get(head, &fields[QUERIES]);
	struct dns_item content;

	if (index >= count_from(head, QUERIES) || rest->cap == 0)
		return NULL;
	if (!dns_take(head, rest, index < questions, &content, item))
		content.type = 0;
	return dns_record(index < questions, multicast, content.type);
}

static const struct record *dns_option(struct slice head, uint32_t index, struct slice *rest,
				       struct slice *item)
{
	return next_item(head, index, rest, item, false);
}

static const struct record *mdns_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *item)
{
	return next_item(head, index, rest, item, true);
}

/* A walk through a message, and what it is told on. */
struct walk {
	struct out *o;
	const struct brief *b;
	struct slice msg, rest;
	bool multicast;
	bool good;		/* nothing was cut, nothing lied */
};

/* In a query these say nothing: AA, TC, RA, Z and RCODE. */
#define ODD_FLAGS 0x06cf

#define Z_BIT 0x0040		/* RFC 1035, section 4.1.1: 0 */

/* One question with a class and a type that are in use prove more than 32 bits; counts beyond what is
 * usual, and records that do not end with the message, deny it.
 */
bool dns_proves(struct slice msg)
{
	uint32_t all_flags = (uint32_t)field_get(msg, &fields[FLAGS]), records = count_from(msg, ANSWERS);
	bool response = field_get(msg, &flags[RESPONSE]);
	struct slice rest = slice_skip(msg, DNS_HEADER), all;
	struct dns_item item;

	if (field_get(msg, &fields[QUERIES]) != 1 || all_flags & Z_BIT ||
	    !dns_opcode_text((uint32_t)field_get(msg, &flags[OPCODE])) ||
	    (!response && (all_flags & ODD_FLAGS || field_get(msg, &fields[ANSWERS]) > 0)))
		return false;
	if (!dns_take(msg, &rest, true, &item, &all) || !dns_type_text(item.type) ||
	    (item.class != 1 && item.class != 255))
		return false;
	for (uint32_t i = 0; i < records && rest.cap == rest.wire; i++)
		if (!dns_take(msg, &rest, false, &item, &all))
			return false;
	return rest.wire == 0 || rest.cap < rest.wire;
}

/* RFC 6762, sections 5.4 and 10.2: the top bit asks for unicast, or drops what was cached. */
#define MDNS_BIT 0x8000

/* " A? example.com." */
static void put_question(struct walk *w)
{
	struct dns_item item;
	struct slice all;

	w->good = dns_take(w->msg, &w->rest, true, &item, &all);
	if (!w->good)
		return;
	dns_put_type(w->o, item.type);
	dns_put_class(w->o, item.class & (w->multicast ? ~MDNS_BIT & 0xffff : 0xffff));
	if (w->multicast)
		out_str(w->o, item.class & MDNS_BIT ? " (QU)" : " (QM)");
	out_str(w->o, "? ");
	w->good = dns_name_line(w->o, w->msg, item.name);
}

/* RFC 2136, sections 2.4 and 2.5: an update asks for records, or deletes them, whatever their data. */
static bool has_no_data(struct slice msg, const struct dns_item *item)
{
	return item->size == 0 && item->type != DNS_OPT && is_update(msg);
}

/* " example.com. A 10.0.0.1", the name where the reader asks for more. */
static void put_record(struct walk *w)
{
	struct dns_item item;
	struct slice all;

	w->good = dns_take(w->msg, &w->rest, false, &item, &all);
	if (!w->good)
		return;
	if (w->b->verbose) {
		out_char(w->o, ' ');
		w->good = dns_name_line(w->o, w->msg, item.name);
		if (!w->good)
			return;
	}
	if (item.type != DNS_OPT) {
		dns_put_class(w->o, item.class & (w->multicast ? ~MDNS_BIT & 0xffff : 0xffff));
		if (w->multicast && item.class & MDNS_BIT)
			out_str(w->o, " (Cache flush)");
		if (w->b->verbose > 2)
			dns_put_ttl(w->o, item.ttl);
	}
	dns_put_type(w->o, item.type);
	w->good = has_no_data(w->msg, &item) || dns_data_put(w->o, w->b, w->msg, &item);
}

static void put_section(struct walk *w, const char *title, uint32_t count)
{
	if (count > 0)
		out_str(w->o, title);
	for (uint32_t i = 0; i < count && w->good; i++) {
		if (w->rest.wire == 0) {	/* the count lies */
			w->good = false;
			return;
		}
		if (i > 0)
			out_char(w->o, ',');
		put_record(w);
	}
}

/* All sections after the questions, as far as the reader wants them. */
static void put_sections(struct walk *w, bool response)
{
	if (response || w->b->verbose > 1)
		put_section(w, "", (uint32_t)field_get(w->msg, &fields[ANSWERS]));
	if (w->b->verbose > 1 && w->good)
		put_section(w, " ns:", (uint32_t)field_get(w->msg, &fields[AUTHORITIES]));
	if (w->b->verbose > 1 && w->good)
		put_section(w, " ar:", (uint32_t)field_get(w->msg, &fields[ADDITIONALS]));
}

/* The response code with the 8 bits more that an OPT record among the last ones may bring. */
static uint32_t full_rcode(struct slice msg)
{
	uint32_t rcode = (uint32_t)field_get(msg, &flags[RCODE]);
	uint32_t questions = (uint32_t)field_get(msg, &fields[QUERIES]);
	uint32_t before = questions + (uint32_t)field_get(msg, &fields[ANSWERS]) +
			  (uint32_t)field_get(msg, &fields[AUTHORITIES]);
	uint32_t count = (uint32_t)field_get(msg, &fields[ADDITIONALS]);
	struct slice rest = slice_skip(msg, DNS_HEADER), all;
	struct dns_item item;

	if (count == 0)
		return rcode;
	for (uint32_t i = 0; i < before + count; i++) {
		if (!dns_take(msg, &rest, i < questions, &item, &all))
			break;
		if (i >= before && item.type == DNS_OPT)
			return rcode | dns_opt_rcode(&item) << 4;
	}
	return rcode;
}

static void put_count(struct out *o, uint32_t count, const char *unit)
{
	out_str(o, " [");
	out_dec(o, count);
	out_str(o, unit);
}

static void put_response(struct walk *w)
{
	static const struct { uint8_t flag; bool set; char sign; } signs[] = {
		{ AUTHORITATIVE, true, '*' }, { RECAVAIL, false, '-' }, { TRUNCATED, true, '|' },
		{ AUTHENTICATED, true, '$' },
	};
	uint32_t questions = (uint32_t)field_get(w->msg, &fields[QUERIES]);
	struct dns_item item;
	struct slice all;

	dns_put_rcode(w->o, full_rcode(w->msg));
	for (size_t i = 0; i < COUNT(signs); i++)
		if (field_get(w->msg, &flags[signs[i].flag]) == signs[i].set)
			out_char(w->o, signs[i].sign);
	if (questions != 1)
		put_count(w->o, questions, "q]");
	for (uint32_t i = 0; i < questions && w->good; i++) {
		if (i > 0)
			out_char(w->o, ',');
		if (w->b->verbose > 1) {
			out_str(w->o, " q:");
			put_question(w);
		} else {
			w->good = dns_take(w->msg, &w->rest, true, &item, &all);
		}
	}
	if (!w->good)
		return;
	for (uint32_t i = ANSWERS; i <= ADDITIONALS; i += NEXT) {
		out_char(w->o, i == ANSWERS ? ' ' : '/');
		out_dec(w->o, field_get(w->msg, &fields[i]));
	}
	put_sections(w, true);
}

static void put_query(struct walk *w)
{
	static const struct { uint8_t field; const char *unit; } usual[] = {
		{ ANSWERS, "a]" }, { QUERIES, "q]" }, { AUTHORITIES, "n]" }, { ADDITIONALS, "au]" },
	}, inversed[] = {
		{ QUERIES, "q]" }, { ANSWERS, "a]" }, { AUTHORITIES, "n]" }, { ADDITIONALS, "au]" },
	};
	uint32_t all_flags = (uint32_t)field_get(w->msg, &fields[FLAGS]);
	bool inverse = field_get(w->msg, &flags[OPCODE]) == OPCODE_IQUERY;
	uint32_t questions = (uint32_t)field_get(w->msg, &fields[QUERIES]);

	if (field_get(w->msg, &flags[RECDESIRED]))
		out_char(w->o, '+');
	if (field_get(w->msg, &flags[CHECKDISABLE]))
		out_char(w->o, '%');
	if (all_flags & ODD_FLAGS) {
		out_str(w->o, " [b2&3=0x");
		out_hex(w->o, all_flags, 1);
		out_char(w->o, ']');
	}
	/* What is usual is not told: one question, or the one answer of an inverse query. */
	for (uint32_t i = 0; i < 4; i++) {
		uint32_t field = inverse ? inversed[i].field : usual[i].field;
		uint32_t count = (uint32_t)field_get(w->msg, &fields[field]);

		if (count != (field == (inverse ? ANSWERS : QUERIES)))
			put_count(w->o, count, inverse ? inversed[i].unit : usual[i].unit);
	}
	for (uint32_t i = 0; i < questions && w->good; i++)
		put_question(w);
	if (w->good)
		put_sections(w, false);
}

static uint32_t dns_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice msg = layer_whole(b->d, l);
	struct walk w = {
		.o = o, .b = b, .msg = msg, .rest = slice_skip(msg, DNS_HEADER),
		.multicast = l->proto == PROTO_MDNS, .good = true,
	};

	if (l->proto == PROTO_LLMNR) {		/* tcpdump says no more */
		out_str(o, "UDP, length ");
		out_dec(o, msg.wire);
		return b->d->count;
	}
	if (msg.wire < DNS_HEADER && !l->partial) {
		out_str(o, "domain [length ");
		out_dec(o, msg.wire);
		out_str(o, " < 12] (invalid)");
		return b->d->count;
	}
	if (msg.cap < DNS_HEADER) {
		out_str(o, " [|domain]");
		return b->d->count;
	}
	out_dec(o, field_get(msg, &fields[ID]));
	dns_put_opcode(o, (uint32_t)field_get(msg, &flags[OPCODE]));
	if (field_get(msg, &flags[RESPONSE]))
		put_response(&w);
	else
		put_query(&w);
	if (!w.good) {
		out_str(o, " [|domain]");
		return b->d->count;
	}
	out_str(o, " (");
	out_dec(o, msg.wire);
	out_char(o, ')');
	return b->d->count;
}

const struct proto proto_dns = {
	.head    = { "dns", fields, FIELDS, NULL },
	.title   = "Domain Name System",
	.min_len = DNS_HEADER,
	.over    = { { BY_UDPPORT, DNS_PORT } },
	.proves  = dns_proves,
	.proves_over = BY_UDPPORT,
	.parse   = dns_parse,
	.option  = dns_option,
	.record  = dns_any_record,
	.summary = dns_summary,
};

const struct proto proto_mdns = {
	.head    = { "dns", fields, FIELDS, NULL },
	.name    = "mdns",
	.title   = "Multicast Domain Name System",
	.min_len = DNS_HEADER,
	.over    = { { BY_UDPPORT, MDNS_PORT } },
	.parse   = dns_parse,
	.option  = mdns_option,
	.record  = mdns_any_record,
	.summary = dns_summary,
};

const struct proto proto_llmnr = {
	.head    = { "dns", llmnr_fields, FIELDS, NULL },
	.name    = "llmnr",
	.title   = "Link-local Multicast Name Resolution",
	.min_len = DNS_HEADER,
	.over    = { { BY_UDPPORT, LLMNR_PORT } },
	.parse   = dns_parse,
	.option  = dns_option,
	.record  = dns_any_record,
	.summary = dns_summary,
};
