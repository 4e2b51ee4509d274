/* SPDX-License-Identifier: BSD-2-Clause */
/* test_filer.c - a process that makes the files of this run, and no others */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/create.h"
#include "capture/filer.h"

static char folder[] = "/tmp/ringtail_filer.XXXXXX";
static struct error e;

static const char *in_folder(const char *name)
{
	static char path[4][128];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder, name);
	return path[turn];
}

static void assert_made(const char *name)
{
	int fd = create_file(AT_FDCWD, in_folder(name), &e);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_int_equal(close(fd), 0);
	assert_int_equal(access(in_folder(name), F_OK), 0);
}

static void assert_refused(const char *path)
{
	assert_int_equal(create_file(AT_FDCWD, path, &e), -STATUS_WRITE);
	assert_non_null(strstr(e.text, ": is none of the files of this run"));
	assert_true(create_remove(path) < 0);
}

static void files_of_the_run_are_made_and_removed(void **state)
{
	(void)state;
	assert_made("x.pcap");
	assert_made("x.pcap1");
	assert_made("x.pcap");	/* replaced */
	assert_int_equal(create_remove(in_folder("x.pcap1")), 0);
	assert_int_equal(access(in_folder("x.pcap1"), F_OK), -1);
}

static void the_counters_take_their_place_for_all_to_read(void **state)
{
	struct stat st;

	(void)state;
	assert_made("m.prom.tmp");
	assert_int_equal(create_rename(in_folder("m.prom"), &e), 0);
	assert_int_equal(stat(in_folder("m.prom"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_true(create_rename(in_folder("x.pcap"), &e) < 0);
}

static void other_files_are_left_alone(void **state)
{
	(void)state;
	assert_refused(in_folder("victim"));
	assert_refused(in_folder("x.pcap.gz"));
	assert_refused(in_folder("../x.pcap"));
	assert_refused(in_folder("m.prom"));
	assert_refused("/etc/passwd");
	assert_int_equal(access(in_folder("victim"), F_OK), 0);
}

static int open_all(void **state)
{
	static const struct rotate_plan plan = { .names = NAMES_COUNTED, .bytes = 1 };
	static const char *folders[] = { folder, NULL };
	static char path[128], metrics[128];
	struct filer_policy policy = { .plan = &plan, .path = path, .metrics = metrics, .folders = folders };
	int fd, channel;

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	strcpy(path, in_folder("x.pcap"));
	strcpy(metrics, in_folder("m.prom"));
	fd = open(in_folder("victim"), O_WRONLY | O_CREAT, 0600);
	close(fd);
	channel = filer_open(&policy, &e);
	create_by(channel);
	return fd < 0 || channel < 0 ? -1 : 0;
}

static int remove_all(void **state)
{
	static const char *const names[] = { "x.pcap", "x.pcap1", "m.prom", "m.prom.tmp", "victim" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(in_folder(names[i]));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_the_run_are_made_and_removed),
		cmocka_unit_test(the_counters_take_their_place_for_all_to_read),
		cmocka_unit_test(other_files_are_left_alone),
	};

	return cmocka_run_group_tests(tests, open_all, remove_all);
}
