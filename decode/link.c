/* SPDX-License-Identifier: BSD-2-Clause */
/* link.c - ethertypes, types that may be lengths, and payloads that nobody knows */
#include "decode/link.h"

/* https://www.iana.org/assignments/ieee-802-numbers, in the words that tcpdump's readers know. */
const struct name ethertypes[] = {
	{ 0x0600, "NS" },
	{ 0x0707, "GeoNet (old)" },
	{ 0x0800, "IPv4" },
	{ 0x0806, "ARP" },
	{ 0x1000, "Trail" },
	{ 0x1111, "CALM FAST" },
	{ 0x6001, "MOP DL" },
	{ 0x6002, "MOP RC" },
	{ 0x6003, "DN" },
	{ 0x6004, "LAT" },
	{ 0x6007, "SCA" },
	{ 0x6558, "TEB" },
	{ 0x8035, "Reverse ARP" },
	{ 0x8038, "Lanbridge" },
	{ 0x803c, "DEC DNS" },
	{ 0x803e, "DEC DTS" },
	{ 0x805b, "VEXP" },
	{ 0x805c, "VPROD" },
	{ 0x809b, "Appletalk" },
	{ 0x80f3, "Appletalk ARP" },
	{ 0x8100, "802.1Q" },
	{ 0x8137, "IPX" },
	{ 0x86dd, "IPv6" },
	{ 0x8808, "MPCP" },
	{ 0x8809, "Slow Protocols" },
	{ 0x880b, "PPP" },
	{ 0x8847, "MPLS unicast" },
	{ 0x8848, "MPLS multicast" },
	{ 0x8863, "PPPoE D" },
	{ 0x8864, "PPPoE S" },
	{ 0x886f, "MS NLB heartbeat" },
	{ 0x888e, "EAPOL" },
	{ 0x8899, "Realtek protocols" },
	{ 0x88a2, "AoE" },
	{ 0x88a8, "802.1Q-QinQ" },
	{ 0x88ca, "TIPC" },
	{ 0x88cc, "LLDP" },
	{ 0x88e5, "802.1AE MACsec" },
	{ 0x88f7, "PTP" },
	{ 0x8902, "CFM" },
	{ 0x893a, "IEEE1905.1" },
	{ 0x8947, "GeoNet" },
	{ 0x894f, "NSH" },
	{ 0x9000, "Loopback" },
	{ 0x9100, "802.1Q-9100" },
	{ 0x9200, "802.1Q-9200" },
	{ 0xabcd, "CFM (old)" },
	{ 0xd28b, "Arista Vendor Specific Protocol" },
	{ 0xfefe, "OSI" },
	{ 0, NULL },
};

const char *link_ethertype(uint32_t type)
{
	const char *name = name_of(ethertypes, type);

	return name ? name : "Unknown";
}

const char *link_carried(uint32_t type)
{
	const char *name = name_of(ethertypes, type);

	return name ? name : "unknown";
}

void link_put_ethertype(struct out *o, const struct brief *b, uint32_t type)
{
	const char *name = name_of(ethertypes, type);

	if (b->quiet && name) {
		out_str(o, name);
		return;
	}
	out_str(o, b->quiet ? "Unknown Ethertype (0x" : "ethertype ");
	if (!b->quiet) {
		out_str(o, name ? name : "Unknown");
		out_str(o, " (0x");
	}
	out_hex(o, type, 4);
	out_char(o, ')');
}

bool link_stations(const struct brief *b, uint32_t i, struct slice *src, struct slice *dst)
{
	const struct proto *eth = protos[PROTO_ETH];

	while (i-- > 0) {
		const struct layer *l = &b->d->layer[i];

		if (l->proto == PROTO_ETH) {
			*src = field_bytes(layer_head(b->d, l), proto_field(eth, "src"));
			*dst = field_bytes(layer_head(b->d, l), proto_field(eth, "dst"));
			return true;
		}
	}
	return false;
}

bool link_put_pair(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice src, dst;

	if (!link_stations(b, i, &src, &dst))
		return false;
	out_mac(o, src);
	out_str(o, " > ");
	out_mac(o, dst);
	return true;
}

bool link_unknown(const struct brief *b, uint32_t i, uint32_t *type)
{
	const struct decoded *d = b->d;

	while (layer_proto(d, i + 1) == PROTO_VLAN)
		i++;
	*type = d->layer[i].next;
	if (note_stops((enum note)d->layer[i].note))
		return false;
	return layer_proto(d, i + 1) == PROTO_DATA ||
	       (i + 1 == d->count && proto_by(BY_ETHERTYPE, *type) == PROTO_DATA &&
		*type > LINK_LENGTH_MAX);
}

uint32_t link_missing(struct out *o, const struct brief *b, uint32_t i, enum proto_id id)
{
	if (i + 1 == b->d->count && id != PROTO_DATA) {
		out_str(o, " [|");
		out_str(o, id == PROTO_IPV6 ? "ip6" : id == PROTO_SNAP ? "snap" :
			   proto_name(protos[id]));
		out_char(o, ']');
	}
	return i + 1;
}

const struct record *link_type_or_length(uint32_t index, struct slice *rest, struct slice *opt,
					 const struct record *type, const struct record *length)
{
	uint32_t width = type->field->width / 8u;	/* bytes, of either */

	if (index > 0 || rest->cap < width)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, width);
	return field_get(*opt, type->field) > LINK_LENGTH_MAX ? type : length;
}
