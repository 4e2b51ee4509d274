/* SPDX-License-Identifier: BSD-2-Clause */
/* test_gather.c - the files of several workers become one */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <unistd.h>

#include "capture/gather.h"
#include "capture/reader.h"

#define LEN 60			/* bytes of a packet */

static char folder[] = "/tmp/test_gatherXXXXXX";

static int setup(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	return chdir("/") || rmdir(folder);
}

static void a_part_is_called_after_the_whole(void **state)
{
	static const struct { const char *whole, *part; } names[] = {
		{ "x.pcapng", "x.3.pcapng" }, { "/a.b/x.pcap.zst", "/a.b/x.3.pcap.zst" }, { "x", "x.3" },
		{ "/a.b/x", "/a.b/x.3" }, { ".x", ".x.3" }, { "x.gz", "x.3.gz" }, { "a/.x.cap", "a/.x.3.cap" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char *name = gather_name(names[i].whole, 3);

		assert_string_equal(name, names[i].part);
		free(name);
	}
}

static struct writer *open_writer(const char *path)
{
	const struct writer_options o = { .format = WRITER_PCAP, .nano = true, .linktype = LINKTYPE_ETHERNET, .snaplen = LEN };
	struct writer *w;
	struct error e;

	assert_int_equal(writer_open(&w, &o, AT_FDCWD, path, &e), 0);
	return w;
}

/* A file of packets that came at these times, ns. */
static struct part make_part(char *path, const uint64_t *times, size_t n)
{
	static const uint8_t bytes[LEN];
	struct writer *w = open_writer(path);
	struct error e;

	for (size_t i = 0; i < n; i++) {
		struct packet p = { .bytes = { bytes, LEN, LEN }, .sec = 1, .nsec = times[i], .linktype = LINKTYPE_ETHERNET };

		assert_int_equal(writer_put(w, &p, &e), 0);
	}
	assert_int_equal(writer_close(w, &e), 0);
	return (struct part){ .path = path, .fd = open(path, O_RDONLY) };
}

static void nothing(void)
{
}

static uint64_t gather_at_most(struct part *part, unsigned n, uint64_t most)
{
	struct writer *w = open_writer("whole");
	struct error e;
	uint64_t put;

	assert_int_equal(gather(part, n, w, most, &put, nothing, &e), 0);
	assert_int_equal(writer_close(w, &e), 0);
	for (unsigned i = 0; i < n; i++) {
		assert_int_equal(part[i].fd, -1);
		unlink(part[i].path);
	}
	return put;
}

static void expect(const uint64_t *times, size_t n)
{
	struct reader *r;
	struct batch b;
	struct error e;
	size_t seen = 0;

	assert_int_equal(reader_open(&r, "whole", &e), 0);
	while (reader_next(r, &b, &e) > 0)
		for (uint32_t i = 0; i < b.count; i++)
			assert_int_equal(b.packet[i].nsec, times[seen++]);
	assert_int_equal(seen, n);
	reader_close(r);
	unlink("whole");
}

static void packets_are_in_the_order_of_time(void **state)
{
	static const uint64_t first[] = { 1, 4, 5, 9 }, second[] = { 2, 3, 10, 11, 12 }, third[] = { 6, 8, 7 };
	static const uint64_t all[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
	struct part part[4];

	(void)state;
	part[0] = make_part("a", first, COUNT(first));
	part[1] = make_part("b", second, COUNT(second));
	part[2] = make_part("c", third, COUNT(third));
	part[3] = make_part("d", NULL, 0);
	assert_int_equal(gather_at_most(part, 4, UINT64_MAX), COUNT(all));
	expect(all, COUNT(all));
	assert_int_equal(part[0].packets, COUNT(first));
	assert_int_equal(part[3].packets, 0);
}

/* Frames that arrive on two cores at once. */
static void a_packet_that_is_late_finds_its_place(void **state)
{
	enum { MANY = 5000, LATE = 2100, EARLIER = 1300 };
	static uint64_t times[MANY], all[MANY];
	struct part part;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		times[i] = all[i] = i;
	memmove(&times[EARLIER], &times[EARLIER + 1], (LATE - EARLIER) * sizeof(*times));
	times[LATE] = EARLIER;
	part = make_part("a", times, MANY);
	assert_int_equal(gather_at_most(&part, 1, UINT64_MAX), MANY);
	expect(all, MANY);
}

static void a_limit_leaves_the_last_ones_out(void **state)
{
	static const uint64_t first[] = { 1, 4, 5 }, second[] = { 2, 3, 6 }, all[] = { 1, 2, 3, 4 };
	struct part part[2];

	(void)state;
	part[0] = make_part("a", first, COUNT(first));
	part[1] = make_part("b", second, COUNT(second));
	assert_int_equal(gather_at_most(part, 2, COUNT(all)), COUNT(all));
	expect(all, COUNT(all));
	assert_int_equal(part[0].packets + part[1].packets, COUNT(first) + COUNT(second));
}

static void a_part_that_is_cut_gives_what_is_whole(void **state)
{
	static const uint64_t first[] = { 1, 4 }, second[] = { 2, 3 }, all[] = { 1, 2, 4 };
	struct part part[2];

	(void)state;
	part[0] = make_part("a", first, COUNT(first));
	part[1] = make_part("b", second, COUNT(second));
	assert_int_equal(truncate("b", 24 + 2 * (16 + LEN) - 5), 0);
	assert_int_equal(gather_at_most(part, 2, UINT64_MAX), COUNT(all));
	expect(all, COUNT(all));
	assert_true(part[1].damaged);
	assert_false(part[0].damaged);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_part_is_called_after_the_whole),
		cmocka_unit_test(packets_are_in_the_order_of_time),
		cmocka_unit_test(a_packet_that_is_late_finds_its_place),
		cmocka_unit_test(a_limit_leaves_the_last_ones_out),
		cmocka_unit_test(a_part_that_is_cut_gives_what_is_whole),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
