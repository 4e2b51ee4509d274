/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcp.c - Dynamic Host Configuration Protocol, RFC 2131, in the form of BOOTP, RFC 951 */
#include "decode/proto/dhcp.h"

enum {
	OP, HTYPE, HLEN, HOPS, XID, SECS, FLAGS, CLIENT, YOUR, SERVER, RELAY, HW_ADDR, NAME, FILE_NAME, FIELDS,
};
enum { REQUEST = 1, REPLY };

static bool is_ether(struct slice msg)
{
	return slice_u16(msg, 1) == 0x0106;	/* type and length */
}

static bool is_no_ether(struct slice msg)
{
	return !is_ether(msg);
}

static uint8_t overload(struct slice msg)
{
	return slice_u8(dhcp_find(msg, DHCP_OVERLOAD), 0);
}

static bool has_name(struct slice msg)
{
	return !(overload(msg) & DHCP_NAME_USED);
}

static bool has_file(struct slice msg)
{
	return !(overload(msg) & DHCP_FILE_USED);
}

static const struct name ops[] = { { REQUEST, "Request" }, { REPLY, "Reply" }, { 0, NULL } };
static const struct name hardware[] = { { 1, "Ethernet" }, { 6, "IEEE 802" }, { 0, NULL } };
static const struct field flags[] = { { "bc", 80, 1, BOOL }, { "reserved", 81, 15, HEX } };
static const struct record flag_parts = { "dhcp.flags", flags, 2, NULL };

static const struct field mac[] = {
	{ "mac_addr", 224, 48, MAC, .when = is_ether }, { "addr_padding", 272, 80, BYTES, .when = is_ether },
};
static const struct record mac_parts = { "dhcp.hw", mac, 2, NULL };

static const struct field fields[FIELDS]    = {
	[OP]        = { "type",             0,    8, UINT, .names = ops },
	[HTYPE]     = { "hw.type",          8,    8, HEX, .names = hardware },
	[HLEN]      = { "hw.len",          16,    8, UINT },
	[HOPS]      = { "hops",            24,    8, UINT },
	[XID]       = { "id",              32,   32, HEX },
	[SECS]      = { "secs",            64,   16, UINT },
	[FLAGS]     = { "flags",           80,   16, HEX, .parts = &flag_parts },
	[CLIENT]    = { "ip.client",       96,   32, IPV4 },
	[YOUR]      = { "ip.your",        128,   32, IPV4 },
	[SERVER]    = { "ip.server",      160,   32, IPV4 },
	[RELAY]     = { "ip.relay",       192,   32, IPV4 },
	[HW_ADDR]   = { "hw.addr",        224,  128, BYTES, .when = is_no_ether, .parts = &mac_parts },
	[NAME]      = { "server",         352,  512, TEXTZ, .when = has_name },
	[FILE_NAME] = { "file",           864, 1024, TEXTZ, .when = has_file },
};

/* RFC 2131, section 3: four bytes that say that options follow; else what follows is the vendor's. */
#define MAGIC 0x63825363
static const struct field cookie[] = { { "cookie", 0, 32, IPV4 } };
static const struct field vendor[] = { { "vendor_specific_options", 0, 0, BYTES } };
static const struct record cookie_record = { "dhcp", cookie, 1, NULL };
static const struct record vendor_record = { "dhcp", vendor, 1, NULL };

static enum proto_id dhcp_parse(struct step *s)
{
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

static const struct record *dhcp_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *item)
{
	if (index > 0)
		return dhcp_cut(head, rest, item);
	*item = slice_clip(*rest, slice_u32(*rest, 0) == MAGIC ? 4 : rest->wire);
	*rest = slice_skip(*rest, item->wire);
	return slice_u32(*item, 0) == MAGIC ? &cookie_record : &vendor_record;
}

static const struct record *dhcp_record(uint32_t n)
{
	if (n == 0)
		return &cookie_record;
	return n == 1 ? &vendor_record : dhcp_any_option(n - 2);
}

struct slice dhcp_find(struct slice msg, uint8_t code)
{
	struct slice rest = slice_skip(msg, DHCP_OPTIONS);

	if (slice_u32(msg, DHCP_HEADER) != MAGIC)
		return slice_clip(rest, 0);
	while (rest.cap > 1 && slice_u8(rest, 0) != DHCP_END) {
		bool pad = slice_u8(rest, 0) == DHCP_PAD;

		if (slice_u8(rest, 0) == code)
			return slice_part(rest, 2, slice_u8(rest, 1));
		rest = slice_skip(rest, pad ? 1 : 2u + slice_u8(rest, 1));
	}
	return slice_clip(rest, 0);
}

static const struct name messages[] = {
	{ 1, "Discover" }, { 2, "Offer" }, { 3, "Request" }, { 4, "Decline" }, { 5, "ACK" },
	{ 6, "NACK" }, { 7, "Release" }, { 8, "Inform" }, { 0, NULL },
};

