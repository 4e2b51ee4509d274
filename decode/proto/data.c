/* SPDX-License-Identifier: BSD-2-Clause */
/* data.c - bytes that no protocol claims */
#include "decode/decode.h"

enum { BYTES_, FIELDS };

static const struct field fields[FIELDS] = {
	[BYTES_] = { "data", 0, 0, BYTES },
};

static enum proto_id data_parse(struct step *s)
{
	step_header(s, s->in.wire);
	s->note = NOTE_OK;	/* they are data, however few of them were captured */
	return PROTO_NONE;
}

/* Reached only from a link layer that has not said all: nobody knows these bytes. */
static uint32_t data_summary(struct out *o, const struct brief *b, uint32_t i)
{
	if (!b->dumped && !b->quiet)
		out_hexdump(o, layer_whole(b->d, &b->d->layer[i]), 0, 1);
	return i + 1;
}

const struct proto proto_data = {
	.head    = { "data", fields, FIELDS, NULL },
	.title   = "Data",
	.parse   = data_parse,
	.summary = data_summary,
};
