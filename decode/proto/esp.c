/* SPDX-License-Identifier: BSD-2-Clause */
/* esp.c - Encapsulating Security Payload */
#include "decode/proto.h"

static enum proto_id esp_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_esp = {
	.head    = { "esp", NULL, 0, NULL },
	.title   = "Encapsulating Security Payload",
	.min_len = 8,
	.over    = { { BY_IPPROTO, 50 } },
	.parse   = esp_parse,
};
