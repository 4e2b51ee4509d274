/* SPDX-License-Identifier: BSD-2-Clause */
/* test_direct.c - files written past the page cache have the same bytes */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "capture/writer.h"
#include "tests/unit/made.h"

static char folder[] = "/var/tmp/ringtail_direct.XXXXXX";
static struct error e;

static uint32_t random_to(uint32_t *seed, uint32_t most)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % (most + 1);
}

/* Write packets of all sizes, and flush after any of them. Returns the path. */
static const char *write_some(uint32_t seed, enum writer_format format, bool direct)
{
	static uint8_t bytes[200000];
	static char path[2][128];
	struct writer_options options = { .format = format, .linktype = 1, .snaplen = SNAPLEN_MAX, .direct = direct };
	struct writer *w;

	snprintf(path[direct], sizeof(path[direct]), "%s/%s", folder, direct ? "direct" : "cached");
	assert_int_equal(writer_open(&w, &options, AT_FDCWD, path[direct], &e), 0);
	for (uint32_t n = 0; n < 2500; n++) {
		uint32_t cap = random_to(&seed, n % 100 == 99 ? sizeof(bytes) : 1500);
		struct packet p = { .bytes = { bytes, cap, cap }, .sec = n, .linktype = 1 };

		memset(bytes, (int)n, cap);
		assert_int_equal(writer_put(w, &p, &e), 0);
		if (n % 64 == 0)
			writer_hurry(w, random_to(&seed, 3) == 0);
		if (random_to(&seed, n % 1000 < 500 ? 3 : 400) == 0)
			assert_int_equal(writer_flush(w, &e), 0);
	}
	assert_int_equal(writer_written(w) <= 2500, 1);
	assert_int_equal(writer_close(w, &e), 0);
	return path[direct];
}

static void the_bytes_are_those_of_any_file(void **state)
{
	static const enum writer_format formats[] = { WRITER_PCAP, WRITER_PCAPNG };

	(void)state;
	for (size_t f = 0; f < 2; f++) {
		for (uint32_t seed = 1; seed <= 4; seed++) {
			struct made cached = made_content(write_some(seed, formats[f], false));
			struct made direct = made_content(write_some(seed, formats[f], true));

			assert_int_equal(direct.len, cached.len);
			assert_memory_equal(direct.bytes, cached.bytes, cached.len);
			made_free(&cached);
			made_free(&direct);
		}
	}
}

/* A reader that follows finds whatever was flushed. */
static void what_was_flushed_can_be_read(void **state)
{
	struct writer_options options = { .linktype = 1, .snaplen = SNAPLEN_MAX, .direct = true };
	static uint8_t bytes[100000];
	struct writer *w;
	char path[128];
	size_t size = 24;

	(void)state;
	snprintf(path, sizeof(path), "%s/followed", folder);
	assert_int_equal(writer_open(&w, &options, AT_FDCWD, path, &e), 0);
	for (uint32_t cap = 1; cap < sizeof(bytes); cap = cap * 2 + 77) {
		struct packet p = { .bytes = { bytes, cap, cap }, .sec = cap, .linktype = 1 };
		struct made m;

		memset(bytes, (int)cap, cap);
		assert_int_equal(writer_put(w, &p, &e), 0);
		assert_int_equal(writer_flush(w, &e), 0);
		m = made_content(path);
		size += 16 + cap;
		assert_int_equal(m.len, size);
		assert_memory_equal(m.bytes + size - cap, bytes, cap);
		made_free(&m);
	}
	assert_int_equal(writer_close(w, &e), 0);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "direct", "cached", "followed" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bytes_are_those_of_any_file),
		cmocka_unit_test(what_was_flushed_can_be_read),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
