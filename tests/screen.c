/* SPDX-License-Identifier: BSD-2-Clause */
/* screen.c - the live view in a terminal in memory: keys in, cells out; run by tests/replay/screen.sh */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>

#include "tests/terminal.h"
#include "tests/unit/made.h"
#include "ui/screen/keys.h"

#define LEAVES_SCREEN "\033[?1049l"	/* rmcup of xterm */

static struct terminal t;

static const char *program(void)
{
	const char *path = getenv("RINGTAIL");

	return path ? path : "build/ringtail";
}

static void start_as(const char *file, int rows, int columns, const char *name, const char *locale)
{
	char *argv[] = { (char *)program(), (char *)"--utc", (char *)"-r", (char *)file, NULL };

	terminal_start(&t, argv, rows, columns, name, locale);
}

/* The same with other options, of which the last is NULL. */
static void start_with(const char *const options[], const char *file)
{
	char *argv[16] = { (char *)program() };
	int n = 1;

	while (*options && n < 12)
		argv[n++] = (char *)*options++;
	argv[n++] = (char *)"-r";
	argv[n] = (char *)file;
	terminal_start(&t, argv, 24, 80, "xterm-256color", "C.UTF-8");
}

static void start(const char *file, int rows, int columns)
{
	start_as(file, rows, columns, "xterm-256color", "C.UTF-8");
}

#define assert_row(row, text) assert_true(terminal_wait_for(&t, row, text, false))
#define assert_shown(text) assert_true(terminal_wait_for(&t, -1, text, false))
#define assert_gone(text) assert_true(terminal_wait_for(&t, -1, text, true))

static bool left_screen(void)
{
	return memmem(t.all, t.length, LEAVES_SCREEN, strlen(LEAVES_SCREEN));
}

/* Does the terminal show what is typed, as it does when a program begins? */
static bool echoes(void)
{
	struct termios modes;

	return tcgetattr(t.fd, &modes) == 0 && modes.c_lflag & ECHO && modes.c_lflag & ICANON;
}

/* It ends with this status, and the terminal is as before. */
static void ends(int status)
{
	int64_t ms;
	int how = terminal_end(&t, &ms);

	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), status);
	assert_true(left_screen());
	assert_true(echoes());
	terminal_free(&t);
}

static void quits(int status)
{
	terminal_type(&t, "q");
	ends(status);
}

static void a_file_opens_as_a_list_with_details(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(0, "dns.pcap  68 packets");
	assert_row(0, "index 100%");
	assert_row(1, "Filter: -");
	assert_row(2, "No.");
	assert_row(3, ">     1    0.000000 192.0.2.1       192.0.2.2       DNS");
	assert_shown("Frame 1: ");
	assert_shown("\u25b8 Domain Name System");
	assert_row(23, "?Help");
	assert_true(terminal_wait_reverse(&t, 3, 10, true));
	assert_true(terminal_wait_reverse(&t, 4, 10, false));
	quits(0);
}

static void keys_move_in_the_list(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_press(&t, VTERM_KEY_DOWN);
	assert_row(4, ">     2");
	terminal_type(&t, "j");
	assert_row(5, ">     3");
	terminal_type(&t, "k");
	assert_row(4, ">     2");
	terminal_press(&t, VTERM_KEY_PAGEDOWN);
	assert_shown(">    1");
	terminal_type(&t, "G");
	assert_shown(">    68");
	terminal_press(&t, VTERM_KEY_HOME);
	assert_row(3, ">     1");
	terminal_press(&t, VTERM_KEY_END);
	assert_shown(">    68");
	terminal_control(&t, 'u');
	assert_gone(">    68");
	terminal_type(&t, "g");
	assert_row(3, ">     1");
	quits(0);
}

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

static void a_filter_is_checked_as_it_is_typed_and_applied(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/tcp.flags.pus");
	assert_row(1, "incomplete");
	assert_row(2, "tcp.flags.push");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(1, "Filter: tcp.flags.push ");
	assert_row(1, "ok");
	terminal_type(&t, " ==");
	assert_row(1, "incomplete");
	assert_row(2, "^");
	terminal_press(&t, VTERM_KEY_ENTER);
	terminal_type(&t, " 1");
	assert_row(1, "ok");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "6 match");
	assert_row(3, ">     4");
	assert_row(0, "shown 6 (42.9%)");
	terminal_type(&t, "/");
	terminal_control(&t, 'u');
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(0, "shown 14 (100.0%)");
	assert_row(1, "Filter: -");
	quits(0);
}

