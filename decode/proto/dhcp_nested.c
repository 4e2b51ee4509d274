/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcp_nested.c - options of DHCP with several things in their value, or with options of their own
 *
 * RFC 2132, 3004, 3046, 3118, 3442, 3925, 4361, 4578, 4702.
 */
#include "decode/proto/dhcp.h"

#define HEAD { "option.type", 0, 8, UINT }, { "option.length", 8, 8, UINT }
#define OPTION_HEAD 2	/* bytes */
#define AT 16		/* where the value starts, bits */

/* Table id: an option whose value is divided in the fields that follow. */
#define DIVIDED(id, ...)								\
	static const struct field id##_value[] = { __VA_ARGS__ };			\
	static const struct record id##_parts = RECORD_OF("dhcp", id##_value, NULL);	\
	static const struct field id[] = {						\
		HEAD, { "option.value", AT, 0, BYTES, .parts = &id##_parts },		\
	}

/* RFC 2132, section 9.14, and RFC 4361: of what form the identifier is, its first byte and DUID say. */
DIVIDED(id_hardware, { "hw.type", AT, 8, HEX }, { "hw.mac_addr", AT + 8, 48, MAC });
DIVIDED(id_llt, { "client_id.form", AT, 8, UINT }, { "client_id.iaid", AT + 8, 32, BYTES },
	{ "client_id.duid_type", AT + 40, 16, UINT }, { "client_id.duid_llt_hw_type", AT + 56, 16, UINT },
	{ "client_id.time", AT + 72, 32, UINT }, { "client_id.link_layer_address", AT + 104, 48, MAC });
DIVIDED(id_enterprise, { "client_id.form", AT, 8, UINT }, { "client_id.iaid", AT + 8, 32, BYTES },
	{ "client_id.duid_type", AT + 40, 16, UINT }, { "client_id.enterprise_num", AT + 56, 32, UINT },
	{ "client_id", AT + 88, 0, BYTES });
DIVIDED(id_ll, { "client_id.form", AT, 8, UINT }, { "client_id.iaid", AT + 8, 32, BYTES },
	{ "client_id.duid_type", AT + 40, 16, UINT }, { "client_id.duid_ll_hw_type", AT + 56, 16, UINT },
	{ "client_id.link_layer_address", AT + 72, 48, MAC });
DIVIDED(id_other, { "client_id.type", AT, 8, UINT }, { "client_id.undef", AT + 8, 0, TEXT });

/* RFC 4702, section 2. */
static const struct field fqdn_flags[] = {
	{ "mbz", 0, 4, HEX }, { "n", 4, 1, BOOL }, { "e", 5, 1, BOOL }, { "o", 6, 1, BOOL },
	{ "s", 7, 1, BOOL },
};
static const struct record fqdn_flag_parts = { "dhcp.fqdn", fqdn_flags, 5, NULL };

static bool is_encoded(struct slice value)
{
	return slice_u8(value, 0) & 4;
}

static const struct field fqdn[] = {
	{ "fqdn.flags", 0, 8, HEX, .parts = &fqdn_flag_parts },
	{ "fqdn.rcode1", 8, 8, UINT }, { "fqdn.rcode2", 16, 8, UINT },
	{ "fqdn.name", 24, 0, DNS_NAME, .when = is_encoded }, { "fqdn.name", 0, 0, TEXT },
};

DIVIDED(vendor, { "option.vendor.value", AT, 0, BYTES });
/* RFC 3118, section 2: the algorithm counts within a protocol. */
static bool is_delayed(struct slice option)
{
	return slice_u8(option, OPTION_HEAD) == 1;
}

static bool is_not_delayed(struct slice option)
{
	return !is_delayed(option);
}

DIVIDED(auth, { "option.dhcp_authentication.protocol", AT, 8, UINT },
	{ "option.dhcp_authentication.alg_delay", AT + 8, 8, UINT, .when = is_delayed },
	{ "option.dhcp_authentication.algorithm", AT + 8, 8, UINT, .when = is_not_delayed },
	{ "option.dhcp_authentication.rdm", AT + 16, 8, UINT },
	{ "option.dhcp_authentication.rdm_replay_detection", AT + 24, 64, HEX },
	{ "option.dhcp_authentication.data", AT + 88, 0, BYTES });
DIVIDED(interface, { "option.network_interface", AT, 8, UINT },
	{ "client_network_id_major", AT + 8, 8, UINT }, { "client_network_id_minor", AT + 16, 8, UINT });
DIVIDED(vendor_class, { "option.vi_class.enterprise", AT, 32, UINT },
	{ "option.vi_class.length", AT + 32, 8, UINT }, { "option.vi_class.data", AT + 40, 0, TEXTZ });
DIVIDED(static_route, { "option.static_route.ip", AT, 32, IPV4 },
	{ "option.static_route.router", AT + 32, 32, IPV4 });

/* What is inside options: first the value as a whole, then its parts. */
static const struct field holder[] = { HEAD };
static const struct field whole[] = { { "option.value", 0, 0, BYTES } };
static const struct field overloaded[] = { { "option.option_overload", 0, 8, UINT } };
static const struct record overloaded_parts = { "dhcp", overloaded, 1, NULL };
static const struct field overload[] = { { "option.value", 0, 0, BYTES, .parts = &overloaded_parts } };
static const struct field route[] = { { "option.classless_static_route", 0, 0, BYTES } };
static const struct field instance[] = {
	{ "option.user_class.length", 0, 8, UINT }, { "option.user_class.data", 8, 0, BYTES },
};
static const struct field enterprise[] = {
	{ "option.vi.enterprise", 0, 32, UINT }, { "option.vi.length", 32, 8, UINT },
};
static const struct field suboption[] = {
	{ "vendor.suboption", 0, 8, UINT }, { "option.suboption_length", 8, 8, UINT },
	{ "vendor.data", 16, 0, BYTES },
};

/* RFC 3046, section 2.0, and those of other RFCs; the value's bytes, and what they mean. */
#define AGENT(X)								\
	X(1, agent_circuit_id, BYTES, 0, "Circuit identifier")			\
	X(2, agent_remote_id, BYTES, 0, "Remote identifier")			\
	X(5, link_selection, IPV4, 32, "Link selection")			\
	X(6, subscriber_id, TEXTZ, 0, "Subscriber identifier")			\
	X(7, radius_attributes, BYTES, 0, "RADIUS attributes")			\
	X(8, authentication, BYTES, 0, "Authentication")			\
	X(10, flags, HEX, 8, "Flags")						\
	X(11, server_id_override, IPV4, 32, "Server identifier override")	\
	X(12, relay_agent_id, BYTES, 0, "Relay agent identifier")
#define AGENT_HEAD								\
	{ "agent_information_option.suboption", 0, 8, UINT },			\
	{ "suboption_length", 8, 8, UINT }
#define AGENT_TABLE(code, id, kind, width, title)				\
	static const struct field id##_value[] = { { #id, AT, width, kind } };	\
	static const struct record id##_parts = {				\
		"dhcp.option.agent_information_option", id##_value, 1, NULL	\
	};									\
	static const struct field id[] = {					\
		AGENT_HEAD,							\
		{ "agent_information_option.value", AT, 0, BYTES, .parts = &id##_parts },	\
	};
AGENT(AGENT_TABLE)
static const struct field agent_other[] = {
	AGENT_HEAD, { "agent_information_option.value", AT, 0, BYTES },
};

#define RECORD(fields, title) RECORD_OF("dhcp", fields, title)
#define AGENT_ROW(code, id, kind, width, title) { code, RECORD_OF("dhcp.option", id, title) },
/* The last is that of any other code. */
static const struct {
	uint8_t code;
	struct record record;
} agents[] = {
	AGENT(AGENT_ROW) { 0, RECORD_OF("dhcp.option", agent_other, "Suboption") },
};

static const struct record whole_record = RECORD(whole, NULL);
static const struct record overload_record = RECORD(overload, NULL);
static const struct record fqdn_record = RECORD(fqdn, NULL);
static const struct record route_record = RECORD(route, "Route");
static const struct record instance_record = RECORD(instance, "Instance");
static const struct record suboption_record = RECORD(suboption, "Suboption");

/* The value as a whole, which does not take its bytes from what is inside it. */
static const struct record *all_of(struct slice *rest, struct slice *item)
{
	*item = *rest;
	return &whole_record;
}

/* Cut size bytes off rest. */
static const struct record *cut(struct slice *rest, struct slice *item, uint32_t size,
				const struct record *r)
{
	*item = slice_clip(*rest, size);
	*rest = slice_skip(*rest, size);
	return r;
}

static const struct record *in_agent(const struct within *w, struct slice *rest, struct slice *item)
{
	uint8_t code = slice_u8(*rest, 0);
	uint32_t i = 0;

	if (w->index == 0)
		return all_of(rest, item);
	while (i + 1 < COUNT(agents) && agents[i].code != code)
		i++;
	return cut(rest, item, 2u + slice_u8(*rest, 1), &agents[i].record);
}

/* RFC 3442: the width of a mask, as many bytes of the destination as it needs, and the router. */
static const struct record *in_routes(const struct within *w, struct slice *rest, struct slice *item)
{
	if (w->index == 0)
		return all_of(rest, item);
	return cut(rest, item, 1 + (slice_u8(*rest, 0) + 7u) / 8 + 4, &route_record);
}

static const struct record *in_fqdn(const struct within *w, struct slice *rest, struct slice *item)
{
	return w->index == 0 ? all_of(rest, item) : cut(rest, item, rest->wire, &fqdn_record);
}

static const struct record *in_classes(const struct within *w, struct slice *rest, struct slice *item)
{
	if (w->index == 0)
		return all_of(rest, item);
	return cut(rest, item, 1u + slice_u8(*rest, 0), &instance_record);
}

static const struct record *in_enterprise(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, 2u + slice_u8(*rest, 1), &suboption_record);
}
static const struct record enterprise_record = {
	"dhcp", enterprise, COUNT(enterprise), "Vendor", in_enterprise
};

