/* SPDX-License-Identifier: BSD-2-Clause */
/* test_live.c - packets that come while the view is open, on the loopback interface of a network namespace of its own */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

static bool may_capture;

static int make_namespace(void **state)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd;

	(void)state;
	if (geteuid() != 0 || unshare(CLONE_NEWNET))
		return 0;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	may_capture = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &lo) == 0;
	close(fd);
	return 0;
}

/* Datagrams to port 9, each of so many bytes. */
static void send_datagrams(int count, size_t size)
{
	const struct sockaddr_in to = { AF_INET, htons(9), { htonl(INADDR_LOOPBACK) }, { 0 } };
	const struct sockaddr_in from = { AF_INET, htons(40000), { htonl(INADDR_LOOPBACK) }, { 0 } };
	static const char bytes[1000];

	for (int i = 0; i < count; i++) {
		int fd = socket(AF_INET, SOCK_DGRAM, 0);

		assert_int_equal(bind(fd, (const struct sockaddr *)&from, sizeof(from)), 0);
		assert_int_equal(sendto(fd, bytes, size, 0, (const struct sockaddr *)&to, sizeof(to)), size);
		close(fd);
	}
}

static void start_live(const char *path)
{
	const char *const options[] = { "-i", "lo", path ? "-w" : "udp port 9", path ? path : NULL, "udp port 9", NULL };

	if (!may_capture)
		skip();
	start_with(options, NULL);
	assert_row(0, " lo LIVE");
}

static void packets_are_rows_as_they_come(void **state)
{
	(void)state;
	start_live(NULL);
	send_datagrams(5, 50);
	assert_row(7, ">     5");
	assert_row(7, "127.0.0.1       127.0.0.1       UDP      92 40000 > 9 UDP");
	assert_true(terminal_wait_reverse(&t, 7, 10, true));
	assert_row(0, "packets 5 ");
	send_datagrams(5, 50);
	assert_shown(">    10");
	assert_row(22, "following");
	terminal_type(&t, "g");
	assert_row(3, ">     1");
	send_datagrams(1, 50);
	assert_row(0, "packets 11 ");
	assert_row(3, ">     1");
	terminal_type(&t, " ");
	assert_row(22, "paused");
	send_datagrams(3, 50);
	assert_row(0, "lo PAUSED +3");
	terminal_type(&t, " G");
	assert_shown(">    14");
	quits(0);
}

static void a_filter_goes_on_with_what_comes(void **state)
{
	(void)state;
	start_live(NULL);
	send_datagrams(3, 50);
	assert_shown(">     3");
	terminal_type(&t, "/udp.length > 100\r");
	assert_row(1, "Filter: udp.length > 100");
	assert_gone(">     3");
	send_datagrams(2, 500);
	send_datagrams(2, 50);
	assert_row(4, ">     5");
	assert_row(0, "packets 7 ");
	assert_row(0, "shown 2 ");
	quits(0);
}

static void tables_count_what_comes(void **state)
{
	(void)state;
	start_live(NULL);
	send_datagrams(6, 50);
	terminal_type(&t, "2");
	assert_row(3, ">UDP    127.0.0");
	assert_shown("client 6 packets");
	send_datagrams(2, 50);
	assert_shown("client 8 packets");
	terminal_type(&t, "3");
	assert_row(3, ">127.0.0.1");
	terminal_type(&t, "4");
	assert_row(1, "Drops: kernel 0  view 0");
	assert_row(3, ">\u25be Ethernet");
	terminal_type(&t, "5");
	assert_shown(">*lo");
	terminal_type(&t, "i");
	assert_shown("8 packets captured");
	assert_shown("udp port 9");
	quits(0);
}

static void a_storm_of_sizes_costs_the_file_nothing(void **state)
{
	char path[] = "/tmp/ringtail_live.XXXXXX";
	struct stat st;

	(void)state;
	close(mkstemp(path));
	start_live(path);
	for (int i = 0; i < 40; i++) {
		terminal_set_size(&t, 4 + i * 7 % 60, 20 + i * 37 % 200);
		send_datagrams(5, 50);
	}
	terminal_set_size(&t, 24, 80);
	assert_row(23, "?Help");
	assert_shown(">   200");
	assert_row(22, " ok ");
	quits(0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 24 + 200 * (16 + 92));
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packets_are_rows_as_they_come),
		cmocka_unit_test(a_filter_goes_on_with_what_comes),
		cmocka_unit_test(tables_count_what_comes),
		cmocka_unit_test(a_storm_of_sizes_costs_the_file_nothing),
	};

	return cmocka_run_group_tests(tests, make_namespace, NULL);
}
