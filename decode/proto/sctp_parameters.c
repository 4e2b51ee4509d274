/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp_parameters.c - parameters and error causes in chunks of SCTP, RFC 9260, sections 3.3.2, 3.3.3, 3.3.10 */
#include "decode/proto/sctp.h"

#define HEAD_LEN 4

#define PARAMETER(id, title_, ...)                                                       \
	static const struct field id##_field[] = { { "parameter_type", 0, 16, HEX },     \
						   { "parameter_length", 16, 16, UINT }, \
						   __VA_ARGS__ };                        \
	static const struct record id = RECORD_OF("sctp", id##_field, title_)
#define CAUSE(id, title_, ...)                                                       \
	static const struct field id##_field[] = { { "cause_code", 0, 16, HEX },     \
						   { "cause_length", 16, 16, UINT }, \
						   __VA_ARGS__ };                    \
	static const struct record id = RECORD_OF("sctp", id##_field, title_)

PARAMETER(heartbeat, "Heartbeat info", { "parameter_heartbeat_information", 32, 0, BYTES });
PARAMETER(ipv4, "IPv4 address", { "parameter_ipv4_address", 32, 32, IPV4 });
PARAMETER(ipv6, "IPv6 address", { "parameter_ipv6_address", 32, 128, IPV6 });
PARAMETER(cookie, "State cookie", { "parameter_state_cookie", 32, 0, BYTES });
PARAMETER(preservative, "Cookie preservative",
	  { "parameter_cookie_preservative_incr", 32, 32, UINT });
PARAMETER(hostname, "Host name", { "parameter_hostname", 32, 0, TEXTZ });
PARAMETER(families, "Supported address types",
	  { "parameter_supported_address_type", 32, 16, UINT, .repeat = true });
PARAMETER(ecn, "ECN", );
PARAMETER(forward_tsn, "Forward TSN supported", );
PARAMETER(random_number, "Random", { "random_number", 32, 0, BYTES });
PARAMETER(hmacs, "Requested HMAC algorithms", { "hmac_id", 32, 16, UINT, .repeat = true });
PARAMETER(authenticated, "Authenticated chunks",
	  { "chunk_type_to_auth", 32, 8, UINT, .repeat = true });
PARAMETER(chunks, "Supported extensions", { "supported_chunk_type", 32, 8, UINT, .repeat = true });
PARAMETER(adaptation, "Adaptation layer indication",
	  { "adaptation_layer_indication", 32, 32, HEX });
PARAMETER(other, "Parameter", { "parameter_value", 32, 0, BYTES });

CAUSE(stream, "Invalid stream identifier", { "cause_stream_identifier", 32, 16, UINT },
      { "cause_reserved", 48, 16, UINT });
CAUSE(missing, "Missing mandatory parameter",
      { "cause_number_of_missing_parameters", 32, 32, UINT },
      { "cause_missing_parameter_type", 64, 16, HEX, .repeat = true });
CAUSE(stale, "Stale cookie", { "cause_measure_of_staleness", 32, 32, UINT });
CAUSE(no_data, "No user data", { "cause_tsn", 32, 32, UINT });
CAUSE(empty, "Cause without more", );
CAUSE(other_cause, "Cause", { "cause_information", 32, 0, BYTES });

RECORD_LIST(sctp_parameter_record, &heartbeat, &ipv4, &ipv6, &cookie, &preservative, &hostname,
	    &families, &ecn, &forward_tsn, &random_number, &hmacs, &authenticated, &chunks,
	    &adaptation, &other, &stream, &missing, &stale, &no_data, &empty, &other_cause)

bool sctp_take(struct slice *rest, struct slice *item)
{
	uint32_t len = slice_u16(*rest, 2);
	bool good = rest->wire >= HEAD_LEN && len >= HEAD_LEN && len <= rest->wire;

	*item = slice_clip(*rest, good ? len : rest->wire);
	*rest = slice_skip(*rest, good ? (len + 3) / 4 * 4 : rest->wire);
	return good;
}

const struct record *sctp_parameter(const struct within *w, struct slice *rest, struct slice *item)
{
	static const struct {
		uint16_t type;
		const struct record *record;
	} known[] = {
		{ 1, &heartbeat },
		{ 5, &ipv4 },
		{ 6, &ipv6 },
		{ 7, &cookie },
		{ 9, &preservative },
		{ 11, &hostname },
		{ 12, &families },
		{ 0x8000, &ecn },
		{ 0xc000, &forward_tsn },
		{ 0x8002, &random_number },
		{ 0x8003, &authenticated },
		{ 0x8004, &hmacs },
		{ 0x8008, &chunks },
		{ 0xc006, &adaptation },
	};
	uint16_t type = slice_u16(*rest, 0);

	(void)w;
	if (!sctp_take(rest, item))
		return item->wire > 0 ? &other : NULL;
	for (size_t i = 0; i < COUNT(known); i++)
		if (known[i].type == type)
			return known[i].record;
	return &other;
}

const struct record *sctp_cause(const struct within *w, struct slice *rest, struct slice *item)
{
	static const struct record *const known[] = {
		[1] = &stream, [2] = &missing, [3] = &stale,  [4] = &empty,
		[7] = &empty,  [9] = &no_data, [10] = &empty,
	};
	uint16_t code = slice_u16(*rest, 0);
	const struct record *r = code < COUNT(known) ? known[code] : NULL;

	(void)w;
	return sctp_take(rest, item) && r ? r : &other_cause;
}
