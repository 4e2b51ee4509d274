/* SPDX-License-Identifier: BSD-2-Clause */
/* test_filter.c - the filter bar */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void a_filter_is_checked_as_it_is_typed_and_applied(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/tcp.flags.pus");
	assert_row(1, "incomplete");
	assert_row(2, "tcp.flags.push");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(1, "Filter: tcp.flags.push ");
	assert_row(1, "ok");
	terminal_type(&t, " ==");
	assert_row(1, "incomplete");
	assert_row(2, "^");
	terminal_press(&t, VTERM_KEY_ENTER);
	terminal_type(&t, " 1");
	assert_row(1, "ok");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "6 match");
	assert_row(3, ">     4");
	assert_row(0, "shown 6 (42.9%)");
	terminal_type(&t, "/");
	terminal_control(&t, 'u');
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(0, "shown 14 (100.0%)");
	assert_row(1, "Filter: -");
	quits(0);
}

static void a_wrong_filter_says_where_and_what_is_meant(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/tcp.prt == 443");
	assert_row(1, "BAD c1");
	assert_row(2, "         ^ 'tcp.prt' is neither a field nor a protocol; is it tcp.p");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "BAD c1");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	terminal_type(&t, "/ip.addr == 10.0.0.0/33");
	assert_row(1, "BAD c12");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	assert_row(3, ">     1");
	quits(0);
}

static void old_filters_come_back(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	terminal_type(&t, "/tcp.flags.syn == 1\r");
	assert_row(1, "2 match");
	terminal_type(&t, "/");
	terminal_control(&t, 'u');
	terminal_type(&t, "udp\r");
	assert_row(1, "0 match");
	assert_shown("no packet matches");
	terminal_type(&t, "/");
	terminal_press(&t, VTERM_KEY_UP);
	terminal_press(&t, VTERM_KEY_UP);
	assert_row(1, "tcp.flags.syn == 1");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "2 match");
	quits(0);
}

static void values_of_packets_in_sight_are_offered(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/ip.src ==\t");
	assert_row(1, "Filter: ip.src ==192.0.2.");
	assert_row(2, "Tab: 192.0.2.1 192.0.2.2");
	terminal_type(&t, "1\t");
	assert_row(1, "ok");
	terminal_control(&t, 'u');
	terminal_type(&t, "dns.qry.name eq \"www\t");
	assert_row(1, "dns.qry.name eq \"www.example.org\"");
	assert_row(1, "ok");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "match");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_filter_is_checked_as_it_is_typed_and_applied),
		cmocka_unit_test(a_wrong_filter_says_where_and_what_is_meant),
		cmocka_unit_test(old_filters_come_back),
		cmocka_unit_test(values_of_packets_in_sight_are_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
