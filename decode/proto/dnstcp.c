/* SPDX-License-Identifier: BSD-2-Clause */
/* dnstcp.c - the length before each DNS message over TCP, RFC 1035 section 4.2.2 */
#include "decode/proto/dns_records.h"

enum { LENGTH, FIELDS };

static const struct field fields[FIELDS] = {
	[LENGTH] = { "length", 0, 16, UINT },
};

#define PREFIX 2	/* bytes */

/* One that goes on in the next segment is no lie. */
static enum proto_id dnstcp_parse(struct step *s)
{
	uint32_t length = (uint32_t)get(s, &fields[LENGTH]);

	if (PREFIX + length > s->in.wire)
		s->partial = true;
	step_need(s, PREFIX + length > s->in.wire ? PREFIX + length : NEED_NEXT);
	step_total(s, PREFIX + length);
	return PROTO_DNS;
}

/* The length may be that of the first of several messages, or of one that goes on in the next segment. */
static bool dnstcp_proves(struct slice payload)
{
	uint32_t length = (uint32_t)field_get(payload, &fields[LENGTH]);
	struct slice msg = slice_clip(slice_skip(payload, PREFIX), length);

	if (length <= DNS_HEADER || payload.cap <= PREFIX + DNS_HEADER)
		return false;
	msg.wire = length;
	return dns_proves(msg);
}

static uint32_t dnstcp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	struct slice parent = layer_payload(d, &d->layer[i - 1]), h = layer_head(d, &d->layer[i]);
	uint32_t length = (uint32_t)field_get(h, &fields[LENGTH]), here = parent.wire - PREFIX;

	if (parent.wire < PREFIX) {
		out_str(o, " [DNS over TCP: length ");
		out_dec(o, parent.wire);
		out_str(o, " < 2] (invalid)");
	} else if (h.cap < PREFIX) {
		out_str(o, " [|domain]");
	} else if (length != here) {
		out_str(o, " [prefix length(");
		out_dec(o, length);
		out_str(o, ") != length(");
		out_dec(o, here);
		out_str(o, ")] (invalid)");
	} else if (length == 0) {
		out_str(o, " domain [length 0 < 12] (invalid)");
	} else {
		out_char(o, ' ');
		return i + 1;
	}
	return d->count;
}

const struct proto proto_dnstcp = {
	.head        = { "dns", fields, FIELDS, NULL },
	.title       = "Domain Name System over TCP",
	.min_len     = PREFIX,
	.over        = { { BY_TCPPORT, 53 } },
	.proves      = dnstcp_proves,
	.proves_over = BY_TCPPORT,
	.line_alone  = true,
	.parse       = dnstcp_parse,
	.summary     = dnstcp_summary,
};
