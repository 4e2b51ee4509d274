/* SPDX-License-Identifier: BSD-2-Clause */
/* test_follow.c - what two ends say is told in order, once, and what is missing as missing */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/track/follow.h"
#include "ui/follow_row.h"

static struct follow *follow;
static char told[2 << 20];		/* pieces as text */
static uint64_t number;

/* "0:abc 1:[3@7] " */
static void take(void *context, const struct follow_piece *p)
{
	static const char *const marks[] = {
		[FOLLOW_BYTES] = ":", [FOLLOW_DATAGRAM] = "=", [FOLLOW_LATE] = "+", [FOLLOW_GAP] = ":", [FOLLOW_CUT] = "/",
	};
	size_t n = strlen(told);

	(void)context;
	assert_true(p->from < 2 && p->bytes.cap == p->bytes.wire && (p->bytes.cap > 0) == (p->missing == 0));
	if (p->missing)
		snprintf(told + n, sizeof(told) - n, "%u%s[%u@%u] ", p->from, marks[p->kind], p->missing, (unsigned)p->number);
	else
		snprintf(told + n, sizeof(told) - n, "%u%s%.*s ", p->from, marks[p->kind], (int)p->bytes.cap,
			 (const char *)p->bytes.ptr);
}

static int setup(void **state)
{
	(void)state;
	follow = calloc(1, sizeof(*follow));
	follow_start(follow, take, NULL);
	told[0] = '\0';
	number = 0;
	return !follow;
}

static int teardown(void **state)
{
	(void)state;
	free(follow);
	return 0;
}

static void send_cut(uint8_t from, uint32_t seq, uint32_t ack, const char *text, uint32_t wire, uint16_t flags)
{
	struct flow_sight s = { .tcp = true, .from = from, .seq = seq, .ack = ack, .flags = flags | TCP_ACK };

	follow_segment(follow, &s, (struct slice){ (const uint8_t *)text, (uint32_t)strlen(text), wire }, ++number);
}

static void send(uint8_t from, uint32_t seq, uint32_t ack, const char *text)
{
	send_cut(from, seq, ack, text, (uint32_t)strlen(text), 0);
}

static void assert_told(const char *text)
{
	assert_string_equal(told, text);
	told[0] = '\0';
}

static void both_ends_are_told_as_they_speak(void **state)
{
	(void)state;
	send(0, 100, 500, "GET");
	send(1, 500, 103, "200 ");
	send(1, 504, 103, "OK");
	send(0, 103, 506, "");
	assert_told("0:GET 1:200  1:OK ");
}

static void what_comes_again_is_told_once(void **state)
{
	(void)state;
	send(0, 100, 1, "abc");
	send(0, 100, 1, "abc");
	send(0, 102, 1, "c");		/* keeps alive */
	send(0, 101, 1, "bcde");
	send(0, 99, 1, "?XXXXXf");	/* what was told first stays */
	assert_told("0:abc 0:de 0:f ");
	assert_int_equal(follow->end[0].again, 3 + 1 + 2 + 6);
}

static void what_comes_too_early_waits(void **state)
{
	(void)state;
	send(0, 0xfffffffe, 1, "ab");	/* numbers turn round */
	send(0, 4, 1, "gh");
	send(0, 2, 1, "ef");
	send(0, 3, 1, "FGHi");
	assert_told("0:ab ");
	send(0, 0, 1, "cd");
	assert_told("0:cdefghi ");
	send(0, 7, 1, "j");
	assert_told("0:j ");
	assert_null(follow->end[0].early);
	assert_int_equal(follow->parcels.count, 0);
}

static void what_the_other_end_has_was_not_captured(void **state)
{
	(void)state;
	send(0, 100, 1, "abc");
	send(0, 105, 1, "fg");		/* packet 2 */
	send(0, 110, 1, "kl");
	assert_told("0:abc ");
	send(1, 1, 112, "yes");		/* packet 4 */
	assert_told("0:[2@2] 0:fg 0:[3@3] 0:kl 1:yes ");
	send(1, 4, 115, "");
	assert_told("0:[3@5] ");
	send(0, 115, 4, "p");
	assert_told("0:p ");
}

static void an_end_has_no_gap(void **state)
{
	(void)state;
	send_cut(0, 100, 0, "", 0, TCP_SYN);
	send(1, 7, 101, "");
	send_cut(0, 101, 7, "bye", 3, TCP_FIN);
	send_cut(1, 7, 105, "", 0, TCP_FIN);
	send(0, 105, 8, "");
	send_cut(0, 3000, 8, "reset", 5, TCP_RST);
	follow_finish(follow);
	assert_told("0:bye ");
}