static const struct record *in_vendors(const struct within *w, struct slice *rest, struct slice *item)
{
	if (w->index == 0)
		return all_of(rest, item);
	return cut(rest, item, 5u + slice_u8(*rest, 4), &enterprise_record);
}

/* RFC 2132, section 9.3: the names of the header hold options, the server's before the file's. */
static const struct record *in_overload(const struct within *w, struct slice *rest, struct slice *item)
{
	uint8_t used = slice_u8(*rest, 0);
	uint32_t from = used & DHCP_NAME_USED ? DHCP_SERVER_NAME : DHCP_FILE;
	uint32_t to = used & DHCP_FILE_USED ? DHCP_HEADER : DHCP_FILE;

	if (w->index > 0)
		return dhcp_cut(w->head, rest, item);
	*item = *rest;
	*rest = slice_clip(*rest, 0);
	if (slice_offset(w->head, w->bytes) >= DHCP_OPTIONS)	/* not in those names themselves */
		*rest = slice_part(w->head, from, to > from ? to - from : 0);
	return &overload_record;
}

enum {
	ID_HARDWARE, ID_LLT, ID_ENTERPRISE, ID_LL, ID_OTHER, VENDOR, AUTH,
	INTERFACE, VENDOR_CLASS, STATIC_ROUTE, FQDN, ROUTES, CLASSES, AGENTS, VENDORS, OVERLOAD, RECORDS,
};
#define HOLDER(title, inside) RECORD_OF("dhcp", holder, title, inside)
static const struct record records[RECORDS] = {
	[ID_HARDWARE]   = RECORD(id_hardware, "Client identifier"),
	[ID_LLT]        = RECORD(id_llt, "Client identifier"),
	[ID_ENTERPRISE] = RECORD(id_enterprise, "Client identifier"),
	[ID_LL]         = RECORD(id_ll, "Client identifier"),
	[ID_OTHER]      = RECORD(id_other, "Client identifier"),
	[VENDOR]        = RECORD(vendor, "Vendor-specific information"),
	[AUTH]          = RECORD(auth, "Authentication"),
	[INTERFACE]     = RECORD(interface, "Network interface"),
	[VENDOR_CLASS]  = RECORD(vendor_class, "Vendor class"),
	[STATIC_ROUTE]  = RECORD(static_route, "Static route"),
	[FQDN]          = HOLDER("Client's full name", in_fqdn),
	[ROUTES]        = HOLDER("Classless static routes", in_routes),
	[CLASSES]       = HOLDER("User class", in_classes),
	[AGENTS]        = HOLDER("Relay agent information", in_agent),
	[VENDORS]       = HOLDER("Vendor-specific information by vendor", in_vendors),
	[OVERLOAD]      = HOLDER("Option overload", in_overload),
};

