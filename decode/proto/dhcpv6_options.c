/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcpv6_options.c - options of DHCPv6, and what is in them: RFC 8415 section 21, 3646, 4649, 5908 ... */
#include "decode/proto/dhcpv6.h"

enum { TYPE_BYTES = 1, CODE_BYTES = 2, OPTION_HEADER = 4 };

#define HEAD { "option.type", 0, 16, UINT }, { "option.length", 16, 16, UINT }
#define AT 32		/* where the value starts, bits */
#define RECORD(fields, title) RECORD_OF("dhcpv6", fields, title)

static const struct field client[] = { { "xid", 0, 24, HEX } };
static const struct field relay[] = {
	{ "hopcount", 0, 8, UINT }, { "linkaddr", 8, 128, IPV6 }, { "peeraddr", 136, 128, IPV6 },
};
static const struct field message[] = { { "msgtype", 0, 8, UINT } };
static const struct record client_record = RECORD(client, NULL);
static const struct record relay_record = RECORD(relay, NULL);

static bool is_relay(struct slice msg)
{
	uint8_t type = slice_u8(msg, 0);

	return type == DHCPV6_RELAY_FORW || type == DHCPV6_RELAY_REPL;
}

uint32_t dhcpv6_header(struct slice msg)
{
	return TYPE_BYTES + record_len(is_relay(msg) ? &relay_record : &client_record);
}

/* Section 11: identifiers of hosts, by their first two bytes. */
static const struct field duid_llt[] = {
	{ "duid.type", AT, 16, UINT }, { "duidllt.hwtype", AT + 16, 16, UINT },
	{ "duidllt.seconds", AT + 32, 32, UINT }, { "duidllt.link_layer_addr", AT + 64, 48, MAC },
};
static const struct field duid_en[] = {
	{ "duid.type", AT, 16, UINT }, { "duiden.enterprise", AT + 16, 32, UINT },
	{ "duiden.identifier", AT + 48, 0, BYTES },
};
static const struct field duid_ll[] = {
	{ "duid.type", AT, 16, UINT }, { "duidll.hwtype", AT + 16, 16, UINT },
	{ "duidll.link_layer_addr", AT + 32, 48, MAC },
};
static const struct field duid_uuid[] = {
	{ "duid.type", AT, 16, UINT }, { "duiduuid.bytes", AT + 16, 128, BYTES },
};
#define DUID(id)									\
	static const struct record id##_parts = RECORD(id, NULL);			\
	static const struct field id##_option[] = {					\
		HEAD, { "duid.bytes", AT, 0, BYTES, .parts = &id##_parts },		\
	}
DUID(duid_llt);
DUID(duid_en);
DUID(duid_ll);
DUID(duid_uuid);
static const struct field duid_other[] = { { "duid.type", AT, 16, UINT } };
DUID(duid_other);

static const struct field other[] = { HEAD, { "option.value", AT, 0, BYTES } };
static const struct field holder[] = { HEAD };
static const struct field ia[] = {
	HEAD, { "iaid", AT, 32, BYTES }, { "iaid.t1", AT + 32, 32, UINT }, { "iaid.t2", AT + 64, 32, UINT },
};
static const struct field ia_ta[] = { HEAD, { "iata", AT, 32, BYTES } };
static const struct field ia_addr[] = {
	HEAD, { "iaaddr.ip", AT, 128, IPV6 }, { "iaaddr.pref_lifetime", AT + 128, 32, UINT },
	{ "iaaddr.valid_lifetime", AT + 160, 32, UINT },
};
static const struct field ia_prefix[] = {
	HEAD, { "iaprefix.pref_lifetime", AT, 32, UINT }, { "iaprefix.valid_lifetime", AT + 32, 32, UINT },
	{ "iaprefix.pref_len", AT + 64, 8, UINT }, { "iaprefix.pref_addr", AT + 72, 128, IPV6 },
};
static const struct field auth[] = {
	HEAD, { "auth.protocol", AT, 8, UINT }, { "auth.algorithm", AT + 8, 8, UINT },
	{ "auth.rdm", AT + 16, 8, UINT }, { "auth.replay_detection", AT + 24, 64, BYTES },
	{ "auth.data", AT + 88, 0, BYTES },
};
static const struct field status[] = {
	HEAD, { "status_code", AT, 16, UINT }, { "status_msg", AT + 16, 0, TEXT },
};
static const struct field user_class[] = {
	{ "userclass.length", 0, 16, UINT }, { "userclass.opaque_data", 16, 0, BYTES },
};
static const struct field vendor_class[] = {
	HEAD, { "vendorclass.enterprise", AT, 32, UINT }, { "vendorclass.content", AT + 32, 0, BYTES },
};
static const struct field vendor[] = { HEAD, { "vendoropts.enterprise", AT, 32, UINT } };
static const struct field vendor_option[] = {
	{ "vendoropts.enterprise.option_code", 0, 16, UINT },
	{ "vendoropts.enterprise.option_length", 16, 16, UINT },
	{ "vendoropts.enterprise.option_data", AT, 0, BYTES },
};
static const struct field remote_id[] = {
	HEAD, { "remoteid.enterprise", AT, 32, UINT }, { "remoteid_enterprise_id", AT + 32, 0, BYTES },
};
static const struct field fqdn[] = {
	HEAD, { "fqdn.reserved", AT, 5, HEX }, { "fqdn.n", AT + 5, 1, BOOL }, { "fqdn.o", AT + 6, 1, BOOL },
	{ "fqdn.s", AT + 7, 1, BOOL }, { "client_fqdn", AT + 8, 0, DNS_NAME },
};
#define NTP_HEAD { "option.type", 0, 16, UINT }, { "option.length", 16, 16, UINT }
static const struct field ntp_address[] = { NTP_HEAD, { "addr", AT, 128, IPV6 } };
static const struct field ntp_group[] = { NTP_HEAD, { "mc_addr", AT, 128, IPV6 } };
static const struct field ntp_name[] = { NTP_HEAD, { "fqdn", AT, 0, DNS_FQDN } };

