/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_flows.c - the screen of flows as it is drawn, without a terminal */
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
#include "ui/flow_text.h"

static const struct flows *table(void)
{
	return &s.flows.table->flows;
}

static void flows_are_drawn_as_stored(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("2");
	draw(80, 24);
	assert_screen("flows_80x24");
	type("sjjj");
	draw(120, 30);
	assert_screen("flows_120x30");
	type("r?");
	draw(80, 24);
	assert_screen("flows_help_80x24");
	type("x");
	draw(40, 10);
	assert_screen("flows_40x10");
	draw(20, 4);
	assert_screen("flows_20x4");
	close_view();
}

static void nothing_is_counted_before_flows_are_asked_for(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("jj\r\033/udp\r");
	draw(80, 24);
	assert_null(s.flows.table);
	type("2");
	assert_non_null(s.flows.table);
	assert_int_equal(table()->packets, 0);
	draw(80, 24);
	assert_int_equal(table()->packets, store_count(s.v.store));
	close_view();
}

static bool walk(const char *path)
{
	static const char *const typed[] = { "2", "js", "Gr", "k", "sg", "\033", "2", "1", "2j", "\r", "\033", "sF", "2X" };

	return draw_at_every_size(path, typed, 13, is_ours);
}

static void each_capture_has_flows_at_every_size(void **state)
{
	(void)state;
	each_capture(walk);
}

/* Enter shows as many packets as the flow has; Esc comes back to it, and to what was shown before. */
static void enter_shows_the_packets_of_a_flow(const char *path, const char *filter)
{
	uint32_t before, flows;

	open_whole(path);
	type("/");
	type(filter);
	type("\r");
	work();
	before = packets_end(&s.v);
	type("2");
	work();
	flows = s.flows.count;
	assert_true(flows > 0);
	for (uint32_t i = 0; i < flows; i++) {
		const struct flow *f = flowlist_selected(&s.flows);

		assert_int_equal(s.flows.cursor, i);
		type("\r");
		assert_int_equal(s.at, SCREEN_PACKETS);
		work();
		assert_int_equal(packets_end(&s.v), f->packets[0] + f->packets[1]);
		type("\033");
		assert_int_equal(s.at, SCREEN_FLOWS);
		assert_int_equal(packets_end(&s.v), before);
		assert_ptr_equal(flowlist_selected(&s.flows), f);
		type("j");
	}
	type("1");
	work();
	assert_int_equal(packets_end(&s.v), before);
	close_view();
}

static void enter_goes_to_the_packets_and_esc_comes_back(void **state)
{
	(void)state;
	enter_shows_the_packets_of_a_flow("pcaps/dns.pcap", "frame.number > 10");
	enter_shows_the_packets_of_a_flow("pcaps/tcp_echo.pcap", "frame.number > 3");
}

/* How often f is counted by the packets that are shown: more than once by one with several of its headers. */
static uint64_t counted(const struct flow *f)
{
	static struct flow_eye eye;
	static struct decoded d;
	uint64_t sum = 0;

	eye = (struct flow_eye){ 0 };
	flow_eye_init(&eye, (const uint64_t[]){ table()->eye.seed.start, table()->eye.seed.factor });
	for (uint32_t n = 0; n < store_count(s.v.store); n++) {
		uint32_t at = packets_position(&s.v, n), i = 0;
		struct flow_sight seen;
		struct packet p;

		store_packet(s.v.store, &s.v.window, n, &p);
		decode(&d, p.bytes, proto_by(BY_LINKTYPE, p.linktype));
		while (flow_look(&eye, &d, &i, store_time(s.v.store, n), &seen))
			sum += flows_find(table(), &seen, n + 1) == f && at < packets_end(&s.v) &&
			       packets_number(&s.v, at) == n;
	}
	return sum;
}

static uint32_t flows_seen;

static bool flows_have_their_packets(const char *path)
{
	if (!open_view(path))
		return false;
	type("2");
	work();
	for (uint32_t i = 0; i < s.flows.count; i++, flows_seen++) {
		const struct flow *f = flowlist_at(&s.flows, i);

		s.flows.cursor = i;
		type("\r");
		work();
		if (packets_end(&s.v) != f->packets[0] + f->packets[1] && counted(f) != f->packets[0] + f->packets[1])
			fail_msg("%s, flow %u: %u packets", path, f->id, packets_end(&s.v));
		type("\033");
	}
	close_view();
	return true;
}

