/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv4.c - Internet Protocol version 4, RFC 791 section 3.1 */
#include "decode/checksum.h"
#include "decode/ip.h"
#include "decode/ipv4_options.h"

enum {
	VERSION, IHL, DSFIELD, TOTAL, ID, FLAGS, FRAG_OFFSET, TTL, PROTOCOL, CHECKSUM, SADDR, DADDR,
	FIELDS,
};
enum { DSCP, ECN, DS_PARTS };
enum { RESERVED, DF, MF, FLAG_PARTS };

static const struct field ds_parts[DS_PARTS] = {	/* RFC 2474, RFC 3168 */
	[DSCP] = { "dsfield.dscp",  8, 6, UINT },
	[ECN]  = { "dsfield.ecn",  14, 2, UINT },
};
static const struct field flag_parts[FLAG_PARTS] = {
	[RESERVED] = { "flags.rb", 48, 1, BOOL },
	[DF]       = { "flags.df", 49, 1, BOOL },
	[MF]       = { "flags.mf", 50, 1, BOOL },
};
static const struct record ds_record = { "ip", ds_parts, DS_PARTS };
static const struct record flags_record = { "ip", flag_parts, FLAG_PARTS };

static const struct field fields[FIELDS] = {
	[VERSION]     = { "version",       0,  4, UINT },
	[IHL]         = { "hdr_len",       4,  4, UINT, .scale = 4 },
	[DSFIELD]     = { "dsfield",       8,  8, HEX, .parts = &ds_record },
	[TOTAL]       = { "len",          16, 16, UINT },
	[ID]          = { "id",           32, 16, HEX },
	[FLAGS]       = { "flags",        48,  3, HEX, .parts = &flags_record },
	[FRAG_OFFSET] = { "frag_offset",  51, 13, UINT },	/* 8-byte units */
	[TTL]         = { "ttl",          64,  8, UINT },
	[PROTOCOL]    = { "proto",        72,  8, UINT, .names = ip_protocols },
	[CHECKSUM]    = { "checksum",     80, 16, HEX },
	[SADDR]       = { "src",          96, 32, IPV4, .role = SRC },
	[DADDR]       = { "dst",         128, 32, IPV4, .role = DST },
};

enum { MORE = 1, DONT = 2, EVIL = 4 };	/* values of flags; RFC 3514 has the name */

/* A total length of zero is a packet that the network card has not cut yet (TSO): it goes to the
 * end. A later fragment carries bytes from the middle of something.
 */
static enum proto_id ipv4_parse(struct step *s)
{
	uint32_t total = (uint32_t)get(s, &fields[TOTAL]);

	if (get(s, &fields[VERSION]) != 4) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	step_header(s, (uint32_t)get(s, &fields[IHL]) * 4);
	if (total != 0)
		step_total(s, total);
	s->key = (uint32_t)get(s, &fields[PROTOCOL]);
	if (s->partial && total != 0 && total <= s->in.wire)
		s->partial = false;		/* all of it is in the quotation or fragment */
	if (get(s, &fields[FRAG_OFFSET]) != 0) {
		step_need(s, NEED_FRAGMENTS);
		return PROTO_DATA;
	}
	if (get(s, &fields[FLAGS]) & MORE) {
		step_need(s, NEED_FRAGMENTS);
		s->partial = true;
	}
	return proto_by_ip(s->key);
}

/* RFC 791, section 3.2: what belongs together has the same protocol too. */
static struct fragment ipv4_fragment(struct slice h)
{
	uint32_t protocol = (uint32_t)field_get(h, &fields[PROTOCOL]);

	return (struct fragment){
		.offset = (uint32_t)field_get(h, &fields[FRAG_OFFSET]) * 8,
		.more = field_get(h, &fields[FLAGS]) & MORE,
		.ident = (uint64_t)protocol << 32 | field_get(h, &fields[ID]),
		.carried = proto_by_ip(protocol),
	};
}

static void put_flags(struct out *o, uint32_t flags)
{
	static const char *const words[8] = {
		"none", "+", "DF", "+, DF", "rsvd", "+, rsvd", "DF, rsvd", "+, DF, rsvd",
	};

	out_str(o, "flags [");
	out_str(o, words[flags & (MORE | DONT | EVIL)]);
	out_char(o, ']');
}

static void put_checksum(struct out *o, const struct brief *b, uint32_t i, struct slice h)
{
	uint32_t expected;

	if (b->unverified || checksum_verify(b->d, i, &expected) != CSUM_BAD)
		return;
	out_str(o, ", bad cksum ");
	out_hex(o, field_get(h, &fields[CHECKSUM]), 1);
	out_str(o, " (->");
	out_hex(o, expected, 1);
	out_str(o, ")!");
}

