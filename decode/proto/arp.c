/* SPDX-License-Identifier: BSD-2-Clause */
/* arp.c - Address Resolution Protocol, RFC 826; RARP, RFC 903; InARP, RFC 2390 */
#include "decode/link.h"

enum { HW_TYPE, PROTO_TYPE, HW_SIZE, PROTO_SIZE, OPCODE, FIELDS };

static const struct field fields[FIELDS] = {
	[HW_TYPE]    = { "hw.type",     0, 16, UINT },
	[PROTO_TYPE] = { "proto.type", 16, 16, HEX },
	[HW_SIZE]    = { "hw.size",    32,  8, UINT },
	[PROTO_SIZE] = { "proto.size", 40,  8, UINT },
	[OPCODE]     = { "opcode",     48, 16, UINT },
};

/* Four addresses follow, their sizes are above: sender's and target's. */
enum { SHA, SPA, THA, TPA, ADDRESSES };

static const struct field usual[ADDRESSES] = {
	[SHA] = { "src.hw_mac",       0, 48, MAC, .role = SRC },
	[SPA] = { "src.proto_ipv4",  48, 32, IPV4, .role = SRC },
	[THA] = { "dst.hw_mac",      80, 48, MAC, .role = DST },
	[TPA] = { "dst.proto_ipv4", 128, 32, IPV4, .role = DST },
};
static const struct record usual_record = { "arp", usual, ADDRESSES };

static const struct field plain[ADDRESSES] = {
	[SHA] = { "src.hw",    0, 0, BYTES },
	[SPA] = { "src.proto", 0, 0, BYTES },
	[THA] = { "dst.hw",    0, 0, BYTES },
	[TPA] = { "dst.proto", 0, 0, BYTES },
};
static const struct record plain_records[ADDRESSES] = {
	[SHA] = { "arp", &plain[SHA], 1, "Sender's hardware address" },
	[SPA] = { "arp", &plain[SPA], 1, "Sender's protocol address" },
	[THA] = { "arp", &plain[THA], 1, "Target's hardware address" },
	[TPA] = { "arp", &plain[TPA], 1, "Target's protocol address" },
};

enum { ETHERNET = 1, IP = 0x0800, TRAILER = 0x1000 };
enum { REQUEST = 1, REPLY, REV_REQUEST, REV_REPLY, INV_REQUEST = 8, INV_REPLY, NAK };

static const struct name hardware[] = {
	{ 1, "Ethernet" }, { 6, "TokenRing" }, { 7, "ArcNet" }, { 15, "FrameRelay" },
	{ 19, "ATM" }, { 23, "Strip" }, { 24, "IEEE 1394" }, { 32, "InfiniBand" }, { 0, NULL },
};

static uint32_t address_size(struct slice h, uint32_t index)
{
	return (uint32_t)field_get(h, &fields[index % 2 ? PROTO_SIZE : HW_SIZE]);
}

static struct slice address(struct slice h, uint32_t index)
{
	struct slice s = slice_skip(h, protos[PROTO_ARP]->min_len);

	for (uint32_t i = 0; i < index; i++)
		s = slice_skip(s, address_size(h, i));
	return slice_clip(s, address_size(h, index));
}

/* Padding behind the addresses is no layer, but counts in the length that the text tells. */
static enum proto_id arp_parse(struct step *s)
{
	step_header(s, s->min_len + 2 * address_size(s->in, SHA) + 2 * address_size(s->in, SPA));
	return PROTO_NONE;
}

static RECORD_LIST(arp_record, &usual_record, &plain_records[SHA], &plain_records[SPA],
	    &plain_records[THA], &plain_records[TPA])

static const struct record *arp_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	bool mac = field_get(whole, &fields[HW_TYPE]) == ETHERNET && address_size(whole, SHA) == 6;
	bool ipv4 = field_get(whole, &fields[PROTO_TYPE]) == IP && address_size(whole, SPA) == 4;

	*opt = *rest;
	if (mac && ipv4) {
		*rest = slice_skip(*rest, rest->wire);
		return index == 0 ? &usual_record : NULL;
	}
	if (index >= ADDRESSES)
		return NULL;
	*opt = slice_clip(*rest, address_size(whole, index));
	*rest = slice_skip(*rest, opt->wire);
	return &plain_records[index];
}

static void put_hardware(struct out *o, struct slice h, uint32_t index)
{
	struct slice a = address(h, index);

	if (a.wire == 0)
		out_str(o, "<empty>");
	else
		out_hexbytes(o, a, ':', a.cap);
}

