/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcp_options.c - options of DHCP with a value of one kind, RFC 2132 and others
 *
 * An option is a code, a length, and the value: its bytes, and divided in what they mean.
 */
#include "decode/proto/dhcp.h"

#define HEAD { "option.type", 0, 8, UINT }, { "option.length", 8, 8, UINT }
#define AT 16		/* where the value starts, bits */

/* Code, name of the field and of its tables, how wide one value is, title; several: S. */
#define OPTIONS(V, S)										\
	V(1, subnet_mask, IPV4, 32, "Subnet mask")						\
	V(2, time_offset, INT, 32, "Time offset")						\
	S(3, router, IPV4, 32, "Router")							\
	S(4, time_server, IPV4, 32, "Time server")						\
	S(5, name_server, IPV4, 32, "Name server")						\
	S(6, domain_name_server, IPV4, 32, "Domain name server")				\
	S(7, log_server, IPV4, 32, "Log server")						\
	S(8, quotes_server, IPV4, 32, "Quotes server")						\
	S(9, lpr_server, IPV4, 32, "Printer server")						\
	V(12, hostname, TEXTZ, 0, "Host name")							\
	V(13, boot_file_size, UINT, 16, "Boot file size")					\
	V(14, merit_dump_file, TEXTZ, 0, "Merit dump file")					\
	V(15, domain_name, TEXTZ, 0, "Domain name")						\
	V(16, swap_server, IPV4, 32, "Swap server")						\
	V(17, root_path, TEXTZ, 0, "Root path")							\
	V(18, extension_path, TEXTZ, 0, "Extension path")					\
	V(22, max_datagram_reassembly_size, UINT, 16, "Maximum datagram reassembly size")	\
	V(23, default_ip_ttl, UINT, 8, "Default IP time to live")				\
	V(24, path_mtu_aging_timeout, UINT, 32, "Path MTU aging timeout")			\
	S(25, path_mtu_plateau_table_item, UINT, 16, "Path MTU plateau table")			\
	V(26, interface_mtu, UINT, 16, "Interface MTU")						\
	V(28, broadcast_address, IPV4, 32, "Broadcast address")					\
	V(32, router_solicitation_address, IPV4, 32, "Router solicitation address")		\
	V(35, arp_cache_timeout, UINT, 32, "ARP cache timeout")					\
	V(37, tcp_default_ttl, UINT, 8, "TCP default time to live")				\
	V(38, tcp_keepalive_interval, UINT, 32, "TCP keepalive interval")			\
	V(40, nis_domain, TEXTZ, 0, "NIS domain")						\
	S(41, nis_server, IPV4, 32, "NIS server")						\
	S(42, ntp_server, IPV4, 32, "NTP server")						\
	S(44, netbios_over_tcpip_name_server, IPV4, 32, "NetBIOS name server")			\
	S(45, netbios_over_tcpip_dd_name_server, IPV4, 32, "NetBIOS datagram server")		\
	V(46, netbios_over_tcpip_node_type, UINT, 8, "NetBIOS node type")			\
	V(47, netbios_over_tcpip_scope, TEXTZ, 0, "NetBIOS scope")				\
	S(48, xwindows_system_font_server, IPV4, 32, "X Window font server")			\
	S(49, xwindows_system_display_manager, IPV4, 32, "X Window display manager")		\
	V(50, requested_ip_address, IPV4, 32, "Requested address")				\
	V(51, ip_address_lease_time, UINT, 32, "Lease time")					\
	V(53, dhcp, UINT, 8, "Message type")							\
	V(54, dhcp_server_id, IPV4, 32, "Server identifier")					\
	S(55, request_list_item, UINT, 8, "Parameter request list")				\
	V(56, message, TEXTZ, 0, "Message")							\
	V(57, dhcp_max_message_size, UINT, 16, "Maximum message size")				\
	V(58, renewal_time_value, UINT, 32, "Renewal time")					\
	V(59, rebinding_time_value, UINT, 32, "Rebinding time")					\
	V(60, vendor_class_id, TEXTZ, 0, "Vendor class identifier")				\
	V(64, nis_plus_domain, TEXTZ, 0, "NIS+ domain")						\
	S(65, nis_plus_server, IPV4, 32, "NIS+ server")						\
	V(66, tftp_server_name, TEXTZ, 0, "TFTP server name")					\
	V(67, bootfile_name, TEXTZ, 0, "Boot file name")					\
	S(68, mobile_ip_home_agent, IPV4, 32, "Mobile IP home agent")				\
	S(69, smtp_server, IPV4, 32, "SMTP server")						\
	S(70, pop3_server, IPV4, 32, "POP3 server")						\
	S(72, default_www_server, IPV4, 32, "Web server")					\
	V(91, client_last_transaction_time, UINT, 32, "Client's last transaction time")		\
	S(92, associated_ip_option, IPV4, 32, "Associated addresses")				\
	S(93, client_system_architecture, UINT, 16, "Client system architecture")		\
	V(100, tz_pcode, TEXTZ, 0, "POSIX time zone")						\
	V(101, tz_tcode, TEXTZ, 0, "Time zone name")						\
	V(114, captive_portal, TEXTZ, 0, "Captive portal")					\
	V(116, dhcp_auto_configuration, UINT, 8, "Auto-configuration")				\
	V(118, subnet_selection_option, IPV4, 32, "Subnet selection")				\
	S(145, forcerenew_nonce, UINT, 8, "Forcerenew nonce")					\
	S(150, tftp_server_address, IPV4, 32, "TFTP server address")				\
	V(252, private_proxy_autodiscovery, TEXTZ, 0, "Proxy autodiscovery")

