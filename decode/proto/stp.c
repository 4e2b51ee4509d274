/* SPDX-License-Identifier: BSD-2-Clause */
/* stp.c - Spanning Tree Protocol, IEEE 802.1Q section 14: STP, RSTP, MSTP; one a VLAN: Cisco's PVST+ */
#include "decode/brief.h"

enum { PROTOCOL, VERSION, TYPE, FIELDS };

static const struct name versions[] = {
	{ 0, "802.1d" }, { 2, "802.1w" }, { 3, "802.1s" }, { 4, "802.1aq" }, { 0, NULL },
};

enum { TYPE_CONFIG = 0, TYPE_RAPID = 2, TYPE_CHANGE = 0x80, VERSION_MULTIPLE = 3 };

static const struct name types[] = {
	{ TYPE_CONFIG, "Config" }, { TYPE_RAPID, "Rapid STP" }, { TYPE_CHANGE, "Topology Change" },
	{ 0, NULL },
};

static const struct field fields[FIELDS] = {
	[PROTOCOL] = { "protocol", 0, 16, HEX },
	[VERSION]  = { "version", 16,  8, UINT, .names = versions },
	[TYPE]     = { "type",    24,  8, HEX, .names = types },
};

static const struct name roles[] = {
	{ 0, "Unknown" }, { 1, "Alternate" }, { 2, "Root" }, { 3, "Designated" }, { 0, NULL },
};

static const struct field old_flag_fields[] = {
	{ "flags.tcack",    0, 1, BOOL },
	{ "flags.reserved", 1, 6, HEX },
	{ "flags.tc",       7, 1, BOOL },
};
static const struct record old_flags = { "stp", old_flag_fields, 3 };

static const struct field flag_fields[] = {
	{ "flags.tcack",      0, 1, BOOL },
	{ "flags.agreement",  1, 1, BOOL },
	{ "flags.forwarding", 2, 1, BOOL },
	{ "flags.learning",   3, 1, BOOL },
	{ "flags.port_role",  4, 2, UINT, .names = roles },
	{ "flags.proposal",   6, 1, BOOL },
	{ "flags.tc",         7, 1, BOOL },
};
static const struct record new_flags = { "stp", flag_fields, 7 };

/* The times count 256ths of a second; in practice they are whole seconds. */
#define BODY(flags)						\
	{ "flags",             0,  8, HEX, .parts = &(flags) },	\
	{ "root.prio",         8,  4, UINT, .scale = 4096 },	\
	{ "root.ext",         12, 12, UINT },			\
	{ "root.hw",          24, 48, MAC },			\
	{ "root.cost",        72, 32, UINT },			\
	{ "bridge.prio",     104,  4, UINT, .scale = 4096 },	\
	{ "bridge.ext",      108, 12, UINT },			\
	{ "bridge.hw",       120, 48, MAC },			\
	{ "port",            168, 16, HEX },			\
	{ "msg_age",         184,  8, UINT },			\
	{ "msg_age.parts",   192,  8, UINT },			\
	{ "max_age",         200,  8, UINT },			\
	{ "max_age.parts",   208,  8, UINT },			\
	{ "hello",           216,  8, UINT },			\
	{ "hello.parts",     224,  8, UINT },			\
	{ "forward",         232,  8, UINT },			\
	{ "forward.parts",   240,  8, UINT }

enum { FLAGS, ROOT, ROOT_EXT, ROOT_HW, COST, BRIDGE, BRIDGE_EXT, BRIDGE_HW, PORT_ID, AGE, AGE_PARTS,
       MAX_AGE, MAX_PARTS, HELLO, HELLO_PARTS, FORWARD, FORWARD_PARTS, BODY_FIELDS };

static const struct field config_fields[] = { BODY(old_flags) };
static const struct field rapid_fields[] = {
	BODY(new_flags), { "version_1_length", 248, 8, UINT },
};
static const struct record config = { "stp", config_fields, BODY_FIELDS };
static const struct record rapid = { "stp", rapid_fields, BODY_FIELDS + 1 };

