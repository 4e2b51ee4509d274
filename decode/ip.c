/* SPDX-License-Identifier: BSD-2-Clause */
/* ip.c - what the texts of IPv4, IPv6 and its extension headers share */
#include "decode/ip.h"

/* https://www.iana.org/assignments/protocol-numbers */
const struct name ip_protocols[] = {
	{ 0, "Options" }, { 1, "ICMP" }, { 2, "IGMP" }, { 4, "IPIP" }, { 6, "TCP" },
	{ 8, "EGP" }, { 9, "IGRP" }, { 17, "UDP" }, { 33, "DCCP" }, { 41, "IPv6" },
	{ 43, "Routing" }, { 44, "Fragment" }, { 46, "RSVP" }, { 47, "GRE" }, { 50, "ESP" },
	{ 51, "AH" }, { 55, "Mobile IP" }, { 58, "ICMPv6" }, { 62, "Mobile IP (old)" },
	{ 88, "EIGRP" }, { 89, "OSPF" }, { 103, "PIM" }, { 108, "Compressed IP" },
	{ 112, "VRRP" }, { 113, "PGM" }, { 132, "SCTP" }, { 135, "Mobility" },
	{ 143, "Ethernet" },
	{ 0, NULL },
};

const char *ip_protocol(uint32_t protocol)
{
	const char *word = name_of(ip_protocols, protocol);

	return word ? word : "unknown";
}

uint32_t ip_next(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	enum proto_id next = layer_proto(b->d, i + 1), missing;

	if (next != PROTO_DATA && next != PROTO_NONE)
		return i + 1;
	missing = l->proto == PROTO_IPV4 ? proto_by_ip(l->next) : ip6_next(l->next);
	if (l->next == IPPROTO_NO_NEXT) {
		out_str(o, "no next header");
	} else if (next == PROTO_NONE && missing != PROTO_DATA) {
		out_str(o, l->next == IPPROTO_TCP ? "[|" : " [|");
		out_str(o, strchr(proto_name(protos[missing]), '.') ? "ip6" :
			   proto_name(protos[missing]));
		out_char(o, ']');
	} else {
		out_str(o, " ip-proto-");
		out_dec(o, l->next);
		out_char(o, ' ');
		out_dec(o, l->claimed - min_u32(l->len, l->claimed));
	}
	return b->d->count;
}

COLD bool ip_missing(struct out *o, const struct brief *b, uint32_t i, const char *name, uint32_t total)
{
	uint32_t given = brief_given(b->d, i);

	if (total <= given)
		return false;
	out_str(o, "truncated-");
	out_str(o, name);
	out_str(o, " - ");
	out_dec(o, total - given);
	out_str(o, " bytes missing!");
	return true;
}
