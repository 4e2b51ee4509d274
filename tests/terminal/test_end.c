/* SPDX-License-Identifier: BSD-2-Clause */
/* test_end.c - signals, crashes, hang-up, ^Z, a stalled terminal: what is left behind */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

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
		cmocka_unit_test(signals_end_it_and_leave_the_terminal_as_it_was),
		cmocka_unit_test(a_crash_leaves_the_terminal_as_it_was_and_the_signal),
		cmocka_unit_test(a_hang_up_ends_it_within_a_second),
		cmocka_unit_test(it_is_suspended_and_comes_back),
		cmocka_unit_test(a_stalled_terminal_does_not_hold_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