static void what_comes_after_it_was_given_up_is_late(void **state)
{
	(void)state;
	send(0, 100, 1, "ab");
	send(1, 1, 110, "");
	assert_told("0:ab 0:[8@2] ");
	send(0, 104, 1, "ef");
	send(0, 110, 1, "kl");
	send(0, 104, 1, "ef");
	send(0, 98, 1, "YZabcd");
	assert_told("0+ef 0:kl 0+cd ");
}

static void what_was_cut_is_missing(void **state)
{
	(void)state;
	send_cut(0, 100, 1, "abc", 10, 0);
	send(0, 110, 1, "klm");
	assert_told("0:abc 0/[7@1] 0:klm ");
	send_cut(0, 115, 1, "pq", 4, 0);
	send(0, 113, 1, "no");
	send(1, 1, 119, "");
	assert_told("0:nopq 0:[2@5] ");
}

static void all_that_waits_is_told_at_the_end(void **state)
{
	(void)state;
	send(0, 100, 1, "a");
	send(0, 102, 1, "c");
	send(0, 105, 1, "f");
	follow_finish(follow);
	follow_finish(follow);
	assert_told("0:a 0:[1@2] 0:c 0:[2@3] 0:f ");
}

static void one_segment_far_away_is_not_believed(void **state)
{
	(void)state;
	send(0, 100, 1, "a");
	send(0, 100 + (1u << 30), 1, "x");
	send(0, 101, 1, "b");
	assert_told("0:a 0:b ");
	send(0, 100 + (1u << 29), 1, "x");
	send(0, 101 + (1u << 29), 1, "y");
	assert_told("0:[536870911@5] 0:y ");
}

static void datagrams_are_told_as_they_come(void **state)
{
	struct flow_sight s = { .from = 1 };

	(void)state;
	follow_datagram(follow, &s, (struct slice){ (const uint8_t *)"ask", 3, 5 }, 8);
	s.from = 0;
	follow_datagram(follow, &s, (struct slice){ NULL, 0, 0 }, 9);
	follow_datagram(follow, &s, (struct slice){ (const uint8_t *)"no", 2, 2 }, 10);
	assert_told("1=ask 1/[2@8] 0=no ");
}

/* One end says the numbers of its bytes; each piece is checked against where it belongs. */
struct heard {
	uint32_t at, bytes, missing, late;
};

static void check(void *context, const struct follow_piece *p)
{
	struct heard *h = context;

	if (p->kind == FOLLOW_LATE) {
		h->late += p->bytes.cap;
		return;
	}
	h->missing += p->missing;
	h->bytes += p->bytes.cap;
	for (uint32_t i = 0; i < p->bytes.cap; i++)
		assert_int_equal(slice_u8(p->bytes, i), (uint8_t)((h->at + i) % 251));
	h->at += p->bytes.cap + p->missing;
}

static uint32_t random_below(uint32_t n)
{
	static uint32_t seed = 12345;

	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % n;
}

static void every_byte_is_told_once_or_missing(void **state)
{
	static uint8_t bytes[300000];

	(void)state;
	for (uint32_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i % 251);
	for (uint32_t round = 0; round < 300; round++) {
		uint32_t base = random_below(2) ? UINT32_MAX - random_below(100000) : random_below(1u << 24), end = 0;
		uint32_t loss = round % 3 ? random_below(30) : 0, size = 1 + random_below(3000);
		struct heard h = { 0 };
		struct flow_sight s = { .tcp = true, .seq = base, .flags = TCP_SYN };

		memset(follow, 0, sizeof(*follow));
		follow_start(follow, check, &h);
		s.seq--;
		follow_segment(follow, &s, (struct slice){ 0 }, 1);
		s.flags = TCP_ACK;
		while (end + size < sizeof(bytes) && end < 60 * size) {
			uint32_t back = random_below(6) * random_below(size), from = end > back ? end - back : 0;
			uint32_t n = 1 + random_below(size), ahead = random_below(3) * random_below(size);
			uint32_t cap = random_below(100) < loss / 3 ? random_below(n + 1) : n;

			from += ahead;
			if (from > end && !loss)
				from = end;
			s.from = 0;
			s.seq = base + from;
			s.ack = 1;
			if (random_below(100) >= loss)
				follow_segment(follow, &s, (struct slice){ bytes + from, cap, n }, 2);
			end = from + n > end ? from + n : end;
			if (random_below(4))
				continue;
			s.from = 1;
			s.seq = 1;
			s.ack = base + end;
			follow_segment(follow, &s, (struct slice){ 0 }, 3);
		}
		follow_finish(follow);
		assert_int_equal(h.at, h.bytes + h.missing);
		assert_true(h.at <= end && h.late <= h.missing);
		if (loss == 0) {
			assert_int_equal(h.bytes, end);
			assert_int_equal(h.missing, 0);
		}
		assert_int_equal(follow->parcels.count, 0);
	}
}

