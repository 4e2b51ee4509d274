/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_svcb.c - parameters of service bindings, RFC 9460 sections 2.2 and 7, 9461 */
#include "decode/proto/dns_records.h"

enum { KEY, LENGTH, VALUE, PARAM_HEADER = 4 };

#define HEAD							\
	[KEY]    = { "key", 0, 16, UINT },			\
	[LENGTH] = { "value.length", 16, 16, UINT }
#define AT 32		/* where the value starts, bits */

static const struct field other[] = { HEAD, [VALUE] = { "value", AT, 0, BYTES } };
static const struct field mandatory[] = { HEAD, [VALUE] = { "mandatory.key", AT, 16, UINT, .repeat = true } };
static const struct field alpn[] = { HEAD, [VALUE] = { "alpn", AT, 0, TEXT8, .repeat = true } };
static const struct field empty[] = { HEAD };
static const struct field port[] = { HEAD, [VALUE] = { "port", AT, 16, UINT } };
static const struct field ipv4[] = { HEAD, [VALUE] = { "ipv4hint.ip", AT, 32, IPV4, .repeat = true } };
static const struct field ech[] = { HEAD, [VALUE] = { "echconfig", AT, 0, BYTES } };
static const struct field ipv6[] = { HEAD, [VALUE] = { "ipv6hint.ip", AT, 128, IPV6, .repeat = true } };
static const struct field dohpath[] = { HEAD, [VALUE] = { "dohpath", AT, 0, TEXT } };

#define PARAM(fields, title) \
	RECORD_OF("dns.svcb.svcparam", fields, title)
/* By key; the last is that of any other. */
static const struct record params[] = {
	PARAM(mandatory, "Mandatory keys"), PARAM(alpn, "Protocols (ALPN)"),
	PARAM(empty, "No default protocol"), PARAM(port, "Port"), PARAM(ipv4, "IPv4 hint"),
	PARAM(ech, "Encrypted ClientHello"), PARAM(ipv6, "IPv6 hint"), PARAM(dohpath, "DNS over HTTPS path"),
	PARAM(other, "Parameter"),
};
#define PARAMS COUNT(params)

const struct record *dns_svcb_inside(const struct within *w, struct slice *rest, struct slice *item)
{
	uint32_t key = (uint32_t)field_get(*rest, &other[KEY]);
	uint32_t size = PARAM_HEADER + (uint32_t)field_get(*rest, &other[LENGTH]);

	(void)w;
	*item = slice_clip(*rest, size);
	*rest = slice_skip(*rest, size);
	return &params[min_u32(key, PARAMS - 1)];
}

const struct record *dns_any_svcb(uint32_t n)
{
	return n < PARAMS ? &params[n] : NULL;
}
