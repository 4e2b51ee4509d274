/* SPDX-License-Identifier: BSD-2-Clause */
/* snap.c - Subnetwork Access Protocol, IEEE 802 section 10.3; IP and ARP over it: RFC 1042 */
#include "decode/link.h"

enum { OUI, FIELDS };

enum { ENCAPSULATED = 0x000000, CISCO = 0x00000c, CISCO_90 = 0x0000f8, BRIDGED = 0x0080c2,
       APPLETALK = 0x080007 };

#define CISCO_PVST 0x010b	/* a spanning tree of each VLAN */

static const struct name ouis[] = {
	{ ENCAPSULATED, "Ethernet" }, { CISCO, "Cisco" }, { CISCO_90, "Cisco bridged" },
	{ BRIDGED, "Ethernet bridged" }, { APPLETALK, "Appletalk" }, { 0, NULL },
};

/* Wireshark files it under LLC. */
static const struct field fields[FIELDS] = {
	[OUI] = { "oui", 0, 24, UINT, .names = ouis },
};

static const struct field type_field = { "type", 0, 16, HEX };
static const struct record type_record = { "llc", &type_field, 1 };

static const struct name cisco_pids[] = {
	{ 0x010b, "PVST" }, { 0x0111, "UDLD" }, { 0x2000, "CDP" }, { 0x2003, "VTP" }, { 0x2004, "DTP" }, { 0, NULL },
};

/* Each organisation has protocols of its own, and Wireshark a field for those of some. The last is for all
 * others.
 */
static const struct field pid_fields[] = {
	{ "cisco_pid", 0, 16, HEX, .names = cisco_pids },
	{ "nortel_pid", 0, 16, HEX },
	{ "apple_atalk_pid", 0, 16, HEX },
	{ "extreme_pid", 0, 16, HEX },
	{ "foundry_pid", 0, 16, HEX },
	{ "iana_pid", 0, 16, HEX },
	{ "wlccp_pid", 0, 16, HEX },
	{ "apple_awdl_pid", 0, 16, HEX },
	{ "bluetooth_pid", 0, 16, HEX },
	{ "pid", 0, 16, HEX },
};
#define PIDS COUNT(pid_fields)

static const struct record pid_records[PIDS] = {
	{ "llc", &pid_fields[0], 1 }, { "llc", &pid_fields[1], 1 }, { "llc", &pid_fields[2], 1 },
	{ "llc", &pid_fields[3], 1 }, { "llc", &pid_fields[4], 1 }, { "llc", &pid_fields[5], 1 },
	{ "llc", &pid_fields[6], 1 }, { "llc", &pid_fields[7], 1 }, { "llc", &pid_fields[8], 1 },
	{ "llc", &pid_fields[9], 1 },
};
static const uint32_t pid_ouis[PIDS - 1] = {
	CISCO, 0x000081, APPLETALK, 0x00e02b, 0x00e052, 0x00005e, 0x004096, 0x0017f2, 0x001958,
};

static const struct record *pid_record(uint32_t oui)
{
	uint32_t i = 0;

	while (i < PIDS - 1 && pid_ouis[i] != oui)
		i++;
	return &pid_records[i];
}

static bool has_ethertype(uint32_t oui)
{
	return oui == ENCAPSULATED || oui == CISCO_90;
}

static enum proto_id next_of(uint32_t oui, uint32_t type)
{
	enum proto_id id = proto_by(BY_ETHERTYPE, type);

	if (oui == CISCO && type == CISCO_PVST)
		return PROTO_STP;
	return has_ethertype(oui) && id != PROTO_VLAN ? id : PROTO_DATA;
}

static enum proto_id snap_parse(struct step *s)
{
	step_header(s, s->min_len + type_field.width / 8);
	s->key = (uint32_t)field_get(slice_skip(s->in, s->min_len), &type_field);
	return next_of((uint32_t)get(s, &fields[OUI]), s->key);
}

static const struct record *snap_record(uint32_t n)
{
	return n == 0 ? &type_record : n <= PIDS ? &pid_records[n - 1] : NULL;
}

static const struct record *snap_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	uint32_t oui;

	if (index > 0 || rest->cap < 2)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, 2);
	oui = (uint32_t)field_get(whole, &fields[OUI]);
	return has_ethertype(oui) ? &type_record : pid_record(oui);
}

/* "oui Ethernet (0x000000), ethertype IPv4 (0x0800), length 84: " */
static void put_header(struct out *o, uint32_t oui, uint32_t type, uint32_t length, bool full)
{
	const char *word = name_of(ouis, oui);
	const char *pid = oui == CISCO ? name_of(cisco_pids, type) : NULL;

	if (full || oui != ENCAPSULATED) {
		out_str(o, "oui ");
		out_str(o, word ? word : "Unknown");
		out_str(o, " (0x");
		out_hex(o, oui, 6);
		out_str(o, "), ");
	}
	out_str(o, oui == ENCAPSULATED ? "ethertype " : "pid ");
	out_str(o, has_ethertype(oui) ? link_ethertype(type) : pid ? pid : "Unknown");
	out_str(o, " (0x");
	out_hex(o, type, 4);
	out_str(o, "), length ");
	out_dec(o, length);
	out_str(o, ": ");
}

static uint32_t snap_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	uint32_t oui = (uint32_t)field_get(layer_head(b->d, l), &fields[OUI]);
	enum proto_id next = next_of(oui, l->next);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|snap]");
		return b->d->count;
	}
	if (b->link) {
		put_header(o, oui, l->next, l->wire - l->len, true);
	} else if (next == PROTO_DATA) {
		if (link_put_pair(o, b, i))
			out_char(o, ' ');
		out_str(o, "SNAP, ");
		put_header(o, oui, l->next, l->wire - l->len, false);
	}
	if (next != PROTO_DATA)
		return link_missing(o, b, i, next);
	if (!b->dumped && !b->quiet)
		out_hexdump(o, layer_whole(b->d, i > 0 ? l - 1 : l), 0, 1);
	return b->d->count;
}

const struct proto proto_snap = {
	.head    = { "llc", fields, FIELDS },
	.title   = "Subnetwork Access Protocol",
	.link    = true,
	.min_len = 3,
	.over    = { { BY_LLC, 0xaa } },
	.parse   = snap_parse,
	.option  = snap_option,
	.record  = snap_record,
	.summary = snap_summary,
};
