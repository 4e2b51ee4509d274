/* SPDX-License-Identifier: BSD-2-Clause */
/* udplite.c - Lightweight User Datagram Protocol, RFC 3828 */
#include "decode/brief.h"

enum { SRCPORT, DSTPORT, COVERAGE, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[SRCPORT]  = { "srcport",            0, 16, PORT, .role = SRC },
	[DSTPORT]  = { "dstport",           16, 16, PORT, .role = DST },
	[COVERAGE] = { "checksum_coverage", 32, 16, UINT },
	[CHECKSUM] = { "checksum",          48, 16, HEX },
};

#define UDPLITE_HEADER 8	/* bytes */

/* Section 3.1: the header at least is covered, and nothing beyond the packet; 0 is all of it. */
static bool coverage_is_possible(uint32_t coverage, uint32_t wire)
{
	return coverage == 0 || (coverage >= UDPLITE_HEADER && coverage <= wire);
}

static enum proto_id udplite_parse(struct step *s)
{
	if (!coverage_is_possible((uint32_t)get(s, &fields[COVERAGE]), s->in.wire) && !s->partial)
		step_note(s, NOTE_LENGTH_LIES);
	return PROTO_DATA;
}

static uint32_t udplite_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	const struct layer *l = &d->layer[i];
	struct slice h = layer_head(d, l);
	uint32_t coverage = (uint32_t)field_get(h, &fields[COVERAGE]);

	if (!brief_ports(o, b, i, &fields[SRCPORT], &fields[DSTPORT], "udplite") ||
	    note_stops((enum note)l->note)) {
		out_str(o, "[|udplite]");
		return d->count;
	}
	out_str(o, "UDP-Lite, ");
	if (l->note == NOTE_LENGTH_LIES)
		out_str(o, "bad ");
	out_str(o, "coverage ");
	out_dec(o, coverage == 0 ? l->wire : coverage);
	out_str(o, ", length ");
	out_dec(o, layer_payload(d, l).wire);
	return d->count;
}

const struct proto proto_udplite = {
	.head    = { "udp", fields, FIELDS, NULL },
	.name    = "udplite",
	.title   = "Lightweight User Datagram Protocol",
	.min_len = UDPLITE_HEADER,
	.ports   = true,
	.over    = { { BY_IPPROTO, 136 } },
	.parse   = udplite_parse,
	.summary = udplite_summary,
};
