/* SPDX-License-Identifier: BSD-2-Clause */
/* udp.c - User Datagram Protocol, RFC 768 */
#include "decode/brief.h"
#include "decode/checksum.h"
#include "decode/proto/dns_records.h"

enum { SRCPORT, DSTPORT, LENGTH, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[SRCPORT]  = { "srcport",   0, 16, PORT, .role = SRC },
	[DSTPORT]  = { "dstport",  16, 16, PORT, .role = DST },
	[LENGTH]   = { "length",   32, 16, UINT },
	[CHECKSUM] = { "checksum", 48, 16, HEX },
};

#define UDP_HEADER 8	/* bytes */

/* The length covers header and payload. Zero means "to the end of the IP payload": jumbograms
 * (RFC 2675, section 4), and segments that the network card has not cut yet.
 */
static enum proto_id udp_parse(struct step *s)
{
	uint32_t length = (uint32_t)get(s, &fields[LENGTH]);

	if (length != 0)
		step_total(s, length);
	return step_ports(s, BY_UDPPORT, (uint32_t)get(s, &fields[SRCPORT]),
			  (uint32_t)get(s, &fields[DSTPORT]));
}

/* The second look; over IPv4, where the checksum is a choice, the reader asks twice for it. */
static COLD void put_checksum(struct out *o, const struct brief *b, uint32_t i, struct slice h)
{
	struct slice src, dst;
	uint32_t expected;
	enum csum verdict;

	brief_addresses(b, i, &src, &dst);
	if (b->unverified || b->verbose < (src.wire == 4 ? 2 : 1))
		return;
	verdict = checksum_verify(b->d, i, &expected);
	if (verdict == CSUM_UNVERIFIED)
		return;
	if (verdict == CSUM_ABSENT) {
		out_str(o, "[no cksum] ");
	} else if (b->checksum_pending) {
		out_str(o, "[udp sum left to the network card] ");
	} else if (verdict == CSUM_GOOD) {
		out_str(o, "[udp sum ok] ");
	} else {
		out_str(o, "[bad udp cksum 0x");
		out_hex(o, field_get(h, &fields[CHECKSUM]), 4);
		out_str(o, " -> 0x");
		out_hex(o, expected, 4);
		out_str(o, "!] ");
	}
}

/* A header that is not all there, or that says less than itself; false for a good one. */
static bool put_bad(struct out *o, const struct layer *l, struct slice h)
{
	if (!note_stops((enum note)l->note))
		return false;
	if (l->wire < UDP_HEADER && !l->partial) {
		out_str(o, "truncated-udp ");
		out_dec(o, l->wire);
	} else if (h.cap < UDP_HEADER) {
		out_str(o, " [|udp]");
	} else {
		out_str(o, "truncated-udplength ");
		out_dec(o, field_get(h, &fields[LENGTH]));
	}
	return true;
}

/* It may be that only what carries the datagram claims too much, and that was told already. */
static COLD void put_lie(struct out *o, uint32_t length, uint32_t given)
{
	out_str(o, length > given ? "UDP, bad length " : "UDP, length ");
	out_dec(o, length - UDP_HEADER);
	if (length > given) {
		out_str(o, " > ");
		out_dec(o, given - min_u32(UDP_HEADER, given));
	}
}

static uint32_t udp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	const struct layer *l = &d->layer[i];
	struct slice h = layer_head(d, l), payload = layer_payload(d, l);
	uint32_t length = (uint32_t)field_get(h, &fields[LENGTH]);

	if (!brief_ports(o, b, i, &fields[SRCPORT], &fields[DSTPORT], "udp")) {
		out_str(o, " [|udp]");
		return d->count;
	}
	if (put_bad(o, l, h))
		return d->count;
	if (b->verbose)
		put_checksum(o, b, i, h);
	if (!b->quiet && i + 1 < d->count && layer_proto(d, i + 1) != PROTO_DATA)
		return i + 1;
	if (payload.wire == 0 && !b->quiet && (l->next == DNS_PORT || l->next == MDNS_PORT)) {
		out_str(o, "domain [length 0 < 12] (invalid)");
		return d->count;
	}
	if (l->note == NOTE_LENGTH_LIES) {
		put_lie(o, length, brief_given(d, i));
		return d->count;
	}
	out_str(o, "UDP, length ");
	out_dec(o, length == 0 ? payload.wire : length - UDP_HEADER);
	return d->count;
}

const struct proto proto_udp = {
	.head    = { "udp", fields, FIELDS, NULL },
	.title   = "User Datagram Protocol",
	.min_len = UDP_HEADER,
	.ports   = true,
	.over    = { { BY_IPPROTO, 17 } },
	.parse   = udp_parse,
	.summary = udp_summary,
};