static void a_wrong_filter_says_where_and_what_is_meant(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/tcp.prt == 443");
	assert_row(1, "BAD c1");
	assert_row(2, "         ^ 'tcp.prt' is neither a field nor a protocol; is it tcp.p");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "BAD c1");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	terminal_type(&t, "/ip.addr == 10.0.0.0/33");
	assert_row(1, "BAD c12");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	assert_row(3, ">     1");
	quits(0);
}

static void old_filters_come_back(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	terminal_type(&t, "/tcp.flags.syn == 1\r");
	assert_row(1, "2 match");
	terminal_type(&t, "/");
	terminal_control(&t, 'u');
	terminal_type(&t, "udp\r");
	assert_row(1, "0 match");
	assert_shown("no packet matches");
	terminal_type(&t, "/");
	terminal_press(&t, VTERM_KEY_UP);
	terminal_press(&t, VTERM_KEY_UP);
	assert_row(1, "tcp.flags.syn == 1");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "2 match");
	quits(0);
}

static void a_packet_is_gone_to_by_its_number(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, ":30\r");
	assert_shown(">    30");
	terminal_type(&t, ":300\r");
	assert_shown("There is no packet 300: there are 1 to 68");
	terminal_type(&t, "j");
	assert_shown(">    31");
	assert_gone("There is no packet");
	quits(0);
}

static void text_and_bytes_are_found(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_control(&t, 'f');
	terminal_type(&t, "aaaa?\r");
	assert_shown(">     3");
	terminal_type(&t, "n");
	assert_gone(">     3");
	terminal_type(&t, "N");
	assert_shown(">     3");
	terminal_control(&t, 'f');
	terminal_type(&t, "0xc0000250\r");		/* 192.0.2.80 */
	assert_gone(">     3");
	terminal_control(&t, 'f');
	terminal_type(&t, "nobody says that\r");
	assert_shown("Not found: nobody says that");
	quits(0);
}

static void marks_are_kept_and_found(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "jjmGm");
	assert_row(0, "marked 2");
	terminal_type(&t, "g");
	assert_row(5, "*     3");
	terminal_type(&t, "M");
	assert_row(5, ">     3");
	terminal_type(&t, "U");
	assert_row(0, "marked 0");
	terminal_type(&t, "M");
	assert_shown("No packet is marked");
	quits(0);
}

static void times_have_forms(void **state)
{
	static const char *const forms[] = {
		"0.000000", "0.000000", "03:39:40.294442", "2026-11-21 03:39:40.294442", "1795232380.294442",
	};

	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 100);
	assert_row(3, "0.000000");
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		terminal_type(&t, "t");
		assert_shown("Times ");
		assert_row(3, forms[i]);
	}
	quits(0);
}

static void any_size_will_do(void **state)
{
	static const int sizes[][2] = { { 4, 20 }, { 10, 40 }, { 50, 200 }, { 100, 400 }, { 5, 300 }, { 1, 1 }, { 24, 80 } };

	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		terminal_set_size(&t, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] >= 4)
			assert_shown(">     1");
		terminal_type(&t, "?");
		if (sizes[i][0] >= 4)
			assert_shown("Help");
		terminal_type(&t, "xjk");
	}
	assert_row(0, "index 100%");
	assert_row(23, "?Help");
	quits(0);
}

static void a_small_screen_has_the_list(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 4, 20);
	assert_row(0, "dns.pcap");
	assert_row(1, ">     1");
	terminal_type(&t, "jj");
	assert_row(3, ">     3");
	terminal_type(&t, "j");
	assert_row(3, ">     4");
	terminal_type(&t, "/");
	assert_row(0, "Filter:");
	terminal_type(&t, "tcp\r");
	assert_row(1, ">    21");
	quits(0);
}

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

