/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen.c - the view as it is drawn, without a terminal */
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
#include "ui/screen/frame.h"

static void screens_are_as_stored(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	draw(80, 24);
	assert_screen("list_80x24");
	type("jj\r");
	for (int i = 0; i < 4; i++)
		screen_key(&s, PRESS_DOWN);
	screen_key(&s, PRESS_RIGHT);
	type("jjj");
	draw(80, 24);
	assert_screen("detail_80x24");
	type("\033/dns.flags.response == 1 && dns.count.answers > 1\r");
	draw(120, 40);
	s.sifted_ns = 0;
	draw(120, 40);
	assert_screen("filter_120x40");
	type("/");
	screen_key(&s, PRESS_CTRL_U);
	type("dns.flags.respnse == 1");
	draw(80, 12);
	assert_screen("wrong_filter_80x12");
	type("\033/");
	screen_key(&s, PRESS_CTRL_U);
	type("tcp.option");
	draw(80, 12);
	assert_screen("begun_filter_80x12");
	type("\033?");
	draw(80, 24);
	assert_screen("help_80x24");
	type("x");
	draw(20, 4);
	assert_screen("list_20x4");
	draw(40, 10);
	assert_screen("list_40x10");
	close_view();
}

/* Whatever a packet says, in each pane, as it is walked through. */
static bool walk(const char *path)
{
	static const char *const typed[] = { "j", "\tj+", "zj", "\t", "jzG", "|", "g>", "|m", "t", "<", "-" };

	return draw_at_every_size(path, typed, 11, is_ours);
}

static void every_capture_is_drawn_at_every_size(void **state)
{
	(void)state;
	each_capture(walk);
}

/* Also where what they count from is not in sight, nor shown. */
static void rows_have_relative_sequence_numbers(void **state)
{
	(void)state;
	open_whole("pcaps/tcp_echo.pcap");
	type("|");
	draw(160, 24);
	assert_non_null(strstr(row_text(4), "7 > 42882 [S.], seq 853213693, ack 1420385207"));
	assert_non_null(strstr(row_text(6), "42882 > 7 [P.], seq 1:6, ack 1, win 63"));
	type("/frame.number == 5 || frame.number > 13\r");
	draw(160, 24);
	assert_non_null(strstr(row_text(3), "7 > 42882 [.], ack 6, win 64"));
	close_view();
}

static void no_row_belongs_to_two(void **state)
{
	(void)state;
	for (uint32_t height = 1; height < 120; height++) {
		for (uint32_t i = 0; i < LAYOUTS * PANES * 2; i++) {
			struct packets v = {
				.layout = (enum layout)(i % LAYOUTS), .focus = (enum pane)(i / LAYOUTS % PANES),
				.zoomed = i / LAYOUTS / PANES, .lower = PANE_DETAIL,
			};
			struct rows r = frame_rows(&v, height);
			uint8_t used[120] = { 0 };
			const uint32_t single[] = { r.title, r.filter, r.head, r.status, r.keys, r.divider[PANE_DETAIL],
						    r.divider[PANE_HEX] };

			for (size_t n = 0; n < sizeof(single) / sizeof(single[0]); n++)
				if (single[n] != ROW_NONE)
					assert_int_equal(used[single[n]]++, 0);
			for (enum pane p = 0; p < PANES; p++)
				for (uint32_t n = 0; n < r.height[p]; n++)
					assert_int_equal(used[r.at[p] + n]++, 0);
			for (uint32_t n = height; n < 120; n++)
				assert_int_equal(used[n], 0);
			assert_true(r.height[PANE_LIST] + r.height[PANE_DETAIL] + r.height[PANE_HEX] > 0);
		}
	}
}

static void each_key_means_one_thing_on_a_screen_and_each_action_has_a_key(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < keys_count; i++) {
		assert_non_null(keys[i].does);
		assert_int_not_equal(keys[i].on & ON_ANY, 0);
		assert_true(strlen(keys[i].name) < 12 && strlen(keys[i].does) < 25);
		for (enum screen_id screen = 0; screen < KEY_SCREENS; screen++)
			for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++)
				if (keys[i].on & 1 << screen)
					assert_int_equal(key_action(screen, keys[i].press[n]), keys[i].action);
	}
	for (enum action action = ACTION_NONE + 1; action <= ACTION_QUIT; action++) {
		uint32_t anywhere = 0;

		for (enum screen_id screen = 0; screen < KEY_SCREENS; screen++) {
			uint32_t found = 0;

			for (uint32_t i = 0; i < keys_count; i++)
				found += keys[i].action == action && keys[i].on & 1 << screen;
			assert_true(found <= 1);
			anywhere += found;
		}
		assert_true(anywhere > 0);
	}
	assert_int_equal(key_action(SCREEN_PACKETS, PRESS_OTHER), ACTION_NONE);
	assert_int_equal(key_action(SCREEN_PACKETS, 'v'), ACTION_NONE);
}