/* -v: "(tos 0x0, ttl 64, id 1, offset 0, flags [DF], proto UDP (17), length 84)" */
static COLD void put_verbose(struct out *o, const struct brief *b, uint32_t i, struct slice h)
{
	static const char *const ecn[4] = { "", ",ECT(1)", ",ECT(0)", ",CE" };
	uint32_t ttl = (uint32_t)field_get(h, &fields[TTL]);
	uint32_t total = (uint32_t)field_get(h, &fields[TOTAL]);

	out_str(o, "(tos 0x");
	out_hex(o, field_get(h, &fields[DSFIELD]), 1);
	out_str(o, ecn[field_get(h, &ds_parts[ECN])]);
	if (ttl > 0) {
		out_str(o, ", ttl ");
		out_dec(o, ttl);
	}
	out_str(o, ", id ");
	out_dec(o, field_get(h, &fields[ID]));
	out_str(o, ", offset ");
	out_dec(o, field_get(h, &fields[FRAG_OFFSET]) * 8);
	out_str(o, ", ");
	put_flags(o, (uint32_t)field_get(h, &fields[FLAGS]));
	out_str(o, ", proto ");
	out_str(o, ip_protocol((uint32_t)field_get(h, &fields[PROTOCOL])));
	out_str(o, " (");
	out_dec(o, field_get(h, &fields[PROTOCOL]));
	out_str(o, "), length ");
	out_dec(o, total ? total : layer_whole(b->d, &b->d->layer[i]).wire);
	if (h.wire > protos[PROTO_IPV4]->min_len)
		ipv4_put_options(o, slice_skip(h, protos[PROTO_IPV4]->min_len));
	put_checksum(o, b, i, h);
	out_str(o, ")\n    ");
}

/* Why decoding ended here, in tcpdump's words. */
static COLD uint32_t put_broken(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t len = (uint32_t)field_get(h, &fields[IHL]) * 4;
	uint32_t total = (uint32_t)field_get(h, &fields[TOTAL]);

	if (field_here(h, &fields[VERSION]) && field_get(h, &fields[VERSION]) != 4) {
		out_str(o, "IP");
		out_dec(o, field_get(h, &fields[VERSION]));
		out_str(o, field_get(h, &fields[VERSION]) == 6 ?
			   ", wrong link-layer encapsulation (invalid)" : " (invalid)");
		return b->d->count;
	}
	if (!b->link && h.cap > 0)
		out_str(o, "IP ");
	if (l->note == NOTE_TOO_DEEP) {
		out_str(o, "[too deep]");
	} else if (h.cap < protos[PROTO_IPV4]->min_len) {
		out_str(o, " [|ip]");
	} else if (len < protos[PROTO_IPV4]->min_len) {
		out_str(o, "bad-hlen ");
		out_dec(o, len);
	} else if (total != 0 && total < len) {
		out_str(o, "bad-len ");
		out_dec(o, total);
	} else {
		brief_pair(o, b, i + 1);
		out_str(o, ":  [remaining caplen(");
		out_dec(o, h.cap);
		out_str(o, ") < header length(");
		out_dec(o, len);
		out_str(o, ")] [|ip]");
	}
	return b->d->count;
}

static uint32_t ipv4_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	enum proto_id next = layer_proto(b->d, i + 1);
	struct slice h = layer_head(b->d, l);

	if (note_stops((enum note)l->note))
		return put_broken(o, b, i);
	if (!b->link)
		out_str(o, "IP ");
	if ((l->note == NOTE_LENGTH_LIES || l->partial) &&
	    ip_missing(o, b, i, "ip", (uint32_t)field_get(h, &fields[TOTAL])))
		out_char(o, ' ');
	if (b->verbose)
		put_verbose(o, b, i, h);
	if (next != PROTO_NONE && protos[next]->ports)
		return i + 1;
	brief_pair(o, b, i + 1);
	out_str(o, ": ");
	if (field_get(h, &fields[FRAG_OFFSET]) == 0)
		return ip_next(o, b, i);
	out_str(o, "ip-proto-");
	out_dec(o, l->next);
	return b->d->count;
}

const struct proto proto_ipv4 = {
	.head      = { "ip", fields, FIELDS },
	.title     = "Internet Protocol version 4",
	.min_len   = 20,
	.src       = &fields[SADDR],
	.dst       = &fields[DADDR],
	.final_dst = ipv4_final_dst,
	.over      = { { BY_ETHERTYPE, 0x0800 }, { BY_LLC, 0x06 }, { BY_IPPROTO, 4 } },
	.parse     = ipv4_parse,
	.option    = ipv4_option,
	.record    = ipv4_option_record,
	.fragment  = ipv4_fragment,
	.summary   = ipv4_summary,
};
