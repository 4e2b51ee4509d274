/* SPDX-License-Identifier: BSD-2-Clause */
/* test_config.c - the view as its user wants it: columns, colours, times; and filters of runs before */
#define _GNU_SOURCE
#include "tests/terminal/home.h"

static void columns_are_those_of_the_configuration(void **state)
{
	(void)state;
	configure("columns = number, tcp.dstport:8, frame.protocols:24, info\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(2, "    No. tcp.\u2026ort frame.protocols          Info");
	assert_row(3, ">     1 7        eth:ethertype:ip:tcp     42882 > 7 [S]");
	quits(0);
}

static void a_narrow_screen_keeps_the_columns_that_were_asked_for(void **state)
{
	(void)state;
	configure("columns = number, time, source, destination, protocol, length, tcp.dstport:8, info\n");
	start("pcaps/tcp_echo.pcap", 24, 50);
	assert_row(2, "Source          Proto tcp.\u2026ort Info");
	assert_row(3, " 7 ");
	assert_gone("Time");
	quits(0);
}

static bool row_has_colour(int row)
{
	for (int column = 1; column < 7; column++) {
		VTermScreenCell cell = terminal_cell(&t, row, column);

		if (cell.chars[0] > ' ' && !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
			return true;
	}
	return false;
}

static void rows_have_the_colour_of_the_first_rule(void **state)
{
	(void)state;
	configure("colour = red bold: tcp.flags.syn == 1\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(23, "?Help");
	assert_true(row_has_colour(3) && row_has_colour(4) && !row_has_colour(5));
	assert_true(terminal_cell(&t, 4, 6).attrs.bold);
	quits(0);
}

static void a_wrong_configuration_is_said_before_the_screen_opens(void **state)
{
	int64_t ms;
	int how;

	(void)state;
	configure("# mine\nutc = yes\ncolums = number\n");
	start("pcaps/dns.pcap", 24, 200);
	how = terminal_end(&t, &ms);
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), 2);
	assert_row(0, "ringtail: /tmp/ringtail_home_");
	assert_row(0, "/ringtail/config:3: 'colums' is not one of columns, colour, time");
	assert_false(left_screen());
	terminal_free(&t);
}

static void text_does_not_read_it(void **state)
{
	static const char *const options[] = { "--text", "-c", "1", NULL };
	int64_t ms;

	(void)state;
	configure("nonsense\n");
	start_with(options, "pcaps/dns.pcap");
	assert_int_equal(terminal_end(&t, &ms), 0);
	terminal_free(&t);
}

static void the_command_line_goes_before_it(void **state)
{
	static const char *const date[] = { "-tttt", "--utc", NULL }, *const none[] = { NULL };

	(void)state;
	configure("time = epoch\nlayout = list\n");
	start_with(none, "pcaps/tcp_echo.pcap");
	assert_row(3, "1795232380.294442");
	assert_gone("Detail");
	quits(0);
	start_with(date, "pcaps/tcp_echo.pcap");
	assert_row(3, "2026-11-21 03:39:40.294442");
	quits(0);
}

static void ascii_can_be_asked_for_in_utf_8(void **state)
{
	(void)state;
	configure("ascii = yes\n");
	start("pcaps/dns.pcap", 40, 100);
	assert_shown("-- Hex ");
	for (int row = 0; row < t.rows; row++)
		for (const char *c = terminal_row(&t, row); *c; c++)
			assert_true((uint8_t)*c < 0x80);
	quits(0);
}

static void filters_come_back_in_the_next_run(void **state)
{
	(void)state;
	configure("");
	start("pcaps/tcp_echo.pcap", 24, 80);
	terminal_type(&t, "/tcp.flags.syn == 1\r");
	assert_row(1, "2 match");
	quits(0);
	assert_string_equal(content_of(at_home("ringtail/filters")), "tcp.flags.syn == 1\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/");
	terminal_press(&t, VTERM_KEY_UP);
	assert_row(1, "Filter: tcp.flags.syn == 1");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "2 match");
	quits(0);
	configure("history = 0\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/udp\r");
	assert_row(1, "0 match");
	quits(0);
	assert_string_equal(content_of(at_home("ringtail/filters")), "tcp.flags.syn == 1\n");
}

static void a_filter_that_cannot_be_kept_says_so_once(void **state)
{
	(void)state;
	configure("");
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "/tcp\r");
	assert_row(22, "Not kept for other runs: /dev/null/ringtail/filters: Not a directory");
	terminal_type(&t, "/\025udp\r");
	assert_row(1, "38 match");
	assert_gone("Not kept");
	quits(0);
	setenv("XDG_STATE_HOME", home, 1);
}

