/* SPDX-License-Identifier: BSD-2-Clause */
/* test_detail.c - the tree and the bytes of a packet */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void the_tree_unfolds_and_its_bytes_stand_out(void **state)
{
	int row;

	(void)state;
	start("pcaps/tcp_echo.pcap", 40, 100);
	assert_shown("Frame 1: ");
	terminal_press(&t, VTERM_KEY_ENTER);
	for (int i = 0; i < 3; i++)
		terminal_press(&t, VTERM_KEY_DOWN);
	terminal_press(&t, VTERM_KEY_RIGHT);
	assert_shown("tcp.srcport: 42882");
	terminal_press(&t, VTERM_KEY_DOWN);
	assert_shown("Hex  bytes 34-35 of 74");
	row = terminal_find(&t, " 0020  ");
	assert_true(row > 0);
	assert_int_equal(terminal_cell(&t, row, 13).chars[0], 'a');	/* a7 82: 42882 */
	assert_true(terminal_wait_reverse(&t, row, 13, true));
	assert_true(terminal_wait_reverse(&t, row, 17, true));
	assert_true(terminal_wait_reverse(&t, row, 19, false));
	assert_true(terminal_wait_reverse(&t, row, 10, false));
	terminal_press(&t, VTERM_KEY_LEFT);
	assert_shown("Hex  bytes 34-73 of 74");
	terminal_press(&t, VTERM_KEY_LEFT);
	assert_gone("tcp.srcport");
	terminal_type(&t, "+");
	assert_shown("ip.dst: 192.0.2.2");
	terminal_type(&t, "-");
	assert_gone("ip.dst: 192.0.2.2");
	quits(0);
}

static void a_byte_selects_its_field(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 40, 100);
	assert_shown("Frame 1: ");
	terminal_press(&t, VTERM_KEY_TAB);
	terminal_press(&t, VTERM_KEY_TAB);
	assert_shown("Hex  byte 0 of 74");
	for (int i = 0; i < 2; i++)
		terminal_press(&t, VTERM_KEY_DOWN);
	for (int i = 0; i < 4; i++)
		terminal_press(&t, VTERM_KEY_RIGHT);
	assert_shown("Hex  byte 36 of 74");
	assert_shown("tcp.dstport: 7");
	assert_row(39, "?Help");
	assert_true(terminal_cell(&t, terminal_find(&t, "tcp.dstport: 7"), 8).attrs.underline);
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tree_unfolds_and_its_bytes_stand_out),
		cmocka_unit_test(a_byte_selects_its_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
