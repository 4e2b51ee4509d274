/* SPDX-License-Identifier: BSD-2-Clause */
/* test_checksum.c - verdicts on checksums, good, bad, absent and those that cannot be told */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "decode/checksum.h"
#include "tests/unit/frames.h"

static uint8_t bytes[512];
static struct decoded d;

/* The same sum another way: a byte at a time, and the carries at the end. */
static uint32_t plain_sum(const uint8_t *at, uint32_t n)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += i % 2 ? at[i] : (uint32_t)at[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint32_t)sum;
}

static void sums_are_the_same_at_every_length(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 167 + 13);
	for (uint32_t n = 0; n <= 100; n++) {
		struct slice s = frame_cut(bytes + n, n, n);

		assert_int_equal(checksum_add(0, s), plain_sum(bytes + n, n));
		assert_int_equal(checksum_add(0xffff, s) % 0xffff, plain_sum(bytes + n, n) % 0xffff);
		free((void *)(uintptr_t)s.ptr);
	}
	memset(bytes, 0xff, sizeof(bytes));
	assert_int_equal(checksum_add(0xffff, (struct slice){ bytes, 512, 512 }), 0xffff);
}

/* Decode the packet that hex writes, and return how long it is. */
static uint32_t take(const char *hex, enum proto_id first)
{
	uint32_t n = frame_bytes(bytes, hex);

	decode(&d, (struct slice){ bytes, n, n }, first);
	return n;
}

static uint32_t layer_of(enum proto_id id)
{
	uint32_t i = 0;

	while (i < d.count && d.layer[i].proto != id)
		i++;
	assert_true(i < d.count);
	return i;
}

/* Bad first; good with what was expected in its place; bad again with any bit of it turned. */
static void check(const char *hex, enum proto_id first, enum proto_id id)
{
	uint32_t n = take(hex, first), i = layer_of(id);
	uint32_t at = slice_offset(d.packet, layer_head(&d, &d.layer[i])) +
		      proto_field(protos[id], "checksum")->bit / 8;
	uint32_t expected = 0, again = 0;

	bytes[at] = bytes[at + 1] = 0x5a;
	decode(&d, (struct slice){ bytes, n, n }, first);
	assert_int_equal(checksum_verify(&d, i, &expected), CSUM_BAD);
	bytes[at] = (uint8_t)(expected >> 8);
	bytes[at + 1] = (uint8_t)expected;
	decode(&d, (struct slice){ bytes, n, n }, first);
	assert_int_equal(checksum_verify(&d, i, &again), CSUM_GOOD);
	assert_int_equal(again, expected);
	assert_int_equal(checksum_verify(&d, i, NULL), CSUM_GOOD);
	for (uint32_t bit = 0; bit < 16; bit++) {
		bytes[at + bit / 8] ^= (uint8_t)(1 << bit % 8);
		decode(&d, (struct slice){ bytes, n, n }, first);
		if (bytes[at] || bytes[at + 1])
			assert_int_equal(checksum_verify(&d, i, NULL), CSUM_BAD);
		bytes[at + bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

#define TCP "8000 0050 00000001 00000000 5002 ffff 0000 0000"
#define LITE(coverage) "03e8 07d0 " coverage " 5a5a 68656c6c6f"

static void every_protocol_is_verified(void **state)
{
	(void)state;
	check(IP4_TO("11", "21") UDP5, PROTO_RAW, PROTO_IPV4);
	check("4700 001c 0001 0000 4011 0000 0a000001 0a000002 01010100 94040000", PROTO_RAW,
	      PROTO_IPV4);
	check(IP4_TO("11", "21") "03e8 07d0 000d 5a5a 68656c6c6f", PROTO_RAW, PROTO_UDP);
	check(IP6_TO("11", "0d") UDP5, PROTO_RAW, PROTO_UDP);
	check(IP4_TO("06", "28") TCP, PROTO_RAW, PROTO_TCP);
	check(IP6_TO("06", "14") TCP, PROTO_RAW, PROTO_TCP);
	check(IP4_TO("01", "1d") "0800 0000 0001 0001 61", PROTO_RAW, PROTO_ICMP);
	check(IP6_TO("3a", "09") "8000 0000 0001 0001 61", PROTO_RAW, PROTO_ICMPV6);
	check(IP4_TO("02", "1c") "1164 0000 e0000001", PROTO_RAW, PROTO_IGMP);
	check(IP4_TO("88", "21") LITE("0000"), PROTO_RAW, PROTO_UDPLITE);
	check(IP4_TO("88", "21") LITE("0008"), PROTO_RAW, PROTO_UDPLITE);
	check(IP6_TO("88", "0d") LITE("000b"), PROTO_RAW, PROTO_UDPLITE);
}

/* As two other programs computed them for these very packets. */
static void known_values(void **state)
{
	uint32_t expected = 0;

	(void)state;
	take(IP4_TO("11", "21") "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), &expected), CSUM_BAD);
	assert_int_equal(expected, 0x9c47);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_IPV4), &expected), CSUM_BAD);
	assert_int_equal(expected, 0x66c9);
	take(IP6_TO("11", "0d") "03e8 07d0 000d 54d5 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_GOOD);
}

static void udp_may_do_without_over_ipv4_only(void **state)
{
	(void)state;
	take(IP4_TO("11", "21") UDP5, PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_ABSENT);
	take(IP6_TO("11", "0d") UDP5, PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_ILLEGAL);
}

/* RFC 3828, section 3.1: what is not covered may be damaged; part of the header is too little. */
static void coverage_ends_the_sum(void **state)
{
	uint32_t n, i;

	(void)state;
	check(IP4_TO("88", "21") LITE("0008"), PROTO_RAW, PROTO_UDPLITE);
	n = 33;
	i = layer_of(PROTO_UDPLITE);
	bytes[n - 1] ^= 0xff;
	decode(&d, (struct slice){ bytes, n, n }, PROTO_RAW);
	assert_int_equal(checksum_verify(&d, i, NULL), CSUM_GOOD);
	bytes[20 + 5] = 7;
	decode(&d, (struct slice){ bytes, n, n }, PROTO_RAW);
	assert_int_not_equal(checksum_verify(&d, i, NULL), CSUM_GOOD);
}

#define ROUTED(type, left) IP6_TO("2b", "25") "1102 " type left " 00000000" \
	"20010db8000000000000000000000005 "

/* RFC 8200, section 8.1: the pseudo header has the final destination. */
static void routing_headers_lead_to_the_final_destination(void **state)
{
	static const char *const types[] = { "00", "02", "04" };
	uint32_t direct, routed;

	(void)state;
	take(IP6_TO("11", "0d") "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	checksum_verify(&d, layer_of(PROTO_UDP), &direct);
	take(ROUTED("00", "00") "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), &routed), CSUM_BAD);
	assert_int_equal(routed, direct);
	for (uint32_t i = 0; i < 3; i++) {
		char hex[200];

		strcpy(hex, ROUTED("00", "01") "03e8 07d0 000d 0001 68656c6c6f");
		memcpy(strstr(hex, "1102 ") + 5, types[i], 2);
		take(hex, PROTO_RAW);
		assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), &routed), CSUM_BAD);
		assert_int_equal(routed, direct - 3);	/* ::5 rather than ::2 */
	}
	take(ROUTED("03", "01") "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_UNVERIFIED);
}

/* RFC 1122, section 3.2.1.8: so do source routes of IPv4, until they are done. */
static void source_routes_lead_to_the_final_destination(void **state)
{
	uint32_t direct, routed;

	(void)state;
	take(IP4_TO("11", "21") "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	checksum_verify(&d, layer_of(PROTO_UDP), &direct);
	take("4800 002d 0001 0000 4011 0000 0a000001 0a000002 830b04 0a000003 0a000005 00"
	     "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), &routed), CSUM_BAD);
	assert_int_equal(routed, direct - 3);	/* .5 rather than .2 */
	bytes[22] = 12;
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), &routed), CSUM_BAD);
	assert_int_equal(routed, direct);
}

static void whole_packets_in_a_quotation_can_be_told(void **state)
{
	(void)state;
	take(IP4_TO("01", "3d") "0303 0000 00000000 " IP4_TO("11", "21")
	     "03e8 07d0 000d 9c47 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_GOOD);
}

/* Cut by the snap length at every place: never good, never bad. */
static void cut_packets_cannot_be_told(void **state)
{
	uint32_t n = take(IP4_TO("06", "2a") TCP "6161", PROTO_RAW), i = layer_of(PROTO_TCP);
	uint32_t expected = 0x1234;

	(void)state;
	for (uint32_t cap = 0; cap < n; cap++) {
		struct slice s = frame_cut(bytes, n, cap);

		decode(&d, s, PROTO_RAW);
		assert_int_equal(checksum_verify(&d, i, &expected), CSUM_UNVERIFIED);
		assert_int_equal(expected, 0x1234);
		if (cap < 20)
			assert_int_equal(checksum_verify(&d, 1, NULL), CSUM_UNVERIFIED);
		free((void *)(uintptr_t)s.ptr);
	}
}

static void fragments_and_quotations_cannot_be_told(void **state)
{
	(void)state;
	take("4500 0024 0001 2000 4011 0000 0a000001 0a000002 03e8 07d0 0010 0001 68656c6c6f6f6f6f",
	     PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_UNVERIFIED);
	take(IP6_TO("2c", "10") "1100 0001 00000007 03e8 07d0 0008 0001", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_UNVERIFIED);
	take(IP4_TO("01", "38") "0303 0000 00000000 " IP4_TO("11", "40") "03e8 07d0 002c 0001",
	     PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_ICMP), NULL), CSUM_BAD);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_UNVERIFIED);
}

