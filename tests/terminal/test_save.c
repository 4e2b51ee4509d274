/* SPDX-License-Identifier: BSD-2-Clause */
/* test_save.c - packets go to files: what is marked, what is shown, a flow; and they are sorted */
#define _GNU_SOURCE
#include "tests/terminal/home.h"

/* What `ringtail --text -r FILE OPTION VALUE` prints; a value of NULL is none. */
static const char *printed(const char *path, const char *option, const char *value)
{
	static char text[16384];
	char *argv[] = {
		(char *)program(), (char *)"--text", (char *)"--utc", (char *)"-r", (char *)path, (char *)option, (char *)value,
		NULL,
	};
	size_t length = 0;
	ssize_t n;
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	close(ends[1]);
	while ((n = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0)
		length += (size_t)n;
	text[length] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	return text;
}

static void type_path(const char *name)
{
	terminal_type(&t, at_home(name));
	terminal_press(&t, VTERM_KEY_ENTER);
}

static void what_is_marked_or_shown_is_saved_and_counted(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "/tcp\r");
	assert_row(1, "30 match");
	terminal_type(&t, "w");
	assert_row(2, "a new file, of what is marked, else of what is shown");
	type_path("shown.pcap");
	assert_row(22, "30 packets saved to /tmp/");
	terminal_type(&t, "jmjjmw");
	type_path("marked.pcap");
	assert_row(22, "2 packets saved to /tmp/");
	terminal_type(&t, ":w ");
	type_path("marked.pcap");
	assert_row(1, "BAD");
	assert_row(2, "there is such a file already");
	terminal_press(&t, VTERM_KEY_ESCAPE);
	quits(0);
	assert_string_equal(printed(at_home("shown.pcap"), "--count", NULL), "30 packets\n");
	assert_string_equal(printed(at_home("marked.pcap"), "--count", NULL), "2 packets\n");
}

static void pcapng_keeps_interfaces_and_link_types(void **state)
{
	static const char *const files[] = { "pcaps/told.made.pcapng", "pcaps/sections.made.pcapng" };
	static const char names[] = "frame.time_epoch,frame.interface_name,frame.protocols";
	char before[16384];

	(void)state;
	for (int i = 0; i < 2; i++) {
		strcpy(before, printed(files[i], "--fields", names));
		start(files[i], 24, 80);
		assert_row(0, "index 100%");
		terminal_type(&t, "w");
		type_path(i ? "links.pcapng" : "names.pcapng");
		assert_row(22, "packets saved to");
		assert_gone("left out");
		quits(0);
		assert_string_equal(printed(at_home(i ? "links.pcapng" : "names.pcapng"), "--fields", names), before);
	}
}

static void a_flow_is_saved(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	terminal_type(&t, "2");
	assert_row(3, ">TCP    192.0.2.1:44083");
	terminal_type(&t, "w");
	assert_row(1, "Save to:");
	type_path("flow.pcapng");
	assert_row(22, "10 packets saved to");
	quits(0);
	assert_string_equal(printed(at_home("flow.pcapng"), "--count", NULL), "10 packets\n");
	assert_string_equal(printed(at_home("flow.pcapng"), "--count", "tcp port 44083"), "10 packets\n");
}

static void a_link_in_the_way_is_refused(void **state)
{
	(void)state;
	assert_int_equal(symlink("/tmp/ringtail_nowhere", at_home("link.pcap")), 0);
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "w");
	type_path("link.pcap");
	assert_row(22, "is a symbolic link, not followed");
	quits(0);
	assert_int_equal(access("/tmp/ringtail_nowhere", F_OK), -1);
}

static void matches_are_sorted_by_a_column(void **state)
{
	(void)state;
	start("pcaps/dns.pcap", 24, 80);
	assert_row(3, ">     1");
	terminal_type(&t, "s");
	assert_row(22, "Only what a filter lets through of a stored file is sorted");
	terminal_type(&t, "/udp && ip\r");
	assert_row(1, "32 match");
	terminal_type(&t, "s");
	assert_row(22, "Sorted by Time");
	terminal_type(&t, "rg");
	assert_row(3, ">    62 ");				/* the last of them */
	terminal_type(&t, "rssss");			/* source, destination, protocol, length */
	assert_row(22, "Sorted by Len");
	assert_row(1, ", by Len");
	terminal_type(&t, "g");
	assert_row(3, " DNS      75 ");
	terminal_type(&t, "r");
	assert_row(1, ", by Len, reversed");
	terminal_type(&t, "g");
	assert_row(3, " DNS     134 ");
	terminal_type(&t, "ss");
	assert_row(22, "Packets are in the order they came");
	quits(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_marked_or_shown_is_saved_and_counted),
		cmocka_unit_test(pcapng_keeps_interfaces_and_link_types),
		cmocka_unit_test(a_flow_is_saved),
		cmocka_unit_test(a_link_in_the_way_is_refused),
		cmocka_unit_test(matches_are_sorted_by_a_column),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
