/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv6_options.c - options of the hop-by-hop and destination headers, RFC 8200 section 4.2 */
#include "decode/ipv6_options.h"

enum { TYPE, LENGTH, VALUE, FIELDS };

#define HEAD { "type", 0, 8, HEX, .parts = &type_record }, { "length", 8, 8, UINT }

static const struct field type_parts[] = {
	{ "type.action", 0, 2, UINT },
	{ "type.change", 2, 1, BOOL },
	{ "type.rest",   3, 5, HEX },
};
static const struct record type_record = { "ipv6.opt", type_parts, 3 };

/* A byte of padding is told whole. */
static const struct field pad1[] = { { "type", 0, 8, HEX } };
static const struct field padn[] = { HEAD, { "padn", 16, 0, BYTES } };
static const struct field limit[] = { HEAD, { "tel", 16, 8, UINT } };		/* RFC 2473 */
static const struct field alert[] = { HEAD, { "router_alert", 16, 16, UINT } };	/* RFC 2711 */
static const struct field jumbo[] = { HEAD, { "jumbo", 16, 32, UINT } };	/* RFC 2675 */
static const struct field home[] = { HEAD, { "mipv6.home_address", 16, 128, IPV6 } };
static const struct field rpl[] = {						/* RFC 6553 */
	HEAD, { "rpl.flag", 16, 8, HEX }, { "rpl.instance_id", 24, 8, HEX },
	{ "rpl.sender_rank", 32, 16, HEX },
};
static const struct field experimental[] = { HEAD, { "experimental", 16, 0, BYTES } };
static const struct field unknown[] = { HEAD, { "unknown", 16, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("ipv6.opt", fields, title)

static const struct record pad1_record = { "ipv6.opt", pad1, 1, "Pad1" };
static const struct record padn_record = RECORD(padn, "PadN");
static const struct record limit_record = RECORD(limit, "Tunnel encapsulation limit");
static const struct record alert_record = RECORD(alert, "Router alert");
static const struct record jumbo_record = RECORD(jumbo, "Jumbo payload");
static const struct record home_record = RECORD(home, "Home address");
static const struct record rpl_record = RECORD(rpl, "RPL");
static const struct record experimental_record = RECORD(experimental, "Experimental");
static const struct record unknown_record = RECORD(unknown, "Option");

RECORD_LIST(ipv6_option_record, &pad1_record, &padn_record, &limit_record, &alert_record,
	    &jumbo_record, &home_record, &rpl_record, &experimental_record, &unknown_record)

enum { PAD1 = 0, PADN = 1, TUNNEL_LIMIT = 4, ROUTER_ALERT = 5, RPL_NEW = 0x23, RPL = 0x63,
       JUMBO = 0xc2, HOME_ADDRESS = 0xc9 };

static const struct {
	uint8_t type;
	const struct record *record;
} records[] = {
	{ PAD1, &pad1_record }, { PADN, &padn_record }, { TUNNEL_LIMIT, &limit_record },
	{ ROUTER_ALERT, &alert_record }, { RPL_NEW, &rpl_record }, { RPL, &rpl_record },
	{ JUMBO, &jumbo_record }, { HOME_ADDRESS, &home_record },
	{ 0x1e, &experimental_record }, { 0x3e, &experimental_record },	/* RFC 4727 */
	{ 0x5e, &experimental_record }, { 0x7e, &experimental_record },
	{ 0x9e, &experimental_record }, { 0xbe, &experimental_record },
	{ 0xde, &experimental_record }, { 0xfe, &experimental_record },
};

/* An option of another length than its record has is not what its type says. */
static const struct record *record_of(struct slice opt, uint32_t type)
{
	for (uint32_t i = 0; i < COUNT(records); i++) {
		const struct record *r = records[i].record;
		const struct field *last = &r->field[r->count - 1];

		if (records[i].type == type && (last->width == 0 || record_len(r) == opt.wire))
			return r;
	}
	return &unknown_record;
}

const struct record *ipv6_option(struct slice whole, uint32_t index, struct slice *rest,
				 struct slice *opt)
{
	uint32_t type = (uint32_t)field_get(*rest, &padn[TYPE]), len = 1;

	(void)whole;
	(void)index;
	if (rest->cap == 0)
		return NULL;
	if (type != PAD1)
		len = 2 + (uint32_t)field_get(*rest, &padn[LENGTH]);
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return record_of(*opt, type);
}

uint32_t ipv6_jumbo(struct slice options)
{
	struct slice rest = options, opt;
	const struct record *r;

	while ((r = ipv6_option(options, 0, &rest, &opt)))
		if (r == &jumbo_record)
			return (uint32_t)field_get(opt, &jumbo[VALUE]);
	return 0;
}

bool ipv6_options_fit(struct slice options)
{
	struct slice rest = options, opt;

	while (rest.cap > 0) {
		uint32_t type = (uint32_t)field_get(rest, &padn[TYPE]);

		if (type != PAD1 && (!field_here(rest, &padn[LENGTH]) ||
				     2 + field_get(rest, &padn[LENGTH]) > rest.wire))
			return false;
		ipv6_option(options, 0, &rest, &opt);
	}
	return true;
}

void ipv6_put_options(struct out *o, const struct brief *b, struct slice options)
{
	struct slice rest = options, opt;
	const struct record *r;

	while ((r = ipv6_option(options, 0, &rest, &opt))) {
		if (r == &pad1_record) {
			out_str(o, "(pad1)");
		} else if (r == &padn_record) {
			out_str(o, "(padn)");
		} else if (r == &alert_record) {
			out_str(o, "(rtalert: 0x");
			out_hex(o, field_get(opt, &alert[VALUE]), 4);
			out_str(o, ") ");
		} else if (r == &jumbo_record) {
			out_str(o, "(jumbo: ");
			out_dec(o, field_get(opt, &jumbo[VALUE]));
			out_str(o, ") ");
		} else if (r == &home_record) {
			out_str(o, "(homeaddr: ");
			brief_host(o, b, field_bytes(opt, &home[VALUE]));
			out_char(o, ')');
		} else {
			out_str(o, "(opt_type 0x");
			out_hex(o, field_get(opt, &unknown[TYPE]), 2);
			out_str(o, ": len=");
			out_dec(o, field_get(opt, &unknown[LENGTH]));
			out_char(o, ')');
		}
	}
}