/* The sandbox lets it write there. */
static void the_state_may_be_anywhere(void **state)
{
	char folder[] = "/dev/shm/ringtail_state_XXXXXX", path[100];

	(void)state;
	assert_non_null(mkdtemp(folder));
	setenv("XDG_STATE_HOME", folder, 1);
	configure("");
	start("pcaps/tcp_echo.pcap", 24, 80);
	terminal_type(&t, "/udp\r");
	assert_row(1, "0 match");
	quits(0);
	setenv("XDG_STATE_HOME", home, 1);
	snprintf(path, sizeof(path), "%s/ringtail/filters", folder);
	assert_string_equal(content_of(path), "udp\n");
	unlink(path);
	snprintf(path, sizeof(path), "%s/ringtail", folder);
	rmdir(path);
	rmdir(folder);
}

static void columns_are_chosen_moved_sized_and_kept(void **state)
{
	(void)state;
	configure("# mine\ntime = day\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "c");
	assert_row(1, "Columns of the list of packets");
	assert_row(3, ">number");
	terminal_type(&t, "jd");
	assert_row(4, ">source");
	terminal_type(&t, "Ja");
	assert_row(1, "Column:");
	terminal_type(&t, "tcp.dstp");
	assert_row(2, "tcp.dstport");
	terminal_press(&t, VTERM_KEY_TAB);
	assert_row(1, "Column: tcp.dstport ");
	terminal_type(&t, ":0");
	assert_row(1, "BAD");
	terminal_press(&t, VTERM_KEY_BACKSPACE);
	terminal_type(&t, "7\r");
	assert_row(6, ">tcp.dstport");
	assert_row(6, " 7");
	terminal_type(&t, "++-");
	assert_row(6, " 8");
	terminal_type(&t, "w");
	assert_row(22, "Kept for other runs, in /tmp/ringtail_home_");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(2, "    No. Destination     Source          tcp.\u2026ort Proto   Len Info");
	quits(0);
	assert_string_equal(content_of(at_home("ringtail/config")), "# mine\ntime = day\n"
			    "columns = number, destination, source, tcp.dstport:8, protocol, length, info\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(2, "    No. Destination     Source          tcp.\u2026ort Proto   Len Info");
	quits(0);
}

static void the_last_column_stays(void **state)
{
	(void)state;
	configure("columns = number\n");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "cd");
	assert_row(22, "the name of a column is missing");
	assert_row(3, ">number");
	quits(0);
}

static void rules_of_colours_are_edited_and_kept(void **state)
{
	(void)state;
	configure("");
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "C");
	assert_row(3, "no rule: the protocol's name has its colour; a adds one");
	terminal_type(&t, "ared: tcp.flags.pus");
	assert_row(2, "tcp.flags.push");
	terminal_press(&t, VTERM_KEY_TAB);
	terminal_type(&t, " == 1\r");
	assert_row(3, ">red: tcp.flags.push == 1");
	terminal_type(&t, "arde: tcp");
	assert_row(1, "BAD c1");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	terminal_type(&t, "ablue: tcp\rK");
	assert_row(3, ">blue: tcp");
	terminal_type(&t, "w");
	assert_row(22, "Kept for other runs");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(1, "Rule: blue: tcp");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	terminal_type(&t, "d");
	assert_row(3, ">red: tcp.flags.push == 1");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(23, "/Filter");	/* which is drawn last */
	assert_true(!row_has_colour(5) && row_has_colour(6));
	quits(0);
	assert_string_equal(content_of(at_home("ringtail/config")), "colour = blue: tcp\ncolour = red: tcp.flags.push == 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_those_of_the_configuration),
		cmocka_unit_test(a_narrow_screen_keeps_the_columns_that_were_asked_for),
		cmocka_unit_test(rows_have_the_colour_of_the_first_rule),
		cmocka_unit_test(a_wrong_configuration_is_said_before_the_screen_opens),
		cmocka_unit_test(text_does_not_read_it),
		cmocka_unit_test(the_command_line_goes_before_it),
		cmocka_unit_test(ascii_can_be_asked_for_in_utf_8),
		cmocka_unit_test(filters_come_back_in_the_next_run),
		cmocka_unit_test(a_filter_that_cannot_be_kept_says_so_once),
		cmocka_unit_test(the_state_may_be_anywhere),
		cmocka_unit_test(columns_are_chosen_moved_sized_and_kept),
		cmocka_unit_test(the_last_column_stays),
		cmocka_unit_test(rules_of_colours_are_edited_and_kept),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