static void put_number(struct out *o, const char *text, uint64_t value)
{
	if (value == 0)
		return;
	out_str(o, text);
	out_dec(o, value);
}

static void put_address(struct out *o, const char *text, const struct brief *b, struct slice addr)
{
	if (addr.cap < 4 || slice_u32(addr, 0) == 0)
		return;
	out_str(o, text);
	brief_host(o, b, slice_clip(addr, 4));
}

static void put_text(struct out *o, const char *text, struct slice s)
{
	if (slice_u8(s, 0) == 0)
		return;
	out_str(o, text);
	out_char(o, '"');
	out_visible(o, slice_clip(s, slice_find(s, 0)));
	out_char(o, '"');
}

/* The options that say what goes on. */
static void put_options(struct out *o, const struct brief *b, struct slice msg)
{
	struct slice kind = dhcp_find(msg, DHCP_MESSAGE_TYPE);
	struct slice lease = dhcp_find(msg, DHCP_LEASE_TIME);
	const char *word = name_of(messages, slice_u8(kind, 0));

	if (kind.cap > 0) {
		out_str(o, ", DHCP-Message ");
		out_str(o, word ? word : "");
		if (!word)
			out_dec(o, slice_u8(kind, 0));
	}
	put_address(o, ", Server-ID ", b, dhcp_find(msg, DHCP_SERVER_ID));
	put_address(o, ", Requested-IP ", b, dhcp_find(msg, DHCP_REQUESTED));
	put_number(o, ", Lease-Time ", slice_u32(lease, 0));
	put_text(o, ", Hostname ", dhcp_find(msg, DHCP_HOSTNAME));
	put_text(o, ", MSG ", dhcp_find(msg, DHCP_MESSAGE));
}

static void put_verbose(struct out *o, const struct brief *b, struct slice msg)
{
	uint64_t htype = field_get(msg, &fields[HTYPE]), hlen = field_get(msg, &fields[HLEN]);

	if (htype != 1)
		put_number(o, ", htype #", htype);
	else if (hlen != 6)
		put_number(o, ", hlen ", hlen);
	put_number(o, ", hops ", field_get(msg, &fields[HOPS]));
	if (field_get(msg, &fields[XID])) {
		out_str(o, ", xid 0x");
		out_hex(o, field_get(msg, &fields[XID]), 1);
	}
	put_number(o, ", secs ", field_get(msg, &fields[SECS]));
	out_str(o, field_get(msg, &flags[0]) ? ", Flags [Broadcast]" : ", Flags [none]");
	put_address(o, ", Client-IP ", b, field_bytes(msg, &fields[CLIENT]));
	put_address(o, ", Your-IP ", b, field_bytes(msg, &fields[YOUR]));
	put_address(o, ", Server-IP ", b, field_bytes(msg, &fields[SERVER]));
	put_address(o, ", Gateway-IP ", b, field_bytes(msg, &fields[RELAY]));
	if (has_name(msg))
		put_text(o, ", sname ", field_bytes(msg, &fields[NAME]));
	if (has_file(msg))
		put_text(o, ", file ", field_bytes(msg, &fields[FILE_NAME]));
	put_options(o, b, msg);
}

static uint32_t dhcp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice msg = layer_whole(b->d, &b->d->layer[i]);
	const char *op = name_of(ops, (uint32_t)field_get(msg, &fields[OP]));

	if (!field_here(msg, &fields[HLEN])) {
		out_str(o, " [|bootp]");
		return b->d->count;
	}
	out_str(o, "BOOTP/DHCP, ");
	out_str(o, op ? op : "unknown (0x");
	if (!op) {
		out_hex(o, field_get(msg, &fields[OP]), 2);
		out_char(o, ')');
	}
	if (is_ether(msg) && field_get(msg, &fields[OP]) == REQUEST && field_here(msg, &mac[0])) {
		out_str(o, " from ");
		out_mac(o, field_bytes(msg, &mac[0]));
	}
	out_str(o, ", length ");
	out_dec(o, msg.wire);
	if (b->verbose && msg.cap >= DHCP_HEADER)
		put_verbose(o, b, msg);
	if (msg.cap < DHCP_HEADER)
		out_str(o, " [|bootp]");
	return b->d->count;
}

const struct proto proto_dhcp = {
	.head    = { "dhcp", fields, FIELDS, NULL },
	.title   = "Dynamic Host Configuration Protocol",
	.min_len = DHCP_HEADER,
	.over    = { { BY_UDPPORT, 67 }, { BY_UDPPORT, 68 } },
	.parse   = dhcp_parse,
	.option  = dhcp_option,
	.record  = dhcp_record,
	.summary = dhcp_summary,
};
