/* SPDX-License-Identifier: BSD-2-Clause */
/* nbns.c - NetBIOS name service, RFC 1002 section 4.2: its queries have the form of DNS messages */
#include "decode/brief.h"

/* Where DNS has its opcode; only a query's flags mean the same there. */
static const struct field opcode = { "flags.opcode", 17, 4, UINT };

#define OPCODE_QUERY 0

static enum proto_id nbns_parse(struct step *s)
{
	bool query = field_here(s->in, &opcode) && get(s, &opcode) == OPCODE_QUERY;

	return query ? PROTO_DNS : PROTO_DATA;
}

static uint32_t nbns_summary(struct out *o, const struct brief *b, uint32_t i)
{
	out_str(o, "UDP, length ");
	out_dec(o, b->d->layer[i].claimed);
	return b->d->count;
}

const struct proto proto_nbns = {
	.head    = { "nbns", NULL, 0, NULL },
	.title   = "NetBIOS Name Service",
	.over    = { { BY_UDPPORT, 137 } },
	.parse   = nbns_parse,
	.summary = nbns_summary,
};
