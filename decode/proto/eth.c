/* SPDX-License-Identifier: BSD-2-Clause */
/* eth.c - Ethernet, IEEE 802.3 section 3 */
#include "decode/link.h"

enum { DADDR, SADDR, FIELDS };

static const struct field fields[FIELDS] = {
	[DADDR] = { "dst",  0, 48, MAC, .role = DST },
	[SADDR] = { "src", 48, 48, MAC, .role = SRC },
};

static const struct field type_field = { "type", 0, 16, HEX, .names = ethertypes };
static const struct field len_field = { "len", 0, 16, UINT };

static const struct record type_record = { "eth", &type_field, 1 };
static const struct record len_record = { "eth", &len_field, 1 };

/* What follows the addresses is the type of the payload, or with LLC its length. */
static enum proto_id eth_parse(struct step *s)
{
	return link_parse(s, &type_field);
}

static RECORD_LIST(eth_record, &type_record, &len_record)

static const struct record *eth_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	(void)whole;
	return link_type_or_length(index, rest, opt, &type_record, &len_record);
}

/* "A > B, ethertype IPv4 (0x0800), length 98: " */
static void put_header(struct out *o, const struct brief *b, uint32_t i, uint32_t type)
{
	const struct layer *l = &b->d->layer[i];

	link_put_pair(o, b, i + 1);
	out_str(o, ", ");
	if (layer_proto(b->d, i + 1) == PROTO_VLAN && note_stops((enum note)l[1].note))
		return;
	if (type > LINK_LENGTH_MAX)
		link_put_ethertype(o, b, type);
	else
		out_str(o, "802.3");
	out_str(o, ", length ");
	out_dec(o, type > LINK_LENGTH_MAX ? l->wire : l->wire - l->len);
	out_str(o, ": ");
}

/* What is told of the frame itself: with -e, or where nobody knows what it carries. */
static COLD uint32_t put_frame(struct out *o, const struct brief *b, uint32_t i, enum proto_id next)
{
	const struct layer *l = &b->d->layer[i];
	uint32_t type = l->next;

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|ether]");
		return b->d->count;
	}
	if (b->link || link_unknown(b, i, &type))
		put_header(o, b, i, type);
	if (next != PROTO_NONE)
		return i + 1;
	return link_missing(o, b, i, type > LINK_LENGTH_MAX ? proto_by(BY_ETHERTYPE, type) :
							      PROTO_LLC);
}

static uint32_t eth_summary(struct out *o, const struct brief *b, uint32_t i)
{
	enum proto_id next = layer_proto(b->d, i + 1);

	if (b->link || next == PROTO_NONE || next == PROTO_DATA || next == PROTO_VLAN)
		return put_frame(o, b, i, next);
	return i + 1;
}

const struct proto proto_eth = {
	.head    = { "eth", fields, FIELDS },
	.title   = "Ethernet",
	.link    = true,
	.min_len = 12,
	.over    = { { BY_LINKTYPE, 1 }, { BY_IPV6EXT, 143 },	/* RFC 8986, section 4.9 */
		     { BY_ETHERTYPE, 0x6558 } },		/* in GRE: RFC 7637 */
	.parse   = eth_parse,
	.option  = eth_option,
	.record  = eth_record,
	.summary = eth_summary,
};