static const struct field region_fields[] = {
	{ "version_3_length",                0,  16, UINT },
	{ "config_format_selector",         16,   8, UINT },
	{ "config_name",                    24, 256, TEXT },
	{ "config_revision_level",         280,  16, UINT },
	{ "config_digest",                 296, 128, BYTES },
	{ "cist_internal_root_path_cost",  424,  32, UINT },
	{ "cist_bridge.prio",              456,   4, UINT, .scale = 4096 },
	{ "cist_bridge.ext",               460,  12, UINT },
	{ "cist_bridge.hw",                472,  48, MAC },
	{ "cist_remaining_hops",           520,   8, UINT },
};
static const struct record region = { "mstp", region_fields, 10, "MST extension" };

static const struct field msti_fields[] = {
	{ "msti.flags",            0,  8, HEX, .parts = &new_flags },
	{ "msti.priority",         8,  4, HEX },
	{ "msti.msti_id",         12, 12, UINT },
	{ "msti.root.hw",         24, 48, MAC },
	{ "msti.root_cost",       72, 32, UINT },
	{ "msti.bridge_priority", 104, 4, UINT },
	{ "msti.bridge_reserved", 108, 4, UINT },
	{ "msti.port_priority",   112, 4, UINT },
	{ "msti.port_reserved",   116, 4, UINT },
	{ "msti.remaining_hops",  120, 8, UINT },
};
static const struct record msti = { "mstp", msti_fields, 10, "MST instance" };

static const struct field pvst_fields[] = {
	{ "pvst.tlvtype",   0, 16, HEX },
	{ "pvst.tlvlen",   16, 16, UINT },
	{ "pvst.origvlan", 32, 16, UINT },
};
static const struct record pvst = { "stp", pvst_fields, 3, "Originating VLAN" };

#define PVST_PAD 1	/* a byte between the message and its VLAN: the length of version 1 */

static enum proto_id stp_parse(struct step *s)
{
	uint32_t type = (uint32_t)get(s, &fields[TYPE]), least = s->min_len;

	if (get(s, &fields[PROTOCOL]) != 0) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	if (type == TYPE_CONFIG)
		least += record_len(&config);
	else if (type == TYPE_RAPID)
		least += record_len(&rapid);
	step_header(s, s->in.wire > least && type != TYPE_CHANGE ? s->in.wire : least);
	return PROTO_NONE;
}

static RECORD_LIST(stp_record, &config, &rapid, &region, &msti, &pvst)

static const struct record *body_of(struct slice whole)
{
	uint64_t type = field_get(whole, &fields[TYPE]);

	return type == TYPE_CONFIG ? &config : type == TYPE_RAPID ? &rapid : NULL;
}

/* Behind the message of STP or RSTP: what MSTP has, or a VLAN. */
static const struct record *behind(struct slice whole, uint32_t index, struct slice *rest)
{
	if (field_get(whole, &fields[VERSION]) >= VERSION_MULTIPLE)
		return index == 1 ? &region : &msti;
	if (index > 1 || rest->cap < record_len(&pvst))
		return NULL;
	if (field_get(whole, &fields[TYPE]) == TYPE_CONFIG)
		*rest = slice_skip(*rest, PVST_PAD);
	return &pvst;
}

static const struct record *stp_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	const struct record *r = index == 0 ? body_of(whole) : behind(whole, index, rest);

	if (!r || (index > 0 && rest->cap < record_len(r)))
		return NULL;
	*opt = slice_clip(*rest, record_len(r));
	*rest = slice_skip(*rest, record_len(r));
	return r;
}

