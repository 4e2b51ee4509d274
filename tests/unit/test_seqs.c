/* SPDX-License-Identifier: BSD-2-Clause */
/* test_seqs.c - where conversations start, and how many of them are kept */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/track/seqs.h"

static struct seqs seqs;

static int setup(void **state)
{
	const uint64_t seed[2] = { 0x243f6a8885a308d3, 0x13198a2e03707344 };

	(void)state;
	memset(&seqs, 0, sizeof(seqs));
	seqs_init(&seqs, seed);
	return 0;
}

static struct slice addr(const char *bytes, uint32_t n)
{
	return (struct slice){ (const uint8_t *)bytes, n, n };
}

#define HERE addr("\x0a\0\0\1", 4)
#define THERE addr("\x0a\0\0\2", 4)

static struct seqs_segment outward(uint32_t seq, uint32_t ack)
{
	return (struct seqs_segment){ HERE, THERE, 40000, 80, false, seq, ack };
}

static struct seqs_segment inward(uint32_t seq, uint32_t ack)
{
	return (struct seqs_segment){ THERE, HERE, 80, 40000, false, seq, ack };
}

static bool find(struct seqs_segment seg, struct seqs_start *start)
{
	return seqs_find(&seqs, &seg, start);
}

static void first_segment_starts_a_conversation(void **state)
{
	struct seqs_start start;

	(void)state;
	assert_false(find(outward(1000, 7001), &start));
	assert_int_equal(start.seq, 1000);
	assert_int_equal(start.ack, 7000);
	assert_true(find(outward(1001, 7001), &start));
	assert_int_equal(start.seq, 1000);
	assert_int_equal(start.ack, 7000);
}

static void both_directions_share_one_start(void **state)
{
	struct seqs_start start;

	(void)state;
	assert_false(find(inward(7000, 1001), &start));
	assert_true(find(outward(1001, 7001), &start));
	assert_int_equal(start.seq, 1000);
	assert_int_equal(start.ack, 7000);
	assert_true(find(inward(7001, 1001), &start));
	assert_int_equal(start.seq, 7000);
	assert_int_equal(start.ack, 1000);
}

static void equal_ports_are_told_apart_by_addresses(void **state)
{
	struct seqs_segment a = { HERE, THERE, 7, 7, false, 100, 201 };
	struct seqs_segment b = { THERE, HERE, 7, 7, false, 201, 101 };
	struct seqs_start start;

	(void)state;
	assert_false(find(a, &start));
	assert_true(find(b, &start));
	assert_int_equal(start.seq, 200);
	assert_int_equal(start.ack, 100);
}

static void syn_starts_anew(void **state)
{
	struct seqs_segment again = inward(97000, 91001);
	struct seqs_start start;

	(void)state;
	assert_false(find(inward(7000, 1001), &start));
	again.syn = true;
	assert_false(find(again, &start));
	assert_true(find(outward(91001, 97001), &start));
	assert_int_equal(start.seq, 91000);
	assert_int_equal(start.ack, 97000);
}

