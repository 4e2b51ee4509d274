/* SPDX-License-Identifier: BSD-2-Clause */
/* test_begin.c - what opens the view, with what, and what does not */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

static void a_cut_file_shows_what_is_good_and_says_so(void **state)
{
	(void)state;
	start("pcaps/cut_file.made.pcap", 24, 80);
	assert_row(3, ">     1");
	assert_row(22, "cut at byte");
	quits(3);
}

static void one_that_is_no_capture_is_said_before_the_screen_opens(void **state)
{
	static const char *const files[] = { "Makefile", "pcaps/README.md" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int64_t ms;
		int how;

		start(files[i], 24, 80);
		how = terminal_end(&t, &ms);
		assert_true(WIFEXITED(how));
		assert_int_equal(WEXITSTATUS(how), 3);
		assert_row(0, "is neither pcap nor pcapng");
		assert_false(left_screen());
		terminal_free(&t);
	}
}

/* Each of these is about lines, or about no packets at all. */
static void what_only_text_can_be_is_text_on_a_terminal_too(void **state)
{
	static const struct { const char *option[3], *says; } runs[] = {
		{ { "--text", "--utc" }, "03:39:40.358128 IP 192.0.2.2.7 > 192.0.2.1.42882: Flags [F.]" },
		{ { "-c", "1" }, "IP 192.0.2.1.42882" }, { { "-xt" }, "0x0000:  4500 003c" }, { { "-V" }, "tcp.options.timestamp.tsecr" },
		{ { "-vt" }, "tos 0x0" }, { { "--json" }, "\"srcport\":42882" }, { { "--fields", "tcp.srcport" }, "42882" },
		{ { "--count" }, "14 packets" }, { { "-e" }, "02:00:00:00:00:01 > " }, { { "-l" }, "IP 192.0.2.1.42882" },
		{ { "-#" }, "   14  " }, { { "-w", "/dev/null" }, "" }, { { "-d", "tcp" }, "" },
		{ { "flows" }, "192.0.2.1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		int64_t ms;
		int how;

		start_with(runs[i].option, "pcaps/tcp_echo.pcap");
		how = terminal_end(&t, &ms);
		assert_true(WIFEXITED(how));
		assert_int_equal(WEXITSTATUS(how), 0);
		if (terminal_find(&t, runs[i].says) < 0 && !memmem(t.all, t.length, runs[i].says, strlen(runs[i].says)))
			fail_msg("%s: no '%s'", runs[i].option[0], runs[i].says);
		assert_false(left_screen());
		terminal_free(&t);
	}
}

static void the_view_begins_with_what_the_command_line_says(void **state)
{
	static const char *const options[] = { "-Y", "tcp.flags.push == 1", "-tttt", "--utc", NULL };
	static const char *const filter[] = { "-F", "/tmp/ringtail_filter", NULL };
	static const char *const wrong[] = { "-Y", "tcp.prt == 1", NULL };
	FILE *f = fopen(filter[1], "w");
	int64_t ms;
	int how;

	(void)state;
	start_with(options, "pcaps/tcp_echo.pcap");
	assert_row(1, "Filter: tcp.flags.push == 1");
	assert_row(1, "6 match");
	assert_row(3, ">     4 2026-11-21 03:39:40.294606");
	quits(0);
	assert_non_null(f);
	fputs("tcp[tcpflags] & tcp-syn != 0", f);
	fclose(f);
	start_with(filter, "pcaps/tcp_echo.pcap");
	assert_row(0, "2 packets");
	assert_row(4, "      2");
	quits(0);
	unlink(filter[1]);
	start_with(wrong, "pcaps/tcp_echo.pcap");
	how = terminal_end(&t, &ms);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 2);
	assert_row(0, "'tcp.prt' is neither a field nor a protocol");
	assert_false(left_screen());
	terminal_free(&t);
}

static void in_the_background_it_prints_lines(void **state)
{
	char line[512];
	char *argv[] = { (char *)"sh", (char *)"-i", NULL };
	int64_t ms;

	(void)state;
	setenv("PS1", "ready> ", 1);
	terminal_start(&t, argv, 24, 80, "xterm-256color", "C.UTF-8");
	assert_shown("ready>");
	snprintf(line, sizeof(line), "%s -r pcaps/dns.pcap & wait; echo status $?; exit\r", program());
	terminal_type(&t, line);
	assert_shown("status 0");
	assert_shown("IP 192.0.2.2.53 > ");
	assert_true(terminal_end(&t, &ms) >= 0);
	assert_false(left_screen());
	unsetenv("PS1");
	terminal_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cut_file_shows_what_is_good_and_says_so),
		cmocka_unit_test(one_that_is_no_capture_is_said_before_the_screen_opens),
		cmocka_unit_test(what_only_text_can_be_is_text_on_a_terminal_too),
		cmocka_unit_test(the_view_begins_with_what_the_command_line_says),
		cmocka_unit_test(in_the_background_it_prints_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