static void lying_lengths_cannot_be_told(void **state)
{
	(void)state;
	take(IP4_TO("11", "25") "03e8 07d0 000d 0001 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_UNVERIFIED);
	take(IP4_TO("11", "21") "03e8 07d0 00ff 0001 68656c6c6f", PROTO_RAW);
	assert_int_equal(checksum_verify(&d, layer_of(PROTO_UDP), NULL), CSUM_UNVERIFIED);
}

static void others_have_no_checksum(void **state)
{
	(void)state;
	take(frames[0].hex, PROTO_ETH);
	assert_int_equal(checksum_verify(&d, 0, NULL), CSUM_UNVERIFIED);
	assert_int_equal(checksum_verify(&d, d.count, NULL), CSUM_UNVERIFIED);
	assert_int_equal(checksum_verify(&d, UINT32_MAX, NULL), CSUM_UNVERIFIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_the_same_at_every_length),
		cmocka_unit_test(every_protocol_is_verified),
		cmocka_unit_test(known_values),
		cmocka_unit_test(udp_may_do_without_over_ipv4_only),
		cmocka_unit_test(coverage_ends_the_sum),
		cmocka_unit_test(routing_headers_lead_to_the_final_destination),
		cmocka_unit_test(source_routes_lead_to_the_final_destination),
		cmocka_unit_test(whole_packets_in_a_quotation_can_be_told),
		cmocka_unit_test(cut_packets_cannot_be_told),
		cmocka_unit_test(fragments_and_quotations_cannot_be_told),
		cmocka_unit_test(lying_lengths_cannot_be_told),
		cmocka_unit_test(others_have_no_checksum),
	};

	return cmocka_run_group_tests(tests, decoders_ready, NULL);
}
