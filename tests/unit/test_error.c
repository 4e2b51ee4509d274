/* SPDX-License-Identifier: BSD-2-Clause */
/* test_error.c - what is said of an error is safe for a terminal */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "capture/error.h"

static void assert_cleaned(const char *from, const char *want)
{
	char to[100];

	assert_string_equal(error_clean(to, sizeof(to), from), want);
}

static void what_steers_a_terminal_is_shown_as_numbers(void **state)
{
	(void)state;
	assert_cleaned("a\033[31mb\n\x7f", "a\\x1b[31mb\\x0a\\x7f");
	assert_cleaned("\x9b" "31m", "\\x9b31m");			/* C1, one byte */
	assert_cleaned("\xc2\x9b" "31m", "\\xc2\\x9b31m");		/* C1, in UTF-8 */
	assert_cleaned("a\xe2\x80\xae" "b", "a\\xe2\\x80\\xaeb");	/* right to left */
}

static void names_in_utf8_are_left_as_they_are(void **state)
{
	static const char name[] = "gr\xc3\xb6\xc3\x9f" "e \xe2\x82\xac \xf0\x9f\x90\xa7";

	(void)state;
	assert_cleaned(name, name);
}

static void what_is_no_utf8_is_shown_as_numbers(void **state)
{
	(void)state;
	assert_cleaned("\xc3", "\\xc3");
	assert_cleaned("\xc0\x9b", "\\xc0\\x9b");		/* longer than it need be */
	assert_cleaned("\xe0\x82\x9b", "\\xe0\\x82\\x9b");
	assert_cleaned("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");	/* beyond Unicode */
	assert_cleaned("\xff", "\\xff");
}

static void what_does_not_fit_is_left_out(void **state)
{
	char to[16];

	(void)state;
	for (size_t size = 1; size <= sizeof(to); size++) {
		memset(to, 'x', sizeof(to));
		error_clean(to, size, "\033\xc3\xb6" "bc\033\033");
		assert_true(strlen(to) < size);
	}
}

static void an_error_is_cleaned_where_it_is_set(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(error_set(&e, STATUS_USAGE, "%s: no", "\033c"), -STATUS_USAGE);
	assert_string_equal(e.text, "\\x1bc: no");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_steers_a_terminal_is_shown_as_numbers),
		cmocka_unit_test(names_in_utf8_are_left_as_they_are),
		cmocka_unit_test(what_is_no_utf8_is_shown_as_numbers),
		cmocka_unit_test(what_does_not_fit_is_left_out),
		cmocka_unit_test(an_error_is_cleaned_where_it_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
