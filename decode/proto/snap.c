/* SPDX-License-Identifier: BSD-2-Clause */
/* snap.c - Subnetwork Access Protocol */
#include "decode/proto.h"

static enum proto_id snap_parse(struct step *s)
{
	(void)s;
	return PROTO_DATA;
}

const struct proto proto_snap = {
	.head    = { "snap", NULL, 0, NULL },
	.title   = "Subnetwork Access Protocol",
	.min_len = 5,
	.over    = { { BY_LLC, 0xaa } },
	.parse   = snap_parse,
};
