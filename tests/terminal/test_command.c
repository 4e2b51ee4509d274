/* SPDX-License-Identifier: BSD-2-Clause */
/* test_command.c - the line behind ":", what goes to files and to the clipboard, and the mouse */
#define _GNU_SOURCE
#include "tests/terminal/home.h"

static void commands_are_checked_as_they_are_typed(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, ":");
	assert_row(2, "a packet's number, from 1, w FILE, x FILE, filter EXPRESSION, set KEY");
	terminal_type(&t, "30");
	assert_row(1, "ok");
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_shown(">    30");
	terminal_type(&t, ":30x");
	assert_row(1, "BAD");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	terminal_type(&t, ":set ti");
	assert_row(1, "incomplete");
	assert_row(2, "'ti' is not one of columns, colour, time, utc");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	assert_row(1, "Filter: -");
	terminal_type(&t, ":q\r");
	ends(0);
}

static void settings_are_changed_by_command(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, ":set time = day\r");
	assert_row(3, "03:39:40.294442");
	terminal_type(&t, ":set columns number, tcp.dstport, info\r");
	assert_row(2, "    No. tcp.dstport Info");
	terminal_type(&t, ":set layout list\r");
	assert_gone("Detail");
	terminal_type(&t, ":filter tcp.flags.push == 1\r");
	assert_row(1, "6 match");
	quits(0);
}

static void times_count_from_a_reference(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "jjj");
	terminal_control(&t, 't');
	assert_row(6, "*REF*");
	assert_row(5, "0.000043");
	assert_row(7, "0.000");
	terminal_type(&t, "jj");
	terminal_control(&t, 't');
	assert_row(8, "*REF*");
	assert_row(22, "count from packet 6 on");
	terminal_control(&t, 't');
	assert_true(terminal_wait_for(&t, 8, "*REF*", true));
	quits(0);
}

static void packets_are_exported_in_their_columns(void **state)
{
	const char *text;

	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "/tcp.flags.syn == 1\r");
	assert_row(1, "2 match");
	terminal_type(&t, "x");
	assert_row(1, "Export CSV to:");
	terminal_type(&t, at_home("a.csv"));
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(22, "2 rows exported to");
	text = content_of(at_home("a.csv"));
	assert_non_null(strstr(text, "No.,Time,Source,Destination,Proto,Len,Info\n"
				     "1,0.000000,192.0.2.1,192.0.2.2,TCP,74,\"42882 > 7 [S], seq 1420385206,"));
	assert_non_null(strstr(text, "\n2,0.000031,192.0.2.2,192.0.2.1,TCP,74,\""));
	terminal_type(&t, ":x ");
	terminal_type(&t, at_home("a.csv"));
	assert_row(1, "BAD");
	assert_row(2, "there is such a file already");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	quits(0);
}

static void flows_are_exported_with_exact_numbers(void **state)
{
	const char *text;

	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "2");
	assert_row(1, "by bytes");
	terminal_type(&t, ":x ");
	terminal_type(&t, at_home("flows.csv"));
	terminal_press(&t, VTERM_KEY_ENTER);
	assert_row(22, "22 rows exported to");
	text = content_of(at_home("flows.csv"));
	assert_non_null(strstr(text, "Proto,Client,Server,State,Packets of client,Bytes of client,Packets of server,"
				     "Bytes of server,First,Duration\n"
				     "TCP,192.0.2.1:44083,192.0.2.2:53,CLOSED,6,462,4,933,1795232685.566462,0.000693\n"));
	quits(0);
}

/* "\033]52;c;...\a" was written for text. */
static void assert_copied(const char *base64)
{
	char wanted[256];

	snprintf(wanted, sizeof(wanted), "\033]52;c;%s\007", base64);
	assert_non_null(memmem(t.all, t.length, wanted, strlen(wanted)));
}

static void what_is_selected_goes_to_the_clipboard(void **state)
{
	static const char *const options[] = { "--osc52", "--utc", NULL };

	(void)state;
	start_with(options, "pcaps/tcp_echo.pcap");
	assert_row(3, ">     1");
	terminal_type(&t, ":set columns number, source, tcp.dstport\ry");
	assert_row(22, "Copied 13 bytes");
	assert_copied("MQkxOTIuMC4yLjEJNw==");		/* 1, 192.0.2.1, 7 */
	terminal_press(&t, VTERM_KEY_ENTER);
	terminal_type(&t, "jjj>jy");
	assert_row(22, "Copied 5 bytes");
	assert_copied("NDI4ODI=");			/* 42882 */
	terminal_type(&t, "\ty");
	assert_row(22, "Copied 4 bytes");
	assert_copied("YTc4Mg==");			/* a782 */
	quits(0);
}

static void without_leave_it_is_shown(void **state)
{
	(void)state;
	start("pcaps/tcp_echo.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_press(&t, VTERM_KEY_ENTER);
	terminal_type(&t, "jjj>jy");
	assert_row(22, "Not copied (osc52 is off): 42882");
	quits(0);
	assert_null(memmem(t.all, t.length, "\033]52", 4));
}

static void press_mouse(int row, int button)
{
	vterm_mouse_move(t.vt, row, 10, VTERM_MOD_NONE);
	vterm_mouse_button(t.vt, button, true, VTERM_MOD_NONE);
	vterm_mouse_button(t.vt, button, false, VTERM_MOD_NONE);
}

static void the_mouse_selects_and_scrolls(void **state)
{
	static const char *const options[] = { "--mouse", "--utc", NULL };

	(void)state;
	start_with(options, "pcaps/dns.pcap");
	assert_row(23, "?Help");
	press_mouse(7, 1);
	assert_row(7, ">     5");
	press_mouse(7, 5);
	assert_row(8, ">     6");
	press_mouse(7, 4);
	assert_row(7, ">     5");
	press_mouse(16, 1);
	assert_true(terminal_wait_reverse(&t, 16, 5, true));
	terminal_type(&t, "2");
	assert_row(3, ">TCP");
	press_mouse(5, 1);
	assert_row(5, ">TCP");
	quits(0);
	assert_non_null(memmem(t.all, t.length, "\033[?1006;1000l", 13));
}

static void without_being_asked_for_the_mouse_is_left_alone(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	press_mouse(7, 1);
	terminal_type(&t, "j");
	assert_row(4, ">     2");
	quits(0);
	assert_null(memmem(t.all, t.length, "1000h", 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_are_checked_as_they_are_typed),
		cmocka_unit_test(settings_are_changed_by_command),
		cmocka_unit_test(times_count_from_a_reference),
		cmocka_unit_test(packets_are_exported_in_their_columns),
		cmocka_unit_test(flows_are_exported_with_exact_numbers),
		cmocka_unit_test(what_is_selected_goes_to_the_clipboard),
		cmocka_unit_test(without_leave_it_is_shown),
		cmocka_unit_test(the_mouse_selects_and_scrolls),
		cmocka_unit_test(without_being_asked_for_the_mouse_is_left_alone),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
