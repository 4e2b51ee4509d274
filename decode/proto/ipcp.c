/* SPDX-License-Identifier: BSD-2-Clause */
/* ipcp.c - PPP's protocol for IP addresses, RFC 1332; name servers: RFC 1877 */
#include "decode/proto/pppcp.h"

#define OPTION { "opt.type", 0, 8, UINT }, { "opt.length", 8, 8, UINT }
#define RECORD(id, title_, ...)							\
	static const struct field id##_fields[] = { OPTION, __VA_ARGS__ };	\
	static const struct record id = { "ipcp", id##_fields, 3, title_ }

RECORD(compression, "IP compression", { "opt.compress_proto", 16, 16, HEX });
RECORD(address, "IP address", { "opt.ip_address", 16, 32, IPV4 });
RECORD(dns1, "Primary DNS server", { "opt.pri_dns_address", 16, 32, IPV4 });
RECORD(nbns1, "Primary NBNS server", { "opt.pri_nbns_address", 16, 32, IPV4 });
RECORD(dns2, "Secondary DNS server", { "opt.sec_dns_address", 16, 32, IPV4 });
RECORD(nbns2, "Secondary NBNS server", { "opt.sec_nbns_address", 16, 32, IPV4 });
RECORD(unknown, "Option", { "opt.value", 16, 0, BYTES });

static const struct field data_field = { "data", 0, 0, BYTES };
static const struct record data = { "ipcp", &data_field, 1 };

static RECORD_LIST(ipcp_record, &compression, &address, &dns1, &nbns1, &dns2, &nbns2, &unknown, &data)

static const struct record *record_of(uint32_t type)
{
	static const struct record *const servers[] = { &dns1, &nbns1, &dns2, &nbns2 };

	if (type >= 129 && type <= 132)
		return servers[type - 129];
	return type == 2 ? &compression : type == 3 ? &address : &unknown;
}

static const struct record *ipcp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	const struct record *r = record_of(slice_u8(*rest, 0));

	if (field_get(whole, &pppcp_fields[PPPCP_CODE]) > PPPCP_CONFIGURES) {
		if (index > 0)
			return NULL;
		*opt = *rest;
		*rest = slice_skip(*rest, rest->wire);
		return &data;
	}
	pppcp_take(rest, opt);
	return r;
}

static uint32_t ipcp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	return pppcp_summary(o, b, i, "IPCP");
}

const struct proto proto_ipcp = {
	.head    = { "ppp", pppcp_fields, PPPCP_FIELDS },
	.name    = "ipcp",
	.title   = "PPP IP Control Protocol",
	.min_len = PPPCP_HEAD,
	.parse   = pppcp_parse,
	.option  = ipcp_option,
	.record  = ipcp_record,
	.summary = ipcp_summary,
};