static void text_is_clipped_and_made_safe(void **state)
{
	struct span span;

	(void)state;
	assert_true(grid_size(&g, 10, 2));
	span = grid_span(&g, 0, 2, 5);
	span_text(&span, "a\033\xc2\x9b\xff\xe2\x80\xae""bcd", 12);
	assert_string_equal(row_text(0), "  a..?.");
	span = grid_span(&g, 1, 7, 50);
	span_str(&span, "abcd\xe2\x94\x80");
	assert_string_equal(row_text(1), "       abc");
	span = grid_span(&g, 2, 0, 10);
	span_str(&span, "below the last row");
	span = grid_span(&g, 0, 20, 10);
	span_str(&span, "beside the last column");
	assert_string_equal(row_text(0), "  a..?.");
	grid_free(&g);
}

static void a_wide_character_is_never_halved(void **state)
{
	struct span span;

	(void)state;
	assert_true(grid_size(&g, 5, 1));
	span = grid_span(&g, 0, 0, 5);
	span_str(&span, "\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad");
	assert_int_equal(g.cell[0].ch, 0x4e2d);
	assert_int_equal(g.cell[1].ch, 0);
	assert_int_equal(g.cell[2].ch, 0x4e2d);
	assert_int_equal(g.cell[4].ch, ' ');
	grid_free(&g);
}

static void without_utf_8_there_are_other_signs(void **state)
{
	struct span span;

	(void)state;
	g.ascii = true;
	assert_true(grid_size(&g, 10, 1));
	span = grid_span(&g, 0, 0, 10);
	span_str(&span, "\xe2\x94\x80\xe2\x96\xb8\xe2\x96\xbe\xe2\x80\xa6\xe2\x94\x82\xc3\xa4");
	assert_string_equal(row_text(0), "-+-~|?");
	grid_free(&g);
}

/* "1.233 s", cut, would be "1.23". */
static void no_number_of_the_title_is_cut(void **state)
{
	(void)state;
	open_whole("pcaps/tls.pcap");
	draw(80, 24);
	assert_string_equal(row_text(0), " tls.pcap  179 packets  61.0 kB        shown 179 (100.0%)  marked 0  index 100%");
	draw(90, 24);
	assert_has(0, " 61.0 kB  1.233 s  ");
	close_view();
}

static void the_first_screen_does_not_wait_for_the_index(void **state)
{
	(void)state;
	assert_true(open_view(made_many()));
	assert_true(screen_work(&s, 0));
	assert_true(grid_size(&g, 80, 24));
	screen_draw(&s, &g);
	assert_true(store_count(s.v.store) < 100000);
	assert_has(3, ">     1");
	assert_null(strstr(row_text(0), "index 100%"));
	type("G");
	screen_draw(&s, &g);
	work();
	type("G");
	draw(80, 24);
	assert_int_equal(s.v.cursor, 99999);
	close_view();
}

static void a_cursor_stays_in_sight_and_stands_out(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	draw(80, 24);
	assert_int_equal(g.cursor_row, 3);
	assert_true(style_at(3, 30) & STYLE_REVERSE);
	type("GGk");
	draw(80, 24);
	assert_true(style_at(g.cursor_row, 30) & STYLE_REVERSE);
	assert_has(g.cursor_row, ">    67");
	draw(80, 8);
	assert_has(g.cursor_row, ">    67");
	close_view();
}

static void an_empty_capture_says_so(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	open_whole(made_file(&m, m.len));
	type("jG\r\t\t+:1\r/ip\rmMn");
	draw(80, 24);
	assert_has(3, "no packet matches");
	type("/");
	screen_key(&s, PRESS_CTRL_U);
	type("\r");
	draw(80, 24);
	assert_has(3, "no packet is in the file");
	close_view();
	made_free(&m);
}

