/* SPDX-License-Identifier: BSD-2-Clause */
/* test_flows.c - the flows screen */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void flows_are_a_screen_of_their_own(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(23, "2 Flows");
	terminal_type(&t, "2");
	assert_row(0, "dns.pcap  68 packets");
	assert_row(1, "Flows: 22");
	assert_row(1, "by bytes");
	assert_row(3, ">TCP    192.0.2.1:44083     192.0.2.2:53       CLOSED      10    1.4kB");
	assert_row(19, " TCP 192.0.2.1:44083 > 192.0.2.2:53");
	assert_row(23, "1 Packets");
	terminal_press(&t, VTERM_KEY_DOWN);
	assert_row(19, " TCP 192.0.2.1:45901 > 192.0.2.2:53");
	assert_true(terminal_wait_reverse(&t, 4, 10, true));
	terminal_type(&t, "1");
	assert_row(3, ">     1");
	terminal_type(&t, "2");
	assert_row(4, ">TCP    192.0.2.1:45901");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	quits(0);
}

static void flows_are_sorted_and_turned(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "2s");
	assert_row(1, "by packets");
	terminal_type(&t, "s");
	assert_row(1, "by rate");
	terminal_type(&t, "s");
	assert_row(1, "by start");
	assert_row(3, ">UDP    192.0.2.1:37854     192.0.2.2:53       -            2     200B");
	terminal_type(&t, "r");
	assert_row(1, "by start, reversed");
	assert_gone("192.0.2.1:37854");
	terminal_type(&t, "G");
	assert_shown(">UDP    192.0.2.1:37854");
	quits(0);
}

static void a_flow_opens_as_its_packets(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "/udp\r");
	assert_row(1, "Filter: udp");
	terminal_type(&t, "2");
	assert_row(3, ">TCP    192.0.2.1:44083");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "Filter: flow == ");
	assert_row(0, "shown 10 (");
	terminal_press(&t, VTERM_KEY_ENTER);		/* deeper: a packet of it */
	assert_shown("Detail");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Flows: 22");
	assert_row(3, ">TCP    192.0.2.1:44083");
	terminal_type(&t, "1");
	assert_row(1, "Filter: udp");
	terminal_type(&t, "2jF");
	assert_row(1, "Filter: (udp) && flow == ");
	assert_shown("no packet matches");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flows_are_a_screen_of_their_own),
		cmocka_unit_test(flows_are_sorted_and_turned),
		cmocka_unit_test(a_flow_opens_as_its_packets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