/* RFC 8415, section 11: the types of DUID. */
enum { HARDWARE_ETHER = 1, HAS_DUID = 255, LLT = 1, ENTERPRISE, LL };

static uint32_t id_form(struct slice option)
{
	uint8_t type = slice_u8(option, OPTION_HEAD);
	uint16_t duid = slice_u16(option, OPTION_HEAD + 5);

	if (type == HARDWARE_ETHER && option.wire == OPTION_HEAD + 7)
		return ID_HARDWARE;
	if (type != HAS_DUID || duid < LLT || duid > LL)
		return ID_OTHER;
	return duid == LLT ? ID_LLT : duid == LL ? ID_LL : ID_ENTERPRISE;
}

const struct record *dhcp_nested(uint8_t code, struct slice option)
{
	static const struct { uint8_t code, record; } list[] = {
		{ 33, STATIC_ROUTE }, { 43, VENDOR }, { DHCP_OVERLOAD, OVERLOAD }, { 77, CLASSES },
		{ 81, FQDN }, { 82, AGENTS }, { 90, AUTH }, { 94, INTERFACE }, { 121, ROUTES }, { 124, VENDOR_CLASS },
		{ 125, VENDORS }, { 249, ROUTES },
	};

	if (code == 61)
		return &records[id_form(option)];
	for (size_t i = 0; i < COUNT(list); i++)
		if (list[i].code == code)
			return &records[list[i].record];
	return NULL;
}

const struct record *dhcp_any_nested(uint32_t n)
{
	static const struct record *const inner[] = {
		&whole_record, &overload_record, &fqdn_record, &route_record, &instance_record, &suboption_record,
		&enterprise_record,
	};

	if (n < RECORDS)
		return &records[n];
	n -= RECORDS;
	if (n < COUNT(agents))
		return &agents[n].record;
	n -= (uint32_t)COUNT(agents);
	return n < COUNT(inner) ? inner[n] : NULL;
}
