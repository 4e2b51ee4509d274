/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv6.c - Internet Protocol version 6, RFC 8200 section 3 */
#include "decode/ip.h"

enum { VERSION, TCLASS, FLOW, PLEN, NXT, HLIM, SADDR, DADDR, FIELDS };
enum { DSCP, ECN, DS_PARTS };

static const struct field ds_parts[DS_PARTS] = {	/* RFC 2474, RFC 3168 */
	[DSCP] = { "tclass.dscp",  4, 6, UINT },
	[ECN]  = { "tclass.ecn",  10, 2, UINT },
};
static const struct record ds_record = { "ipv6", ds_parts, DS_PARTS };

/* One name finds the version of both, as in Wireshark. */
static const struct field version_part = { "version", 0, 4, UINT };
static const struct record version_record = { "ip", &version_part, 1 };

static const struct field fields[FIELDS] = {
	[VERSION] = { "version",   0,   4, UINT, .parts = &version_record },
	[TCLASS]  = { "tclass",    4,   8, HEX, .digits = 8, .parts = &ds_record },
	[FLOW]    = { "flow",     12,  20, HEX },
	[PLEN]    = { "plen",     32,  16, UINT },
	[NXT]     = { "nxt",      48,   8, UINT, .names = ip_protocols },
	[HLIM]    = { "hlim",     56,   8, UINT },
	[SADDR]   = { "src",      64, 128, IPV6, .role = SRC },
	[DADDR]   = { "dst",     192, 128, IPV6, .role = DST },
};

#define PLEN_MAX 0xffff

/* A length of 0 is told by a jumbo payload option (RFC 2675, section 2), or nowhere: then there is
 * more than the field could say, and the network card has not cut it yet.
 */
static bool beyond_plen(const struct step *s)
{
	return s->key == 0 || s->in.wire - s->len > PLEN_MAX;
}

static enum proto_id ipv6_parse(struct step *s)
{
	uint32_t plen = (uint32_t)get(s, &fields[PLEN]);

	if (get(s, &fields[VERSION]) != 6) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	s->key = (uint32_t)get(s, &fields[NXT]);
	if (plen != 0 || !beyond_plen(s))
		step_total(s, s->len + plen);
	if (s->partial && plen != 0 && s->len + plen <= s->in.wire)
		s->partial = false;		/* all of it is in the quotation or fragment */
	return ip6_next(s->key);
}

/* -v: "(class 0xb8, flowlabel 0x12345, hlim 64, next-header UDP (17) payload length: 13) " */
static COLD void put_verbose(struct out *o, struct slice h)
{
	uint32_t class = (uint32_t)field_get(h, &fields[TCLASS]);
	uint32_t flow = (uint32_t)field_get(h, &fields[FLOW]);
	uint32_t nxt = (uint32_t)field_get(h, &fields[NXT]);

	out_char(o, '(');
	if (class) {
		out_str(o, "class 0x");
		out_hex(o, class, 2);
		out_str(o, ", ");
	}
	if (flow) {
		out_str(o, "flowlabel 0x");
		out_hex(o, flow, 5);
		out_str(o, ", ");
	}
	out_str(o, "hlim ");
	out_dec(o, field_get(h, &fields[HLIM]));
	out_str(o, ", next-header ");
	out_str(o, ip_protocol(nxt));
	out_str(o, " (");
	out_dec(o, nxt);
	out_str(o, ") payload length: ");
	out_dec(o, field_get(h, &fields[PLEN]));
	out_str(o, ") ");
}

static COLD uint32_t put_broken(struct out *o, const struct brief *b, const struct layer *l)
{
	if (l->note != NOTE_BAD_VALUE) {
		out_str(o, " [|ip6]");
		return b->d->count;
	}
	out_str(o, b->link ? "version error: " : "IP6 version error: ");
	out_dec(o, field_get(layer_head(b->d, l), &fields[VERSION]));
	out_str(o, " != 6");
	return b->d->count;
}

static uint32_t ipv6_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	enum proto_id next = layer_proto(b->d, i + 1);
	struct slice h = layer_head(b->d, l);

	if (note_stops((enum note)l->note))
		return put_broken(o, b, l);
	if (!b->link)
		out_str(o, "IP6 ");
	if (l->note == NOTE_LENGTH_LIES || l->partial)
		ip_missing(o, b, i, "ip6", (uint32_t)field_get(h, &fields[PLEN]) + l->len);
	if (b->verbose)
		put_verbose(o, h);
	if (next != PROTO_NONE && protos[next]->ports)
		return i + 1;
	brief_pair(o, b, i + 1);
	out_str(o, ": ");
	return ip_next(o, b, i);
}

const struct proto proto_ipv6 = {
	.head    = { "ipv6", fields, FIELDS },
	.title   = "Internet Protocol version 6",
	.min_len = 40,
	.src     = &fields[SADDR],
	.dst     = &fields[DADDR],
	.over    = { { BY_ETHERTYPE, 0x86dd }, { BY_IPPROTO, 41 } },
	.parse   = ipv6_parse,
	.summary = ipv6_summary,
};
