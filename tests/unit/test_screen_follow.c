/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_follow.c - what the ends of a flow say, as it is drawn, without a terminal */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decode/catalog.h"
#include "tests/unit/drawn.h"
#include "tests/unit/made.h"
#include "tests/unit/stored.h"
#include "ui/follow_print.h"

/* Segments between two ends: each says its text, from that byte of what it says on. */
struct says {
	uint8_t from;			/* 0: the client */
	uint32_t at;
	const char *text;
	uint32_t has;			/* bytes of the other end */
};

static const char *conversation(const struct says *says, uint32_t count)
{
	static const uint8_t head[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
		0x9c, 0x40, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 24, 1, 0, 0, 0, 0, 0,
	};
	struct made m = { 0 };
	const char *path;

	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t n = (uint32_t)strlen(says[i].text), seq = 1000 + says[i].at, ack = 1000 + says[i].has;
		uint8_t *p;

		made_u32(&m, i);
		made_u32(&m, 0);
		made_u32(&m, (uint32_t)sizeof(head) + n);
		made_u32(&m, (uint32_t)sizeof(head) + n);
		made_bytes(&m, head, sizeof(head));
		p = m.bytes + m.len - sizeof(head);
		p[16] = (uint8_t)((40 + n) >> 8);
		p[17] = (uint8_t)(40 + n);
		if (says[i].from) {
			p[29] = 2;
			p[33] = 1;
			memcpy(p + 34, (const uint8_t[]){ 0, 80, 0x9c, 0x40 }, 4);
		}
		for (uint32_t k = 0; k < 4; k++) {
			p[38 + k] = (uint8_t)(seq >> (24 - 8 * k));
			p[42 + k] = (uint8_t)(ack >> (24 - 8 * k));
		}
		made_bytes(&m, says[i].text, n);
	}
	path = made_file(&m, m.len);
	made_free(&m);
	return path;
}

static const struct says web[] = {
	{ 0, 0, "GET / HTTP/1.1\r\nHost: example.test\r\n\r\n", 0 },
	{ 1, 0, "HTTP/1.1 200 OK\r\n", 38 },
	{ 1, 40, "tail of it\n", 38 },
	{ 1, 17, "Server: x\r\n", 38 },
	{ 0, 0, "GET / HTTP/1.1\r\nHost: example.test\r\n\r\n", 0 },
	{ 0, 38, "", 51 },
	{ 0, 38, "caf\303\251 \033[31m\tend\n", 51 },
};

static void open_web(void)
{
	open_whole(conversation(web, sizeof(web) / sizeof(web[0])));
	s.v.name = "web.pcap";
	type("f");
}

static void a_conversation_is_drawn(void **state)
{
	(void)state;
	open_web();
	assert_int_equal(s.at, SCREEN_FOLLOW);
	draw(80, 24);
	assert_screen("follow_80x24");
	type("v");
	draw(80, 24);
	assert_screen("follow_hex_80x24");
	type("vd");
	draw(40, 10);
	assert_screen("follow_escaped_40x10");
	type("?");
	draw(80, 24);
	assert_screen("follow_help_80x24");
	close_view();
}

/* What "ringtail follow" prints of a file. */
static const char *followed(const char *path)
{
	static char text[8192];
	struct follow_print *p;
	int before = dup(STDOUT_FILENO);
	FILE *to = tmpfile();
	struct reader *r;
	struct batch b;
	struct error e;
	int n;

	assert_non_null(to);
	fflush(stdout);
	assert_int_equal(dup2(fileno(to), STDOUT_FILENO), STDOUT_FILENO);
	assert_int_equal(follow_print_open(&p, &options, &e), 0);
	assert_int_equal(reader_open(&r, path, &e), 0);
	while ((n = reader_next(r, &b, &e)) > 0)
		assert_int_equal(follow_print_put(p, b.packet, (uint32_t)n, &e), 0);
	assert_int_equal(follow_print_end(p, &e), 0);
	assert_int_equal(dup2(before, STDOUT_FILENO), STDOUT_FILENO);
	close(before);
	reader_close(r);
	follow_print_close(p);
	rewind(to);
	text[fread(text, 1, sizeof(text) - 1, to)] = '\0';
	fclose(to);
	setlocale(LC_CTYPE, "C.UTF-8");		/* it has asked for the user's */
	return text;
}

