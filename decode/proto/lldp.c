/* SPDX-License-Identifier: BSD-2-Clause */
/* lldp.c - Link Layer Discovery Protocol, IEEE 802.1AB section 8
 *
 * How it works: type and length of the first TLV are the head, and its value is the head's end, since it
 * must be the chassis. All others are options; those of organisations are in lldp_org.c.
 */
#include "decode/proto/lldp.h"

#include "decode/brief.h"

enum { TYPE, LENGTH, FIELDS };
enum { END, CHASSIS, PORT_TLV, TTL, PORT_DESCRIPTION, NAME, DESCRIPTION, CAPABILITIES, MANAGEMENT,
       ORGANISATION = 127 };

static const struct name types[] = {
	{ END, "End" }, { CHASSIS, "Chassis ID" }, { PORT_TLV, "Port ID" }, { TTL, "Time to Live" },
	{ PORT_DESCRIPTION, "Port Description" }, { NAME, "System Name" },
	{ DESCRIPTION, "System Description" }, { CAPABILITIES, "System Capabilities" },
	{ MANAGEMENT, "Management Address" }, { ORGANISATION, "Organization specific" }, { 0, NULL },
};

static const struct field fields[FIELDS] = {
	[TYPE]   = { "tlv.type", 0, 7, UINT, .names = types },
	[LENGTH] = { "tlv.len",  7, 9, UINT },
};

/* The forms of an identity; those of a chassis begin at its value. */
enum { SUBTYPE_CHASSIS_MAC = 4, SUBTYPE_CHASSIS_NETWORK = 5, SUBTYPE_PORT_MAC = 3,
       SUBTYPE_PORT_NETWORK = 4 };
enum { FAMILY_IPV4 = 1, FAMILY_IPV6 };

