/* SPDX-License-Identifier: BSD-2-Clause */
/* gre.c - Generic Routing Encapsulation, RFC 2784, RFC 2890; with routes, RFC 1701; PPTP's, RFC 2637
 *
 * How it works: flags and type are the head. Each flag stands for a field behind it, in their order:
 * these are the end of the header, one record each.
 */
#include "decode/link.h"

enum { FLAGS, PROTO, FIELDS };
enum {
	CHECKSUM, ROUTING, KEY, SEQUENCE, STRICT, RECURSION, RESERVED, VERSION, FLAG_FIELDS,
};

static const struct field flag_fields[FLAG_FIELDS] = {
	[CHECKSUM]  = { "flags.checksum",            0, 1, BOOL },
	[ROUTING]   = { "flags.routing",             1, 1, BOOL },
	[KEY]       = { "flags.key",                 2, 1, BOOL },
	[SEQUENCE]  = { "flags.sequence_number",     3, 1, BOOL },
	[STRICT]    = { "flags.strict_source_route", 4, 1, BOOL },
	[RECURSION] = { "flags.recursion_control",   5, 3, UINT },
	[RESERVED]  = { "flags.reserved",            8, 5, UINT },
	[VERSION]   = { "flags.version",            13, 3, UINT },
};
static const struct record flag_parts = { "gre", flag_fields, FLAG_FIELDS };

static const struct field fields[FIELDS] = {
	[FLAGS] = { "flags_and_version", 0, 16, HEX, .parts = &flag_parts },
	[PROTO] = { "proto",            16, 16, HEX, .names = ethertypes },
};

enum { HAS_SUM = 0x8000, HAS_ROUTE = 0x4000, HAS_KEY = 0x2000, HAS_SEQ = 0x1000, IS_STRICT = 0x0800,
       HAS_ACK = 0x0080, VERSION_BITS = 7 };

static const struct field sum_fields[] = {
	{ "checksum", 0, 16, HEX },
	{ "offset",  16, 16, UINT },
};
static const struct field key_field = { "key", 0, 32, HEX };
static const struct field seq_field = { "sequence_number", 0, 32, UINT };
static const struct field ack_field = { "ack_number", 0, 32, UINT };
static const struct field call_fields[] = {
	{ "key.payload_length", 0, 16, UINT },
	{ "key.call_id",       16, 16, UINT },
};
static const struct record sum_record = { "gre", sum_fields, 2 };
static const struct record key_record = { "gre", &key_field, 1 };
static const struct record seq_record = { "gre", &seq_field, 1 };
static const struct record ack_record = { "gre", &ack_field, 1 };
static const struct record call_record = { "gre", call_fields, 2 };

enum { FAMILY, SRE_OFFSET, SRE_LENGTH, SRE_BYTES, SRE_FIELDS };

/* Source route entries: RFC 1701. The last has a length of zero. */
static const struct field sre_fields[SRE_FIELDS] = {
	[FAMILY]     = { "routing.address_family", 0, 16, UINT },
	[SRE_OFFSET] = { "routing.sre_offset",    16,  8, UINT },
	[SRE_LENGTH] = { "routing.src_length",    24,  8, UINT },
	[SRE_BYTES]  = { "routing.information",   32,  0, BYTES },
};
static const struct record sre_record = { "gre", sre_fields, SRE_FIELDS, "Source route entry" };

#define SRE_HEAD 4
#define UNIT 4		/* bytes that each of the other records takes */

/* What follows the head, in its order, and by which flag. */
static const struct part {
	uint16_t flags;
	const struct record *record;
} parts[2][3] = {
	{ { HAS_SUM | HAS_ROUTE, &sum_record }, { HAS_KEY, &key_record }, { HAS_SEQ, &seq_record } },
	{ { HAS_KEY, &call_record }, { HAS_SEQ, &seq_record }, { HAS_ACK, &ack_record } },
};

static const struct part *parts_of(uint32_t flags)
{
	return parts[(flags & VERSION_BITS) == 1];
}

static uint32_t sre_len(struct slice s)
{
	return SRE_HEAD + (uint32_t)field_get(s, &sre_fields[SRE_LENGTH]);
}

/* The route at the start of s takes so many bytes. */
static uint32_t route_len(struct slice s)
{
	uint32_t len = 0;

	while (s.cap >= SRE_HEAD && sre_len(s) > SRE_HEAD) {
		len += sre_len(s);
		s = slice_skip(s, sre_len(s));
	}
	return len + SRE_HEAD;
}

/* ERSPAN's first type has no header of its own, and no sequence number: its key says so with 0. */
static enum proto_id gre_parse(struct step *s)
{
	uint32_t flags = (uint32_t)get(s, &fields[FLAGS]), len = s->min_len;
	const struct part *p = parts_of(flags);

