/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_picker.c - the screen on which an interface is chosen, with interfaces that are made up */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <net/if_arp.h>
#include <locale.h>

#include "tests/unit/drawn.h"
#include "ui/screen/pickpane.h"
#include "ui/ssh.h"

static struct picker picker;

static const struct link made[] = {
	{ "eth0", 2, ARPHRD_ETHER, LINK_UP, .mtu = 1500, .addresses = 2, .address = "192.0.2.10/24",
	  .mac = "02:00:00:00:00:01", .packets = { 123456, 2345 }, .bytes = { 98765432, 234567 }, .dropped = { 3, 0 } },
	{ "wg0", 7, ARPHRD_NONE, LINK_UP, .mtu = 1420, .addresses = 1, .address = "10.8.0.1/24" },
	{ "any", 0, ARPHRD_NONE, LINK_UP },
	{ "lo", 1, ARPHRD_LOOPBACK, LINK_UP, .loopback = true, .mtu = 65536, .addresses = 2, .address = "127.0.0.1/8" },
	{ "br-0123456789ab", 4, ARPHRD_ETHER, LINK_DOWN, .mtu = 1500, .addresses = 1, .address = "172.17.0.1/16" },
};

enum { HOW_MANY = sizeof(made) / sizeof(made[0]) };

static int open_picker(void **state)
{
	(void)state;
	picker = (struct picker){ .promiscuous = true, .snaplen = SNAPLEN_MAX, .may = true, .user = "root" };
	picker.list.links = calloc(1, sizeof(*picker.list.links));
	picker.list.rate = calloc(HOW_MANY, sizeof(*picker.list.rate));
	assert_true(picker.list.links && picker.list.rate);
	picker.list.links->fd = -1;
	picker.list.links->count = picker.list.rates = HOW_MANY;
	memcpy(picker.list.links->link, made, sizeof(made));
	for (uint32_t i = 0; i < LINK_SECONDS; i++)
		picker.list.rate[0].history[i] = i * i;
	picker.list.rate[0].pps = 12345;
	picker.list.rate[0].bps = 84100000;
	return 0;
}

static int close_picker(void **state)
{
	(void)state;
	picker_close(&picker);
	grid_free(&g);
	return 0;
}

static void pick(const char *text)
{
	for (; *text; text++)
		picker_key(&picker, *text == '\r' ? PRESS_ENTER : *text == '\033' ? PRESS_ESCAPE : (uint8_t)*text);
}

static void show(uint32_t width, uint32_t height)
{
	assert_true(grid_size(&g, width, height));
	pickpane_draw(&picker, &g);
}

static void it_is_drawn_as_stored(void **state)
{
	(void)state;
	show(80, 24);
	assert_screen("picker_80x24");
	assert_int_equal(style_at(2, 5) & STYLE_REVERSE, STYLE_REVERSE);
	show(40, 10);
	assert_screen("picker_40x10");
	pick("/port 443");
	show(120, 40);
	assert_screen("picker_120x40");
	assert_int_equal(g.cursor_row, 35);
	pick("\r?");
	show(80, 24);
	assert_screen("picker_help_80x24");
	pick(" ");
	for (uint32_t height = 1; height < 30; height++)
		for (uint32_t width = 1; width < 200; width += 13)
			show(width, height);
}

static void a_filter_is_compiled_as_it_is_typed(void **state)
{
	(void)state;
	pick("/port");
	assert_int_not_equal(*picker.wrong.text, 0);
	show(80, 24);
	assert_has(19, "BAD");
	assert_has(22, "filter 'port':");
	pick("\r");				/* is not taken */
	assert_int_equal(picker.asking, PICK_FILTER);
	pick(" 53\r");
	assert_int_equal(picker.asking, PICK_NOTHING);
	assert_string_equal(picker.filter, "port 53");
	show(80, 24);
	assert_has(19, "Capture filter: port 53");
	assert_has(19, "valid");
	pick("/x\033");				/* is forgotten */
	assert_string_equal(picker.filter, "port 53");
	assert_int_equal(*picker.wrong.text, 0);
}

/* There are no link addresses on wg0. */
static void a_filter_is_of_the_interface_selected(void **state)
{
	(void)state;
	pick("/ether host 02:00:00:00:00:01\r");
	assert_int_equal(*picker.wrong.text, 0);
	pick("j");
	assert_int_not_equal(*picker.wrong.text, 0);
	pick("\r");
	assert_false(picker.start);
	pick("k\r");
	assert_true(picker.start);
}