#define PLAIN(code, id, kind, width, title) \
	static const struct field id##_value[] = { { #id, AT, width, kind } }; TABLE(id)
#define SEVERAL(code, id, kind, width, title) \
	static const struct field id##_value[] = { { #id, AT, width, kind, .repeat = true } }; TABLE(id)
#define TABLE(id)									\
	static const struct record id##_parts = { "dhcp.option", id##_value, 1, NULL };	\
	static const struct field id[] = {						\
		HEAD, { "option.value", AT, 0, BYTES, .parts = &id##_parts },		\
	};
OPTIONS(PLAIN, SEVERAL)

/* RFC 3397: names may point back, as in a DNS message that begins with the value. */
static const struct field search_value[] = {
	{ "dhcp_dns_domain_search_list_fqdn", AT, 0, DNS_NAME, .scale = AT / 8, .repeat = true },
};
TABLE(search)

static const struct field other[] = { HEAD, { "option.value", AT, 0, BYTES } };
/* As many as there are, each a byte; tshark gives them the type of the first. */
static const struct field pad_type[] = { { "type", 0, 8, UINT } };
static const struct record pad_parts = { "dhcp.option", pad_type, 1, NULL };
static const struct field pad[] = { { "option.padding", 0, 0, BYTES, .parts = &pad_parts } };
static const struct field name_end[] = { { "option.end", 0, 8, UINT } };
static const struct field end[] = { { "option.end", 0, 8, UINT }, { "option.padding", 8, 0, BYTES } };

#define RECORD(fields, title) RECORD_OF("dhcp", fields, title)
#define ROW(code, id, kind, width, title) { code, RECORD(id, title) },
static const struct {
	uint8_t code;
	struct record record;
} rows[] = {
	OPTIONS(ROW, ROW) { 119, RECORD(search, "Domain search list") },
};
#define ROWS COUNT(rows)
enum { OTHER, PAD, END, NAME_END, SPECIALS };
static const struct record specials[SPECIALS] = {
	[OTHER] = RECORD(other, "Option"), [PAD] = RECORD(pad, "Padding"), [END] = RECORD(end, "End"),
	[NAME_END] = RECORD(name_end, "End"),
};

/* Where the part of the message that at is in ends: the two names may hold options too. */
static uint32_t part_end(struct slice head, struct slice at)
{
	uint32_t offset = slice_offset(head, at);

	if (offset < DHCP_FILE)
		return DHCP_FILE;
	return offset < DHCP_HEADER ? DHCP_HEADER : head.wire;
}

static uint32_t padding(struct slice s)
{
	uint32_t n = 1;

	while (n < s.cap && slice_u8(s, n) == DHCP_PAD)
		n++;
	return n;
}

static const struct record *record_of(uint8_t code, struct slice option)
{
	const struct record *nested = dhcp_nested(code, option);

	for (size_t i = 0; i < ROWS && !nested; i++)
		if (rows[i].code == code)
			return &rows[i].record;
	return nested ? nested : &specials[OTHER];
}

const struct record *dhcp_cut(struct slice head, struct slice *rest, struct slice *item)
{
	struct slice part = slice_clip(*rest, part_end(head, *rest) - slice_offset(head, *rest));
	uint8_t code = slice_u8(*rest, 0);
	bool name = slice_offset(head, *rest) < DHCP_HEADER;

	*item = code == DHCP_END ? part : code == DHCP_PAD ? slice_clip(part, padding(part)) :
		slice_clip(part, 2u + slice_u8(part, 1));
	*rest = slice_skip(*rest, item->wire);
	if (code == DHCP_END || code == DHCP_PAD)
		return &specials[code == DHCP_PAD ? PAD : name ? NAME_END : END];
	return record_of(code, *item);
}

const struct record *dhcp_any_option(uint32_t n)
{
	if (n < ROWS)
		return &rows[n].record;
	n -= (uint32_t)ROWS;
	return n < SPECIALS ? &specials[n] : dhcp_any_nested(n - SPECIALS);
}
