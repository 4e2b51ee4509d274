/* SPDX-License-Identifier: BSD-2-Clause */
/* test_follow.c - the screen of what the ends of a flow say */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void what_is_said_is_shown(void **state)
{
	VTermScreenCell client, server;

	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(23, "f Follow");
	terminal_type(&t, "jf");
	assert_row(1, "Follow TCP 192.0.2.1:42882 > 192.0.2.2:7");
	assert_row(2, ">> hello");
	assert_row(3, "<< hello");
	assert_row(7, "<< bye");
	client = terminal_cell(&t, 2, 4);
	server = terminal_cell(&t, 3, 4);
	assert_memory_not_equal(&client.fg, &server.fg, sizeof(client.fg));
	terminal_type(&t, "v");
	assert_row(4, ">> 00000005  68 6f 77 20 61 72 65 20  79 6f 75 3f              how are you?");
	terminal_type(&t, "vdd");
	assert_row(2, "<< hello");
	assert_row(3, "<< how are you?");
	terminal_type(&t, "/YOU\r");
	assert_true(terminal_wait_reverse(&t, 3, 11, true));
	terminal_type(&t, "F");
	assert_row(1, "Filter: flow == 1");
	assert_row(0, "shown 14 ");
	quits(0);
}

static void esc_goes_back_to_where_it_was_asked_for(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "2");
	assert_row(3, ">TCP");
	terminal_type(&t, "f");
	assert_row(1, "Follow TCP 192.0.2.1:44083 > 192.0.2.2:53");
	assert_row(22, "> ");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Flows: 22");
	terminal_type(&t, "1f");
	assert_row(1, "Follow UDP 192.0.2.1:37854 > 192.0.2.2:53");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(3, ">     1");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_is_shown),
		cmocka_unit_test(esc_goes_back_to_where_it_was_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
