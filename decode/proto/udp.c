/* SPDX-License-Identifier: BSD-2-Clause */
/* udp.c - User Datagram Protocol, RFC 768 */
#include "decode/brief.h"

enum { SRCPORT, DSTPORT, LENGTH, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[SRCPORT]  = { "srcport",   0, 16, PORT, .role = SRC },
	[DSTPORT]  = { "dstport",  16, 16, PORT, .role = DST },
	[LENGTH]   = { "length",   32, 16, UINT },
	[CHECKSUM] = { "checksum", 48, 16, HEX },
};

/* The length covers header and payload. Zero means "to the end of the IP payload": jumbograms
 * (RFC 2675, section 4), and segments that the network card has not cut yet.
 */
static enum proto_id udp_parse(struct step *s)
{
	uint32_t length = (uint32_t)get(s, &fields[LENGTH]);

	if (length != 0)
		step_total(s, length);
	return proto_by_ports(BY_UDPPORT, (uint32_t)get(s, &fields[SRCPORT]),
			      (uint32_t)get(s, &fields[DSTPORT]));
}

static uint32_t udp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	struct slice h = layer_head(d, &d->layer[i]);

	brief_endpoints(o, b, i, (uint16_t)field_get(h, &fields[SRCPORT]),
			(uint16_t)field_get(h, &fields[DSTPORT]), "udp");
	out_str(o, ": UDP, length ");
	out_dec(o, layer_payload(d, &d->layer[i]).wire);
	return d->count;
}

const struct proto proto_udp = {
	.head    = { "udp", fields, FIELDS, NULL },
	.title   = "User Datagram Protocol",
	.min_len = 8,
	.ports   = true,
	.over    = { { BY_IPPROTO, 17 } },
	.parse   = udp_parse,
	.summary = udp_summary,
};