/* They were counted when they were missing. */
static void late_bytes_move_no_others(void **state)
{
	static const struct says late[] = {
		{ 0, 0, "hello", 0 }, { 1, 0, "abc", 5 }, { 1, 6, "ghi", 5 }, { 0, 5, "", 9 }, { 1, 3, "def", 5 }, { 1, 9, "jkl", 5 },
	};
	const char *text;

	(void)state;
	options.hex = true;
	text = followed(conversation(late, sizeof(late) / sizeof(late[0])));
	options.hex = false;
	assert_non_null(strstr(text, "[late: 3 bytes that were missing before"));
	assert_non_null(strstr(text, "<< 00000006  67 68 69"));
	assert_non_null(strstr(text, "<< 00000009  6a 6b 6c"));
}

static void each_end_has_its_sign_and_its_colour(void **state)
{
	(void)state;
	open_web();
	draw(80, 24);
	assert_has(2, ">> GET / HTTP/1.1");
	assert_has(5, "<< HTTP/1.1 200 OK");
	assert_int_not_equal(style_at(2, 4) & STYLE_INK, style_at(5, 4) & STYLE_INK);
	assert_has(7, ".. [gap: 12 bytes not captured before No. 3]");
	assert_int_equal(style_at(7, 4) & STYLE_INK, INK_PROBLEM);
	assert_has(9, ">> caf\303\251 .[31m      end");
	type("d");
	draw(80, 24);
	assert_has(5, ">> caf");
	type("d");
	draw(80, 24);
	assert_has(2, "<< HTTP/1.1 200 OK");
	assert_has(1, "server");
	type("d");
	draw(80, 24);
	assert_has(1, "both");
	close_view();
}

static void text_and_bytes_are_found(void **state)
{
	(void)state;
	open_web();
	draw(80, 5);
	type("n");
	assert_non_null(strstr(s.v.message, "Nothing was looked for"));
	type("/TAIL\r");
	draw(80, 5);
	assert_int_equal(s.follows.match_bytes, 4);
	draw(80, 24);
	assert_true(style_at(8, 3) & STYLE_REVERSE);
	assert_false(style_at(8, 7) & STYLE_REVERSE);
	type("/http/1\rn");
	draw(80, 24);
	assert_true(style_at(5, 3) & STYLE_REVERSE);
	type("N");
	draw(80, 24);
	assert_true(style_at(2, 9) & STYLE_REVERSE);
	type("N");
	assert_non_null(strstr(s.v.message, "Not found"));
	type("v/0x0d0a0d0a\r");
	draw(80, 24);
	assert_true(s.follows.match_bytes == 4);
	type("\033");
	assert_int_equal(s.at, SCREEN_PACKETS);
	close_view();
}

