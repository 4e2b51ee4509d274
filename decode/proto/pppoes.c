/* SPDX-License-Identifier: BSD-2-Clause */
/* pppoes.c - session stage of PPP over Ethernet, RFC 2516 section 6 */
#include "decode/proto/pppoe.h"

static enum proto_id pppoes_parse(struct step *s)
{
	step_total(s, PPPOE_HEAD + (uint32_t)get(s, &pppoe_fields[PPPOE_LENGTH]));
	return PROTO_PPP;
}

/* "PPPoE  [ses 0x11] " and what the session carries. */
static uint32_t pppoes_summary(struct out *o, const struct brief *b, uint32_t i)
{
	if (!pppoe_put(o, b, i))
		return b->d->count;
	out_char(o, ' ');
	return i + 1;
}

const struct proto proto_pppoes = {
	.head    = { "pppoe", pppoe_fields, PPPOE_FIELDS },
	.name    = "pppoes",
	.title   = "PPP over Ethernet, session",
	.min_len = PPPOE_HEAD,
	.over    = { { BY_ETHERTYPE, 0x8864 } },
	.parse   = pppoes_parse,
	.summary = pppoes_summary,
};
