/* SPDX-License-Identifier: BSD-2-Clause */
/* lacp.c - Link Aggregation Control Protocol, IEEE 802.1AX section 6.4 */
#include "decode/brief.h"

static const struct field version = { "version", 0, 8, HEX };

#define TLV						\
	{ "tlv_type",   0, 8, HEX, .names = types },	\
	{ "tlv_length", 8, 8, HEX }

enum { TLV_TYPE, TLV_LENGTH, PRIORITY, SYSTEM, KEY, PORT_PRIORITY, PORT_NUMBER, STATE };
enum { TERMINATOR, ACTOR, PARTNER, COLLECTOR };

static const struct name types[] = {
	{ TERMINATOR, "Terminator" }, { ACTOR, "Actor" }, { PARTNER, "Partner" },
	{ COLLECTOR, "Collector" }, { 0, NULL },
};

/* Actor and partner are told alike. */
#define INFORMATION(id, title_)							\
	static const struct field id##_state_fields[] = {			\
		{ #id ".state.expired",         128, 1, BOOL },			\
		{ #id ".state.defaulted",       129, 1, BOOL },			\
		{ #id ".state.distributing",    130, 1, BOOL },			\
		{ #id ".state.collecting",      131, 1, BOOL },			\
		{ #id ".state.synchronization", 132, 1, BOOL },			\
		{ #id ".state.aggregation",     133, 1, BOOL },			\
		{ #id ".state.timeout",         134, 1, BOOL },			\
		{ #id ".state.activity",        135, 1, BOOL },			\
	};									\
	static const struct record id##_state = { "lacp", id##_state_fields, 8 };	\
	static const struct field id##_fields[] = {				\
		TLV,								\
		{ #id ".sys_priority",   16, 16, UINT },			\
		{ #id ".sysid",          32, 48, MAC },				\
		{ #id ".key",            80, 16, UINT },			\
		{ #id ".port_priority",  96, 16, UINT },			\
		{ #id ".port",          112, 16, UINT },			\
		{ #id ".state",         128,  8, HEX, .parts = &id##_state },	\
		{ #id ".reserved",      136, 24, BYTES },			\
	};									\
	static const struct record id = { "lacp", id##_fields, 9, title_ }

INFORMATION(actor, "Actor information");
INFORMATION(partner, "Partner information");

static const struct field collector_fields[] = {
	TLV,
	{ "collector.max_delay", 16, 16, UINT },	/* 10 us */
	{ "coll_reserved",       32, 96, BYTES },
};
static const struct record collector = { "lacp", collector_fields, 4, "Collector information" };

static const struct field end_fields[] = { TLV, { "pad", 16, 0, BYTES } };
static const struct record end = { "lacp", end_fields, 3, "Terminator" };

static const struct field other_fields[] = { TLV, { "tlv_value", 16, 0, BYTES } };
static const struct record other = { "lacp", other_fields, 3, "Information" };

static enum proto_id lacp_parse(struct step *s)
{
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

static RECORD_LIST(lacp_record, &actor, &partner, &collector, &end, &other)

static const struct record *lacp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	static const struct record *const known[] = { &end, &actor, &partner, &collector };
	uint32_t type = (uint32_t)field_get(*rest, &end_fields[TLV_TYPE]);
	uint32_t len = (uint32_t)field_get(*rest, &end_fields[TLV_LENGTH]);

	(void)whole;
	(void)index;
	if (rest->cap < 2)
		return NULL;
	if (type == TERMINATOR || len < 2)
		len = rest->wire;
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return type <= COLLECTOR ? known[type] : &other;
}

/* ", actor 02:00:00:00:00:01 port 3 key 17 [Activity, Aggregation]" */
static void put_end_of_link(struct out *o, const char *who, struct slice s)
{
	static const char *const words[8] = {
		"Activity", "Timeout", "Aggregation", "Synchronization", "Collecting",
		"Distributing", "Default", "Expired",
	};
	uint32_t state = (uint32_t)field_get(s, &actor_fields[STATE]);
	const char *between = "";

	out_str(o, who);
	out_str(o, "\n\t  System ");
	out_mac(o, field_bytes(s, &actor_fields[SYSTEM]));
	out_str(o, ", System Priority ");
	out_dec(o, field_get(s, &actor_fields[PRIORITY]));
	out_str(o, ", Key ");
	out_dec(o, field_get(s, &actor_fields[KEY]));
	out_str(o, ", Port ");
	out_dec(o, field_get(s, &actor_fields[PORT_NUMBER]));
	out_str(o, ", Port Priority ");
	out_dec(o, field_get(s, &actor_fields[PORT_PRIORITY]));
	out_str(o, "\n\t  State Flags [");
	for (uint32_t n = 0; n < 8; n++)
		if (state >> n & 1) {
			out_str(o, between);
			out_str(o, words[n]);
			between = ", ";
		}
	out_str(o, *between ? "]" : "none]");
}

static void put_verbose(struct out *o, struct slice rest)
{
	const struct record *r;
	struct slice opt;

	while (rest.cap > 0 && (r = lacp_option(rest, 0, &rest, &opt))) {
		if (r == &end) {
			out_str(o, "\n\tTerminator TLV (0x00), length 0");
		} else if (opt.cap < record_len(&actor) && r != &collector) {
			out_str(o, "\n\t[|lacp]");
		} else if (r == &actor) {
			put_end_of_link(o, "\n\tActor Information TLV (0x01), length 20", opt);
		} else if (r == &partner) {
			put_end_of_link(o, "\n\tPartner Information TLV (0x02), length 20", opt);
		} else if (r == &collector) {
			out_str(o, "\n\tCollector Information TLV (0x03), length 16\n\t  Max Delay ");
			out_dec(o, field_get(opt, &collector_fields[2]));
		}
	}
}

/* "LACPv1, length 110" */
static uint32_t lacp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	out_str(o, "LACP");
	if (h.cap == 0) {
		out_str(o, "[|lacp]");
		return b->d->count;
	}
	out_char(o, 'v');
	out_dec(o, field_get(h, &version));
	out_str(o, ", length ");
	out_dec(o, i > 0 ? b->d->layer[i - 1].wire : l->wire);
	if (b->verbose)
		put_verbose(o, slice_skip(h, 1));
	return b->d->count;
}

const struct proto proto_lacp = {
	.head    = { "lacp", &version, 1 },
	.title   = "Link Aggregation Control Protocol",
	.min_len = 1,
	.parse   = lacp_parse,
	.option  = lacp_option,
	.record  = lacp_record,
	.summary = lacp_summary,
};