#define CHASSIS_RECORD(id, ...)							\
	static const struct field id##_fields[] = {				\
		{ "chassis.subtype", 0, 8, UINT },				\
		__VA_ARGS__							\
	};									\
	static const struct record id = RECORD_OF("lldp", id##_fields, NULL)

CHASSIS_RECORD(chassis_mac, { "chassis.id.mac", 8, 48, MAC });
CHASSIS_RECORD(chassis_ip4, { "network_address.subtype", 8, 8, UINT }, { "chassis.id.ip4", 16, 32, IPV4 });
CHASSIS_RECORD(chassis_ip6, { "network_address.subtype", 8, 8, UINT }, { "chassis.id.ip6", 16, 128, IPV6 });
CHASSIS_RECORD(chassis_other, { "chassis.id", 8, 0, BYTES });

#define PORT_RECORD(id, ...) LLDP_RECORD(id, "Port ID", { "port.subtype", 16, 8, UINT }, __VA_ARGS__)

PORT_RECORD(port_mac, { "port.id.mac", 24, 48, MAC });
PORT_RECORD(port_ip4, { "network_address.subtype", 24, 8, UINT }, { "port.id.ip4", 32, 32, IPV4 });
PORT_RECORD(port_ip6, { "network_address.subtype", 24, 8, UINT }, { "port.id.ip6", 32, 128, IPV6 });
PORT_RECORD(port_other, { "port.id", 24, 0, TEXT });

LLDP_RECORD(ttl, "Time to live", { "time_to_live", 16, 16, UINT });	/* s */
LLDP_RECORD(port_description, "Port description", { "port.desc", 16, 0, TEXT });
LLDP_RECORD(system_name, "System name", { "tlv.system.name", 16, 0, TEXT });
LLDP_RECORD(system_description, "System description", { "tlv.system.desc", 16, 0, TEXT });

#define CAPABILITY(prefix, at)							\
	{ prefix ".reserved",            at,      8, HEX },			\
	{ prefix ".station_only",        at + 8,  1, BOOL },			\
	{ prefix ".docsis_cable_device", at + 9,  1, BOOL },			\
	{ prefix ".telephone",           at + 10, 1, BOOL },			\
	{ prefix ".router",              at + 11, 1, BOOL },			\
	{ prefix ".wlan_access_pt",      at + 12, 1, BOOL },			\
	{ prefix ".bridge",              at + 13, 1, BOOL },			\
	{ prefix ".repeater",            at + 14, 1, BOOL },			\
	{ prefix ".other",               at + 15, 1, BOOL }

static const struct field has_fields[] = { CAPABILITY("tlv.system_cap", 16) };
static const struct field enabled_fields[] = { CAPABILITY("tlv.enable_system_cap", 32) };
static const struct record has = { "lldp", has_fields, 9, NULL };
static const struct record enabled = { "lldp", enabled_fields, 9, NULL };
LLDP_RECORD(capabilities, "System capabilities", { "tlv.system_cap", 16, 16, HEX, .parts = &has },
	    { "tlv.enable_system_cap", 32, 16, HEX, .parts = &enabled });

#define MANAGEMENT_RECORD(id, width, ...)					\
	LLDP_RECORD(id, "Management address",					\
		    { "mgn.address.len",           16,         8, UINT },	\
		    { "mgn.address.subtype",       24,         8, UINT },	\
		    __VA_ARGS__,						\
		    { "mgn.interface.subtype",     32 + width, 8, UINT },	\
		    { "mgn.interface.number",      40 + width, 32, UINT },	\
		    { "mgn.obj.len",               72 + width, 8, UINT },	\
		    { "mgn.obj.id",                80 + width, 0, OID })

MANAGEMENT_RECORD(management_ip4, 32, { "mgn.addr.ip4", 32, 32, IPV4 });
MANAGEMENT_RECORD(management_ip6, 128, { "mgn.addr.ip6", 32, 128, IPV6 });
LLDP_RECORD(management_other, "Management address", { "mgn.address.len", 16, 8, UINT },
	    { "mgn.address.subtype", 24, 8, UINT }, { "mgn.addr.hex", 32, 0, BYTES });

static const struct field end_fields[] = { LLDP_TLV };
static const struct record end = { "lldp", end_fields, 2, "End" };
LLDP_RECORD(unknown, "TLV", { "tlv.value", 16, 0, BYTES });

#define TLV_HEAD 2	/* bytes */

static uint32_t tlv_len(struct slice s)
{
	return TLV_HEAD + (uint32_t)field_get(s, &fields[LENGTH]);
}

/* TLVs up to the last, which is empty; what follows is padding. */
static enum proto_id lldp_parse(struct step *s)
{
	struct slice rest = s->in;

	while (rest.cap >= TLV_HEAD && field_get(rest, &fields[TYPE]) != END) {
		if (tlv_len(rest) > rest.wire)
			step_note(s, NOTE_BAD_OPTION);
		rest = slice_skip(rest, tlv_len(rest));
	}
	rest = slice_skip(rest, TLV_HEAD);
	step_header(s, s->in.wire - rest.wire);
	step_total(s, s->in.wire - rest.wire);
	return PROTO_NONE;
}

static bool is_ip(struct slice value, uint32_t family)
{
	return value.wire == (family == FAMILY_IPV4 ? 5 : 17) && slice_u8(value, 0) == family;
}

static const struct record *chassis_of(struct slice value)
{
	uint32_t subtype = slice_u8(value, 0);
	struct slice id = slice_skip(value, 1);

	if (subtype == SUBTYPE_CHASSIS_MAC && id.wire == 6)
		return &chassis_mac;
	if (subtype == SUBTYPE_CHASSIS_NETWORK && is_ip(id, FAMILY_IPV4))
		return &chassis_ip4;
	if (subtype == SUBTYPE_CHASSIS_NETWORK && is_ip(id, FAMILY_IPV6))
		return &chassis_ip6;
	return &chassis_other;
}

static const struct record *port_of(struct slice value)
{
	uint32_t subtype = slice_u8(value, 0);
	struct slice id = slice_skip(value, 1);

	if (subtype == SUBTYPE_PORT_MAC && id.wire == 6)
		return &port_mac;
	if (subtype == SUBTYPE_PORT_NETWORK && is_ip(id, FAMILY_IPV4))
		return &port_ip4;
	if (subtype == SUBTYPE_PORT_NETWORK && is_ip(id, FAMILY_IPV6))
		return &port_ip6;
	return &port_other;
}

static const struct record *management_of(struct slice value)
{
	struct slice address = slice_part(value, 1, slice_u8(value, 0));

	return is_ip(address, FAMILY_IPV4) ? &management_ip4 :
	       is_ip(address, FAMILY_IPV6) ? &management_ip6 : &management_other;
}

static const struct record *tlv_of(uint32_t type, struct slice value)
{
	switch (type) {
	case END:
		return &end;
	case PORT_TLV:
		return port_of(value);
	case TTL:
		return &ttl;
	case PORT_DESCRIPTION:
		return &port_description;
	case NAME:
		return &system_name;
	case DESCRIPTION:
		return &system_description;
	case CAPABILITIES:
		return &capabilities;
	case MANAGEMENT:
		return management_of(value);
	case ORGANISATION:
		return lldp_org(value);
	default:
		return &unknown;
	}
}

static const struct record *lldp_record(uint32_t n)
{
	static const struct record *const list[] = {
		&chassis_mac, &chassis_ip4, &chassis_ip6, &chassis_other, &port_mac, &port_ip4,
		&port_ip6, &port_other, &ttl, &port_description, &system_name,
		&system_description, &capabilities, &management_ip4, &management_ip6,
		&management_other, &end, &unknown,
	};
	const uint32_t count = COUNT(list);

	return n < count ? list[n] : lldp_org_record(n - count);
}

static const struct record *lldp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	uint32_t len = index == 0 ? tlv_len(whole) - TLV_HEAD : tlv_len(*rest);

	if (index > 0 && rest->cap < TLV_HEAD)
		return NULL;
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	if (index == 0)
		return chassis_of(*opt);
	return tlv_of((uint32_t)field_get(*opt, &fields[TYPE]), slice_skip(*opt, TLV_HEAD));
}

