/* SPDX-License-Identifier: BSD-2-Clause */
/* sll.c - Linux cooked capture, version 1: LINKTYPE_LINUX_SLL */
#include "decode/cooked.h"

enum { PKTTYPE, HATYPE, HALEN, FIELDS };

static const struct field fields[FIELDS] = {
	[PKTTYPE] = { "pkttype",  0, 16, UINT },
	[HATYPE]  = { "hatype",  16, 16, UINT },
	[HALEN]   = { "halen",   32, 16, UINT },
};

/* Behind the 8 bytes for the address. */
static const struct field etype_field = { "etype", 0, 16, HEX, .names = ethertypes };
static const struct field ltype_field = { "ltype", 0, 16, HEX };
static const struct record etype_record = { "sll", &etype_field, 1, "Protocol" };
static const struct record ltype_record = { "sll", &ltype_field, 1, "Protocol" };

#define ADDRESS_LEN 8

static enum proto_id sll_parse(struct step *s)
{
	struct slice protocol = slice_skip(s->in, s->min_len + ADDRESS_LEN);

	step_header(s, s->min_len + ADDRESS_LEN + etype_field.width / 8);
	s->key = (uint32_t)field_get(protocol, &etype_field);
	return cooked_next(s->key);
}

static const struct record *sll_record(uint32_t n)
{
	return n == 0 ? &etype_record : n == 1 ? &ltype_record : cooked_record(n - 2);
}

static const struct record *sll_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	*opt = *rest;
	if (index == 0) {
		*opt = slice_clip(*rest, ADDRESS_LEN);
		*rest = slice_skip(*rest, ADDRESS_LEN);
		return cooked_address((uint32_t)field_get(whole, &fields[HALEN]));
	}
	*rest = slice_skip(*rest, rest->wire);
	if (index > 1)
		return NULL;
	return field_get(*opt, &etype_field) > LINK_LENGTH_MAX ? &etype_record : &ltype_record;
}

static uint32_t sll_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t type = l->next;

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|sll]");
		return b->d->count;
	}
	if (b->link || link_unknown(b, i, &type)) {
		cooked_put_direction(o, (uint32_t)field_get(h, &fields[PKTTYPE]), false);
		cooked_put_rest(o, b, l, slice_skip(h, protos[PROTO_SLL]->min_len),
				(uint32_t)field_get(h, &fields[HALEN]));
	}
	return link_missing(o, b, i, cooked_next(l->next));
}

const struct proto proto_sll = {
	.head    = { "sll", fields, FIELDS },
	.title   = "Linux cooked capture v1",
	.link    = true,
	.min_len = 6,
	.over    = { { BY_LINKTYPE, 113 } },
	.parse   = sll_parse,
	.option  = sll_option,
	.record  = sll_record,
	.summary = sll_summary,
};