static void too_simple_a_terminal_is_refused_in_a_line(void **state)
{
	static const char *const names[] = { "dumb", "no-such-terminal", "unknown", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int64_t ms;
		int how;

		start_as("pcaps/dns.pcap", 24, 100, names[i], "C.UTF-8");
		how = terminal_end(&t, &ms);
		assert_true(WIFEXITED(how));
		assert_int_equal(WEXITSTATUS(how), 2);
		assert_row(0, "too simple a terminal for the view: --text prints lines");
		assert_string_equal(terminal_row(&t, 1), "");
		terminal_free(&t);
	}
}

static void other_terminals_have_the_same_cells(void **state)
{
	static const char *const names[] = { "vt100", "linux", "screen", "tmux-256color", "xterm" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int64_t ms;
		int how;

		start_as("pcaps/dns.pcap", 24, 80, names[i], "C.UTF-8");
		assert_row(3, ">     1    0.000000 192.0.2.1 ");
		assert_row(23, "?Help");
		terminal_type(&t, "q");
		how = terminal_end(&t, &ms);
		assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
		terminal_free(&t);
	}
}

static void without_utf_8_all_is_ascii(void **state)
{
	(void)state;
	start_as("pcaps/dns.pcap", 40, 100, "xterm", "C");
	assert_shown("-- Hex ");
	assert_shown(" + Domain Name System");
	terminal_type(&t, "?");
	assert_shown("+- Help: packets --");
	for (int row = 0; row < t.rows; row++)
		for (const char *c = terminal_row(&t, row); *c; c++)
			assert_true((uint8_t)*c < 0x80);
	terminal_type(&t, "x");
	assert_shown(">     1");
	quits(0);
}

static bool has_colour(void)
{
	for (int row = 0; row < t.rows; row++)
		for (int column = 0; column < t.columns; column++) {
			VTermScreenCell cell = terminal_cell(&t, row, column);

			if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
				return true;
		}
	return false;
}

static void colours_are_left_out_where_nobody_wants_them(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		if (i == 1)
			setenv("NO_COLOR", "1", 1);
		start("pcaps/tcp_echo.pcap", 24, 80);
		assert_row(3, ">     1");
		assert_row(23, "?Help");
		assert_int_equal(has_colour(), i == 0);
		unsetenv("NO_COLOR");
		quits(0);
	}
}

static void signals_end_it_and_leave_the_terminal_as_it_was(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		start("pcaps/dns.pcap", 24, 80);
		assert_row(3, ">     1");
		assert_false(echoes());
		kill(t.pid, signals[i]);
		ends(0);
	}
}

static void a_crash_leaves_the_terminal_as_it_was_and_the_signal(void **state)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGQUIT };

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		int64_t ms;
		int how;

		start("pcaps/dns.pcap", 24, 80);
		assert_row(3, ">     1");
		kill(t.pid, signals[i]);
		how = terminal_end(&t, &ms);
		assert_true(WIFSIGNALED(how));
		assert_int_equal(WTERMSIG(how), signals[i]);
		assert_true(left_screen());
		assert_true(echoes());
		terminal_free(&t);
	}
}

static void a_hang_up_ends_it_within_a_second(void **state)
{
	int64_t ms;

	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	close(t.fd);
	t.fd = -1;
	assert_true(terminal_end(&t, &ms) >= 0);
	assert_true(ms < 1000);
	terminal_free(&t);
}

/* What a shell with job control sees of ^Z, and of fg. */
static void it_is_suspended_and_comes_back(void **state)
{
	char line[512];
	char *argv[] = { (char *)"sh", (char *)"-i", NULL };
	int64_t ms;

	(void)state;
	setenv("PS1", "ready> ", 1);
	terminal_start(&t, argv, 24, 250, "xterm-256color", "C.UTF-8");	/* the program's path in one row */
	assert_shown("ready>");
	snprintf(line, sizeof(line), "%s -r pcaps/dns.pcap; echo status $?\r", program());
	terminal_type(&t, line);
	assert_row(3, ">     1");
	terminal_type(&t, "jj");
	assert_row(5, ">     3");
	terminal_control(&t, 'z');
	assert_row(2, "Stopped");
	assert_row(3, "ready>");
	assert_true(left_screen());
	terminal_type(&t, "clear; fg\r");
	assert_row(5, ">     3");
	assert_row(23, "?Help");
	terminal_type(&t, "j");
	assert_row(6, ">     4");
	terminal_type(&t, "q");
	assert_row(1, "ready>");	/* now lines are read again */
	terminal_type(&t, "exit\r");
	assert_true(terminal_end(&t, &ms) >= 0);
	unsetenv("PS1");
	terminal_free(&t);
}

