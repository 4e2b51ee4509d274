/* SPDX-License-Identifier: BSD-2-Clause */
/* sll2.c - Linux cooked capture, version 2: LINKTYPE_LINUX_SLL2 */
#include "decode/cooked.h"

enum { ETYPE, RESERVED, IFINDEX, HATYPE, PKTTYPE, HALEN, FIELDS };

static const struct field fields[FIELDS] = {
	[ETYPE]    = { "etype",    0, 16, HEX, .names = ethertypes },
	[RESERVED] = { "reserved", 16, 16, BYTES },
	[IFINDEX]  = { "ifindex", 32, 32, UINT },
	[HATYPE]   = { "hatype",  64, 16, UINT },
	[PKTTYPE]  = { "pkttype", 80,  8, UINT },
	[HALEN]    = { "halen",   88,  8, UINT },
};

#define ADDRESS_LEN 8

static enum proto_id sll2_parse(struct step *s)
{
	step_header(s, s->min_len + ADDRESS_LEN);
	s->key = (uint32_t)get(s, &fields[ETYPE]);
	return cooked_next(s->key);
}

static const struct record *sll2_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	if (index > 0)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, rest->wire);
	return cooked_address((uint32_t)field_get(whole, &fields[HALEN]));
}

/* The interface in a column of five. An index means something in the network namespace that was
 * captured only; but 1 is lo in all of them (LOOPBACK_IFINDEX in net/net_namespace.h of the kernel).
 */
static void put_interface(struct out *o, const struct brief *b, uint32_t ifindex)
{
	const char *start = o->at;

	if (!b->interface || !b->interface(o, ifindex))
		out_str(o, ifindex == 1 ? "lo" : "?");
	for (ptrdiff_t n = o->at - start; n < 6; n++)
		out_char(o, ' ');
}

static uint32_t sll2_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t ifindex = (uint32_t)field_get(h, &fields[IFINDEX]), type = l->next;

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|sll2]");
		return b->d->count;
	}
	put_interface(o, b, ifindex);
	cooked_put_direction(o, (uint32_t)field_get(h, &fields[PKTTYPE]), true);
	if (b->link || link_unknown(b, i, &type)) {
		out_str(o, "ifindex ");
		out_dec(o, ifindex);
		out_char(o, ' ');
		cooked_put_rest(o, b, l, slice_skip(h, protos[PROTO_SLL2]->min_len),
				(uint32_t)field_get(h, &fields[HALEN]));
	}
	return link_missing(o, b, i, cooked_next(l->next));
}

const struct proto proto_sll2 = {
	.head    = { "sll", fields, FIELDS },
	.title   = "Linux cooked capture v2",
	.link    = true,
	.min_len = 12,
	.over    = { { BY_LINKTYPE, 276 } },
	.parse   = sll2_parse,
	.option  = sll2_option,
	.record  = cooked_record,
	.summary = sll2_summary,
};