/* Errors quote them, tunnels carry them, fragments are of them: what was counted is shown, and nothing else. */
static void the_packets_of_each_flow_are_those_that_were_counted(void **state)
{
	(void)state;
	each_capture(flows_have_their_packets);
	assert_true(flows_seen > 400);
}

/* Two connections between the same ports, one behind the other. */
static void ports_that_are_used_again_are_other_flows(void **state)
{
	static const uint8_t head[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
		0x9c, 0x40, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0,
	};
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < 9; i++) {
		made_u32(&m, 1000 + i);
		made_u32(&m, 0);
		made_u32(&m, sizeof(head));
		made_u32(&m, sizeof(head));
		made_bytes(&m, head, sizeof(head));
		m.bytes[m.len - 14] = i / 3 == 2 ? 2 : (uint8_t)(i / 3);	/* of the sequence number */
		m.bytes[m.len - 7] = i % 3 ? 16 : 2;				/* SYN first */
	}
	enter_shows_the_packets_of_a_flow(made_file(&m, m.len), "frame.number > 4");
	open_whole(made_file(&m, m.len));
	type("2");
	work();
	assert_int_equal(s.flows.count, 3);
	close_view();
	made_free(&m);
}

static void a_flow_is_a_filter_that_stays(void **state)
{
	uint32_t all, of_flow;

	(void)state;
	open_whole("pcaps/dns.pcap");
	all = packets_end(&s.v);
	type("2");
	work();
	of_flow = (uint32_t)(flowlist_selected(&s.flows)->packets[0] + flowlist_selected(&s.flows)->packets[1]);
	type("F");
	draw(80, 24);
	assert_int_equal(s.at, SCREEN_PACKETS);
	assert_has(1, "Filter: flow == ");
	assert_int_equal(packets_end(&s.v), of_flow);
	type("\033");			/* nothing to come back from */
	assert_int_equal(s.at, SCREEN_PACKETS);
	type("/");
	screen_key(&s, PRESS_CTRL_U);
	type("\r2X");
	draw(80, 24);
	assert_has(1, "Filter: !(flow == ");
	assert_int_equal(packets_end(&s.v), all - of_flow);
	close_view();
}

/* A connection that is closed is over, and what was silent for a minute does not count. */
static void active_flows_alone_are_shown(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("2");
	draw(140, 24);
	assert_has(1, "Flows: 22  active 19");
	assert_has(2, "Rate Last 69s");
	assert_int_equal(s.flows.count, 22);
	type("a");
	draw(140, 24);
	assert_int_equal(s.flows.count, 19);
	assert_has(1, "active 19 (shown)");
	for (uint32_t i = 0; i < s.flows.count; i++)
		assert_true(flow_is_active(flowlist_at(&s.flows, i), table()->latest));
	type("a");
	work();
	assert_int_equal(s.flows.count, 22);
	close_view();
}

static void ports_have_names_and_flows_details(void **state)
{
	(void)state;
	open_whole("pcaps/tcp_echo.pcap");
	type("2");
	draw(100, 24);
	assert_has(3, "192.0.2.2:7 ");
	assert_has(19, "1 TCP 192.0.2.1:42882 > 192.0.2.2:7");
	assert_has(21, "rtt 0.043 ms  MSS 1460/1460");
	type("n");
	draw(100, 24);
	assert_has(3, "192.0.2.2:echo ");
	type("n");
	draw(100, 24);
	assert_has(3, "192.0.2.2:7 ");
	close_view();
}

/* A thousand bytes each second, for so long: what the last seconds say. */
static void rates_are_those_of_the_last_seconds(void **state)
{
	struct flow f = { .first = 100 * FLOW_STRETCH_NS, .stretch = 102 };

	(void)state;
	f.recent[102 % FLOW_RECENT] = 500;
	f.recent[101 % FLOW_RECENT] = 8590;
	assert_int_equal(flow_rate(&f, 102 * FLOW_STRETCH_NS + FLOW_STRETCH_NS / 2), (8590 + 500) * 8000 / 12884);
	assert_int_equal(flow_rate(&f, 103 * FLOW_STRETCH_NS), 500 * 8000 / 8589);
	assert_int_equal(flow_rate(&f, 104 * FLOW_STRETCH_NS), 0);
	f.first = 102 * FLOW_STRETCH_NS;
	assert_int_equal(flow_rate(&f, 102 * FLOW_STRETCH_NS + 1000), (8590 + 500) * 8);
}