static void nothing_is_written_while_nothing_happens(void **state)
{
	size_t before;

	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(23, "?Help");
	while (poll(&(struct pollfd){ .fd = t.fd, .events = POLLIN }, 1, 100) > 0)
		assert_true(terminal_read(&t, 0));
	before = t.length;
	terminal_type(&t, "k");		/* at the first packet already */
	assert_true(terminal_read(&t, 200));
	assert_true(t.length - before < 64);
	quits(0);
}

/* Each key of the table, once; none of them may be unknown, or end it. */
static void press(uint32_t press)
{
	static const struct { uint32_t press; VTermKey key; } special[] = {
		{ PRESS_UP, VTERM_KEY_UP }, { PRESS_DOWN, VTERM_KEY_DOWN }, { PRESS_LEFT, VTERM_KEY_LEFT },
		{ PRESS_RIGHT, VTERM_KEY_RIGHT }, { PRESS_PAGE_UP, VTERM_KEY_PAGEUP },
		{ PRESS_PAGE_DOWN, VTERM_KEY_PAGEDOWN }, { PRESS_HOME, VTERM_KEY_HOME }, { PRESS_END, VTERM_KEY_END },
		{ PRESS_F1, VTERM_KEY_FUNCTION(1) }, { PRESS_F3, VTERM_KEY_FUNCTION(3) },
		{ PRESS_ENTER, VTERM_KEY_ENTER }, { PRESS_TAB, VTERM_KEY_TAB }, { PRESS_ESCAPE, VTERM_KEY_ESCAPE },
	};

	for (size_t k = 0; k < sizeof(special) / sizeof(special[0]); k++) {
		if (special[k].press == press) {
			terminal_press(&t, special[k].key);
			return;
		}
	}
	if (press == PRESS_BACKTAB)
		vterm_keyboard_key(t.vt, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
	else if (press < 32)
		terminal_control(&t, (char)(press + 'a' - 1));
	else
		vterm_keyboard_unichar(t.vt, press, VTERM_MOD_NONE);
}

/* Each key of one screen; whatever it leads to is left again. */
static void press_all_keys(enum screen_id screen, const char *go_there, const char *is_there)
{
	static const char *const leads_to[ACTION_QUIT + 1] = {
		[ACTION_HELP] = "any key closes", [ACTION_FILTER] = "Enter shows all", [ACTION_FIND] = "Find:",
		[ACTION_SAVE] = "Save to:", [ACTION_GO_TO] = "Go to packet:",
	};

	terminal_type(&t, go_there);
	assert_row(1, is_there);
	for (uint32_t i = 0; i < keys_count; i++) {
		for (uint32_t n = 0; n < 4 && keys[i].press[n]; n++) {
			const char *there = leads_to[keys[i].action];

			if (keys[i].action == ACTION_QUIT || keys[i].action == ACTION_SUSPEND ||
			    !(keys[i].on & 1 << screen))
				continue;
			press(keys[i].press[n]);
			if (there) {
				assert_shown(there);
				terminal_press(&t, VTERM_KEY_ESCAPE);
				assert_gone(there);
			} else {
				terminal_type(&t, go_there);
			}
			assert_row(1, is_there);
		}
	}
	terminal_type(&t, "~");		/* after all of them it is still there */
	assert_shown("Unknown key ~, ? for help");
}

static void every_key_of_the_help_does_something(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 40, 100);
	assert_row(3, ">     1");
	terminal_type(&t, "~");
	assert_shown("Unknown key ~, ? for help");
	press_all_keys(SCREEN_PACKETS, "1", "Filter: ");
	press_all_keys(SCREEN_FLOWS, "2", "Flows: 22");
	quits(0);
}

