/* SPDX-License-Identifier: BSD-2-Clause */
/* test_slice.c - slices are total: any argument, at every length, in buffers of just that size */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "decode/proto.h"
#include "decode/slice.h"

#define LENGTHS 24
#define BEYOND UINT32_MAX

/* len bytes on the heap, so that a sanitizer sees each byte read beside them: 17, 34, 51 ... */
static struct slice exact(uint32_t len, uint32_t wire)
{
	uint8_t *bytes = malloc(len);

	assert_non_null(bytes);
	for (uint32_t i = 0; i < len; i++)
		bytes[i] = (uint8_t)(17 * (i + 1));
	return (struct slice){ bytes, len, wire };
}

static void release(struct slice s)
{
	free((void *)(uintptr_t)s.ptr);
}

static const uint32_t odd_numbers[] = {
	0, 1, 2, 3, 7, 8, 23, 24, 25, 100, INT32_MAX, (uint32_t)INT32_MAX + 1, BEYOND - 1, BEYOND,
};
#define ODD (sizeof(odd_numbers) / sizeof(odd_numbers[0]))

static void parts_lie_within_the_whole(void **state)
{
	(void)state;
	for (uint32_t len = 0; len <= LENGTHS; len++)
		for (uint32_t i = 0; i < ODD; i++)
			for (uint32_t k = 0; k < ODD; k++) {
				struct slice s = exact(len, len + 5);
				struct slice p = slice_part(s, odd_numbers[i], odd_numbers[k]);

				assert_true(p.cap <= p.wire);
				assert_true(p.cap <= odd_numbers[k]);
				assert_true(p.wire <= odd_numbers[k]);
				assert_in_range(slice_offset(s, p), 0, len);
				assert_true(slice_offset(s, p) + p.cap <= len);
				release(s);
			}
}

static void skipping_counts_on_the_wire_what_was_not_captured(void **state)
{
	struct slice s = exact(4, 10), rest;

	(void)state;
	rest = slice_skip(s, 6);
	assert_int_equal(rest.cap, 0);
	assert_int_equal(rest.wire, 4);
	rest = slice_skip(s, 3);
	assert_int_equal(rest.cap, 1);
	assert_int_equal(rest.wire, 7);
	assert_int_equal(slice_u8(rest, 0), 0x44);
	rest = slice_clip(s, 6);
	assert_int_equal(rest.cap, 4);
	assert_int_equal(rest.wire, 6);
	release(s);
}

/* The number in n bytes from off on, byte by byte. */
static uint64_t expected(uint32_t len, uint32_t off, uint32_t n)
{
	uint64_t value = 0;

	if (off > len || n > len - off)
		return 0;
	for (uint32_t i = 0; i < n; i++)
		value = value << 8 | (uint8_t)(17 * (off + i + 1));
	return value;
}

static void numbers_are_big_endian_and_zero_outside(void **state)
{
	(void)state;
	for (uint32_t len = 0; len <= LENGTHS; len++) {
		struct slice s = exact(len, len);

		for (uint32_t off = 0; off <= LENGTHS + 2; off++) {
			assert_int_equal(slice_u8(s, off), expected(len, off, 1));
			assert_int_equal(slice_u16(s, off), expected(len, off, 2));
			assert_int_equal(slice_u32(s, off), expected(len, off, 4));
			assert_true(slice_u64(s, off) == expected(len, off, 8));
		}
		for (uint32_t off = BEYOND - 8; off != 0; off++) {
			assert_int_equal(slice_u8(s, off), 0);
			assert_int_equal(slice_u16(s, off), 0);
			assert_int_equal(slice_u32(s, off), 0);
			assert_true(slice_u64(s, off) == 0);
			assert_false(slice_has(s, off, 2));
		}
		release(s);
	}
}

static void words_and_pieces_end_in_zeros_outside(void **state)
{
	(void)state;
	for (uint32_t len = 0; len <= LENGTHS; len++) {
		struct slice s = exact(len, len);

		for (uint32_t i = 0; i < LENGTHS + 2 + ODD; i++) {
			uint32_t off = i < LENGTHS + 2 ? i : odd_numbers[i - LENGTHS - 2];
			uint8_t piece[5] = { 1, 1, 1, 1, 1 }, there[5] = { 0 };
			uint64_t word = 0;

			for (uint32_t k = 0; k < 8; k++)
				word = word << 8 | (off <= len ? slice_u8(s, off + k) : 0);
			assert_true(slice_word(s, off) == word);
			if (slice_has(s, off, sizeof(piece)))
				slice_copy(there, slice_skip(s, off), sizeof(there));
			slice_take(piece, s, off, sizeof(piece));
			assert_memory_equal(piece, there, sizeof(piece));
		}
		release(s);
	}
}

static void bits_are_those_of_the_number(void **state)
{
	(void)state;
	for (uint32_t len = 0; len <= 10; len++) {
		struct slice s = exact(len, len);

		for (uint32_t bit = 0; bit < 88; bit++)
			for (uint32_t width = 1; width <= 57; width++) {
				uint64_t value = 0;

				if ((bit + width + 7) / 8 <= len)
					for (uint32_t i = bit; i < bit + width; i++)
						value = value << 1 |
							(slice_u8(s, i / 8) >> (7 - i % 8) & 1);
				assert_true(slice_bits(s, bit, width) == value);
			}
		assert_true(slice_bits(s, 0, 64) == slice_u64(s, 0));
		release(s);
	}
}

static void little_endian_fields_read_backwards(void **state)
{
	static const struct field two = { "two", 8, 16, UINT, .little = true };
	static const struct field four = { "four", 0, 32, UINT, .little = true };
	struct slice s = exact(4, 4);

	(void)state;
	assert_int_equal(field_get(s, &two), 0x3322);
	assert_int_equal(field_get(s, &four), 0x44332211);
	release(s);
}

static void copies_stop_at_the_end(void **state)
{
	uint8_t to[LENGTHS + 1];

	(void)state;
	for (uint32_t len = 0; len <= LENGTHS; len++) {
		struct slice s = exact(len, len + 3);

		for (uint32_t n = 0; n <= LENGTHS; n++) {
			uint32_t most = n < len ? n : len;

			memset(to, 0xee, sizeof(to));
			assert_int_equal(slice_copy(to, s, n), most);
			assert_int_equal(to[most], 0xee);
			if (most > 0)
				assert_memory_equal(to, s.ptr, most);
		}
		release(s);
	}
}

static void comparing_needs_no_bytes_beyond(void **state)
{
	(void)state;
	for (uint32_t a = 0; a <= LENGTHS; a++)
		for (uint32_t b = 0; b <= LENGTHS; b++) {
			struct slice s = exact(a, a), t = exact(b, b);

			assert_int_equal(!!slice_equal(s, t), a == b);
			if (b > 0)
				assert_int_equal(!!slice_starts(s, t.ptr, b), a >= b);
			release(s);
			release(t);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_lie_within_the_whole),
		cmocka_unit_test(skipping_counts_on_the_wire_what_was_not_captured),
		cmocka_unit_test(numbers_are_big_endian_and_zero_outside),
		cmocka_unit_test(words_and_pieces_end_in_zeros_outside),
		cmocka_unit_test(bits_are_those_of_the_number),
		cmocka_unit_test(little_endian_fields_read_backwards),
		cmocka_unit_test(copies_stop_at_the_end),
		cmocka_unit_test(comparing_needs_no_bytes_beyond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
