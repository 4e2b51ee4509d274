/* SPDX-License-Identifier: BSD-2-Clause */
/* data.c - bytes that no protocol claims: all that are left, however few of them were captured */
#include "decode/decode.h"

const struct field field_data = { "data", 0, 0, BYTES };

/* Reached only from a link layer that has not said all: nobody knows these bytes. */
static uint32_t data_summary(struct out *o, const struct brief *b, uint32_t i)
{
	if (!b->dumped && !b->quiet)
		out_hexdump(o, layer_whole(b->d, &b->d->layer[i]), 0, 1);
	return i + 1;
}

const struct proto proto_data = {
	.head    = { "data", &field_data, 1, NULL },
	.title   = "Data",
	.summary = data_summary,
};