/* Those with values of one kind: code, name, kind, width of one, whether there may be several, title. */
#define SIMPLE(X)									\
	X(6, requested_option_code, UINT, 16, true, "Requested options")		\
	X(7, option_preference, UINT, 8, false, "Preference")				\
	X(12, unicast, IPV6, 128, false, "Server unicast")				\
	X(18, interface_id, BYTES, 0, false, "Interface identifier")			\
	X(19, reconf_msg, UINT, 8, false, "Reconfigure message")			\
	X(21, sip_server_domain_search_fqdn, DNS_FQDN, 0, true, "SIP domains")		\
	X(22, sip_server_a, IPV6, 128, true, "SIP servers")				\
	X(23, dns_server, IPV6, 128, true, "DNS servers")				\
	X(24, search_list_entry, DNS_FQDN, 0, true, "Domain search list")		\
	X(27, nis_server, IPV6, 128, true, "NIS servers")				\
	X(31, sntp_server, IPV6, 128, true, "SNTP servers")				\
	X(32, lifetime, UINT, 32, false, "Information refresh time")			\
	X(38, subscriber_id, TEXT, 0, false, "Subscriber identifier")			\
	X(41, timezone, TEXT, 0, false, "POSIX time zone")				\
	X(42, tzdb, TEXT, 0, false, "Time zone name")					\
	X(43, option_code, HEX, 16, true, "Echo request")				\
	X(59, bootfile_url, TEXT, 0, false, "Boot file address")			\
	X(61, client_arch_type, UINT, 16, true, "Client architecture")			\
	X(64, aftr_name, DNS_FQDN, 0, false, "AFTR name")				\
	X(103, captive_portal, TEXT, 0, false, "Captive portal")			\
	X(135, relay_port, UINT, 16, false, "Relay port")
#define TABLE(code, id, kind, width, many, title)					\
	static const struct field id[] = { HEAD, { #id, AT, width, kind, .repeat = many } };
SIMPLE(TABLE)

/* Hundredths of a second, shown in milliseconds: section 21.9. */
static const struct field elapsed[] = { HEAD, { "elapsed_time", AT, 16, UINT, .scale = 10 } };

static const struct record user_class_record = RECORD(user_class, "Class");
static const struct record vendor_option_record = RECORD(vendor_option, "Vendor's option");
static const struct record ntp_records[] = {
	RECORD_OF("dhcpv6.ntpserver", ntp_address, "Server's address"),
	RECORD_OF("dhcpv6.ntpserver", ntp_group, "Multicast address"),
	RECORD_OF("dhcpv6.ntpserver", ntp_name, "Server's name"),
};

static const struct record *cut(struct slice *rest, struct slice *item, uint32_t size,
				const struct record *r)
{
	*item = slice_clip(*rest, size);
	*rest = slice_skip(*rest, size);
	return r;
}

static const struct record *cut_option(struct slice *rest, struct slice *item);

static const struct record *in_option(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut_option(rest, item);
}

static const struct record *in_message(const struct within *w, struct slice *rest, struct slice *item)
{
	return dhcpv6_cut(w->bytes, w->index, rest, item);
}
static const struct record message_record = { "dhcpv6", message, 1, "Relayed message", in_message };

static const struct record *in_relay(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, rest->wire, &message_record);
}

static const struct record *in_classes(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, 2u + slice_u16(*rest, 0), &user_class_record);
}