/* The value of the first TLV of this type, as far as it was captured; empty where there is none. */
static struct slice find(struct slice h, uint32_t type)
{
	while (h.cap >= TLV_HEAD && field_get(h, &fields[TYPE]) != type)
		h = slice_skip(h, tlv_len(h));
	return slice_skip(slice_clip(h, h.cap >= TLV_HEAD ? tlv_len(h) : 0), TLV_HEAD);
}

/* -v: ", port eth0, TTL 120s" */
static void put_verbose(struct out *o, struct slice h)
{
	struct slice port = find(h, PORT_TLV), seconds = find(h, TTL);

	if (port.cap > 0) {
		out_str(o, ", port ");
		if (port_of(port) == &port_other)
			out_text(o, slice_skip(port, 1));
		else
			out_hexbytes(o, slice_skip(port, 1), ':', UINT32_MAX);
	}
	if (seconds.cap >= 2) {
		out_str(o, ", TTL ");
		out_dec(o, slice_u16(seconds, 0));
		out_char(o, 's');
	}
}

/* "LLDP, length 226: switch1" */
static uint32_t lldp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), name = find(h, NAME);

	out_str(o, "LLDP, length ");
	out_dec(o, i > 0 ? layer_payload(b->d, l - 1).wire : l->wire);
	if (name.cap > 0) {
		out_str(o, ": ");
		out_text(o, name);
	}
	if (b->verbose)
		put_verbose(o, h);
	if (note_stops((enum note)l->note))
		out_str(o, " [|lldp]");
	return b->d->count;
}

const struct proto proto_lldp = {
	.head    = { "lldp", fields, FIELDS },
	.title   = "Link Layer Discovery Protocol",
	.min_len = TLV_HEAD,
	.over    = { { BY_ETHERTYPE, 0x88cc } },
	.parse   = lldp_parse,
	.option  = lldp_option,
	.record  = lldp_record,
	.summary = lldp_summary,
};
