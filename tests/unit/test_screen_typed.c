/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_typed.c - what is typed below the title, and what becomes of it: filters, finds, files, settings */
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

static void a_line_is_typed_and_edited(void **state)
{
	struct history h = { 0 };
	struct prompt p;

	(void)state;
	prompt_open(&p, &h, "ab");
	prompt_key(&p, 'c');
	prompt_key(&p, 0x20ac);
	prompt_key(&p, PRESS_LEFT);
	prompt_key(&p, 'x');
	assert_string_equal(p.text, "abcx\xe2\x82\xac");
	prompt_key(&p, PRESS_DELETE);
	assert_string_equal(p.text, "abcx");
	prompt_key(&p, PRESS_HOME);
	prompt_key(&p, PRESS_BACKSPACE);
	prompt_key(&p, PRESS_RIGHT);
	prompt_key(&p, PRESS_CTRL_U);
	assert_string_equal(p.text, "bcx");
	prompt_key(&p, 3);
	prompt_key(&p, PRESS_OTHER);
	assert_string_equal(p.text, "bcx");
	assert_int_equal(prompt_key(&p, PRESS_ENTER), PROMPT_ENTERED);
	prompt_open(&p, &h, "now");
	prompt_key(&p, PRESS_UP);
	assert_string_equal(p.text, "bcx");
	prompt_key(&p, PRESS_UP);
	prompt_key(&p, PRESS_DOWN);
	assert_string_equal(p.text, "");
	assert_int_equal(prompt_key(&p, PRESS_ESCAPE), PROMPT_CANCELLED);
	for (int i = 0; i < 2 * PROMPT_MAX; i++)
		prompt_key(&p, 'y');
	assert_int_equal(strlen(p.text), PROMPT_MAX - 1);
	for (uint32_t i = 0; i < 2 * HISTORY_MAX; i++) {
		prompt_open(&p, &h, "");
		prompt_key(&p, 'a' + i % 26);
		prompt_key(&p, PRESS_ENTER);
	}
	assert_int_equal(h.count, HISTORY_MAX);
	history_free(&h);
}

static void names_are_completed(void **state)
{
	static struct completion c;

	(void)state;
	complete(&c, "tcp.po", 6);
	assert_int_equal(c.count, 1);
	assert_string_equal(c.name[0], "tcp.port");
	complete(&c, "ip.sr", 5);
	assert_int_equal(c.count, 3);
	assert_string_equal(c.name[0], "ip.src");
	assert_string_equal(c.name[1], "ip.src_host");
	assert_int_equal(c.common, strlen("ip.src"));
	complete(&c, "", 0);
	assert_int_equal(c.count, COMPLETE_MAX);
	complete(&c, "nothing.like.it", 15);
	assert_int_equal(c.count, 0);
	assert_int_equal(complete_length("ip.src == 1 && tcp.fl", 21), strlen("tcp.fl"));
	assert_int_equal(complete_length("(", 1), 0);
}

static void what_is_looked_for_is_text_or_bytes(void **state)
{
	struct find f = { 0 };

	(void)state;
	assert_null(find_parse(&f, "Hello"));
	assert_int_equal(f.count, 5);
	assert_false(f.hex);
	assert_null(find_parse(&f, "0x08 00:4500"));
	assert_true(f.hex);
	assert_int_equal(f.count, 4);
	assert_memory_equal(f.bytes, "\x08\x00\x45\x00", 4);
	assert_non_null(find_parse(&f, "0x080"));
	assert_non_null(find_parse(&f, "0x0 80"));
	assert_non_null(find_parse(&f, "0x"));
	assert_non_null(find_parse(&f, "0xzz"));
	assert_non_null(find_parse(&f, ""));
}

static void a_filter_goes_on_in_the_background_and_is_given_up(void **state)
{
	(void)state;
	assert_true(open_view(made_many()));
	work();
	type(":50000\r");
	draw(80, 24);
	assert_int_equal(packets_number(&s.v, s.v.cursor), 49999);
	type("/eth.type == 0x0800\r");
	assert_true(s.sifting);
	assert_true(screen_work(&s, 0));
	assert_true(packets_end(&s.v) < 1000);
	assert_true(grid_size(&g, 80, 24));
	screen_draw(&s, &g);
	assert_has(1, "so far, Esc cancels");
	type("\033");
	draw(80, 24);
	assert_false(s.sifting);
	assert_has(1, "Filter: -");
	assert_int_equal(packets_number(&s.v, s.v.cursor), 49999);
	type("/eth.type == 0x0800\r");
	work();
	assert_int_equal(packets_end(&s.v), 1000);
	assert_int_equal(packets_number(&s.v, s.v.cursor), 49999);
	type("j");
	assert_int_equal(packets_number(&s.v, s.v.cursor), 50099);
	type("/");		/* on top of the other; then back to that */
	screen_key(&s, PRESS_CTRL_U);
	type("eth.type == 0x0806\r");
	assert_true(screen_work(&s, 0));
	type("\033");
	assert_int_equal(packets_end(&s.v), 1000);
	assert_int_equal(packets_number(&s.v, s.v.cursor), 50099);
	type(":7\r");
	assert_string_equal(s.v.message, "Packet 7 is not among those shown");
	assert_int_equal(packets_number(&s.v, s.v.cursor), 99);
	close_view();
}

