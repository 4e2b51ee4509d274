/* SPDX-License-Identifier: BSD-2-Clause */
/* dns_sec.c - records of signed zones, and of keys: RFC 4034, 5155, 4255, 6698 */
#include "decode/proto/dns_records.h"

static const struct field ds[] = {
	{ "ds.key_id", 0, 16, HEX }, { "ds.algorithm", 16, 8, UINT },
	{ "ds.digest_type", 24, 8, UINT }, { "ds.digest", 32, 0, BYTES },
};
static const struct field key_flags[] = {
	{ "unused_high", 0, 7, HEX }, { "zone_key", 7, 1, BOOL }, { "key_revoked", 8, 1, BOOL },
	{ "unused_low", 9, 6, HEX }, { "secure_entry_point", 15, 1, BOOL },
};
static const struct record key_flag_parts = { "dns.dnskey.flags", key_flags, 5, NULL };
static const struct field dnskey[] = {
	{ "dnskey.flags", 0, 16, HEX, .parts = &key_flag_parts }, { "dnskey.protocol", 16, 8, UINT },
	{ "dnskey.algorithm", 24, 8, UINT }, { "dnskey.public_key", 32, 0, BYTES },
};
static const struct field rrsig[] = {
	{ "rrsig.type_covered", 0, 16, UINT }, { "rrsig.algorithm", 16, 8, UINT },
	{ "rrsig.labels", 24, 8, UINT }, { "rrsig.original_ttl", 32, 32, UINT },
	{ "rrsig.signature_expiration", 64, 32, UNIX_TIME },
	{ "rrsig.signature_inception", 96, 32, UNIX_TIME },
	{ "rrsig.key_tag", 128, 16, UINT }, { "rrsig.signers_name", 144, 0, DNS_NAME },
	{ "rrsig.signature", 0, 0, BYTES },
};
static const struct field nsec[] = {
	{ "nsec.next_domain_name", 0, 0, DNS_NAME }, { "nsec.types", 0, 0, BYTES },
};
static const struct field nsec3_flags[] = { { "reserved", 8, 7, HEX }, { "opt_out", 15, 1, BOOL } };
static const struct record nsec3_flag_parts = { "dns.nsec3.flags", nsec3_flags, 2, NULL };
static const struct field nsec3[] = {
	{ "nsec3.algo", 0, 8, UINT }, { "nsec3.flags", 8, 8, UINT, .parts = &nsec3_flag_parts },
	{ "nsec3.iterations", 16, 16, UINT }, { "nsec3.data", 32, 0, BYTES },
};
static const struct field nsec3param[] = {
	{ "nsec3.algo", 0, 8, UINT }, { "nsec3.flags", 8, 8, UINT },
	{ "nsec3.iterations", 16, 16, UINT }, { "nsec3.salt_length", 32, 8, UINT }, { "nsec3.salt_value", 40, 0, BYTES },
};
static const struct field sshfp[] = {
	{ "sshfp.algorithm", 0, 8, UINT }, { "sshfp.fingerprint.type", 8, 8, UINT },
	{ "sshfp.fingerprint", 16, 0, BYTES },
};
static const struct field tlsa[] = {
	{ "tlsa.certificate_usage", 0, 8, UINT }, { "tlsa.selector", 8, 8, UINT },
	{ "tlsa.matching_type", 16, 8, UINT }, { "tlsa.certificate_association_data", 24, 0, BYTES },
};

#define DATA(fields) RECORD_OF("dns", fields, NULL)
static const struct {
	uint16_t type;
	struct record record;
} datas[] = {
	{ DNS_DS, DATA(ds) }, { DNS_CDS, DATA(ds) }, { DNS_DNSKEY, DATA(dnskey) },
	{ DNS_CDNSKEY, DATA(dnskey) }, { DNS_RRSIG, DATA(rrsig) }, { DNS_NSEC, DATA(nsec) },
	{ DNS_NSEC3, DATA(nsec3) }, { DNS_NSEC3PARAM, DATA(nsec3param) }, { DNS_SSHFP, DATA(sshfp) },
	{ DNS_TLSA, DATA(tlsa) },
};
#define DATAS COUNT(datas)

const struct record *dns_sec_data(uint16_t type)
{
	for (size_t i = 0; i < DATAS; i++)
		if (datas[i].type == type)
			return &datas[i].record;
	return NULL;
}

const struct record *dns_any_sec_data(uint32_t n)
{
	return n < DATAS ? &datas[n].record : NULL;
}