static void what_is_shown_is_saved_and_nothing_written_over(void **state)
{
	char text[256] = "", path[] = "/tmp/ringtail-follow-XXXXXX";
	struct stat st;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(path));
	open_web();
	work();
	type("dw");
	type(path);
	type("/said\r");
	assert_non_null(strstr(s.v.message, "bytes saved"));
	snprintf(text, sizeof(text), "%s/said", path);
	assert_int_equal(stat(text, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	f = fopen(text, "r");
	assert_int_equal(fread(text, 1, sizeof(text), f), 38 + 16);
	assert_memory_equal(text, web[0].text, 38);
	fclose(f);
	type("w");
	type(path);
	type("/said");
	draw(80, 24);
	assert_has(1, "BAD");
	type("\033");
	close_view();
	snprintf(text, sizeof(text), "%s/said", path);
	unlink(text);
	assert_int_equal(symlink("/tmp/elsewhere-ringtail", text), 0);
	open_web();
	work();
	type("w");
	type(path);
	type("/said\r");
	assert_non_null(strstr(s.v.message, "symbolic link"));
	close_view();
	unlink(text);
	rmdir(path);
}

static void its_packets_are_shown_or_left_out(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("2");
	work();
	type("jf");
	work();
	assert_int_equal(s.at, SCREEN_FOLLOW);
	type("F");
	work();
	assert_int_equal(packets_end(&s.v), 10);
	type("/");
	screen_key(&s, PRESS_CTRL_U);
	type("\r2jjf");
	work();
	assert_int_equal(s.at, SCREEN_FOLLOW);
	type("X");
	work();
	assert_true(packets_end(&s.v) >= 58);
	close_view();
	open_whole("pcaps/tcp_echo.pcap");
	type("jf");
	draw(80, 24);
	type("\r");
	assert_int_equal(s.at, SCREEN_PACKETS);
	assert_int_equal(packets_number(&s.v, s.v.cursor) + 1, 4);
	close_view();
}

/* Forward row by row from the first, and back from the last: the same rows. */
static void rows_are_the_same_both_ways(void **state)
{
	static struct speech_spot way[20000];
	static char long_line[6001];
	struct says *says = calloc(40, sizeof(*says));

	(void)state;
	memset(long_line, 'x', 6000);
	for (uint32_t i = 0; i < 40; i++) {
		says[i] = (struct says){ i / 20, i % 20 * 6000, long_line, i / 20 * 120000 };
		if (i % 20 == 7)
			says[i].text = "short\nlines\n\n";
	}
	open_whole(conversation(says, 40));
	type("f");
	work();
	for (uint32_t view = 0; view < FOLLOW_VIEWS; view++) {
		struct speech_spot at;
		uint32_t n = 0;

		draw(33 + 60 * view, 24);
		assert_true(speech_first(&s.follows.speech, &s.follows.form, &at));
		do {
			assert_true(n < 20000);
			way[n++] = at;
		} while (speech_next(&s.follows.speech, &s.follows.form, &at));
		assert_true(n > 1000);
		assert_true(speech_last(&s.follows.speech, &s.follows.form, &at));
		do {
			n--;
			assert_int_equal(at.turn, way[n].turn);
			assert_int_equal(at.at, way[n].at);
		} while (speech_previous(&s.follows.speech, &s.follows.form, &at));
		assert_int_equal(n, 0);
		type("v");
	}
	type("G");
	draw(80, 24);
	assert_has(21, "<< x");
	type("g");
	draw(80, 24);
	assert_has(2, ">> x");
	close_view();
	free(says);
}

static void packets_of_no_stream_say_so(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	open_whole(made_file(&m, m.len));
	type("f2f");
	assert_non_null(strstr(s.v.message, "No flow is selected"));
	close_view();
	made_record(&m, 1, 0, 14, 14, 8);
	open_whole(made_file(&m, m.len));
	type("f");
	draw(80, 24);
	assert_has(2, "this packet is of no flow of TCP or datagrams");
	type("FXnw\033vdjkgG\r\033");
	assert_int_equal(s.at, SCREEN_PACKETS);
	close_view();
	made_free(&m);
}

/* Texts are shown as they are said: 0 is the second half of a wide character. */
static bool is_seen(uint32_t ch)
{
	return !ch || !utf8_is_hidden(ch);
}

static bool walk(const char *path)
{
	static const char *const typed[] = {
		"f", "v", "jG", "dk", "v", "g/o\r", "nN", "d\033", "jjf", "G", "vd", "\r", "f\0332Gf",
	};

	return draw_at_every_size(path, typed, 13, is_seen);
}

static void each_capture_is_followed_at_every_size(void **state)
{
	(void)state;
	each_capture(walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_conversation_is_drawn),
		cmocka_unit_test(late_bytes_move_no_others),
		cmocka_unit_test(each_end_has_its_sign_and_its_colour),
		cmocka_unit_test(text_and_bytes_are_found),
		cmocka_unit_test(what_is_shown_is_saved_and_nothing_written_over),
		cmocka_unit_test(its_packets_are_shown_or_left_out),
		cmocka_unit_test(rows_are_the_same_both_ways),
		cmocka_unit_test(packets_of_no_stream_say_so),
		cmocka_unit_test(each_capture_is_followed_at_every_size),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	options.utc = true;
	proto_init();
	catalog_init();
	return cmocka_run_group_tests(tests, NULL, made_remove);
}
