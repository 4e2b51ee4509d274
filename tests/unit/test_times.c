/* SPDX-License-Identifier: BSD-2-Clause */
/* test_times.c - when a packet was seen, in every form */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "ui/times.h"

static const char *text_of(struct times *t, int64_t sec, uint64_t nsec)
{
	static char text[64];
	struct out o = { text, text + sizeof(text) - 1 };
	struct packet p = { .sec = sec, .nsec = nsec };

	times_put(t, &o, &p);
	*o.at = '\0';
	return text;
}

static void time_of_day_has_six_digits_or_nine(void **state)
{
	struct times t = { .form = TIME_OF_DAY, .utc = true };

	(void)state;
	assert_string_equal(text_of(&t, 1700000000, 123456789), "22:13:20.123456 ");
	t.nano = true;
	assert_string_equal(text_of(&t, 1700000001, 5), "22:13:21.000000005 ");
}

static void minute_and_day_roll_over(void **state)
{
	struct times t = { .form = TIME_DATE, .utc = true };

	(void)state;
	assert_string_equal(text_of(&t, 1704067199, 0), "2023-12-31 23:59:59.000000 ");
	assert_string_equal(text_of(&t, 1704067200, 0), "2024-01-01 00:00:00.000000 ");
	assert_string_equal(text_of(&t, 1704067199, 999), "2023-12-31 23:59:59.000000 ");
}

static void local_zone_is_asked_for_and_right(void **state)
{
	struct times t = { .form = TIME_OF_DAY };

	(void)state;
	setenv("TZ", "XYZ-05:45", 1);
	tzset();
	assert_string_equal(text_of(&t, 1704067199, 0), "05:44:59.000000 ");
	assert_string_equal(text_of(&t, 1704067200, 0), "05:45:00.000000 ");
}

static void differences_count_from_the_line_before_or_the_first(void **state)
{
	struct times t = { .form = TIME_DELTA }, u = { .form = TIME_FIRST };

	(void)state;
	assert_string_equal(text_of(&t, 100, 900000000), " 00:00:00.000000 ");
	assert_string_equal(text_of(&t, 102, 100000000), " 00:00:01.200000 ");
	assert_string_equal(text_of(&t, 102, 100001000), " 00:00:00.000001 ");
	assert_string_equal(text_of(&u, 100, 900000000), " 00:00:00.000000 ");
	assert_string_equal(text_of(&u, 102, 100000000), " 00:00:01.200000 ");
	assert_string_equal(text_of(&u, 3702, 100001000), " 01:00:01.200001 ");
}

static void clock_going_back_shows_a_minus_sign(void **state)
{
	struct times t = { .form = TIME_DELTA };

	(void)state;
	text_of(&t, 100, 500000000);
	assert_string_equal(text_of(&t, 99, 600000000), "-00:00:00.900000 ");
	assert_string_equal(text_of(&t, 99, 700000000), " 00:00:00.100000 ");
}

static void damaged_times_have_differences_of_sane_digits(void **state)
{
	struct times t = { .form = TIME_DELTA };

	(void)state;
	text_of(&t, 5, 999000);
	assert_string_equal(text_of(&t, 5, 4294967295000), " 01:11:34.966296 ");
	assert_string_equal(text_of(&t, 5, 999000), "-01:11:34.966296 ");
	text_of(&t, INT64_MIN, 0);
	assert_string_equal(text_of(&t, INT64_MAX, 0), " 5124095576030431:00:15.000000 ");
}

static void a_far_date_is_whole(void **state)
{
	struct times t = { .form = TIME_DATE, .utc = true };

	(void)state;
	assert_string_equal(text_of(&t, -67768040609740800, 0),
			    "-2147481748-01-01 00:00:00.000000 ");
}

static void damaged_times_are_printed_as_stored(void **state)
{
	struct times t = { .form = TIME_EPOCH };

	(void)state;
	assert_string_equal(text_of(&t, 4294967295, 4294967295000), "4294967295.4294967295 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_of_day_has_six_digits_or_nine),
		cmocka_unit_test(minute_and_day_roll_over),
		cmocka_unit_test(local_zone_is_asked_for_and_right),
		cmocka_unit_test(differences_count_from_the_line_before_or_the_first),
		cmocka_unit_test(clock_going_back_shows_a_minus_sign),
		cmocka_unit_test(damaged_times_have_differences_of_sane_digits),
		cmocka_unit_test(a_far_date_is_whole),
		cmocka_unit_test(damaged_times_are_printed_as_stored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