	s->key = (uint32_t)get(s, &fields[PROTO]);
	if ((flags & VERSION_BITS) > 1) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	for (uint32_t i = 0; i < 3; i++)
		len += flags & p[i].flags ? UNIT : 0;
	if ((flags & VERSION_BITS) == 0 && flags & HAS_ROUTE)
		len += route_len(slice_skip(s->in, len));
	step_header(s, len);
	if (s->key == LINK_ERSPAN && !(flags & HAS_SEQ)) {
		s->key = 0;
		return PROTO_ERSPAN;
	}
	return proto_by(BY_ETHERTYPE, s->key);
}

static RECORD_LIST(gre_record, &sum_record, &key_record, &seq_record, &ack_record, &call_record,
		   &sre_record)

static const struct record *gre_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t flags = (uint32_t)field_get(whole, &fields[FLAGS]), n = 0;
	const struct part *p = parts_of(flags);
	uint32_t len = sre_len(*rest);

	for (uint32_t i = 0; i < 3; i++)
		if (flags & p[i].flags && n++ == index) {
			*opt = slice_clip(*rest, UNIT);
			*rest = slice_skip(*rest, UNIT);
			return p[i].record;
		}
	if (p != parts[0] || !(flags & HAS_ROUTE))
		return NULL;
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return &sre_record;
}

/* -v: ", Flags [key present]" */
static void put_flags(struct out *o, uint32_t flags)
{
	static const struct name words[] = {
		{ HAS_SUM, "checksum present" }, { HAS_ROUTE, "routing present" },
		{ HAS_KEY, "key present" }, { HAS_SEQ, "sequence# present" },
		{ IS_STRICT, "source routing present" }, { HAS_ACK, "ack present" }, { 0, NULL },
	};
	const char *between = "";

	out_str(o, ", Flags [");
	for (const struct name *w = words; w->text; w++)
		if (flags & w->value) {
			out_str(o, between);
			out_str(o, w->text);
			between = ", ";
		}
	out_str(o, *between ? "]" : "none]");
}

static void put_number(struct out *o, const char *word, uint64_t value)
{
	out_str(o, word);
	out_dec(o, value);
}

static void put_hex(struct out *o, const char *word, uint64_t value)
{
	out_str(o, word);
	out_hex(o, value, 1);
}

static void put_part(struct out *o, const struct brief *b, const struct record *r, struct slice s)
{
	if (r == &sum_record) {
		if (b->verbose)
			put_hex(o, ", sum 0x", field_get(s, &sum_fields[0]));
		put_hex(o, ", off 0x", field_get(s, &sum_fields[1]));
	} else if (r == &key_record) {
		put_hex(o, ", key=0x", field_get(s, &key_field));
	} else if (r == &call_record) {
		put_number(o, ", call ", field_get(s, &call_fields[1]));
	} else if (r == &sre_record) {
		put_number(o, ", route of family ", field_get(s, &sre_fields[FAMILY]));
	} else {
		put_number(o, r == &seq_record ? ", seq " : ", ack ", field_get(s, r->field));
	}
}

/* "GREv0, key=0x28, length 116: " and what is inside. */
static uint32_t gre_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), rest = slice_skip(h, protos[PROTO_GRE]->min_len), opt;
	uint32_t flags = (uint32_t)field_get(h, &fields[FLAGS]);
	uint32_t type = (uint32_t)field_get(h, &fields[PROTO]);
	const struct record *r;

	put_number(o, "GREv", flags & VERSION_BITS);
	if (note_stops((enum note)l->note)) {
		out_str(o, l->note == NOTE_BAD_VALUE ? " ERROR: unknown-version" : " [|gre]");
		return b->d->count;
	}
	if (b->verbose)
		put_flags(o, flags);
	for (uint32_t n = 0; rest.cap > 0 && (r = gre_option(h, n, &rest, &opt)); n++)
		put_part(o, b, r, opt);
	if ((flags & VERSION_BITS) == 1 && !(flags & HAS_SEQ))
		out_str(o, ", no-payload");
	if (b->link) {
		out_str(o, ", proto ");
		out_str(o, link_carried(type));
		out_str(o, " (0x");
		out_hex(o, type, 4);
		out_char(o, ')');
	}
	put_number(o, ", length ", l->wire);
	if (layer_proto(b->d, i + 1) == PROTO_NONE && proto_by(BY_ETHERTYPE, type) != PROTO_DATA)
		return b->d->count;
	out_str(o, b->verbose ? "\n\t" : ": ");
	if (layer_proto(b->d, i + 1) != PROTO_DATA && i + 1 < b->d->count)
		return i + 1;
	put_hex(o, "gre-proto-0x", type);
	return b->d->count;
}

const struct proto proto_gre = {
	.head    = { "gre", fields, FIELDS },
	.title   = "Generic Routing Encapsulation",
	.min_len = 4,
	.over    = { { BY_IPPROTO, 47 } },
	.parse   = gre_parse,
	.option  = gre_option,
	.record  = gre_record,
	.summary = gre_summary,
};
