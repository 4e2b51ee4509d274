/* SPDX-License-Identifier: BSD-2-Clause */
/* test_pcapng_copy.c - a pcapng file copied: the same bytes, but the packets that are left out */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture/pcapng_copy.h"
#include "capture/reader.h"
#include "capture/writer.h"
#include "tests/unit/made.h"
#include "tests/unit/written.h"

static struct error e;

static void any_block(struct made *m, uint32_t type, size_t len)
{
	size_t at = made_block(m, type);

	made_fill(m, (uint8_t)type, len);
	made_block_end(m, at);
}

static void obsolete(struct made *m, uint32_t cap)
{
	size_t at = made_block(m, 2);

	made_u16(m, 0);
	made_u16(m, 0xffff);
	made_u64(m, 0);
	made_u32(m, cap);
	made_u32(m, cap);
	made_fill(m, 7, cap);
	made_block_end(m, at);
}

/* Two sections, in both byte orders, with so many rounds of every kind of block; large ones among them or not. */
static struct made every_kind(uint32_t rounds, bool large)
{
	struct made m = { 0 };

	for (int section = 0; section < 2; section++) {
		m.swapped = section;
		made_section(&m, 1);
		any_block(&m, 4, 40);
		any_block(&m, 10, large ? 700000 : 100);
		for (uint32_t i = 0; i < rounds; i++) {
			made_interface(&m, (uint16_t)(section ? 101 : 1), 0, 9, 0);
			made_enhanced(&m, i, i, i % 1500, 1500, (uint8_t)i, 1);
			any_block(&m, 0xbad, 4 * (i % 100));
			made_enhanced(&m, 0, i, 3, 3, (uint8_t)i, 2);
			made_simple(&m, 60, 60, (uint8_t)i);
			obsolete(&m, i % 70);
			any_block(&m, 77, large && i % 50 == 1 ? 3000000 : i % 900);
			made_enhanced(&m, i / 2, i, 50, 50, (uint8_t)i, 0);
		}
		any_block(&m, 5, 36);
	}
	return m;
}

/* Copy file, of its packets each keep-th, into path; a next file is begun after so many, where that is not 0. Returns
 * what closing the file does.
 */
static int copy(const char *file, uint32_t keep, uint64_t next_after, uint64_t *written)
{
	struct writer_options options = { .format = WRITER_PCAPNG, .copy = copy_new() };
	struct reader *r;
	struct writer *w;
	struct batch b;
	uint64_t number = 0;
	int n, rc = 0;

	assert_int_equal(reader_open_with(&r, file, &(struct reader_options){ .watch = copy_watch(options.copy) }, &e), 0);
	rc = writer_open(&w, &options, AT_FDCWD, path, &e);
	while (!rc && (n = reader_next(r, &b, &e)) > 0) {
		for (int i = 0; !rc && i < n; i++) {
			if (next_after && number == next_after)
				assert_int_equal(writer_next(w, AT_FDCWD, path, &e), 0);
			if (number++ % keep == 0)
				rc = writer_put(w, &b.packet[i], &e);
		}
	}
	if (w && !rc)
		rc = writer_flush(w, &e);
	*written = w ? writer_written(w) : 0;
	if (w) {
		int closed = writer_close(w, &e);

		rc = rc ? rc : closed;
	}
	reader_close(r);
	copy_free(options.copy);
	return rc;
}

static void a_whole_copy_is_the_same_bytes(void **state)
{
	(void)state;
	for (int large = 0; large < 2; large++) {
		struct made m = every_kind(300, large), got;
		uint64_t written;

		assert_int_equal(copy(made_file(&m, m.len), 1, 0, &written), 0);
		assert_int_equal(written, 2 * 300 * 5);
		got = made_content(path);
		assert_int_equal(got.len, m.len);
		assert_memory_equal(got.bytes, m.bytes, m.len);
		made_free(&got);
		made_free(&m);
	}
}

static bool is_packet(uint32_t type)
{
	return type == 2 || type == 3 || type == 6;
}

/* What of m should be in a copy with each keep-th packet: whole blocks. */
static struct made left_out(const struct made *m, uint32_t keep)
{
	struct made some = { 0 };
	uint32_t number = 0, len;
	bool swapped = false;