static void flows_are_a_screen_of_their_own(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(23, "2 Flows");
	terminal_type(&t, "2");
	assert_row(0, "dns.pcap  68 packets");
	assert_row(1, "Flows: 22");
	assert_row(1, "by bytes");
	assert_row(3, ">TCP    192.0.2.1:44083     192.0.2.2:53       CLOSED      10    1.4kB");
	assert_row(19, "TCP 192.0.2.1:44083 > 192.0.2.2:53");
	assert_row(23, "1 Packets");
	terminal_press(&t, VTERM_KEY_DOWN);
	assert_row(19, "TCP 192.0.2.1:45901 > 192.0.2.2:53");
	assert_true(terminal_wait_reverse(&t, 4, 10, true));
	terminal_type(&t, "1");
	assert_row(3, ">     1");
	terminal_type(&t, "2");
	assert_row(4, ">TCP    192.0.2.1:45901");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	quits(0);
}

static void flows_are_sorted_and_turned(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "2s");
	assert_row(1, "by packets");
	terminal_type(&t, "s");
	assert_row(1, "by start");
	assert_row(3, ">UDP    192.0.2.1:37854     192.0.2.2:53       -            2     200B");
	terminal_type(&t, "r");
	assert_row(1, "by start, reversed");
	assert_gone("192.0.2.1:37854");
	terminal_type(&t, "G");
	assert_shown(">UDP    192.0.2.1:37854");
	quits(0);
}

static void a_flow_opens_as_its_packets(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "/udp\r");
	assert_row(1, "Filter: udp");
	terminal_type(&t, "2");
	assert_row(3, ">TCP    192.0.2.1:44083");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "Filter: ip.addr == 192.0.2.1 && tcp.port == 44083 && ip.ad");
	assert_row(0, "shown 10 (");
	terminal_press(&t, VTERM_KEY_ENTER);		/* deeper: a packet of it */
	assert_shown("Detail");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Flows: 22");
	assert_row(3, ">TCP    192.0.2.1:44083");
	terminal_type(&t, "1");
	assert_row(1, "Filter: udp");
	terminal_type(&t, "2jF");
	assert_row(1, "Filter: (udp) && ip.addr == 192.0.2.1 && tcp.port == 45901");
	assert_shown("no packet matches");
	quits(0);
}

/* A message of syslog to 192.0.2.2 in an Ethernet frame. */
static void add_message(struct made *m, const char *text)
{
	static const uint8_t head[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 0, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
		0x9c, 0x40, 2, 2, 0, 0, 0, 0,
	};
	size_t n = strlen(text), at = m->len + 16;

	made_u32(m, 1000);
	made_u32(m, 0);
	made_u32(m, (uint32_t)(sizeof(head) + n));
	made_u32(m, (uint32_t)(sizeof(head) + n));
	made_bytes(m, head, sizeof(head));
	made_bytes(m, text, n);
	m->bytes[at + 17] = (uint8_t)(28 + n);
	m->bytes[at + 39] = (uint8_t)(8 + n);
}

