/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_tables.c - the screens of talkers and statistics as they are drawn, without a terminal */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>

#include "decode/catalog.h"
#include "tests/unit/drawn.h"
#include "tests/unit/made.h"
#include "tests/unit/stored.h"
#include "ui/screen/graph.h"
#include "ui/screen/pointer.h"
#include "ui/screen/sift.h"
#include "ui/screen/table.h"
#include "ui/screen/tables.h"

static void talkers_are_drawn_as_stored(void **state)
{
	(void)state;
	open_whole("pcaps/multicast_v3.pcap");
	type("3");
	draw(80, 24);
	assert_screen("talkers_80x24");
	type("gggsj");
	draw(40, 10);
	assert_screen("talkers_macs_40x10");
	type("?");
	draw(80, 24);
	assert_screen("talkers_help_80x24");
	close_view();
	open_whole("pcaps/dns.pcap");
	type("3gss");
	draw(120, 40);
	assert_screen("talkers_ports_120x40");
	close_view();
}

static void statistics_are_drawn_as_stored(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("4");
	draw(80, 24);
	assert_screen("stats_80x24");
	draw(120, 40);
	assert_screen("stats_120x40");
	draw(40, 10);
	assert_screen("stats_40x10");
	type("?");
	draw(80, 24);
	assert_screen("stats_help_80x24");
	close_view();
}

/* What is too small for all shows one part; Tab goes on to the next, and back to the first. */
static void tab_shows_each_part_alone(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("4");
	draw(40, 10);
	assert_has(2, "Protocol");
	screen_key(&s, PRESS_TAB);
	draw(40, 10);
	assert_has(2, "Sizes");
	assert_has(4, "64- 127  88.2%");
	screen_key(&s, PRESS_TAB);
	draw(40, 10);
	assert_has(2, "Rate");
	assert_has(7, "0 ... 1.2");
	screen_key(&s, PRESS_TAB);
	draw(80, 24);
	assert_has(2, "Protocol");
	assert_has(13, "Sizes, bytes");
	screen_key(&s, PRESS_TAB);
	draw(80, 24);
	assert_has(2, "Protocol");
	assert_has(13, "");
	close_view();
}

static void a_click_selects_a_row(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("3");
	draw(80, 24);
	pointer_click(&s, 5);
	assert_int_equal(s.talkers.cursor, 2);
	pointer_click(&s, 15);		/* below the last */
	pointer_click(&s, 0);
	assert_int_equal(s.talkers.cursor, 2);
	type("4");
	draw(80, 24);
	pointer_click(&s, 4);
	assert_int_equal(s.stats.cursor, 1);
	pointer_click(&s, 16);		/* on the sizes */
	assert_int_equal(s.stats.cursor, 1);
	close_view();
}

static void protocols_fold(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("4");
	draw(80, 24);
	assert_int_equal(s.stats.count, 9);
	type("j<");
	draw(80, 24);
	assert_int_equal(s.stats.count, 5);
	type(">");
	draw(80, 24);
	assert_int_equal(s.stats.count, 9);
	type("jj<");
	draw(80, 24);
	assert_int_equal(s.stats.cursor, 2);
	type("-");
	draw(80, 24);
	assert_int_equal(s.stats.count, 1);
	type("+");
	draw(80, 24);
	assert_int_equal(s.stats.count, 9);
	close_view();
}

/* Enter shows so many packets as the row says; Esc comes back to it. */
static void enter_shows_the_packets_of_a_talker(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	for (uint32_t kind = 0; kind < TALKER_KINDS; kind++) {
		type("3");
		draw(80, 24);
		assert_true(s.talkers.count > 0);
		for (uint32_t i = 0; i < s.talkers.count; i++) {
			uint64_t wanted = talklist_numbers(&s.talkers, talklist_at(&s.talkers, i)).packets;

			assert_int_equal(s.talkers.cursor, i);
			type("\r");
			assert_int_equal(s.at, SCREEN_PACKETS);
			work();
			if (kind == TALKER_PROTO)	/* in others, too */
				assert_true(packets_end(&s.v) >= wanted);
			else
				assert_int_equal(packets_end(&s.v), wanted);
			type("\033");
			assert_int_equal(s.at, SCREEN_TALKERS);
			type("j");
		}
		type("g");
	}
	assert_int_equal(s.talkers.kind, TALKER_HOST);
	close_view();
}

static void enter_shows_the_packets_of_a_protocol(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("4");
	draw(80, 24);
	type("jj\r");
	work();
	assert_string_equal(s.v.sieve->text, "udp");
	assert_int_equal(packets_end(&s.v), 38);
	type("\033");
	assert_int_equal(s.at, SCREEN_STATS);
	type("X");
	work();
	assert_int_equal(s.at, SCREEN_PACKETS);
	assert_int_equal(packets_end(&s.v), 30);
	close_view();
}

/* A row of statistics is looked at by the name of its protocol. */
static void each_protocol_is_a_filter(void **state)
{
	(void)state;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		if (!sift_compiles(proto_name(protos[id])))
			fail_msg("'%s' is no filter", proto_name(protos[id]));
}

