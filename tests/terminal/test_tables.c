/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tables.c - the screens of talkers and statistics */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void talkers_are_a_screen_of_their_own(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_shown("?Help");
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
	assert_shown("?Help");
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
	start_as("pcaps/dns.pcap", 24, 80, "screen-256color", "C");
	assert_shown("?Help");
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
	assert_shown("?Help");
	terminal_type(&t, "4");
	assert_row(2, "Protocol");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(2, "Sizes");
	terminal_type(&t, "3");
	assert_row(3, ">192.0.2.1");
	quits(0);
}

/* Which interfaces there are is the machine's business; lo is one. */
static void without_arguments_an_interface_is_chosen(void **state)
{
	char *argv[] = { (char *)program(), (char *)"--ascii", NULL };

	(void)state;
	terminal_start(&t, argv, 24, 80, "xterm-256color", "C.UTF-8");
	assert_row(0, "Choose an interface");
	assert_row(1, "Address");
	assert_row(17, "-- ");
	assert_shown(" lo ");
	assert_row(19, "Capture filter: every packet");
	terminal_type(&t, "/por");
	assert_row(22, "filter 'por':");
	assert_row(19, "BAD");
	terminal_press(&t, VTERM_KEY_ENTER);
	terminal_type(&t, "t 53");
	assert_row(19, "valid");
	terminal_press(&t, VTERM_KEY_ENTER);
	terminal_type(&t, "pox.pcap");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(20, "Write to: x.pcap");
	assert_row(21, "[ ] promiscuous");
	terminal_type(&t, "?");
	assert_row(0, "Help: choose an interface");
	terminal_type(&t, " ");
	assert_row(0, "Choose an interface");
	terminal_set_size(&t, 10, 40);
	assert_row(5, "Capture filter: port 53");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	ends(0);
}

/* As through sudo: the variable is known to a process above only. */
static void the_ssh_session_around_is_found(void **state)
{
	char *argv[] = {
		(char *)"/usr/bin/env", (char *)"SSH_CONNECTION=192.0.2.7 5000 192.0.2.8 22", (char *)"sh", (char *)"-c",
		(char *)"env -u SSH_CONNECTION \"$0\"; exit $?", (char *)program(), NULL,
	};

	(void)state;
	terminal_start(&t, argv, 24, 80, "xterm-256color", "C.UTF-8");
	assert_row(19, "every packet");
	terminal_type(&t, "x");
	assert_row(19, "Capture filter: not (host 192.0.2.7 and port 5000)");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talkers_are_a_screen_of_their_own),
		cmocka_unit_test(statistics_are_a_screen_of_their_own),
		cmocka_unit_test(tables_are_of_ascii_where_the_terminal_is),
		cmocka_unit_test(small_terminals_have_the_same_tables),
		cmocka_unit_test(without_arguments_an_interface_is_chosen),
		cmocka_unit_test(the_ssh_session_around_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
