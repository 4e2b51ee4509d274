/* SPDX-License-Identifier: BSD-2-Clause */
/* test_out.c - numbers, addresses and bytes as text, against the C library */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>

#include "decode/out.h"

static char text[4096];

static struct out start(void)
{
	return (struct out){ text, text + sizeof(text) - 1 };
}

static const char *done(struct out *o)
{
	*o->at = '\0';
	return text;
}

static uint64_t random_state = 88172645463325252u;

static uint64_t random_number(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state;
}

static void check_number(uint64_t value)
{
	char expected[64];
	struct out o = start();

	out_dec(&o, value);
	snprintf(expected, sizeof(expected), "%llu", (unsigned long long)value);
	assert_string_equal(done(&o), expected);

	o = start();
	out_signed(&o, (int64_t)value);
	snprintf(expected, sizeof(expected), "%lld", (long long)value);
	assert_string_equal(done(&o), expected);

	for (unsigned digits = 1; digits <= 20; digits++) {
		o = start();
		out_dec_pad(&o, value, digits);
		snprintf(expected, sizeof(expected), "%0*llu", (int)digits,
			 (unsigned long long)value);
		assert_string_equal(done(&o), expected);
	}
	for (unsigned digits = 1; digits <= 16; digits++) {
		o = start();
		out_hex(&o, value, digits);
		snprintf(expected, sizeof(expected), "%0*llx", (int)digits,
			 (unsigned long long)value);
		assert_string_equal(done(&o), expected);
	}
}

static void numbers_print_as_printf_prints_them(void **state)
{
	(void)state;
	for (uint64_t value = 0; value <= 1100; value++)
		check_number(value);
	for (uint64_t power = 1; power < UINT64_MAX / 10; power *= 10) {
		check_number(power - 1);
		check_number(power);
	}
	for (int i = 0; i < 2000; i++)
		check_number(random_number() >> random_number() % 64);
	check_number(UINT64_MAX);
	check_number((uint64_t)INT64_MAX + 1);
}

static void ipv4_prints_as_inet_ntop_prints_it(void **state)
{
	char expected[INET_ADDRSTRLEN];

	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		uint32_t value = i < 256 ? i * 0x01010101u : (uint32_t)random_number();
		uint32_t addr = htonl(value);
		struct out o = start();

		out_ipv4(&o, value);
		assert_string_equal(done(&o), inet_ntop(AF_INET, &addr, expected, sizeof(expected)));
	}
}

/* Random groups, most of them zero in some rounds, so that runs of zeros of all lengths come. */
static void ipv6_prints_as_inet_ntop_prints_it(void **state)
{
	char expected[INET6_ADDRSTRLEN];
	uint8_t addr[16];

	(void)state;
	for (uint32_t round = 0; round < 200000; round++) {
		struct out o = start();
		uint64_t zero = random_number() & random_number();

		for (uint32_t i = 0; i < 16; i++)
			addr[i] = (uint8_t)random_number();
		for (uint32_t i = 0; i < 8; i++)
			if (round % 4 && zero >> i & 1)
				memset(addr + i * 2, 0, 2);
			else if (round % 3 == 0)
				addr[i * 2] = 0;
		if (round % 5 == 0)
			memset(addr, 0, round % 7 + 8);
		if (round % 10 == 0)
			memset(addr + 10, 0xff, 2);
		out_ipv6(&o, (struct slice){ addr, 16, 16 });
		assert_string_equal(done(&o),
				    inet_ntop(AF_INET6, addr, expected, sizeof(expected)));
	}
}

static void hardware_addresses_have_colons(void **state)
{
	static const uint8_t mac[] = { 0x00, 0x1b, 0xff, 0xa0, 0x0a, 0x99 };
	struct slice s = { mac, sizeof(mac), sizeof(mac) };
	struct out o = start();

	(void)state;
	out_mac(&o, s);
	assert_string_equal(done(&o), "00:1b:ff:a0:0a:99");
	o = start();
	out_hexbytes(&o, s, ':', 6);
	assert_string_equal(done(&o), "00:1b:ff:a0:0a:99");
	o = start();
	out_hexbytes(&o, s, 0, 3);
	assert_string_equal(done(&o), "001bff");
}

