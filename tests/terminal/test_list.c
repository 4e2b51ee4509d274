/* SPDX-License-Identifier: BSD-2-Clause */
/* test_list.c - the list of packets: moving, going to one, finding, marks, times */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void a_file_opens_as_a_list_with_details(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(0, "dns.pcap  68 packets");
	assert_row(0, "index 100%");
	assert_row(1, "Filter: -");
	assert_row(2, "No.");
	assert_row(3, ">     1    0.000000 192.0.2.1       192.0.2.2       DNS");
	assert_shown("Frame 1: ");
	assert_shown("\u25b8 Domain Name System");
	assert_row(23, "?Help");
	assert_true(terminal_wait_reverse(&t, 3, 10, true));
	assert_true(terminal_wait_reverse(&t, 4, 10, false));
	shows_screen("list_80x24", "?Help");
	quits(0);
}

static void keys_move_in_the_list(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_press(&t, VTERM_KEY_DOWN);
	assert_row(4, ">     2");
	terminal_type(&t, "j");
	assert_row(5, ">     3");
	terminal_type(&t, "k");
	assert_row(4, ">     2");
	terminal_press(&t, VTERM_KEY_PAGEDOWN);
	assert_shown(">    1");
	terminal_type(&t, "G");
	assert_shown(">    68");
	terminal_press(&t, VTERM_KEY_HOME);
	assert_row(3, ">     1");
	terminal_press(&t, VTERM_KEY_END);
	assert_shown(">    68");
	terminal_control(&t, 'u');
	assert_gone(">    68");
	terminal_type(&t, "g");
	assert_row(3, ">     1");
	quits(0);
}

static void a_packet_is_gone_to_by_its_number(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, ":30\r");
	assert_shown(">    30");
	terminal_type(&t, ":300\r");
	assert_shown("There is no packet 300: there are 1 to 68");
	terminal_type(&t, "j");
	assert_shown(">    31");
	assert_gone("There is no packet");
	quits(0);
}

static void text_and_bytes_are_found(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_control(&t, 'f');
	terminal_type(&t, "aaaa?\r");
	assert_shown(">     3");
	terminal_type(&t, "n");
	assert_gone(">     3");
	terminal_type(&t, "N");
	assert_shown(">     3");
	terminal_control(&t, 'f');
	terminal_type(&t, "0xc0000250\r");		/* 192.0.2.80 */
	assert_gone(">     3");
	terminal_control(&t, 'f');
	terminal_type(&t, "nobody says that\r");
	assert_shown("Not found: nobody says that");
	quits(0);
}

static void fields_are_found(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_control(&t, 'f');
	terminal_type(&t, "=dns.qry.typ");
	assert_shown("dns.qry.type");		/* how it may go on */
	terminal_type(&t, "\t == 28\r");
	assert_shown(">     3");
	terminal_type(&t, "n");
	assert_shown(">     4");
	terminal_type(&t, "N");
	assert_shown(">     3");
	terminal_control(&t, 'f');
	terminal_type(&t, "=ip.ttl == x");
	assert_shown("BAD c12");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	terminal_control(&t, 'f');
	terminal_type(&t, "=tcp.port == 1\r");
	assert_shown("Not found: =tcp.port == 1");
	terminal_control(&t, 'f');
	terminal_type(&t, "=flow == 1");
	assert_shown("only a filter (/) knows flows");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	quits(0);
}

static void marks_are_kept_and_found(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "jjmGm");
	assert_row(0, "marked 2");
	terminal_type(&t, "g");
	assert_row(5, "*     3");
	terminal_type(&t, "M");
	assert_row(5, ">     3");
	terminal_type(&t, "U");
	assert_row(0, "marked 0");
	terminal_type(&t, "M");
	assert_shown("No packet is marked");
	quits(0);
}

static void times_have_forms(void **state)
{
	static const char *const forms[] = {
		"0.000000", "0.000000", "03:39:40.294442", "2026-11-21 03:39:40.294442", "1795232380.294442",
	};

	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 100);
	assert_row(3, "0.000000");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		terminal_type(&t, "t");
		assert_shown("Times ");
		assert_row(3, forms[i]);
	}
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_opens_as_a_list_with_details),
		cmocka_unit_test(keys_move_in_the_list),
		cmocka_unit_test(a_packet_is_gone_to_by_its_number),
		cmocka_unit_test(text_and_bytes_are_found),
		cmocka_unit_test(fields_are_found),
		cmocka_unit_test(marks_are_kept_and_found),
		cmocka_unit_test(times_have_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
