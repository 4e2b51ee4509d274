/* SPDX-License-Identifier: BSD-2-Clause */
/* test_files.c - files that are compressed, or still written, in the view */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/terminal/driver.h"

static char bytes[65536];

static size_t content(const char *path)
{
	FILE *file = fopen(path, "r");
	size_t n;

	assert_non_null(file);
	n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return n;
}

static void a_compressed_file_is_shown_as_any(void **state)
{
	char path[] = "/tmp/ringtail-test-XXXXXX";
	gzFile gz = gzdopen(mkstemp(path), "wb");
	size_t n = content("pcaps/dns.pcap");

	(void)state;
	assert_int_equal(gzwrite(gz, bytes, (unsigned)n), n);
	gzclose(gz);
	start(path, 24, 80);
	assert_row(0, "68 packets");
	assert_row(0, "index 100%");
	terminal_type(&t, "G");
	assert_shown(">    68");
	terminal_type(&t, "/dns.flags.response\r");
	assert_row(0, "shown 44");
	quits(0);
	unlink(path);
}

static void a_file_that_is_written_meanwhile_is_followed(void **state)
{
	static const char *const options[] = { "--follow", NULL };
	char path[] = "/tmp/ringtail-test-XXXXXX";
	size_t n = content("pcaps/tcp_echo.pcap"), half = 700;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, bytes, half), half);
	start_with(options, path);
	assert_shown(">     7");		/* of the next there is a part */
	assert_row(0, "7 packets");
	assert_int_equal(write(fd, bytes + half, n - half), n - half);
	assert_shown(">    14");
	terminal_type(&t, "g");
	assert_shown(">     1");
	assert_row(22, "ok");
	assert_int_equal(ftruncate(fd, 100), 0);
	assert_row(22, "has become shorter");
	quits(3);
	close(fd);
	unlink(path);
}

/* Where the view may make no files: of those that are read, each is opened when its turn comes. */
static void copy(const char *from, char *to)
{
	size_t n = content(from);
	int fd = mkstemp(to);

	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
}

static void several_files_are_one_list(void **state)
{
	char first[] = "/dev/shm/ringtail-test-XXXXXX", second[] = "/dev/shm/ringtail-test-XXXXXX";
	const char *const options[] = { "--utc", "-r", first, NULL };

	(void)state;
	copy("pcaps/tcp_echo6.pcapng", first);
	copy("pcaps/dns.pcap", second);
	start_with(options, second);
	assert_row(0, "82 packets");
	assert_row(0, "index 100%");
	assert_row(3, ">     1    0.000000000 2001:db8::1 ");
	terminal_type(&t, "G");
	assert_shown(">    82");
	assert_row(22, " + 1  ok");
	terminal_type(&t, "/tcp\r");
	assert_row(0, "shown 44");
	quits(0);
	unlink(first);
	unlink(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compressed_file_is_shown_as_any),
		cmocka_unit_test(several_files_are_one_list),
		cmocka_unit_test(a_file_that_is_written_meanwhile_is_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
