/* SPDX-License-Identifier: BSD-2-Clause */
/* test_kinds.c - sizes, terminal types, codesets, colours */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void any_size_will_do(void **state)
{
	static const int sizes[][2] = { { 4, 20 }, { 10, 40 }, { 50, 200 }, { 100, 400 }, { 5, 300 }, { 1, 1 }, { 24, 80 } };

	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		terminal_set_size(&t, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] >= 4)
			assert_shown(">     1");
		terminal_type(&t, "?");
		if (sizes[i][0] >= 4)
			assert_shown("Help");
		terminal_type(&t, "xjk");
	}
	assert_row(0, "index 100%");
	assert_row(23, "?Help");
	quits(0);
}

static void a_small_screen_has_the_list(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 4, 20);
	assert_row(0, "dns.pcap");
	assert_row(1, ">     1");
	terminal_type(&t, "jj");
	assert_row(3, ">     3");
	terminal_type(&t, "j");
	assert_row(3, ">     4");
	terminal_type(&t, "/");
	assert_row(0, "Filter:");
	terminal_type(&t, "tcp\r");
	assert_row(1, ">    21");
	quits(0);
}

static void a_storm_of_sizes_ends_with_the_last(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	for (int i = 0; i < 300; i++) {
		terminal_set_size(&t, 2 + i * 7 % 60, 1 + i * 13 % 200);
		assert_true(terminal_read(&t, 0));
	}
	terminal_set_size(&t, 30, 100);
	assert_row(29, "?Help");
	assert_row(0, "index 100%");
	assert_row(3, ">     1");
	quits(0);
}

static void too_simple_a_terminal_is_refused_in_a_line(void **state)
{
	static const char *const names[] = { "dumb", "no-such-terminal", "unknown", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int64_t ms;
		int how;

		start_as("pcaps/dns.pcap", 24, 100, names[i], "C.UTF-8");
		how = terminal_end(&t, &ms);
		assert_true(WIFEXITED(how));
		assert_int_equal(WEXITSTATUS(how), 2);
		assert_row(0, "too simple a terminal for the view: --text prints lines");
		assert_string_equal(terminal_row(&t, 1), "");
		terminal_free(&t);
	}
}

static void other_terminals_have_the_same_cells(void **state)
{
	static const char *const names[] = { "vt100", "linux", "screen", "tmux-256color", "xterm" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int64_t ms;
		int how;

		start_as("pcaps/dns.pcap", 24, 80, names[i], "C.UTF-8");
		assert_row(3, ">     1    0.000000 192.0.2.1 ");
		assert_row(23, "?Help");
		terminal_type(&t, "q");
		how = terminal_end(&t, &ms);
		assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
		terminal_free(&t);
	}
}

static void without_utf_8_all_is_ascii(void **state)
{
	(void)state;
	start_as("pcaps/dns.pcap", 40, 100, "xterm", "C");
	assert_shown("-- Hex ");
	assert_shown(" + Domain Name System");
	terminal_type(&t, "?");
	assert_shown("+- Help: packets --");
	for (int row = 0; row < t.rows; row++)
		for (const char *c = terminal_row(&t, row); *c; c++)
			assert_true((uint8_t)*c < 0x80);
	terminal_type(&t, "x");
	assert_shown(">     1");
	quits(0);
}

static bool has_colour(void)
{
	for (int row = 0; row < t.rows; row++)
		for (int column = 0; column < t.columns; column++) {
			VTermScreenCell cell = terminal_cell(&t, row, column);

			if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
				return true;
		}
	return false;
}

static void colours_are_left_out_where_nobody_wants_them(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		if (i == 1)
			setenv("NO_COLOR", "1", 1);
		start("pcaps/tcp_echo.pcap", 24, 80);
		assert_row(3, ">     1");
		assert_row(23, "?Help");
		assert_int_equal(has_colour(), i == 0);
		unsetenv("NO_COLOR");
		quits(0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(a_small_screen_has_the_list),
		cmocka_unit_test(a_storm_of_sizes_ends_with_the_last),
		cmocka_unit_test(too_simple_a_terminal_is_refused_in_a_line),
		cmocka_unit_test(other_terminals_have_the_same_cells),
		cmocka_unit_test(without_utf_8_all_is_ascii),
		cmocka_unit_test(colours_are_left_out_where_nobody_wants_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
