/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_about.c - what the capture is, as it is drawn, without a terminal */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>

#include "decode/catalog.h"
#include "tests/unit/drawn.h"

static void what_the_file_says_is_drawn(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("i");
	draw(80, 24);
	assert_int_equal(s.at, SCREEN_ABOUT);
	assert_screen("about_80x24");
	type("j");
	draw(40, 8);
	assert_has(1, "Format");
	type("\033");
	assert_int_equal(s.at, SCREEN_PACKETS);
	close_view();
}

static void it_is_read_bit_by_bit_and_once(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("i");
	assert_true(grid_size(&g, 80, 24));
	screen_draw(&s, &g);
	assert_has(1, "reading the file");
	assert_non_null(s.about.reader);
	type("1");
	work();
	assert_non_null(s.about.reader);	/* only while it is looked at */
	type("i");
	work();
	assert_null(s.about.reader);
	type("\033i");
	assert_null(s.about.reader);
	close_view();
}

static void live_every_fate_is_told(void **state)
{
	struct ledger ledger = { .seen = 120, .dropped = 20, .fate = { [FATE_CAPTURED] = 90, [FATE_FILTERED] = 10 } };

	(void)state;
	open_whole("pcaps/dns.pcap");
	s.ledger = &ledger;
	strcpy(s.capture_filter, "port 53");	/* as B has changed it */
	type("i");
	draw(100, 30);
	assert_has(2, "Filter            port 53");
	*s.capture_filter = '\0';
	draw(100, 30);
	assert_has(1, "Interface         pcaps/dns.pcap");
	assert_has(2, "Filter            none");
	assert_has(5, "Packets           90 packets captured");
	assert_has(6, "120 packets received by filter");
	assert_has(7, "20 packets dropped by kernel");
	close_view();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_file_says_is_drawn),
		cmocka_unit_test(it_is_read_bit_by_bit_and_once),
		cmocka_unit_test(live_every_fate_is_told),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	options.utc = true;
	proto_init();
	catalog_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