/* Any numbers at all: nothing is read or written outside, and it ends. */
static void any_segments_come_to_an_end(void **state)
{
	static const char text[70000];
	struct heard h = { 0 };

	(void)state;
	follow_start(follow, take, &h);
	for (uint32_t i = 0; i < 20000; i++) {
		struct flow_sight s = { .tcp = true, .from = (uint8_t)random_below(2), .flags = (uint16_t)random_below(32) };
		uint32_t near = random_below(2) ? 300000 : UINT32_MAX / 256, wire = random_below(70000);

		s.seq = random_below(near) * (near == 300000 ? 1 : 256);
		s.ack = random_below(near) * (near == 300000 ? 1 : 256);
		follow_segment(follow, &s, (struct slice){ (const uint8_t *)text, random_below(wire + 1), wire }, i);
		told[0] = '\0';
	}
	follow_finish(follow);
}

static const char *row_of(enum follow_view view, const char *text, uint32_t columns, uint32_t *bytes)
{
	static char row[256];
	struct out o = { row, row + sizeof(row) - 1 };
	struct follow_row r = follow_row(view, (struct slice){ (const uint8_t *)text, (uint32_t)strlen(text), (uint32_t)strlen(text) },
					 32, columns, &o);

	*o.at = '\0';
	*bytes = r.bytes;
	return row;
}

static void rows_are_lines_that_are_safe(void **state)
{
	uint32_t n;

	(void)state;
	assert_string_equal(row_of(FOLLOW_TEXT, "GET /\r\nHost", 80, &n), "GET /");
	assert_int_equal(n, 7);
	assert_string_equal(row_of(FOLLOW_TEXT, "a\tb\033[2J\xff\x9b\xe2\x80\xae\r!", 80, &n), "a       b.[2J....!");
	assert_string_equal(row_of(FOLLOW_TEXT, "abcdefgh", 3, &n), "abc");
	assert_int_equal(n, 3);
	assert_string_equal(row_of(FOLLOW_TEXT, "\n", 3, &n), "");
	assert_int_equal(n, 1);
	assert_string_equal(row_of(FOLLOW_TEXT, "\tx", 3, &n), "        ");
	assert_int_equal(n, 1);
	assert_string_equal(row_of(FOLLOW_ESCAPED, "a\\\r\nb", 80, &n), "a\\\\\\r\\n");
	assert_int_equal(n, 4);
	assert_string_equal(row_of(FOLLOW_ESCAPED, "\001\002", 6, &n), "\\x01");
	assert_int_equal(n, 1);
	assert_string_equal(row_of(FOLLOW_HEX, "0123456789abcdef0", 80, &n),
			    "00000020  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef");
	assert_int_equal(n, 16);
	assert_string_equal(row_of(FOLLOW_HEX, "01\0332", 40, &n), "00000020  30 31 1b 32              01.2");
	assert_int_equal(n, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(both_ends_are_told_as_they_speak, setup, teardown),
		cmocka_unit_test_setup_teardown(what_comes_again_is_told_once, setup, teardown),
		cmocka_unit_test_setup_teardown(what_comes_too_early_waits, setup, teardown),
		cmocka_unit_test_setup_teardown(what_the_other_end_has_was_not_captured, setup, teardown),
		cmocka_unit_test_setup_teardown(an_end_has_no_gap, setup, teardown),
		cmocka_unit_test_setup_teardown(what_comes_after_it_was_given_up_is_late, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_cut_is_missing, setup, teardown),
		cmocka_unit_test_setup_teardown(all_that_waits_is_told_at_the_end, setup, teardown),
		cmocka_unit_test_setup_teardown(one_segment_far_away_is_not_believed, setup, teardown),
		cmocka_unit_test_setup_teardown(datagrams_are_told_as_they_come, setup, teardown),
		cmocka_unit_test_setup_teardown(every_byte_is_told_once_or_missing, setup, teardown),
		cmocka_unit_test_setup_teardown(any_segments_come_to_an_end, setup, teardown),
		cmocka_unit_test(rows_are_lines_that_are_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
