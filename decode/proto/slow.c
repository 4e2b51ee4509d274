/* SPDX-License-Identifier: BSD-2-Clause */
/* slow.c - Slow Protocols, IEEE 802.3 annex 57A: who shares that ethertype */
#include "decode/brief.h"

static const struct field subtype = { "subtype", 0, 8, HEX };

static const struct name names[] = { { 3, "OAM" }, { 10, "OSSP" }, { 0, NULL } };

enum { SUBTYPE_LACP = 1, SUBTYPE_MARKER };

static enum proto_id slow_parse(struct step *s)
{
	s->key = (uint32_t)get(s, &subtype);
	return s->key == SUBTYPE_LACP ? PROTO_LACP : s->key == SUBTYPE_MARKER ? PROTO_MARKER : PROTO_DATA;
}

static uint32_t slow_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	enum proto_id next = layer_proto(b->d, i + 1);
	const char *name = name_of(names, l->next);

	if (note_stops((enum note)l->note) || next == PROTO_NONE) {
		out_str(o, "[|slow]");
		return b->d->count;
	}
	if (next != PROTO_DATA)
		return i + 1;
	if (name) {
		out_str(o, name);
	} else {
		out_str(o, "unknown (");
		out_dec(o, l->next);
		out_char(o, ')');
	}
	out_str(o, ", length ");
	out_dec(o, l->wire);
	return b->d->count;
}

const struct proto proto_slow = {
	.head    = { "slow", &subtype, 1 },
	.title   = "Slow Protocols",
	.min_len = 1,
	.over    = { { BY_ETHERTYPE, 0x8809 } },
	.parse   = slow_parse,
	.summary = slow_summary,
};
