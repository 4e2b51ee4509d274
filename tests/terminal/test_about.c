/* SPDX-License-Identifier: BSD-2-Clause */
/* test_about.c - the screen of what the capture is */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void the_file_says_what_it_is(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "i");
	assert_row(1, "File              pcaps/dns.pcap");
	assert_row(2, "Format            pcap, little-endian, microseconds");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(3, ">     1");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_says_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
