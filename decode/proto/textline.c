/* SPDX-License-Identifier: BSD-2-Clause */
/* textline.c - Text */
#include "decode/proto.h"

static enum proto_id textline_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_textline = {
	.head    = { "textline", NULL, 0, NULL },
	.title   = "Text",
	.min_len = 0,
	.over    = { { BY_TCPPORT, 80 } },
	.parse   = textline_parse,
};
