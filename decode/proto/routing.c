/* SPDX-License-Identifier: BSD-2-Clause */
/* routing.c - Routing header of IPv6, RFC 8200 section 4.4
 *
 * Types: 0, RFC 5095 (do not use); 2, RFC 6275; 3 (RPL), RFC 6554; 4 (segments), RFC 8754.
 */
#include "decode/ip.h"

enum { NXT, LEN, TYPE, SEGLEFT, FIELDS };

static const struct field fields[FIELDS] = {
	[NXT]     = { "nxt",      0, 8, UINT, .names = ip_protocols },
	[LEN]     = { "len",      8, 8, UINT },		/* in units of 8 bytes, the first left out */
	[TYPE]    = { "type",    16, 8, UINT },
	[SEGLEFT] = { "segleft", 24, 8, UINT },
};

enum { SOURCE = 0, MOBILE = 2, RPL = 3, SEGMENTS = 4 };

/* Four bytes follow by type, then addresses. */
enum { LAST_ENTRY, SRH_FLAGS, TAG };

static const struct field source[] = { { "src.reserved", 0, 32, BYTES } };
static const struct field mobile[] = { { "mipv6.reserved", 0, 32, BYTES } };
static const struct field rpl[] = {
	{ "rpl.cmprI",    0,  4, UINT },
	{ "rpl.cmprE",    4,  4, UINT },
	{ "rpl.pad",      8,  4, UINT },
	{ "rpl.reserved", 12, 20, UINT },
};
static const struct field segments[] = {
	[LAST_ENTRY] = { "srh.last_entry",  0,  8, UINT },
	[SRH_FLAGS]  = { "srh.flags",       8,  8, HEX },
	[TAG]        = { "srh.tag",        16, 16, BYTES },
};
static const struct field unknown[] = { { "unknown_data", 0, 0, BYTES } };
static const struct field source_address[] = { { "src.addr", 0, 128, IPV6 } };
static const struct field mobile_address[] = { { "mipv6.home_address", 0, 128, IPV6 } };
static const struct field segment_address[] = { { "srh.addr", 0, 128, IPV6 } };
static const struct field rpl_addresses[] = { { "rpl.address", 0, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("ipv6.routing", fields, title)

static const struct record source_record = RECORD(source, "Source route");
static const struct record mobile_record = RECORD(mobile, "Mobile IPv6");
static const struct record rpl_record = RECORD(rpl, "RPL source route");
static const struct record segments_record = RECORD(segments, "Segments");
static const struct record unknown_record = RECORD(unknown, "Data");
static const struct record source_address_record = RECORD(source_address, "Address");
static const struct record mobile_address_record = RECORD(mobile_address, "Address");
static const struct record segment_address_record = RECORD(segment_address, "Address");
static const struct record rpl_addresses_record = RECORD(rpl_addresses, "Addresses");

static RECORD_LIST(routing_record, &source_record, &mobile_record, &rpl_record, &segments_record,
		   &unknown_record, &source_address_record, &mobile_address_record,
		   &segment_address_record, &rpl_addresses_record)

static const struct {
	const struct record *head, *address;
} types[] = {
	[SOURCE]   = { &source_record, &source_address_record },
	[MOBILE]   = { &mobile_record, &mobile_address_record },
	[RPL]      = { &rpl_record, &rpl_addresses_record },
	[SEGMENTS] = { &segments_record, &segment_address_record },
};

#define KNOWN(type) ((type) < COUNT(types) && types[type].head)

static enum proto_id routing_parse(struct step *s)
{
	step_header(s, ((uint32_t)get(s, &fields[LEN]) + 1) * 8);
	s->key = (uint32_t)get(s, &fields[NXT]);
	return ip6_next(s->key);
}

/* How many whole addresses the header h has. Behind those of a segment header there may be TLVs. */
static uint32_t address_count(struct slice h, uint32_t type)
{
	struct slice rest = slice_skip(h, protos[PROTO_ROUTING]->min_len);
	uint32_t count, entries;

	if (!KNOWN(type) || type == RPL || rest.cap < record_len(types[type].head))
		return 0;
	count = (rest.wire - record_len(types[type].head)) / 16;
	entries = (uint32_t)field_get(rest, &segments[LAST_ENTRY]) + 1;
	return type == SEGMENTS ? min_u32(count, entries) : count;
}

static const struct record *routing_option(struct slice whole, uint32_t index, struct slice *rest,
					   struct slice *opt)
{
	uint32_t type = (uint32_t)field_get(whole, &fields[TYPE]), len = rest->wire;
	const struct record *r = &unknown_record;

	if (rest->cap == 0)
		return NULL;
	if (KNOWN(type) && index == 0) {
		r = types[type].head;
		len = record_len(r);
	} else if (KNOWN(type) && index <= address_count(whole, type)) {
		r = types[type].address;
		len = record_len(r);
	} else if (type == RPL) {
		r = types[type].address;
	}
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return r;
}

static struct slice address(struct slice h, uint32_t type, uint32_t n)
{
	struct slice rest = slice_skip(h, protos[PROTO_ROUTING]->min_len);

	return slice_part(rest, record_len(types[type].head) + n * 16, 16);
}

/* The last address of a route; segments are listed backwards. */
static bool routing_final_dst(struct slice h, struct slice *dst)
{
	uint32_t type = (uint32_t)field_get(h, &fields[TYPE]), count = address_count(h, type);

	if (field_get(h, &fields[SEGLEFT]) == 0)
		return true;
	if (count == 0)
		return false;
	*dst = address(h, type, type == SEGMENTS ? 0 : count - 1);
	return dst->cap == 16;
}

static void put_segments(struct out *o, const struct brief *b, struct slice rest)
{
	uint32_t flags = (uint32_t)field_get(rest, &segments[SRH_FLAGS]);

	out_str(o, ", last-entry=");
	out_dec(o, field_get(rest, &segments[LAST_ENTRY]));
	if (flags || b->verbose) {
		out_str(o, ", flags=0x");
		out_hex(o, flags, 1);
	}
	out_str(o, ", tag=");
	out_hex(o, field_get(rest, &segments[TAG]), 1);
}

static COLD void put_reserved(struct out *o, struct slice rest)
{
	out_str(o, ", rsv=0x");
	out_hex(o, field_get(rest, &source[0]), 1);
}

/* "RT6 (len=2, type=0 [Deprecated], segleft=1, [0]2001:db8::5) " */
static uint32_t routing_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	struct slice rest = slice_skip(h, protos[PROTO_ROUTING]->min_len);
	uint32_t type = (uint32_t)field_get(h, &fields[TYPE]), count = address_count(h, type);

	if (note_stops((enum note)l->note)) {
		out_str(o, "RT6 [|rt6]");
		return b->d->count;
	}
	out_str(o, "RT6 (len=");
	out_dec(o, field_get(h, &fields[LEN]));
	out_str(o, ", type=");
	out_dec(o, type);
	if (type == SOURCE)
		out_str(o, " [Deprecated]");
	out_str(o, ", segleft=");
	out_dec(o, field_get(h, &fields[SEGLEFT]));
	if (!KNOWN(type) || type == RPL) {
		out_str(o, " (unknown type) (invalid)");
		return b->d->count;
	}
	if (type == SEGMENTS)
		put_segments(o, b, rest);
	else if (b->verbose || field_get(rest, &source[0]))
		put_reserved(o, rest);
	for (uint32_t n = 0; n < count; n++) {
		out_str(o, ", [");
		out_dec(o, n);
		out_char(o, ']');
		brief_host(o, b, address(h, type, n));
	}
	out_str(o, ") ");
	return ip_next(o, b, i);
}

const struct proto proto_routing = {
	.head      = { "ipv6.routing", fields, FIELDS },
	.title     = "Routing Header",
	.min_len   = 4,
	.over      = { { BY_IPV6EXT, 43 } },
	.parse     = routing_parse,
	.option    = routing_option,
	.record    = routing_record,
	.final_dst = routing_final_dst,
	.summary   = routing_summary,
};
