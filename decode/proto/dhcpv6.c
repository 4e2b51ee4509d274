/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcpv6.c - DHCP for IPv6, RFC 8415 */
#include "decode/proto/dhcpv6.h"

enum { TYPE, FIELDS };

static const struct name types[] = {
	{ 1, "solicit" }, { 2, "advertise" }, { 3, "request" }, { 4, "confirm" }, { 5, "renew" },
	{ 6, "rebind" }, { 7, "reply" }, { 8, "release" }, { 9, "decline" }, { 10, "reconfigure" },
	{ 11, "inf-req" }, { 12, "relay-fwd" }, { 13, "relay-reply" }, { 14, "leasequery" },
	{ 15, "leasequery-reply" }, { 16, "leasequery-done" }, { 17, "leasequery-data" },
	{ 18, "reconfigure-request" }, { 19, "reconfigure-reply" }, { 20, "dhcpv4-query" },
	{ 21, "dhcpv4-response" }, { 0, NULL },
};
static const struct field fields[FIELDS] = {
	[TYPE] = { "msgtype", 0, 8, UINT, .names = types },
};

#define ROOM 100	/* characters of options in a line; then no other begins */

static enum proto_id dhcpv6_parse(struct step *s)
{
	step_header(s, s->in.wire);
	if (s->in.wire < dhcpv6_header(s->in))
		step_note(s, NOTE_BAD_LENGTH);
	return PROTO_NONE;
}

static const struct record *dhcpv6_option(struct slice head, uint32_t index, struct slice *rest,
					  struct slice *item)
{
	return dhcpv6_cut(head, index, rest, item);
}

/* What a line has room for, up to end: addresses and prefixes that are given, and how it went. */
static void put_options(struct out *o, const struct brief *b, struct slice rest, const char *end,
			uint32_t depth)
{
	static const struct { uint8_t code, inside; const char *text; } list[] = {
		{ DHCPV6_IA_NA, 12, " (IA_NA" }, { DHCPV6_IA_PD, 12, " (IA_PD" },
		{ DHCPV6_IA_ADDR, 24, " (IA_ADDR " }, { DHCPV6_IA_PREFIX, 25, " (IA_PD-prefix " },
		{ DHCPV6_STATUS, 0, " (status-code " },
	};
	struct slice value;
	uint32_t code;

	while (o->at < end && dhcpv6_take(&rest, &code, &value)) {
		size_t i = 0;

		while (i < COUNT(list) && list[i].code != code)
			i++;
		if (i == COUNT(list))
			continue;
		out_str(o, list[i].text);
		if (code == DHCPV6_IA_ADDR)
			brief_host(o, b, slice_clip(value, 16));
		if (code == DHCPV6_IA_PREFIX) {
			brief_host(o, b, slice_part(value, 9, 16));
			out_char(o, '/');
			out_dec(o, slice_u8(value, 8));
		}
		if (code == DHCPV6_STATUS)
			out_dec(o, slice_u16(value, 0));
		else if (depth < 2)
			put_options(o, b, slice_skip(value, list[i].inside), end, depth + 1);
		out_char(o, ')');
	}
}

static uint32_t dhcpv6_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice msg = layer_whole(b->d, &b->d->layer[i]);
	uint32_t type = slice_u8(msg, 0), header = dhcpv6_header(msg);
	const char *word = name_of(types, type);

	out_str(o, "dhcp6");
	if (msg.cap < header) {
		out_str(o, " [|dhcp6]");
		return b->d->count;
	}
	out_char(o, ' ');
	out_str(o, word ? word : "msgtype-");
	if (!word)
		out_dec(o, type);
	if (!b->verbose)
		return b->d->count;
	if (type != DHCPV6_RELAY_FORW && type != DHCPV6_RELAY_REPL) {
		out_str(o, " (xid=");
		out_hex(o, slice_bits(msg, 8, 24), 1);
	} else {
		out_str(o, " (linkaddr=");
		brief_host(o, b, slice_part(msg, 2, 16));
		out_str(o, " peeraddr=");
		brief_host(o, b, slice_part(msg, 18, 16));
	}
	put_options(o, b, slice_skip(msg, header), o->at + min_u32(ROOM, out_room(o)), 0);
	out_char(o, ')');
	return b->d->count;
}

const struct proto proto_dhcpv6 = {
	.head    = { "dhcpv6", fields, FIELDS, NULL },
	.title   = "DHCP for IPv6",
	.min_len = 1,
	.over    = { { BY_UDPPORT, 546 }, { BY_UDPPORT, 547 } },
	.parse   = dhcpv6_parse,
	.option  = dhcpv6_option,
	.record  = dhcpv6_any_record,
	.summary = dhcpv6_summary,
};
