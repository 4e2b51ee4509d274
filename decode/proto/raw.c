/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.c - IP without a link header: LINKTYPE_RAW, _IPV4, _IPV6 */
#include "decode/link.h"

/* Not a header of its own: the first bits of the packet within. */
static const struct field version = { "version", 0, 4, UINT };

static enum proto_id raw_parse(struct step *s)
{
	uint32_t v = (uint32_t)get(s, &version);

	step_header(s, 0);
	s->key = v;
	return v == 4 ? PROTO_IPV4 : v == 6 ? PROTO_IPV6 : PROTO_DATA;
}

static uint32_t raw_summary(struct out *o, const struct brief *b, uint32_t i)
{
	if (b->link)
		out_str(o, "ip: ");
	if (layer_proto(b->d, i + 1) != PROTO_DATA)
		return i + 1;
	out_str(o, "unknown ip ");
	out_dec(o, b->d->layer[i].next);
	return b->d->count;
}

const struct proto proto_raw = {
	.head    = { "raw", NULL, 0 },
	.title   = "Raw IP",
	.link    = true,
	.min_len = 0,
	.over    = { { BY_LINKTYPE, 12 }, { BY_LINKTYPE, 101 }, { BY_LINKTYPE, 228 },
		     { BY_LINKTYPE, 229 } },
	.parse   = raw_parse,
	.summary = raw_summary,
};