/* Each field of each kind makes a filter, and the packet that it was taken of passes. */
static void a_field_makes_a_filter(void **state)
{
	uint32_t filters = 0, refused = 0;

	(void)state;
	open_whole("pcaps/dns.pcap");
	type("\t+");
	draw(80, 24);
	for (uint32_t i = 0; i < s.v.detail.shown_count; i++) {
		s.v.detail.cursor = i;
		s.v.message[0] = '\0';
		type("F");
		work();
		refused += *s.v.message != '\0';
		filters += s.v.sieve != NULL;
		if (s.v.sieve)
			assert_int_equal(s.v.sieve->number[0], 0);
		type("/");
		screen_key(&s, PRESS_CTRL_U);
		type("\r");
	}
	assert_true(filters > 40);
	assert_int_equal(filters + refused, s.v.detail.shown_count);
	assert_true(refused < 8);	/* the frame, titles of options */
	detail_select_byte(&s.v.detail, 26);
	type("F");
	draw(80, 24);
	assert_has(1, "Filter: ip.src == 192.0.2.1");
	detail_select_byte(&s.v.detail, 36);
	type("X");
	draw(80, 24);
	assert_has(1, "Filter: (ip.src == 192.0.2.1) && !(udp.dstport == 53)");
	assert_true(packets_end(&s.v) > 0 && packets_number(&s.v, 0) > 0);
	close_view();
}

static uint32_t packets_in(const char *path)
{
	struct reader *r;
	struct batch b;
	struct error e;
	uint32_t count = 0;
	int n;

	assert_int_equal(reader_open(&r, path, &e), 0);
	while ((n = reader_next(r, &b, &e)) > 0)
		count += (uint32_t)n;
	assert_int_equal(n, 0);
	reader_close(r);
	return count;
}

static void save_to(const char *path)
{
	type("w");
	type(path);
	type("\r");
}

static void what_is_shown_or_marked_is_saved(void **state)
{
	char folder[] = "/tmp/ringtail_saved.XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.pcap", folder);
	open_whole("pcaps/dns.pcap");
	type("/tcp\r");
	work();
	save_to("-");
	draw(80, 24);
	assert_has(2, "a file is needed");
	type("\033");
	save_to(path);
	draw(80, 24);
	assert_has(22, "packets saved to ");
	assert_has(22, path);
	assert_int_equal(packets_in(path), packets_end(&s.v));
	type("j");
	save_to(path);		/* never over another */
	draw(80, 24);
	assert_has(1, "BAD");
	assert_has(2, "there is such a file already");
	type("\033");
	assert_int_equal(unlink(path), 0);
	type("mjjm");
	save_to(path);
	work();
	assert_int_equal(packets_in(path), 2);
	unlink(path);
	rmdir(folder);
	type("w/nowhere/to.pcap\r");
	draw(80, 24);
	assert_has(22, "/nowhere/to.pcap: ");
	close_view();
}

/* No packet has that number: there is none where the one would be that was to come next. */
static void what_goes_through_a_list_ends_with_it(void **state)
{
	static const char path[] = "/tmp/ringtail_ended";

	(void)state;
	unlink(path);
	open_whole("pcaps/dns.pcap");
	type("\006nowhere\r/frame.number > 1000\r");
	work();
	assert_false(s.find.running);
	type("/\025\rw/tmp/ringtail_ended\r/frame.number > 1000\r");
	draw(80, 24);
	assert_has(22, "Others are shown now; nothing was saved");
	assert_int_equal(access(path, F_OK), -1);
	type("/\025\rx/tmp/ringtail_ended\r:set columns number\r");
	draw(80, 24);
	assert_has(22, "The list was changed; /tmp/ringtail_ended has the first 0 rows");
	unlink(path);
	type("x/tmp/ringtail_ended\r/tcp\r");
	draw(80, 24);
	assert_has(22, "The list was changed");
	unlink(path);
	close_view();
}

static void a_longer_path_is_not_cut(void **state)
{
	static char path[400] = "/tmp";

	(void)state;
	while (strlen(path) < 300)
		strcat(path, "/.");
	strcat(path, "/ringtail_far.pcap");
	unlink(path);
	open_whole("pcaps/dns.pcap");
	type("w");
	type(path);
	type("\r");
	work();
	assert_int_equal(packets_in(path), store_count(s.v.store));
	unlink(path);
	close_view();
}

static void settings_that_are_typed_are_in_their_list(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("cG:set columns number, info\r");
	draw(80, 24);
	assert_int_equal(s.chooser.count, 2);
	type("\033C:set colour red: tcp\r");
	draw(80, 24);
	assert_has(3, "red: tcp");
	close_view();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_typed_and_edited),
		cmocka_unit_test(names_are_completed),
		cmocka_unit_test(what_is_looked_for_is_text_or_bytes),
		cmocka_unit_test(a_filter_goes_on_in_the_background_and_is_given_up),
		cmocka_unit_test(a_field_makes_a_filter),
		cmocka_unit_test(what_is_shown_or_marked_is_saved),
		cmocka_unit_test(what_goes_through_a_list_ends_with_it),
		cmocka_unit_test(a_longer_path_is_not_cut),
		cmocka_unit_test(settings_that_are_typed_are_in_their_list),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	options.utc = true;
	proto_init();
	catalog_init();
	return cmocka_run_group_tests(tests, NULL, made_remove);
}