	for (size_t at = 0; at < m->len; at += len) {
		uint32_t type = stored_u32(m->bytes + at, swapped);

		if (type == 0x0a0d0d0a)
			swapped = stored_u32(m->bytes + at + 8, true) == 0x1a2b3c4d;
		len = stored_u32(m->bytes + at + 4, swapped);
		if (len > m->len - at)
			break;
		if (!is_packet(stored_u32(m->bytes + at, swapped)) || number++ % keep == 0)
			made_bytes(&some, m->bytes + at, len);
	}
	return some;
}

static void a_copy_of_some_packets_keeps_all_other_blocks_in_order(void **state)
{
	static const uint32_t each[] = { 2, 3, 7, 64, 1000, 100000 };
	struct made m = every_kind(300, true);

	(void)state;
	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
		struct made expected = left_out(&m, each[i]), got;
		uint64_t written;

		assert_int_equal(copy(made_file(&m, m.len), each[i], 0, &written), 0);
		got = made_content(path);
		assert_int_equal(got.len, expected.len);
		assert_memory_equal(got.bytes, expected.bytes, expected.len);
		made_free(&got);
		made_free(&expected);
	}
	made_free(&m);
}

static void a_section_s_length_is_not_known_any_more(void **state)
{
	struct made m = every_kind(2, false), got;
	uint64_t written;

	(void)state;
	memset(m.bytes + 16, 0, 8);
	assert_int_equal(copy(made_file(&m, m.len), 2, 0, &written), 0);
	got = made_content(path);
	for (size_t i = 16; i < 24; i++)
		assert_int_equal(got.bytes[i], 0xff);
	made_free(&got);
	made_free(&m);
}

static void the_next_file_has_what_its_packets_need(void **state)
{
	struct made m = every_kind(100, false);

	(void)state;
	for (uint64_t after = 1; after < 1000; after += 61) {
		struct reader *r;
		struct batch b;
		uint64_t written, number = after;
		int n;

		assert_int_equal(copy(made_file(&m, m.len), 1, after, &written), 0);
		assert_int_equal(written, 1000);
		assert_int_equal(reader_open(&r, path, &e), 0);
		while ((n = reader_next(r, &b, &e)) > 0)
			for (int i = 0; i < n; i++, number++)
				assert_int_equal(b.packet[i].linktype, number < 500 ? 1 : 101);
		assert_int_equal(n, 0);
		assert_int_equal(number, 1000);
		reader_close(r);
	}
	made_free(&m);
}

static void a_full_disk_leaves_whole_blocks(void **state)
{
	struct made m = every_kind(60, true);

	(void)state;
	for (rlim_t limit = 0; limit < m.len; limit += limit < 1500 ? 111 : 700000) {
		const char *file = made_file(&m, m.len);
		uint64_t written, packets = 0;
		struct reader *r;
		struct batch b;
		int n, rc;

		limit_files(limit);
		rc = copy(file, 1, 0, &written);
		limit_files(RLIM_INFINITY);
		assert_int_equal(rc, -STATUS_WRITE);
		if (limit < 2000)
			continue;
		assert_int_equal(reader_open(&r, path, &e), 0);
		while ((n = reader_next(r, &b, &e)) > 0)
			packets += (uint64_t)n;
		assert_int_equal(n, 0);
		assert_int_equal(packets, written);
		reader_close(r);
	}
	made_free(&m);
}

static void a_copy_of_a_cut_file_has_its_whole_blocks(void **state)
{
	struct made m = every_kind(3, false), got;

	(void)state;
	for (size_t len = 300; len < m.len; len += 12) {
		struct made whole = left_out(&(struct made){ .bytes = m.bytes, .len = len }, 1);
		uint64_t written;

		assert_int_equal(copy(made_file(&m, len), 1, 0, &written), 0);
		got = made_content(path);
		assert_int_equal(got.len, whole.len);
		assert_memory_equal(got.bytes, whole.bytes, got.len);
		made_free(&got);
		made_free(&whole);
	}
	made_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_copy_is_the_same_bytes),
		cmocka_unit_test(a_copy_of_some_packets_keeps_all_other_blocks_in_order),
		cmocka_unit_test(a_section_s_length_is_not_known_any_more),
		cmocka_unit_test(the_next_file_has_what_its_packets_need),
		cmocka_unit_test(a_full_disk_leaves_whole_blocks),
		cmocka_unit_test(a_copy_of_a_cut_file_has_its_whole_blocks),
	};

	return cmocka_run_group_tests(tests, make_path, remove_path);
}
