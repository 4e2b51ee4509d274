/* SPDX-License-Identifier: BSD-2-Clause */
/* cooked.c - what both versions of Linux cooked headers share */
#include "decode/cooked.h"

enum { P_802_3 = 1, P_802_2 = 4 };	/* ETH_P_802_3 and ETH_P_802_2 of linux/if_ether.h */

static const struct field eth_fields[] = {
	{ "src.eth",  0, 48, MAC, .role = SRC },
	{ "unused",  48, 16, BYTES },
};
static const struct field ipv4_fields[] = {
	{ "src.ipv4",  0, 32, IPV4, .role = SRC },
	{ "unused",   32, 32, BYTES },
};
static const struct field other_field = { "src.other", 0, 64, BYTES };
static const struct field unused_field = { "unused", 0, 64, BYTES };

static const struct record eth_record = { "sll", eth_fields, 2, "Address" };
static const struct record ipv4_record = { "sll", ipv4_fields, 2, "Address" };
static const struct record other_record = { "sll", &other_field, 1, "Address" };
static const struct record unused_record = { "sll", &unused_field, 1, "Address" };

const struct record *cooked_address(uint32_t len)
{
	return len == 6 ? &eth_record : len == 4 ? &ipv4_record :
	       len == 0 ? &unused_record : &other_record;
}

RECORD_LIST(cooked_record, &eth_record, &ipv4_record, &other_record, &unused_record)

enum proto_id cooked_next(uint32_t protocol)
{
	return protocol == P_802_2 ? PROTO_LLC : proto_by(BY_ETHERTYPE, protocol);
}

/* PACKET_HOST to PACKET_OUTGOING of packet(7) */
static const struct name directions[] = {
	{ 0, "In" }, { 1, "B" }, { 2, "M" }, { 3, "P" }, { 4, "Out" }, { 0, NULL },
};

void cooked_put_direction(struct out *o, uint32_t pkttype, bool left)
{
	const char *word = name_of(directions, pkttype);
	size_t len;

	word = word ? word : "?";
	len = strlen(word);
	if (!left)
		out_bytes(o, "   ", 3 - len);
	out_str(o, word);
	if (left)
		out_bytes(o, "   ", 3 - len);
	out_char(o, ' ');
}

void cooked_put_rest(struct out *o, const struct brief *b, const struct layer *l,
		     struct slice address, uint32_t len)
{
	if (len == 6) {
		out_mac(o, address);
		out_char(o, ' ');
	}
	if (b->quiet)
		return;
	if (l->next == P_802_2)
		out_str(o, "802.2");
	else if (l->next == P_802_3)
		out_str(o, "802.3");
	else
		link_put_ethertype(o, b, l->next);
	out_str(o, ", length ");
	out_dec(o, l->wire);
	out_str(o, ": ");
}