static void put_protocol(struct out *o, const struct brief *b, struct slice h, uint32_t index)
{
	uint32_t type = (uint32_t)field_get(h, &fields[PROTO_TYPE]);

	if (type != IP && type != TRAILER)
		out_str(o, "<wrong proto type>");
	else if (address_size(h, index) != 4)
		out_str(o, "<wrong len>");
	else
		brief_host(o, b, address(h, index));
}

/* "Ethernet (len 6), IPv4 (len 4)" */
static void put_kinds(struct out *o, struct slice h)
{
	const char *hw = name_of(hardware, (uint32_t)field_get(h, &fields[HW_TYPE]));
	const char *type = link_ethertype((uint32_t)field_get(h, &fields[PROTO_TYPE]));

	if (hw) {
		out_str(o, hw);
	} else {
		out_str(o, "Unknown Hardware (");
		out_dec(o, field_get(h, &fields[HW_TYPE]));
		out_char(o, ')');
	}
	out_str(o, " (len ");
	out_dec(o, address_size(h, SHA));
	out_str(o, "), ");
	if (strcmp(type, "Unknown") == 0) {
		out_str(o, "Unknown Protocol (0x");
		out_hex(o, field_get(h, &fields[PROTO_TYPE]), 4);
		out_char(o, ')');
	} else {
		out_str(o, type);
	}
	out_str(o, " (len ");
	out_dec(o, address_size(h, SPA));
	out_char(o, ')');
}

static void put_request(struct out *o, const struct brief *b, struct slice h)
{
	struct slice tha = address(h, THA);
	bool known = false;

	for (uint32_t i = 0; i < tha.cap; i++)
		known = known || slice_u8(tha, i) != 0;
	out_str(o, "Request who-has ");
	put_protocol(o, b, h, TPA);
	if (known) {
		out_str(o, " (");
		put_hardware(o, h, THA);
		out_char(o, ')');
	}
	out_str(o, " tell ");
	put_protocol(o, b, h, SPA);
}

/* What is asked or answered; false where the operation is none of these. */
static bool put_operation(struct out *o, const struct brief *b, struct slice h, uint32_t opcode)
{
	switch (opcode) {
	case REQUEST:
		put_request(o, b, h);
		return true;
	case REPLY:
		out_str(o, "Reply ");
		put_protocol(o, b, h, SPA);
		out_str(o, " is-at ");
		put_hardware(o, h, SHA);
		return true;
	case REV_REQUEST:
	case INV_REQUEST:
		out_str(o, opcode == REV_REQUEST ? "Reverse Request who-is " :
						   "Inverse Request who-is ");
		put_hardware(o, h, THA);
		out_str(o, " tell ");
		put_hardware(o, h, SHA);
		return true;
	case REV_REPLY:
	case INV_REPLY:
		out_str(o, opcode == REV_REPLY ? "Reverse Reply " : "Inverse Reply ");
		put_hardware(o, h, opcode == REV_REPLY ? THA : SHA);
		out_str(o, " at ");
		put_protocol(o, b, h, opcode == REV_REPLY ? TPA : SPA);
		return true;
	default:
		return false;
	}
}

static void put_unknown(struct out *o, const struct brief *b, uint32_t i, uint32_t opcode)
{
	if (opcode == NAK) {
		out_str(o, "NACK Reply ");
	} else {
		out_str(o, "Unknown (");
		out_dec(o, opcode);
		out_str(o, ") ");
	}
	out_hexdump(o, layer_whole(b->d, &b->d->layer[i]), 0, 1);
}

static uint32_t arp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t opcode = (uint32_t)field_get(h, &fields[OPCODE]);
	uint32_t type = (uint32_t)field_get(h, &fields[PROTO_TYPE]);
	bool odd = (type != IP && type != TRAILER) || address_size(h, SPA) != 4 ||
		   address_size(h, SHA) == 0;

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|arp]");
		return b->d->count;
	}
	if (!b->link)
		out_str(o, "ARP, ");
	if (odd || b->verbose) {
		put_kinds(o, h);
		if (b->verbose)
			out_str(o, ", ");
	}
	if ((!odd || b->verbose) && !put_operation(o, b, h, opcode)) {
		put_unknown(o, b, i, opcode);
		return b->d->count;
	}
	out_str(o, ", length ");
	out_dec(o, layer_whole(b->d, l).wire);
	return b->d->count;
}

const struct proto proto_arp = {
	.head    = { "arp", fields, FIELDS },
	.title   = "Address Resolution Protocol",
	.min_len = 8,
	.over    = { { BY_ETHERTYPE, 0x0806 }, { BY_ETHERTYPE, 0x8035 } },
	.parse   = arp_parse,
	.option  = arp_option,
	.record  = arp_record,
	.summary = arp_summary,
};