static void conversations_do_not_mix(void **state)
{
	struct seqs_segment six = outward(5, 6);
	struct seqs_start start;

	(void)state;
	for (uint16_t port = 1; port < 1000; port++) {
		struct seqs_segment seg = outward(port * 1000u, 1);

		seg.srcport = port;
		assert_false(find(seg, &start));
	}
	for (uint16_t port = 1; port < 1000; port++) {
		struct seqs_segment seg = outward(0, 0);

		seg.srcport = port;
		assert_true(find(seg, &start));
		assert_int_equal(start.seq, port * 1000u);
	}
	six.src = addr("\x0a\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	six.dst = addr("\x0a\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	six.srcport = 1;
	assert_false(find(six, &start));
}

static struct seqs_segment nth(uint32_t n, const uint8_t host[4])
{
	struct seqs_segment seg = outward(n, 1);

	seg.src = addr((const char *)host, 4);
	seg.srcport = (uint16_t)(1024 + n % 60000);
	return seg;
}

/* More than fit: as many are kept as there are entries, and one in use is never the one dropped. */
static void eviction_is_bounded_and_spares_what_is_in_use(void **state)
{
	const uint32_t many = 2 * SEQS_LINES * SEQS_WAYS;
	struct seqs_start start;
	uint32_t kept = 0;

	(void)state;
	assert_false(find(outward(1000, 7001), &start));
	for (uint32_t n = 0; n < many; n++) {
		uint8_t host[4] = { 11, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

		assert_false(find(nth(n, host), &start));
		if (n % 8 == 0)
			assert_true(find(outward(1001, 7001), &start));
	}
	for (uint32_t i = 0; i < SEQS_LINES; i++)
		for (uint32_t k = 0; k < SEQS_WAYS; k++)
			kept += seqs.line[i][k].key != 0;
	assert_true(kept > SEQS_LINES * SEQS_WAYS / 2);
	assert_true(find(outward(1001, 7001), &start));
	assert_int_equal(start.seq, 1000);
}

/* Not one is lost while lines are taken into use, and few of them are for few conversations. */
static void lines_come_into_use_with_conversations(void **state)
{
	const uint32_t many = 24000;
	struct seqs_start start;

	(void)state;
	for (uint32_t n = 0; n < many; n++) {
		uint8_t host[4] = { 13, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

		assert_false(find(nth(n, host), &start));
		if (n == 1000)
			assert_in_range(seqs.lines, 1000, 4000);
	}
	assert_in_range(seqs.lines, many, SEQS_LINES);
	for (uint32_t n = 0; n < many; n++) {
		uint8_t host[4] = { 13, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

		assert_true(find(nth(n, host), &start));
		assert_int_equal(start.seq, n);
	}
}

static void the_one_silent_longest_is_dropped(void **state)
{
	struct seqs_segment line[SEQS_WAYS + 1];
	static uint8_t host[SEQS_WAYS + 1][4];
	struct seqs_start start;
	uint32_t found = 0;

	(void)state;
	seqs.lines = SEQS_LINES;	/* all in use */
	seqs.mask = SEQS_LINES / 3 - 1;
	/* Segments that share a line, found by trying: the one that fills it says where it went. */
	for (uint32_t n = 0; found <= SEQS_WAYS; n++) {
		uint8_t try[4] = { 12, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

		memset(seqs.line, 0, sizeof(seqs.line[0]) * 64);
		find(nth(n, try), &start);
		if (seqs.line[5][0].key == 0)
			continue;
		memcpy(host[found], try, 4);
		line[found] = nth(n, host[found]);
		found++;
	}
	memset(seqs.line, 0, sizeof(seqs.line));
	for (uint32_t i = 0; i <= SEQS_WAYS; i++)	/* one too many goes into another line */
		assert_false(find(line[i], &start));
	for (uint32_t i = 0; i <= SEQS_WAYS; i++)
		assert_true(find(line[i], &start));
	memset(seqs.line, 0xff, sizeof(seqs.line));	/* all others are full */
	memset(seqs.line[5], 0, sizeof(seqs.line[5]));
	for (uint32_t i = 0; i < SEQS_WAYS; i++)
		assert_false(find(line[i], &start));
	assert_true(find(line[0], &start));		/* line[1] is the oldest now */
	assert_false(find(line[SEQS_WAYS], &start));
	assert_true(find(line[0], &start));
	for (uint32_t i = 2; i <= SEQS_WAYS; i++)
		assert_true(find(line[i], &start));
	assert_false(find(line[1], &start));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(first_segment_starts_a_conversation, setup),
		cmocka_unit_test_setup(both_directions_share_one_start, setup),
		cmocka_unit_test_setup(equal_ports_are_told_apart_by_addresses, setup),
		cmocka_unit_test_setup(syn_starts_anew, setup),
		cmocka_unit_test_setup(conversations_do_not_mix, setup),
		cmocka_unit_test_setup(eviction_is_bounded_and_spares_what_is_in_use, setup),
		cmocka_unit_test_setup(lines_come_into_use_with_conversations, setup),
		cmocka_unit_test_setup(the_one_silent_longest_is_dropped, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