/* UDP datagrams between random ends: flows of them, and each seventh packet of one of the first hundred. */
static const char *many(uint32_t packets)
{
	static const uint8_t head[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 0, 192, 0, 2, 2,
		0, 53, 0, 53, 0, 8, 0, 0,
	};
	struct made m = { 0 };
	const char *path;
	uint32_t seed = 1;

	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < packets; i++) {
		uint32_t end = i % 7 ? i : (seed = seed * 1103515245 + 12345) / 65536 % 100;

		made_u32(&m, i / 1000);
		made_u32(&m, i % 1000);
		made_u32(&m, sizeof(head));
		made_u32(&m, sizeof(head));
		made_bytes(&m, head, sizeof(head));
		m.bytes[m.len - 13] = (uint8_t)end;		/* of the source, 10.0.0.0 */
		m.bytes[m.len - 14] = (uint8_t)(end >> 8);
		m.bytes[m.len - 15] = (uint8_t)(end >> 16);
	}
	path = made_file(&m, m.len);
	made_free(&m);
	return path;
}

/* In each order, and backwards, as the table that is printed has it. */
static void many_flows_are_sorted_bit_by_bit(void **state)
{
	const struct flow_order *order;

	(void)state;
	assert_true(open_view(many(50000)));
	type("2");
	assert_true(screen_work(&s, 0));
	assert_true(table()->packets > 0 && table()->packets < 50000);
	assert_true(grid_size(&g, 80, 24));
	screen_draw(&s, &g);
	assert_has(1, "counted ");
	work();
	assert_int_equal(table()->packets, 50000);
	assert_true(table()->count > 40000);
	order = s.flows.order;
	do {
		uint32_t n, pieces = 0;
		struct flow_row *rows = flow_sort(table(), s.flows.order->name, &n);

		while (screen_work(&s, 0))
			pieces++;
		assert_int_equal(s.flows.count, n);
		for (uint32_t i = 0; i < n; i++)
			assert_ptr_equal(flowlist_at(&s.flows, i), rows[i].flow);
		type("r");
		for (uint32_t i = 0; i < n; i++)
			assert_ptr_equal(flowlist_at(&s.flows, i), rows[n - 1 - i].flow);
		type("rs");
		assert_true(pieces == 0 || pieces > n / 1024);	/* 0: the first order was there */
		free(rows);
	} while (s.flows.order != order);
	close_view();
}

/* Those that are left out do not come one run at a time. */
static void active_flows_alone_are_in_order(void **state)
{
	const struct flow_order *order;

	(void)state;
	open_whole(many(100000));
	type("2a");
	work();
	assert_true(s.flows.count > 40000 && s.flows.count < table()->count - 20000);
	order = s.flows.order;
	do {
		for (uint32_t i = 1; i < s.flows.count; i++) {
			struct flow_row one = flow_row(s.flows.order, table(), flowlist_at(&s.flows, i - 1));
			struct flow_row next = flow_row(s.flows.order, table(), flowlist_at(&s.flows, i));

			if (s.flows.order->compare(&one, &next) >= 0)
				fail_msg("by %s: row %u", s.flows.order->name, i);
		}
		type("s");
		work();
	} while (s.flows.order != order);
	close_view();
}

/* The flow that was chosen stays under the cursor; else the first place does. */
static void the_cursor_stays_with_its_flow(void **state)
{
	const struct flow *f;

	(void)state;
	open_whole("pcaps/dns.pcap");
	type("2");
	work();
	type("jjjj");
	f = flowlist_selected(&s.flows);
	type("ss");
	work();
	assert_ptr_equal(flowlist_selected(&s.flows), f);
	type("r");
	assert_ptr_equal(flowlist_selected(&s.flows), f);
	draw(80, 12);
	assert_has(g.cursor_row, ">");
	assert_true(style_at(g.cursor_row, 5) & STYLE_REVERSE);
	type("G");
	assert_int_equal(s.flows.cursor, s.flows.count - 1);
	type("g");
	assert_int_equal(s.flows.cursor, 0);
	type("s");
	work();
	assert_int_equal(s.flows.cursor, 0);
	close_view();
}