static void put_flags(struct out *o, uint32_t flags)
{
	static const struct name words[] = {
		{ 0x01, "Topology change" }, { 0x02, "Proposal" }, { 0x10, "Learn" },
		{ 0x20, "Forward" }, { 0x40, "Agreement" }, { 0x80, "Topology change ACK" },
		{ 0, NULL },
	};
	const char *between = "";

	out_str(o, "Flags [");
	for (const struct name *w = words; w->text; w++)
		if (flags & w->value) {
			out_str(o, between);
			out_str(o, w->text);
			between = ", ";
		}
	out_str(o, *between ? "]" : "none]");
}

/* "8001.02:00:00:00:00:01" */
static void put_bridge(struct out *o, struct slice body, uint32_t first)
{
	out_hex(o, slice_bits(body, rapid_fields[first].bit, 16), 4);
	out_char(o, '.');
	out_mac(o, field_bytes(body, &rapid_fields[first + 2]));
}

/* ", hello-time 2.00s" */
static void put_time(struct out *o, const char *word, struct slice body, uint32_t first)
{
	out_str(o, word);
	out_dec(o, field_get(body, &rapid_fields[first]));
	out_char(o, '.');
	out_dec_pad(o, field_get(body, &rapid_fields[first + 1]) * 100 / 256, 2);
	out_char(o, 's');
}

static void put_verbose(struct out *o, struct slice body, bool is_rapid)
{
	put_time(o, "\n\tmessage-age ", body, AGE);
	put_time(o, ", max-age ", body, MAX_AGE);
	put_time(o, ", hello-time ", body, HELLO);
	put_time(o, ", forwarding-delay ", body, FORWARD);
	out_str(o, "\n\troot-id ");
	put_bridge(o, body, ROOT);
	out_str(o, ", root-pathcost ");
	out_dec(o, field_get(body, &rapid_fields[COST]));
	if (is_rapid) {
		out_str(o, ", port-role ");
		out_str(o, name_of(roles, (uint32_t)field_get(body, &flag_fields[4])));
	}
}

/* "STP 802.1w, Rapid STP, Flags [Learn, Forward], bridge-id 8001.02:00:00:00:00:01.8002, length 36" */
static uint32_t stp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), body = slice_skip(h, protos[PROTO_STP]->min_len);
	uint32_t version = (uint32_t)field_get(h, &fields[VERSION]);
	uint32_t type = (uint32_t)field_get(h, &fields[TYPE]);
	bool multiple = version >= VERSION_MULTIPLE && type == TYPE_RAPID;
	const char *name = name_of(versions, version);

	if (l->note == NOTE_BAD_VALUE) {
		out_str(o, "unknown STP version, length ");
		out_dec(o, l->wire);
		return b->d->count;
	}
	out_str(o, "STP ");
	if (note_stops((enum note)l->note)) {
		out_str(o, "[|stp]");
		return b->d->count;
	}
	if (!name) {
		out_str(o, "Unknown STP protocol (0x");
		out_hex(o, version, 2);
		out_char(o, ')');
		return b->d->count;
	}
	out_str(o, name);
	name = name_of(types, type);
	out_str(o, ", ");
	out_str(o, name ? name : "Unknown BPDU");
	if (!body_of(h))
		return b->d->count;
	out_str(o, multiple ? ", CIST " : ", ");
	put_flags(o, (uint32_t)field_get(body, &rapid_fields[FLAGS]));
	if (!multiple) {
		out_str(o, ", bridge-id ");
		put_bridge(o, body, BRIDGE);
		out_char(o, '.');
		out_hex(o, field_get(body, &rapid_fields[PORT_ID]), 4);
	}
	out_str(o, ", length ");
	out_dec(o, l->wire);
	if (b->verbose)
		put_verbose(o, body, type == TYPE_RAPID);
	return b->d->count;
}

const struct proto proto_stp = {
	.head    = { "stp", fields, FIELDS },
	.title   = "Spanning Tree Protocol",
	.min_len = 4,
	.over    = { { BY_LLC, 0x42 } },
	.parse   = stp_parse,
	.option  = stp_option,
	.record  = stp_record,
	.summary = stp_summary,
};
