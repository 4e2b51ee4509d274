/* SPDX-License-Identifier: BSD-2-Clause */
/* vlan.c - 802.1Q tag, IEEE 802.1Q section 9.6; 802.1ad has the same form */
#include "decode/link.h"

enum { PRIORITY, DEI, ID, FIELDS };

static const struct field fields[FIELDS] = {
	[PRIORITY] = { "priority", 0,  3, UINT },
	[DEI]      = { "dei",      3,  1, BOOL },
	[ID]       = { "id",       4, 12, UINT },
};

static const struct field etype_field = { "etype", 0, 16, HEX, .names = ethertypes };
static const struct field len_field = { "len", 0, 16, UINT };

static const struct record etype_record = { "vlan", &etype_field, 1 };
static const struct record len_record = { "vlan", &len_field, 1 };

static enum proto_id vlan_parse(struct step *s)
{
	return link_parse(s, &etype_field);
}

static RECORD_LIST(vlan_record, &etype_record, &len_record)

static const struct record *vlan_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	(void)whole;
	return link_type_or_length(index, rest, opt, &etype_record, &len_record);
}

/* What is tagged: "ethertype IPv4 (0x0800), "; tcpdump is shorter under a cooked header. */
static void put_type(struct out *o, const struct brief *b, uint32_t i)
{
	uint32_t type = b->d->layer[i].next;
	bool cooked = i > 0 && (layer_proto(b->d, 0) == PROTO_SLL ||
				layer_proto(b->d, 0) == PROTO_SLL2);

	if (type <= LINK_LENGTH_MAX) {
		if (b->link)
			out_str(o, "802.3");
		return;
	}
	if (cooked && !b->quiet) {
		out_str(o, "ethertype ");
		out_str(o, link_ethertype(type));
		out_str(o, ", ");
	} else if (!cooked && b->link) {
		link_put_ethertype(o, b, type);
		out_str(o, ", ");
	}
}

static uint32_t vlan_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|vlan]");
		return b->d->count;
	}
	if (b->link) {
		out_str(o, "vlan ");
		out_dec(o, field_get(h, &fields[ID]));
		out_str(o, ", p ");
		out_dec(o, field_get(h, &fields[PRIORITY]));
		out_str(o, field_get(h, &fields[DEI]) ? ", DEI, " : ", ");
	}
	put_type(o, b, i);
	return link_missing(o, b, i, l->next > LINK_LENGTH_MAX ?
					     proto_by(BY_ETHERTYPE, l->next) : PROTO_LLC);
}

const struct proto proto_vlan = {
	.head    = { "vlan", fields, FIELDS },
	.title   = "VLAN tag",
	.link    = true,
	.min_len = 2,
	.over    = { { BY_ETHERTYPE, 0x8100 }, { BY_ETHERTYPE, 0x88a8 }, { BY_ETHERTYPE, 0x9100 },
		     { BY_ETHERTYPE, 0x9200 } },
	.parse   = vlan_parse,
	.option  = vlan_option,
	.record  = vlan_record,
	.summary = vlan_summary,
};