static void talkers_are_sorted_and_turned(void **state)
{
	static const char *const orders[] = { "sent", "received", "packets", "flows", "name", "bytes" };
	char first[16];

	(void)state;
	open_whole("pcaps/dns.pcap");
	type("3");
	for (uint32_t i = 0; i < 6; i++) {
		type("s");
		draw(80, 24);
		assert_has(1, orders[i]);
		snprintf(first, sizeof(first), "%.15s", row_text(3));
		type("r");
		draw(80, 24);
		assert_has(1, "reversed");
		assert_int_not_equal(strncmp(row_text(3), first, strlen(first)), 0);
		type("r");
	}
	close_view();
}

static bool walk(const char *path)
{
	static const char *const typed[] = {
		"4\t", "j<", "G>\t", "3", "gs", "jr\t", "gG", "4k\t", "3g", "\r", "\033\t", "gF", "4X\t",
	};

	return draw_at_every_size(path, typed, 13, is_ours);
}

static void each_capture_has_tables_at_every_size(void **state)
{
	(void)state;
	each_capture(walk);
}

static void a_capture_without_packets_has_empty_tables(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	open_whole(made_file(&m, m.len));
	type("3");
	draw(80, 24);
	assert_has(3, "no packet");
	type("\r");
	draw(80, 24);
	assert_has(22, "No talker");
	type("4");
	draw(80, 24);
	type("\r");
	draw(80, 24);
	assert_has(22, "No protocol");
	close_view();
	made_free(&m);
}

static void interfaces_of_a_file_are_counted(void **state)
{
	(void)state;
	open_whole("pcaps/told.made.pcapng");
	type("5");
	draw(80, 24);
	assert_has(1, "Interfaces of the file: 2");
	assert_has(3, ">eth0               Ethernet                3   60.0     141B");
	assert_has(4, "(no name)");
	assert_screen("interfaces_80x24");
	type("j");
	draw(40, 10);
	assert_has(4, ">(no name)");
	type("\033");
	assert_int_equal(s.at, SCREEN_PACKETS);
	close_view();
	open_whole("pcaps/dns.pcap");
	type("5");
	draw(80, 24);
	assert_has(3, "(no name)");
	assert_has(3, "68  100.0");
	close_view();
}

static void columns_share_what_there_is(void **state)
{
	static const struct table_column columns[] = {
		{ "a", 10, .most = 20 }, { "b", 8, .goes = 2, .right = true }, { "c", 8, .goes = 1 }, { "d", 5, .from = 60 },
	};
	static const struct { uint32_t width; uint8_t widths[4]; } cases[] = {
		{ 10, { 8, 0, 0, 0 } }, { 20, { 18, 0, 0, 0 } }, { 30, { 10, 8, 8, 0 } }, { 59, { 20, 8, 8, 0 } },
		{ 60, { 20, 8, 8, 5 } },
	};

	(void)state;
	for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct table t = table_lay(columns, 4, cases[i].width);

		for (uint32_t c = 0; c < 4; c++)
			assert_int_equal(t.width[c], cases[i].widths[c]);
	}
}

static void bars_are_as_long_as_their_amounts(void **state)
{
	static const uint64_t amount[] = { 0, 1, 50, 100 };
	struct span span;

	(void)state;
	assert_true(grid_size(&g, 16, 4));
	span = grid_span(&g, 0, 0, 10);
	graph_bar(&span, 55, 100);
	assert_string_equal(row_text(0), "█████▌");
	span = grid_span(&g, 1, 0, 10);
	graph_bar(&span, 1, 100000);
	assert_string_equal(row_text(1), "▏");
	span = grid_span(&g, 2, 0, 10);
	graph_spark(&span, amount, 4);
	assert_string_equal(row_text(2), " ▁▄█");
	assert_true(grid_size(&g, 16, 2));
	graph_draw(&g, 0, 0, 2, amount, 4, "B");
	assert_string_equal(row_text(0), "     100B│   █");
	assert_string_equal(row_text(1), "         │ ▁██");
	g.ascii = true;
	assert_true(grid_size(&g, 16, 2));
	graph_draw(&g, 0, 0, 2, amount, 4, "B");
	assert_string_equal(row_text(1), "         | .@@");
	span = grid_span(&g, 0, 0, 6);
	graph_bar(&span, 55, 60);
	assert_string_equal(row_text(0), "@@@@@#00B|   @");
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talkers_are_drawn_as_stored),
		cmocka_unit_test(statistics_are_drawn_as_stored),
		cmocka_unit_test(tab_shows_each_part_alone),
		cmocka_unit_test(a_click_selects_a_row),
		cmocka_unit_test(protocols_fold),
		cmocka_unit_test(enter_shows_the_packets_of_a_talker),
		cmocka_unit_test(enter_shows_the_packets_of_a_protocol),
		cmocka_unit_test(each_protocol_is_a_filter),
		cmocka_unit_test(talkers_are_sorted_and_turned),
		cmocka_unit_test(each_capture_has_tables_at_every_size),
		cmocka_unit_test(a_capture_without_packets_has_empty_tables),
		cmocka_unit_test(interfaces_of_a_file_are_counted),
		cmocka_unit_test(columns_share_what_there_is),
		cmocka_unit_test(bars_are_as_long_as_their_amounts),
	};

	setlocale(LC_ALL, "C.UTF-8");
	catalog_init();
	proto_init();
	options.utc = true;
	return cmocka_run_group_tests(tests, NULL, made_remove);
}