/* Whole rows are written another way than what is left of them. */
static void all_bytes_of_all_lengths_have_their_digits(void **state)
{
	char digits[2 * 256 + 1], expected[2 * 256 + 1];
	uint8_t bytes[256];

	(void)state;
	for (uint32_t i = 0; i < 256; i++) {
		bytes[i] = (uint8_t)(i * 7);
		snprintf(expected + 2 * i, 3, "%02x", bytes[i]);
	}
	for (uint32_t n = 0; n <= 256; n++) {
		struct out o = { digits, digits + 2 * n };	/* not a byte more */

		out_hexbytes(&o, (struct slice){ bytes, n, n }, 0, n);
		assert_ptr_equal(o.at, digits + 2 * n);
		assert_memory_equal(digits, expected, 2 * n);
	}
}

static void control_characters_never_come_out_raw(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 256; i++) {
		uint8_t byte = (uint8_t)i;
		char expected[8];
		struct out o = start();

		out_text(&o, (struct slice){ &byte, 1, 1 });
		if (byte == '\\' || byte == '\t' || byte == '\n' || byte == '\r')
			snprintf(expected, sizeof(expected), "\\%c",
				 byte == '\t' ? 't' : byte == '\n' ? 'n' : byte == '\r' ? 'r' : byte);
		else if (byte >= ' ' && byte <= '~')
			snprintf(expected, sizeof(expected), "%c", byte);
		else
			snprintf(expected, sizeof(expected), "\\x%02x", byte);
		assert_string_equal(done(&o), expected);
	}
}

static void dumps_have_sixteen_bytes_a_row(void **state)
{
	uint8_t bytes[20];
	struct out o = start();

	(void)state;
	for (uint32_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i + 0x18 + 3 * i);
	out_hexdump(&o, (struct slice){ bytes, 19, 30 }, 0, 1);
	assert_string_equal(done(&o),
		"\n\t0x0000:  181c 2024 282c 3034 383c 4044 484c 5054  ...$(,048<@DHLPT"
		"\n\t0x0010:  585c 60                                  X\\`");
	o = start();
	out_hexdump(&o, (struct slice){ bytes, 3, 3 }, 32, 0);
	assert_string_equal(done(&o), "\n\t0x0020:  181c 20");
}

static void a_full_buffer_takes_no_more(void **state)
{
	static const uint8_t bytes[40] = { 1, 2, 3 };
	struct slice s = { bytes, sizeof(bytes), sizeof(bytes) };

	(void)state;
	for (size_t room = 0; room < 130; room++) {
		char *small = malloc(room + 1);
		struct out o = { small, small + room };

		small[room] = 0x55;
		out_dec(&o, 123456789);
		out_hex(&o, 0xabcdef, 8);
		out_mac(&o, s);
		out_ipv4(&o, UINT32_MAX);
		out_ipv6(&o, s);
		out_text(&o, s);
		out_str(&o, "text");
		out_hexdump(&o, s, 0, 1);
		assert_true(o.at <= o.end);
		assert_int_equal(out_room(&o), 0);
		assert_int_equal(small[room], 0x55);
		free(small);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_print_as_printf_prints_them),
		cmocka_unit_test(ipv4_prints_as_inet_ntop_prints_it),
		cmocka_unit_test(ipv6_prints_as_inet_ntop_prints_it),
		cmocka_unit_test(hardware_addresses_have_colons),
		cmocka_unit_test(all_bytes_of_all_lengths_have_their_digits),
		cmocka_unit_test(control_characters_never_come_out_raw),
		cmocka_unit_test(dumps_have_sixteen_bytes_a_row),
		cmocka_unit_test(a_full_buffer_takes_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
