/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rotate_plan.c - names as tcpdump and dumpcap make them, and when files end */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "capture/rotate_plan.h"

#define SECOND INT64_C(1000000000)
#define NOON (INT64_C(1795262400) * SECOND)	/* 2026-11-21 12:00:00 UTC, in ns */

/* The steady clock began some time before noon. */
static struct clocks after_noon(int64_t ns)
{
	return (struct clocks){ .steady = 77 * SECOND + ns, .wall = NOON + ns };
}

static const char *name(const struct rotate_plan *p, const struct rotate_place *place, const char *path)
{
	static char text[256];

	assert_true(rotate_plan_name(p, &place->file, path, text, sizeof(text)));
	return text;
}

static void without_a_plan_the_name_stays_and_nothing_ends(void **state)
{
	struct rotate_plan p = { 0 };
	struct rotate_place first = rotate_plan_first(&p, after_noon(0));

	(void)state;
	assert_string_equal(name(&p, &first, "100%H.pcap"), "100%H.pcap");
	assert_true(first.end == INT64_MAX);
	assert_false(rotate_plan_full(&p, UINT64_MAX, UINT64_MAX));
	assert_false(rotate_plan_rotates(&p));
}

static void counted_names_are_those_of_tcpdump(void **state)
{
	struct rotate_plan p = { .names = NAMES_COUNTED, .bytes = 1 };
	struct rotate_place at = rotate_plan_first(&p, after_noon(0));

	(void)state;
	assert_string_equal(name(&p, &at, "t.pcap"), "t.pcap");
	at = rotate_plan_next(&p, &at, after_noon(1));
	assert_string_equal(name(&p, &at, "t.pcap"), "t.pcap1");
	at.file.count = 11;
	assert_string_equal(name(&p, &at, "t.pcap"), "t.pcap11");
}

static void names_of_a_ring_sort_and_come_again(void **state)
{
	struct rotate_plan p = { .names = NAMES_COUNTED, .bytes = 1, .ring = 11 };
	struct rotate_place at = rotate_plan_first(&p, after_noon(0));

	(void)state;
	assert_string_equal(name(&p, &at, "v"), "v00");
	for (int i = 0; i < 10; i++)
		at = rotate_plan_next(&p, &at, after_noon(i));
	assert_string_equal(name(&p, &at, "v"), "v10");
	at = rotate_plan_next(&p, &at, after_noon(11));
	assert_string_equal(name(&p, &at, "v"), "v00");
	p.ring = 10;
	assert_string_equal(name(&p, &at, "v"), "v0");
	p.ring = 1;
	assert_string_equal(name(&p, &at, "v"), "v");
}

static void numbered_names_are_those_of_dumpcap(void **state)
{
	struct rotate_plan p = { .names = NAMES_NUMBERED, .duration = SECOND };
	struct rotate_place at = rotate_plan_first(&p, after_noon(0));

	(void)state;
	assert_string_equal(name(&p, &at, "d.x.pcapng"), "d.x_00001_20261121120000.pcapng");
	at = rotate_plan_next(&p, &at, after_noon(61 * SECOND));
	assert_string_equal(name(&p, &at, "/a.b/e"), "/a.b/e_00002_20261121120101");
	assert_string_equal(name(&p, &at, "x.pcapng.zst"), "x_00002_20261121120101.pcapng.zst");
	assert_string_equal(name(&p, &at, "x.zst"), "x_00002_20261121120101.zst");
	at.file.number = 99999;
	assert_string_equal(name(&p, &at, "e"), "e_00000_20261121120101");
}

static void dated_names_tell_when_their_period_began(void **state)
{
	struct rotate_plan p = { .names = NAMES_COUNTED, .dated = true, .period = 10 * SECOND, .bytes = 1 };
	struct rotate_place at = rotate_plan_first(&p, after_noon(0));

	(void)state;
	assert_string_equal(name(&p, &at, "x-%H%M%S"), "x-120000");
	at = rotate_plan_next(&p, &at, after_noon(4 * SECOND));
	assert_string_equal(name(&p, &at, "x-%H%M%S"), "x-1200001");
	assert_true(at.end == after_noon(10 * SECOND).steady);
	at = rotate_plan_next(&p, &at, after_noon(10 * SECOND));
	assert_string_equal(name(&p, &at, "x-%H%M%S"), "x-120010");
}

static void periods_do_not_drift_and_those_that_passed_are_left_out(void **state)
{
	struct rotate_plan p = { .dated = true, .period = 10 * SECOND };
	struct rotate_place at = rotate_plan_first(&p, after_noon(0));

	(void)state;
	at = rotate_plan_next(&p, &at, after_noon(10 * SECOND + 7));
	assert_true(at.end == after_noon(20 * SECOND).steady);
	at = rotate_plan_next(&p, &at, after_noon(45 * SECOND));
	assert_true(at.end == after_noon(50 * SECOND).steady);
}