/* Which matches there are is not known yet when the key comes. */
static void sorting_waits_for_the_filter(void **state)
{
	(void)state;
	open_whole(many(20000));
	type("/udp\r");
	screen_work(&s, 0);
	assert_true(s.v.sieve->count > 0 && s.v.sieve->count < 20000);
	type("s");
	work();
	assert_true(packets_are_sorted(&s.v));
	assert_int_equal(s.v.sorted.count, 20000);
	close_view();
}

static void flows_that_made_room_are_said(void **state)
{
	(void)state;
	options.memory = FLOWS_MIN_MEMORY;
	open_whole(many(20000));
	type("2");
	draw(80, 24);
	assert_true(flows_evicted(table()) > 10000);
	assert_has(22, "  table 100%  evicted ");
	type("GkjgG");
	draw(80, 24);
	assert_int_equal(s.flows.count, table()->count);
	close_view();
	options.memory = 0;
}

static void a_capture_without_flows_says_so(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	open_whole(made_file(&m, m.len));
	type("2jGsr\rFX");
	draw(80, 24);
	assert_int_equal(s.at, SCREEN_FLOWS);
	assert_has(3, "no packet is there");
	assert_has(22, "No flow is selected");
	close_view();
	made_record(&m, 1, 0, 14, 14, 8);
	open_whole(made_file(&m, m.len));
	type("2");
	draw(80, 24);
	assert_has(3, "no packet is of a flow");
	type("t");
	draw(80, 24);
	assert_has(22, "Unknown key t, ? for help");
	close_view();
	made_free(&m);
}

static void no_key_of_a_help_is_unknown_on_its_screen(void **state)
{
	static const char to[SCREENS] = {
		[SCREEN_PACKETS] = '1', [SCREEN_FLOWS] = '2', [SCREEN_TALKERS] = '3', [SCREEN_STATS] = '4',
		[SCREEN_INTERFACES] = '5', [SCREEN_FOLLOW] = 'f', [SCREEN_ABOUT] = 'i', [SCREEN_COLUMNS] = 'c', [SCREEN_COLOURS] = 'C',
	};

	(void)state;
	for (enum screen_id screen = 0; screen < SCREENS; screen++) {
		for (uint32_t i = 0; i < keys_count; i++) {
			for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++) {
				if (!(keys[i].on & 1 << screen))
					continue;
				open_whole("pcaps/dns.pcap");
				screen_key(&s, (uint8_t)to[screen]);
				draw(80, 24);
				assert_int_equal(s.at, screen);
				screen_key(&s, keys[i].press[n]);
				assert_null(strstr(s.v.message, "Unknown"));
				close_view();
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flows_are_drawn_as_stored),
		cmocka_unit_test(nothing_is_counted_before_flows_are_asked_for),
		cmocka_unit_test(each_capture_has_flows_at_every_size),
		cmocka_unit_test(enter_goes_to_the_packets_and_esc_comes_back),
		cmocka_unit_test(the_packets_of_each_flow_are_those_that_were_counted),
		cmocka_unit_test(ports_that_are_used_again_are_other_flows),
		cmocka_unit_test(a_flow_is_a_filter_that_stays),
		cmocka_unit_test(active_flows_alone_are_shown),
		cmocka_unit_test(ports_have_names_and_flows_details),
		cmocka_unit_test(rates_are_those_of_the_last_seconds),
		cmocka_unit_test(many_flows_are_sorted_bit_by_bit),
		cmocka_unit_test(the_cursor_stays_with_its_flow),
		cmocka_unit_test(active_flows_alone_are_in_order),
		cmocka_unit_test(sorting_waits_for_the_filter),
		cmocka_unit_test(flows_that_made_room_are_said),
		cmocka_unit_test(a_capture_without_flows_says_so),
		cmocka_unit_test(no_key_of_a_help_is_unknown_on_its_screen),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	options.utc = true;
	proto_init();
	catalog_init();
	return cmocka_run_group_tests(tests, NULL, made_remove);
}
