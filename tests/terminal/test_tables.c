/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tables.c - the screens of talkers and statistics */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void talkers_are_a_screen_of_their_own(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "3");
	assert_row(1, "Talkers: 4 hosts");
	assert_row(3, ">192.0.2.1          6.4kB     2.9kB     3.4kB      62     19  87%");
	assert_true(terminal_wait_reverse(&t, 3, 10, true));
	terminal_type(&t, "g");
	assert_row(1, "Talkers: 24 ports");
	terminal_type(&t, "ss");
	assert_row(1, "by received");
	assert_row(3, ">udp/53");
	terminal_press(&t, VTERM_KEY_DOWN);
	assert_true(terminal_wait_reverse(&t, 4, 10, true));
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "Filter: tcp.port == 53");
	assert_row(0, "shown 30 (");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(4, ">tcp/53");
	terminal_type(&t, "g");
	assert_row(1, "protocols");
	terminal_type(&t, "g");
	assert_row(1, "link addresses");
	quits(0);
}

static void statistics_are_a_screen_of_their_own(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 40, 120);
	terminal_type(&t, "4");
	assert_row(1, "bad checksums 0");
	assert_row(3, ">\u25be Ethernet");
	assert_shown("128- 255  10.3%");
	assert_shown("0 ... 1.22");
	terminal_type(&t, "jj");
	assert_row(5, ">");
	terminal_press(&t, VTERM_KEY_LEFT);
	assert_row(5, "\u25b8 User Datagram Protocol");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_gone("128- 255");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(2, "Sizes");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(2, "Rate");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_shown("128- 255");
	terminal_type(&t, "F");
	assert_row(1, "Filter: udp");
	quits(0);
}

/* Bars and trees too. */
static void tables_are_of_ascii_where_the_terminal_is(void **state)
{
	(void)state;
	start_as("pcaps/dns.pcap", 24, 80, "xterm-256color", "C");
	terminal_type(&t, "4");
	assert_row(3, ">- Ethernet               68  100.0    7.3kB  100.0    47.5k @@@@@@@@");
	assert_shown("  64- 127  88.2% @@@@@@");
	terminal_type(&t, "3");
	assert_row(3, "87% @@@@@@");
	quits(0);
}

static void small_terminals_have_the_same_tables(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 10, 40);
	terminal_type(&t, "4");
	assert_row(2, "Protocol");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(2, "Sizes");
	terminal_type(&t, "3");
	assert_row(3, ">192.0.2.1");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talkers_are_a_screen_of_their_own),
		cmocka_unit_test(statistics_are_a_screen_of_their_own),
		cmocka_unit_test(tables_are_of_ascii_where_the_terminal_is),
		cmocka_unit_test(small_terminals_have_the_same_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