/* Escapes, C1, changes of direction, in packets and in the name of the file. */
static void hostile_bytes_never_reach_the_terminal(void **state)
{
	static const char bidi[] = { (char)0xe2, (char)0x80, (char)0xae, '\0' };	/* right to left from here */
	struct made m = { 0 };
	char path[64], text[64];

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	snprintf(path, sizeof(path), "/tmp/ringtail_\033[2J\xc2\x9b%s.pcap", bidi);
	snprintf(text, sizeof(text), "<13>\033]0;owned\007\033[2J\033[31m\xc2\x9b""31m%s\xffzebra", bidi);
	add_message(&m, text);
	add_message(&m, "<13>\r\n\016\033(0\033P1q\033\\\x90zebra");
	assert_int_equal(rename(made_file(&m, m.len), path), 0);
	start(path, 40, 200);
	assert_row(0, "ringtail_\\x1b[2J");
	assert_row(3, ">     1");
	terminal_type(&t, "\t+Gz");
	assert_shown("syslog.msg: ");
	assert_shown("zebra");
	terminal_type(&t, "z\t\tj");
	assert_row(4, ">     2");
	assert_row(39, "?Help");
	quits(0);
	assert_null(memmem(t.all, t.length, "\033]0;", 4));
	assert_null(memmem(t.all, t.length, "\033P", 2));
	assert_null(memchr(t.all, 0x07, t.length));
	assert_null(memmem(t.all, t.length, "\xc2\x9b", 2));
	assert_null(memmem(t.all, t.length, bidi, 3));
	assert_null(memchr(t.all, 0x90, t.length));
	unlink(path);
	made_free(&m);
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

static void a_storm_of_sizes_ends_with_the_last(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	for (int i = 0; i < 300; i++) {
		terminal_set_size(&t, 2 + i * 7 % 60, 1 + i * 13 % 200);
		assert_true(terminal_read(&t, 0));
	}
	terminal_set_size(&t, 30, 100);
	assert_row(29, "?Help");
	assert_row(0, "index 100%");
	assert_row(3, ">     1");
	quits(0);
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

/* Nobody reads what it writes, as with ^S or a dead line; then it is to end. */
static void a_stalled_terminal_does_not_hold_it(void **state)
{
	int64_t begin;
	int how = 0;
	pid_t pid = 0;

	(void)state;
	start("pcaps/dns.pcap", 50, 200);
	assert_row(3, ">     1");
	for (int i = 0; i < 40; i++)
		terminal_control(&t, 'l');
	for (begin = terminal_ms(); terminal_ms() - begin < 200;)	/* until it hangs in write(2) */
		poll(NULL, 0, 20);
	kill(t.pid, SIGTERM);
	for (begin = terminal_ms(); pid == 0 && terminal_ms() - begin < PATIENCE_MS;) {
		pid = waitpid(t.pid, &how, WNOHANG);
		poll(NULL, 0, 10);
	}
	assert_int_equal(pid, t.pid);
	assert_true(terminal_ms() - begin < 3000);
	assert_true(echoes());
	terminal_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_opens_as_a_list_with_details),
		cmocka_unit_test(keys_move_in_the_list),
		cmocka_unit_test(the_tree_unfolds_and_its_bytes_stand_out),
		cmocka_unit_test(a_byte_selects_its_field),
		cmocka_unit_test(a_filter_is_checked_as_it_is_typed_and_applied),
		cmocka_unit_test(a_wrong_filter_says_where_and_what_is_meant),
		cmocka_unit_test(old_filters_come_back),
		cmocka_unit_test(a_packet_is_gone_to_by_its_number),
		cmocka_unit_test(text_and_bytes_are_found),
		cmocka_unit_test(marks_are_kept_and_found),
		cmocka_unit_test(times_have_forms),
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(a_small_screen_has_the_list),
		cmocka_unit_test(a_cut_file_shows_what_is_good_and_says_so),
		cmocka_unit_test(one_that_is_no_capture_is_said_before_the_screen_opens),
		cmocka_unit_test(too_simple_a_terminal_is_refused_in_a_line),
		cmocka_unit_test(other_terminals_have_the_same_cells),
		cmocka_unit_test(without_utf_8_all_is_ascii),
		cmocka_unit_test(colours_are_left_out_where_nobody_wants_them),
		cmocka_unit_test(signals_end_it_and_leave_the_terminal_as_it_was),
		cmocka_unit_test(a_crash_leaves_the_terminal_as_it_was_and_the_signal),
		cmocka_unit_test(a_hang_up_ends_it_within_a_second),
		cmocka_unit_test(it_is_suspended_and_comes_back),
		cmocka_unit_test(nothing_is_written_while_nothing_happens),
		cmocka_unit_test(every_key_of_the_help_does_something),
		cmocka_unit_test(flows_are_a_screen_of_their_own),
		cmocka_unit_test(flows_are_sorted_and_turned),
		cmocka_unit_test(a_flow_opens_as_its_packets),
		cmocka_unit_test(hostile_bytes_never_reach_the_terminal),
		cmocka_unit_test(what_only_text_can_be_is_text_on_a_terminal_too),
		cmocka_unit_test(the_view_begins_with_what_the_command_line_says),
		cmocka_unit_test(a_storm_of_sizes_ends_with_the_last),
		cmocka_unit_test(in_the_background_it_prints_lines),
		cmocka_unit_test(a_stalled_terminal_does_not_hold_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