static void a_duration_begins_anew_with_each_file(void **state)
{
	struct rotate_plan p = { .names = NAMES_NUMBERED, .duration = SECOND / 2 };
	struct rotate_place at = rotate_plan_first(&p, after_noon(0));

	(void)state;
	assert_true(at.end == after_noon(SECOND / 2).steady);
	at = rotate_plan_next(&p, &at, after_noon(SECOND / 5));
	assert_true(at.end == after_noon(SECOND / 5 + SECOND / 2).steady);
}

static void an_interval_ends_at_its_multiples_of_the_day(void **state)
{
	struct rotate_plan p = { .names = NAMES_NUMBERED, .interval = 3600 * SECOND };
	struct rotate_place at = rotate_plan_first(&p, after_noon(3599 * SECOND));

	(void)state;
	assert_true(at.end == after_noon(3600 * SECOND).steady);
	at = rotate_plan_next(&p, &at, after_noon(3600 * SECOND));
	assert_true(at.end == after_noon(7200 * SECOND).steady);
	p.duration = 60 * SECOND;
	at = rotate_plan_next(&p, &at, after_noon(7190 * SECOND));
	assert_true(at.end == after_noon(7200 * SECOND).steady);
}

static void full_is_what_has_so_many_bytes_or_packets(void **state)
{
	struct rotate_plan p = { .bytes = 1000, .packets = 3 };

	(void)state;
	assert_false(rotate_plan_full(&p, 999, 2));
	assert_true(rotate_plan_full(&p, 1000, 2));
	assert_true(rotate_plan_full(&p, 24, 3));
}

static void a_name_that_does_not_fit_is_refused(void **state)
{
	struct rotate_place at = { .file.count = 1 };
	struct rotate_plan p = { 0 };
	char room[8];

	(void)state;
	assert_true(rotate_plan_name(&p, &at.file, "1234567", room, sizeof(room)));
	assert_false(rotate_plan_name(&p, &at.file, "12345678", room, sizeof(room)));
	p.names = NAMES_COUNTED;
	assert_true(rotate_plan_name(&p, &at.file, "123456", room, sizeof(room)));
	assert_false(rotate_plan_name(&p, &at.file, "1234567", room, sizeof(room)));
	p.names = NAMES_NUMBERED;
	assert_false(rotate_plan_name(&p, &at.file, "x", room, sizeof(room)));
	p = (struct rotate_plan){ .dated = true };
	assert_false(rotate_plan_name(&p, &at.file, "%Y-%m-%d", room, sizeof(room)));
	assert_false(rotate_plan_name(&p, &at.file, "", room, sizeof(room)));
}

static void only_names_that_it_makes_are_those_of_a_plan(void **state)
{
	struct rotate_plan p = { .names = NAMES_COUNTED };

	(void)state;
	assert_true(rotate_plan_makes(&p, "a/x.pcap", "a/x.pcap"));
	assert_true(rotate_plan_makes(&p, "a/x.pcap", "a/x.pcap123"));
	assert_false(rotate_plan_makes(&p, "a/x.pcap", "a/x.pcap1x"));
	assert_false(rotate_plan_makes(&p, "a/x.pcap", "a/x.pca"));
	assert_false(rotate_plan_makes(&p, "a/x.pcap", "b/x.pcap"));
	p.names = NAMES_AS_GIVEN;
	assert_false(rotate_plan_makes(&p, "x", "x1"));
	p.names = NAMES_NUMBERED;
	assert_true(rotate_plan_makes(&p, "a/x.pcap", "a/x_00001_20261121194447.pcap"));
	assert_false(rotate_plan_makes(&p, "a/x.pcap", "a/x_00001_2026112119444.pcap"));
	assert_false(rotate_plan_makes(&p, "a/x.pcap", "a/x_00001_20261121194447.pcapng"));
	p = (struct rotate_plan){ .dated = true };
	assert_true(rotate_plan_makes(&p, "x-%F_%-H%M%%.pcap", "x-2026-11-21_1959%.pcap"));
	assert_false(rotate_plan_makes(&p, "x-%F.pcap", "x-2026/11.pcap"));
	assert_false(rotate_plan_makes(&p, "x-%F.pcap", "x-2026-11-21.pcap1"));
	assert_false(rotate_plan_makes(&p, "x-%", "x-1"));
	p.names = NAMES_COUNTED;
	assert_true(rotate_plan_makes(&p, "x-%F.pcap", "x-2026-11-21.pcap1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_plan_the_name_stays_and_nothing_ends),
		cmocka_unit_test(counted_names_are_those_of_tcpdump),
		cmocka_unit_test(names_of_a_ring_sort_and_come_again),
		cmocka_unit_test(numbered_names_are_those_of_dumpcap),
		cmocka_unit_test(dated_names_tell_when_their_period_began),
		cmocka_unit_test(periods_do_not_drift_and_those_that_passed_are_left_out),
		cmocka_unit_test(a_duration_begins_anew_with_each_file),
		cmocka_unit_test(an_interval_ends_at_its_multiples_of_the_day),
		cmocka_unit_test(full_is_what_has_so_many_bytes_or_packets),
		cmocka_unit_test(a_name_that_does_not_fit_is_refused),
		cmocka_unit_test(only_names_that_it_makes_are_those_of_a_plan),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