static void rates_are_those_of_the_last_second(void **state)
{
	struct pulse p = { 0 };

	(void)state;
	assert_int_equal(pulse_timeout(&p, 0, 5000), -1);
	assert_true(pulse_tick(&p, 0, 0, 5000));
	assert_false(pulse_tick(&p, 50, 5000, 5999));
	assert_true(pulse_tick(&p, 100, 10000, 6000));
	assert_int_equal(p.packets, 100);
	assert_int_equal(p.bits, 80000);
	assert_int_equal(pulse_timeout(&p, 100, 6100), 900);
	assert_true(pulse_tick(&p, 150, 15000, 8000));		/* 50 in two seconds */
	assert_int_equal(p.packets, 25);
	assert_int_equal(p.history[PULSE_SECONDS - 3], 100);
	assert_int_equal(p.history[PULSE_SECONDS - 2], 25);
	assert_int_equal(p.history[PULSE_SECONDS - 1], 25);
	assert_int_equal(p.history[0], 0);
	for (int i = 0; i < PULSE_SECONDS; i++)
		assert_true(pulse_tick(&p, 150, 15000, 9000 + 1000 * i));
	assert_int_equal(pulse_timeout(&p, 150, 20000), -1);	/* nothing came: nothing to be waited for */
	assert_false(pulse_tick(&p, 160, 15400, 90000));	/* what ends the silence is of the second that begins */
	assert_int_equal(pulse_timeout(&p, 160, 90000), 1000);
	assert_true(pulse_tick(&p, 190, 16000, 91000));
	assert_int_equal(p.packets, 40);
}

/* As in a live capture, though these packets are stored. */
static void the_first_line_of_a_live_view_says_what_is_lost(void **state)
{
	static struct ledger ledger = { .dropped = 7, .skipped = 3, .file_bytes = 93123456, .ring_fill = 2 };
	static struct options live;

	(void)state;
	live = options;
	live.write = "today.pcap";
	open_whole("pcaps/dns.pcap");
	s.ledger = &ledger;
	s.v.options = &live;
	s.v.name = "eth0";
	pulse_tick(&s.pulse, 0, 0, 1000);
	pulse_tick(&s.pulse, 12345, 1000000, 2000);
	draw(120, 24);
	assert_has(0, " eth0 LIVE 12.3kpps 8.0Mb/s          \u2588");
	assert_has(0, "packets 68  shown 68  drop 7  skipped 3");
	assert_int_equal(style_at(0, 118) & STYLE_INK, INK_PROBLEM);
	assert_has(22, " w: today.pcap 93.1 MB ok  ring 2%  G follows  kept 0%");
	draw(75, 24);
	assert_has(0, " eth0 LIVE 12.3kpps 8.0Mb/s          \u2588");
	assert_has(0, " pkts 68 shown 68 drop 7 skip 3");
	draw(40, 10);
	assert_has(0, " eth0 LIVE 12.3kpps");
	assert_has(0, " drop 7 skip 3");
	assert_has(8, " w: 93.1 MB ok  ring 2%  G follows");
	draw(20, 10);
	assert_has(0, " drop 7 skip 3");
	ledger.file_failed = true;
	live.write = "/var/tmp/of/a/long/name/today.pcap";
	draw(80, 24);
	assert_has(22, "/today.pcap 93.1 MB FAILED  ring 2%");
	s.v.paused = true;
	s.v.limit = 60;
	draw(120, 24);
	assert_has(0, " eth0 PAUSED +8 ");
	assert_has(0, "shown 60 ");
	type("G");
	draw(120, 24);
	assert_int_equal(s.v.cursor, 59);
	close_view();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_are_as_stored),
		cmocka_unit_test(every_capture_is_drawn_at_every_size),
		cmocka_unit_test(rows_have_relative_sequence_numbers),
		cmocka_unit_test(no_row_belongs_to_two),
		cmocka_unit_test(each_key_means_one_thing_on_a_screen_and_each_action_has_a_key),
		cmocka_unit_test(text_is_clipped_and_made_safe),
		cmocka_unit_test(a_wide_character_is_never_halved),
		cmocka_unit_test(without_utf_8_there_are_other_signs),
		cmocka_unit_test(no_number_of_the_title_is_cut),
		cmocka_unit_test(the_first_screen_does_not_wait_for_the_index),
		cmocka_unit_test(a_cursor_stays_in_sight_and_stands_out),
		cmocka_unit_test(an_empty_capture_says_so),
		cmocka_unit_test(rates_are_those_of_the_last_second),
		cmocka_unit_test(the_first_line_of_a_live_view_says_what_is_lost),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	options.utc = true;
	proto_init();
	catalog_init();
	return cmocka_run_group_tests(tests, NULL, made_remove);
}