static void several_are_chosen_by_space(void **state)
{
	(void)state;
	assert_true(picker_chosen(&picker, 0));
	pick(" j ");
	assert_true(picker_chosen(&picker, 0) && picker_chosen(&picker, 1));
	show(80, 24);
	assert_has(2, " *eth0");
	assert_has(3, ">*wg0");
	pick("/ether host 02:00:00:00:00:01\r");		/* there are no such addresses on wg0 */
	assert_int_equal(picker.asking, PICK_FILTER);
	pick("\033 ");
	assert_false(picker_chosen(&picker, 1));
	pick("j ");
	assert_has(4, "any");
	assert_false(picker_chosen(&picker, 2));
	show(80, 24);
	assert_has(22, "any is not captured together");
	pick("gjjj\r");
	assert_true(picker.start && picker_chosen(&picker, 0) && !picker_chosen(&picker, 3));
}

static void the_ssh_session_is_left_out_on_request(void **state)
{
	char filter[120];

	(void)state;
	pick("x");
	show(80, 24);
	assert_has(22, "no ssh session");
	assert_true(ssh_filter_of("192.0.2.1 50122 192.0.2.2 22", picker.ssh, sizeof(picker.ssh)));
	assert_string_equal(picker.ssh, "not (host 192.0.2.1 and port 50122)");
	pick("jk");
	show(80, 24);
	assert_has(22, "x leaves it out");
	pick("x");
	assert_string_equal(picker.filter, picker.ssh);
	assert_int_equal(*picker.wrong.text, 0);
	assert_true(ssh_filter_of("2001:db8::1 50122 2001:db8::2 22", filter, sizeof(filter)));
	assert_string_equal(filter, "not (host 2001:db8::1 and port 50122)");
	assert_false(ssh_filter_of("", filter, sizeof(filter)));
	assert_false(ssh_filter_of("evil) or (tcp 22 x 1", filter, sizeof(filter)));
	assert_false(ssh_filter_of("192.0.2.1 70000 192.0.2.2 22", filter, sizeof(filter)));
}

static void who_may_not_capture_is_told_what_helps(void **state)
{
	(void)state;
	picker.may = false;
	show(120, 24);
	assert_has(0, "CAP_NET_RAW: no");
	assert_has(22, "run as root, or: setcap cap_net_raw+ep /");
	picker_say(&picker, "eth0: no such interface");
	show(80, 24);
	assert_has(22, "eth0: no such interface");
}

static void lines_and_switches_change(void **state)
{
	(void)state;
	pick("po/tmp/x.pcap\r");
	assert_false(picker.promiscuous);
	assert_string_equal(picker.output, "/tmp/x.pcap");
	show(80, 24);
	assert_has(20, "Write to: /tmp/x.pcap");
	assert_has(21, "[ ] promiscuous");
	pick("G");
	assert_string_equal(linklist_selected(&picker.list)->name, "br-0123456789ab");
	pick("Q");
	show(80, 24);
	assert_has(22, "Unknown key");
	assert_false(picker.quit);
	pick("\033");
	assert_true(picker.quit);
}

static void no_key_of_its_help_is_unknown(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < keys_count; i++) {
		for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++) {
			if (!(keys[i].on & ON_PICKER))
				continue;
			picker_key(&picker, keys[i].press[n]);
			assert_null(strstr(picker.message.text, "Unknown"));
			picker.help = false;
			picker.asking = PICK_NOTHING;
		}
	}
}

/* Of the machine that this runs on: lo is anywhere. */
static void the_kernel_tells_what_there_is(void **state)
{
	struct links *links = calloc(1, sizeof(*links));
	struct error e;
	bool lo = false;

	(void)state;
	assert_non_null(links);
	assert_int_equal(links_open(links, &e), 0);
	for (int again = 0; again < 2; again++)
		assert_int_equal(links_read(links), 0);
	for (uint32_t i = 0; i < links->count; i++) {
		if (strcmp(links->link[i].name, "lo") != 0)
			continue;
		lo = true;
		assert_int_equal(links->link[i].index, 1);
		assert_true(links->link[i].loopback);
		assert_int_equal(links->link[i].hardware, ARPHRD_LOOPBACK);
	}
	assert_true(lo);
	links_close(links);
	free(links);
}

#define with_picker(test) cmocka_unit_test_setup_teardown(test, open_picker, close_picker)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_picker(it_is_drawn_as_stored),
		with_picker(a_filter_is_compiled_as_it_is_typed),
		with_picker(a_filter_is_of_the_interface_selected),
		with_picker(several_are_chosen_by_space),
		with_picker(the_ssh_session_is_left_out_on_request),
		with_picker(who_may_not_capture_is_told_what_helps),
		with_picker(lines_and_switches_change),
		with_picker(no_key_of_its_help_is_unknown),
		cmocka_unit_test(the_kernel_tells_what_there_is),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