static const struct record *in_vendor(const struct within *w, struct slice *rest, struct slice *item)
{
	(void)w;
	return cut(rest, item, OPTION_HEADER + slice_u16(*rest, CODE_BYTES), &vendor_option_record);
}

/* RFC 5908, section 4. */
static const struct record *in_ntp(const struct within *w, struct slice *rest, struct slice *item)
{
	uint16_t code = slice_u16(*rest, 0);

	(void)w;
	return cut(rest, item, OPTION_HEADER + slice_u16(*rest, CODE_BYTES),
		   code >= 1 && code <= COUNT(ntp_records) ? &ntp_records[code - 1] : NULL);
}

#define ROW(code, id, kind, width, many, title) { code, RECORD(id, title) },
#define IN(code, fields, title, inside) { code, RECORD_OF("dhcpv6", fields, title, inside) }
/* The last is that of any other code. */
static const struct {
	uint16_t code;
	struct record record;
} options[] = {
	SIMPLE(ROW) { 8, RECORD(elapsed, "Elapsed time") },
	IN(DHCPV6_IA_NA, ia, "Identity association of addresses", in_option),
	IN(4, ia_ta, "Identity association of temporary addresses", in_option),
	IN(DHCPV6_IA_ADDR, ia_addr, "Address", in_option),
	IN(DHCPV6_IA_PD, ia, "Identity association of prefixes", in_option),
	IN(DHCPV6_IA_PREFIX, ia_prefix, "Prefix", in_option),
	IN(9, holder, "Relay message", in_relay),
	{ 11, RECORD(auth, "Authentication") }, { DHCPV6_STATUS, RECORD(status, "Status") },
	{ 14, RECORD(holder, "Rapid commit") }, IN(15, holder, "User class", in_classes),
	{ 16, RECORD(vendor_class, "Vendor class") }, IN(17, vendor, "Vendor's options", in_vendor),
	{ 20, RECORD(holder, "Reconfigure accept") }, { 37, RECORD(remote_id, "Remote identifier") },
	{ 39, RECORD(fqdn, "Client's full name") }, IN(56, holder, "NTP server", in_ntp),
	{ 0, RECORD(other, "Option") },
};
#define OPTIONS COUNT(options)

enum { DUID_LLT = 1, DUID_EN, DUID_LL, DUID_UUID, DUIDS };
#define DUID_ROWS(title) {							\
	RECORD(duid_other_option, title), RECORD(duid_llt_option, title), RECORD(duid_en_option, title),	\
	RECORD(duid_ll_option, title), RECORD(duid_uuid_option, title),		\
}
static const struct record duids[][DUIDS] = {
	DUID_ROWS("Client identifier"), DUID_ROWS("Server identifier"), DUID_ROWS("Relay identifier"),
};

static const struct record *record_of(uint16_t code, struct slice option)
{
	uint16_t duid = slice_u16(option, OPTION_HEADER);
	uint32_t i = 0;

	if (code == 1 || code == 2 || code == 53)
		return &duids[code == 53 ? 2 : code - 1][duid < DUIDS ? duid : 0];
	while (i + 1 < OPTIONS && options[i].code != code)
		i++;
	return &options[i].record;
}

static const struct record *cut_option(struct slice *rest, struct slice *item)
{
	uint16_t code = slice_u16(*rest, 0);

	cut(rest, item, OPTION_HEADER + slice_u16(*rest, CODE_BYTES), NULL);
	return record_of(code, *item);
}

const struct record *dhcpv6_cut(struct slice msg, uint32_t index, struct slice *rest, struct slice *item)
{
	const struct record *r = is_relay(msg) ? &relay_record : &client_record;

	return index == 0 ? cut(rest, item, record_len(r), r) : cut_option(rest, item);
}

bool dhcpv6_take(struct slice *rest, uint32_t *code, struct slice *value)
{
	if (rest->cap < OPTION_HEADER)
		return false;
	*code = slice_u16(*rest, 0);
	*value = slice_part(*rest, OPTION_HEADER, slice_u16(*rest, CODE_BYTES));
	*rest = slice_skip(*rest, OPTION_HEADER + slice_u16(*rest, CODE_BYTES));
	return true;
}

const struct record *dhcpv6_any_record(uint32_t n)
{
	static const struct record *const inner[] = {
		&client_record, &relay_record, &message_record, &user_class_record, &vendor_option_record,
		&ntp_records[0], &ntp_records[1], &ntp_records[2],
	};

	if (n < OPTIONS)
		return &options[n].record;
	n -= (uint32_t)OPTIONS;
	if (n < COUNT(duids) * DUIDS)
		return &duids[n / DUIDS][n % DUIDS];
	n -= (uint32_t)COUNT(duids) * DUIDS;
	return n < COUNT(inner) ? inner[n] : NULL;
}
