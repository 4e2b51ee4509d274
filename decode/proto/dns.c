/* SPDX-License-Identifier: BSD-2-Clause */
/* dns.c - Domain Name System */
#include "decode/proto.h"

static enum proto_id dns_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_dns = {
	.head    = { "dns", NULL, 0, NULL },
	.title   = "Domain Name System",
	.min_len = 12,
	.over    = { { BY_UDPPORT, 53 } },
	.parse   = dns_parse,
};
