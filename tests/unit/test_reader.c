/* SPDX-License-Identifier: BSD-2-Clause */
/* test_reader.c - packets from stored files: every kind, every cut, every lie */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "capture/reader.h"
#include "tests/unit/made.h"

#define SEEN_MAX 256

/* All packets of a file, and how it ended. Bytes are not kept: each packet's are all alike. */
struct seen {
	int count, status;
	struct error e;
	uint16_t linktype;
	uint32_t snaplen;
	bool nano;
	struct packet packet[SEEN_MAX];
	uint8_t value[SEEN_MAX];
};

static void take(struct seen *s, const struct packet *p)
{
	assert_true(s->count < SEEN_MAX);
	for (uint32_t i = 1; i < p->bytes.cap; i++)
		assert_int_equal(slice_u8(p->bytes, i), slice_u8(p->bytes, 0));
	assert_true(p->bytes.cap <= p->bytes.wire);
	s->value[s->count] = slice_u8(p->bytes, 0);
	s->packet[s->count++] = *p;
}

static const struct seen *read_path(const char *path)
{
	static struct seen s;
	struct reader *r;
	struct batch b;
	int n;

	s = (struct seen){ 0 };
	s.status = reader_open(&r, path, &s.e);
	if (s.status)
		return &s;
	while ((n = reader_next(r, &b, &s.e)) > 0) {
		assert_int_equal(b.count, n);
		for (int i = 0; i < n; i++)
			take(&s, &b.packet[i]);
	}
	s.status = n;
	s.linktype = reader_linktype(r);
	s.snaplen = reader_snaplen(r);
	s.nano = reader_nano(r);
	reader_close(r);
	return &s;
}

/* Read the first len bytes of m. */
static const struct seen *read_cut(const struct made *m, size_t len)
{
	return read_path(made_file(m, len));
}

/* Read m, and free it. */
static const struct seen *read_made(struct made *m)
{
	const struct seen *s = read_cut(m, m->len);

	made_free(m);
	return s;
}

static void assert_error(const struct seen *s, enum status status, const char *words)
{
	assert_int_equal(s->status, -(int)status);
	if (!strstr(s->e.text, words))
		fail_msg("\"%s\" does not say \"%s\"", s->e.text, words);
}

static void every_kind_of_pcap_in_both_byte_orders_has_the_same_packets(void **state)
{
	static const struct { uint32_t magic, unit; bool modified; } kinds[] = {
		{ 0xa1b2c3d4, 1000, false }, { 0xa1b23c4d, 1, false }, { 0xa1b2cd34, 1000, true },
	};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct made m = { .swapped = i % 2 };
		const struct seen *s;

		made_pcap(&m, kinds[i / 2].magic, 4, 1);
		for (uint8_t n = 0; n < 3; n++) {
			made_record(&m, 1700000000u + n, 5, 60, 60, n);
			if (kinds[i / 2].modified) {	/* 8 more bytes before the packet */
				made_fill(&m, n, 8);
				memset(m.bytes + m.len - 68, 0xee, 8);
			}
		}
		s = read_made(&m);
		assert_int_equal(s->status, 0);
		assert_int_equal(s->count, 3);
		assert_int_equal(s->linktype, 1);
		assert_int_equal(s->snaplen, 262144);
		assert_int_equal(s->nano, kinds[i / 2].unit == 1);
		for (uint8_t n = 0; n < 3; n++) {
			assert_int_equal(s->packet[n].sec, 1700000000 + n);
			assert_int_equal(s->packet[n].nsec, 5 * kinds[i / 2].unit);
			assert_int_equal(s->packet[n].bytes.cap, 60);
			assert_int_equal(s->packet[n].linktype, 1);
			assert_int_equal(s->value[n], n);
		}
	}
}

static void seconds_reach_to_2106_and_a_damaged_fraction_stays(void **state)
{
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	made_record(&m, UINT32_MAX, UINT32_MAX, 4, 4, 1);
	s = read_made(&m);
	assert_int_equal(s->packet[0].sec, UINT32_MAX);
	assert_true(s->packet[0].nsec == UINT32_MAX * UINT64_C(1000));
}

static void the_length_of_the_fcs_is_no_part_of_the_link_type(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 0x24000001);
	assert_int_equal(read_made(&m)->linktype, 1);
}

static void more_captured_than_on_the_wire_raises_the_wire_length(void **state)
{
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	made_record(&m, 1, 1, 60, 20, 1);
	s = read_made(&m);
	assert_int_equal(s->packet[0].bytes.cap, 60);
	assert_int_equal(s->packet[0].bytes.wire, 60);
}

static void old_versions_have_the_lengths_the_other_way_round(void **state)
{
	(void)state;
	for (uint16_t minor = 2; minor <= 3; minor++) {
		struct made m = { 0 };
		const struct seen *s;

		made_pcap(&m, 0xa1b2c3d4, minor, 1);
		for (uint8_t n = 0; n < 2; n++) {
			made_record(&m, n, 0, 0, 40, 1);
			memcpy(m.bytes + m.len - 8, (uint32_t[2]){ 100, 40 }, 8);
			made_fill(&m, n, 40);
		}
		s = read_made(&m);
		assert_int_equal(s->status, 0);
		assert_int_equal(s->count, 2);
		assert_int_equal(s->packet[1].bytes.cap, 40);
		assert_int_equal(s->packet[1].bytes.wire, 100);
	}
}

static void other_versions_are_refused_by_name(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 5, 1);
	assert_error(read_made(&m), STATUS_INPUT, "version 2.5 of pcap");
	made_section(&m, 7);
	assert_error(read_made(&m), STATUS_INPUT, "version 7 of pcapng");
}

static void every_cut_of_a_pcap_file_gives_the_good_packets_and_the_byte(void **state)
{
	struct made m = { 0 };
	size_t ends[4] = { 24 };
	char words[120];

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (uint8_t n = 1; n <= 3; n++) {
		made_record(&m, n, 0, 40u * n, 40u * n, n);
		ends[n] = m.len;
	}
	for (size_t cut = 1; cut <= m.len; cut++) {
		const struct seen *s = read_cut(&m, cut);
		int whole = 0;

		while (whole < 3 && ends[whole + 1] <= cut)
			whole++;
		if (cut < 24)
			snprintf(words, sizeof(words), ": cut at byte %zu: tried to read 24 file header "
				 "bytes, only got %zu", cut, cut);
		else if (cut - ends[whole] < 16)
			snprintf(words, sizeof(words), ": cut at byte %zu: tried to read 16 header "
				 "bytes, only got %zu", cut, cut - ends[whole]);
		else
			snprintf(words, sizeof(words), ": cut at byte %zu: tried to read %d captured "
				 "bytes, only got %zu", cut, 40 * (whole + 1), cut - ends[whole] - 16);
		assert_int_equal(s->count, whole);
		if (cut == ends[whole])
			assert_int_equal(s->status, 0);
		else
			assert_error(s, STATUS_INPUT, words);
	}
	made_free(&m);
}

static void every_cut_of_a_pcapng_file_gives_the_good_packets_and_the_byte(void **state)
{
	struct made m = { 0 };
	size_t ends[4], section;
	char words[120];

	(void)state;
	made_section(&m, 1);
	section = m.len;
	made_interface(&m, 1, 0, 6, 0);
	ends[0] = m.len;
	for (uint8_t n = 1; n <= 3; n++) {
		made_enhanced(&m, 0, n, 13u * n, 13u * n, n, 0);
		ends[n] = m.len;
	}
	for (size_t cut = 1; cut <= m.len; cut++) {
		const struct seen *s = read_cut(&m, cut);
		size_t begin = cut < section ? 0 : cut < ends[0] ? section : ends[0];
		int whole = 0;

		while (whole < 3 && ends[whole + 1] <= cut)
			begin = ends[++whole];
		snprintf(words, sizeof(words), ": cut at byte %zu: tried to read", cut);
		assert_int_equal(s->count, whole);
		if (cut == begin && cut >= section)
			assert_int_equal(s->status, 0);
		else
			assert_error(s, STATUS_INPUT, words);
		snprintf(words, sizeof(words), "only got %zu", cut - begin);
		if (cut != begin)
			assert_error(s, STATUS_INPUT, words);
	}
	made_free(&m);
}

static void a_record_too_long_is_damage_where_it_begins(void **state)
{
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	made_record(&m, 1, 1, 262144, 262144, 1);
	made_record(&m, 1, 1, 0, 0, 1);
	memset(m.bytes + m.len - 8, 0xff, 4);
	s = read_made(&m);
	assert_int_equal(s->count, 1);
	assert_int_equal(s->packet[0].bytes.cap, 262144);
	assert_error(s, STATUS_INPUT, ": damaged at byte 262184: a packet of 4294967295 captured");
}

static void packets_across_the_buffer_s_end_are_whole(void **state)
{
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	for (int n = 0; n < 250; n++)
		made_record(&m, (uint32_t)n, 0, 10007u + 97u * (uint32_t)n, 1000000, (uint8_t)n);
	s = read_made(&m);
	assert_int_equal(s->status, 0);
	assert_int_equal(s->count, 250);
	for (int n = 0; n < 250; n++) {
		assert_int_equal(s->packet[n].sec, n);
		assert_int_equal(s->packet[n].bytes.cap, 10007 + 97 * n);
	}
}

static void sections_have_their_own_byte_order_and_interfaces(void **state)
{
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_section(&m, 1);
	made_interface(&m, 1, 0, 9, 0);
	made_interface(&m, 101, 0, 6, 0);
	made_enhanced(&m, 1, 1000001, 20, 20, 1, 0);
	m.swapped = true;
	made_section(&m, 1);
	made_interface(&m, 113, 0, 6, 0);
	made_enhanced(&m, 0, 2000002, 21, 99, 2, 0);
	s = read_made(&m);
	assert_int_equal(s->status, 0);
	assert_int_equal(s->count, 2);
	assert_int_equal(s->linktype, 1);
	assert_true(s->nano);
	assert_int_equal(s->packet[0].linktype, 101);
	assert_int_equal(s->packet[0].interface, 1);
	assert_int_equal(s->packet[0].sec, 1);
	assert_int_equal(s->packet[0].nsec, 1000);
	assert_int_equal(s->packet[1].linktype, 113);
	assert_int_equal(s->packet[1].interface, 2);
	assert_int_equal(s->packet[1].sec, 2);
	assert_int_equal(s->packet[1].nsec, 2000);
	assert_int_equal(s->packet[1].bytes.cap, 21);
	assert_int_equal(s->packet[1].bytes.wire, 99);
}

static void times_have_the_interface_s_resolution_and_offset(void **state)
{
	static const struct { uint8_t resolution; uint64_t time, sec, nsec; } cases[] = {
		{ 0, 7, 7, 0 },
		{ 3, 1002, 1, 2000000 },
		{ 6, 1700000000123456, 1700000000, 123456000 },
		{ 9, 1700000000123456789, 1700000000, 123456789 },
		{ 12, 1123456789012, 1, 123456789 },
		{ 19, UINT64_MAX, 1, 844674407 },
		{ 0x80, 9, 9, 0 },
		{ 0x80 | 10, 1024 + 512, 1, 500000000 },
		{ 0x80 | 32, 0x180000000, 1, 500000000 },
		{ 0x80 | 63, UINT64_MAX, 1, 999999999 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made m = { 0 };
		const struct seen *s;

		made_section(&m, 1);
		made_interface(&m, 1, 0, cases[i].resolution, -1);
		made_enhanced(&m, 0, cases[i].time, 4, 4, 0, 0);
		s = read_made(&m);
		assert_int_equal(s->status, 0);
		assert_int_equal(s->packet[0].sec, (int64_t)cases[i].sec - 1);
		assert_int_equal(s->packet[0].nsec, cases[i].nsec);
	}
}

static void resolutions_that_no_clock_has_are_damage(void **state)
{
	static const uint8_t resolutions[] = { 20, 127, 0x80 | 64, 0xff };

	(void)state;
	for (size_t i = 0; i < sizeof(resolutions); i++) {
		struct made m = { 0 };

		made_section(&m, 1);
		made_interface(&m, 1, 0, resolutions[i], 0);
		assert_error(read_made(&m), STATUS_INPUT, "damaged at byte 28: a time resolution");
	}
}

static void a_simple_packet_ends_at_the_snap_length(void **state)
{
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_section(&m, 1);
	made_interface(&m, 1, 30, 6, 0);
	made_simple(&m, 100, 30, 5);
	made_simple(&m, 10, 10, 6);
	s = read_made(&m);
	assert_int_equal(s->count, 2);
	assert_int_equal(s->packet[0].bytes.cap, 30);
	assert_int_equal(s->packet[0].bytes.wire, 100);
	assert_int_equal(s->packet[1].bytes.cap, 10);
	assert_int_equal(s->packet[1].sec, 0);
}

static void the_obsolete_packet_block_is_read(void **state)
{
	for (int swapped = 0; swapped < 2; swapped++) {
		struct made m = { .swapped = swapped };
		const struct seen *s;
		size_t at;

		(void)state;
		made_section(&m, 1);
		made_interface(&m, 1, 0, 6, 0);
		made_interface(&m, 101, 0, 6, 0);
		at = made_block(&m, 2);
		made_u16(&m, 1);
		made_u16(&m, 0xffff);
		made_u32(&m, 0);
		made_u32(&m, 3000004);
		made_u32(&m, 5);
		made_u32(&m, 50);
		made_fill(&m, 9, 5);
		made_block_end(&m, at);
		s = read_made(&m);
		assert_int_equal(s->status, 0);
		assert_int_equal(s->count, 1);
		assert_int_equal(s->packet[0].linktype, 101);
		assert_int_equal(s->packet[0].sec, 3);
		assert_int_equal(s->packet[0].nsec, 4000);
		assert_int_equal(s->packet[0].bytes.cap, 5);
		assert_int_equal(s->packet[0].bytes.wire, 50);
		assert_int_equal(s->packet[0].flags, 0);
	}
}

static void packet_flags_are_those_of_the_block(void **state)
{
	static const struct { uint32_t word; uint16_t flags; } cases[] = {
		{ 0, 0 },	  { 1, PACKET_IN },
		{ 2, PACKET_OUT },	  { 3, 0 },
		{ 1 << 9, PACKET_CSUM_PENDING },
		{ 1 << 10, PACKET_CSUM_VALID },
		{ 1 << 11 | 2, PACKET_TSO | PACKET_OUT },
		{ 1 | 3 << 2, PACKET_IN | PACKET_TO_ALL },
		{ 0xfffff1fc, 0 },
	};
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_section(&m, 1);
	made_interface(&m, 1, 0, 6, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		made_enhanced(&m, 0, 0, 14, 14, 0, cases[i].word);
	s = read_made(&m);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(s->packet[i].flags, cases[i].flags);
}

static void unknown_blocks_of_any_length_are_passed_over(void **state)
{
	static const size_t lengths[] = { 0, 4, 100, 500000, 3000000 };
	struct made m = { 0 };
	const struct seen *s;

	(void)state;
	made_section(&m, 1);
	made_interface(&m, 1, 0, 6, 0);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		size_t at = made_block(&m, 0x0bad + (uint32_t)i);

		made_fill(&m, 0xff, lengths[i]);
		made_block_end(&m, at);
		made_enhanced(&m, 0, i, 60, 60, (uint8_t)i, 0);
	}
	s = read_made(&m);
	assert_int_equal(s->status, 0);
	assert_int_equal(s->count, 5);
	assert_int_equal(s->value[4], 4);
}

static void a_lying_block_is_damage_where_it_begins(void **state)
{
	static const struct { size_t at; uint32_t value; const char *words; } lies[] = {
		{ 4, 8, "a block of 8 bytes" },
		{ 4, 45, "a block of 45 bytes" },
		{ 4, 0xfffffffc, "a block of 4294967292 bytes" },
		{ 8, 1, "a packet of interface 1, of 1" },
		{ 20, 17, "a packet of 17 captured bytes in a block with 16" },
		{ 20, 0xffffffff, "a packet of 4294967295 captured bytes" },
		{ 44, 0, "a block of 48 bytes that ends as one of 0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		struct made m = { 0 };
		const struct seen *s;
		char words[100];
		size_t at;

		made_section(&m, 1);
		made_interface(&m, 1, 0, 6, 0);
		made_enhanced(&m, 0, 0, 8, 8, 1, 0);
		at = made_block(&m, 6);
		for (int n = 0; n < 3; n++)
			made_u32(&m, 0);
		made_u32(&m, 16);
		made_u32(&m, 16);
		made_fill(&m, 1, 16);
		made_block_end(&m, at);
		memcpy(m.bytes + at + lies[i].at, &lies[i].value, 4);
		snprintf(words, sizeof(words), ": damaged at byte %zu: %s", at, lies[i].words);
		s = read_made(&m);
		assert_int_equal(s->count, 1);
		assert_error(s, STATUS_INPUT, words);
	}
}

static void interfaces_without_end_are_refused(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_section(&m, 1);
	for (int i = 0; i < 65537; i++)
		made_interface(&m, 1, 0, 6, 0);
	assert_error(read_made(&m), STATUS_INPUT, "more than 65536 interfaces");
}

static void what_is_no_capture_is_named(void **state)
{
	struct made m = { 0 };

	(void)state;
	assert_error(read_made(&m), STATUS_INPUT, "is empty");
	made_bytes(&m, "plain text", 10);
	assert_error(read_made(&m), STATUS_INPUT, "neither pcap nor pcapng: begins with 70 6c 61 69");
	made_bytes(&m, "\x1f\x8b\x08\0\0\0\0\0", 8);
	assert_error(read_made(&m), STATUS_INPUT, "cut at byte 8: its gzip data have no end");
	made_bytes(&m, "\xfd" "7zXZ", 5);
	assert_error(read_made(&m), STATUS_INPUT, "compressed by xz");
	made_bytes(&m, "\xd4\xc3", 2);
	assert_error(read_made(&m), STATUS_INPUT, "cut at byte 2");
	assert_error(read_path("/tmp"), STATUS_USAGE, "/tmp: is a directory");
	assert_error(read_path("/nowhere/x.pcap"), STATUS_USAGE,
		     "/nowhere/x.pcap: No such file or directory");
}

static void a_slow_pipe_delivers_each_packet_at_once(void **state)
{
	struct made m = { 0 };
	struct reader *r;
	struct error e;
	struct batch b;
	char path[32];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	assert_int_equal(write(ends[1], m.bytes, m.len), m.len);
	assert_int_equal(reader_open(&r, path, &e), 0);
	for (uint8_t n = 0; n < 5; n++) {
		m.len = 0;
		made_record(&m, n, 0, 100, 100, n);
		made_record(&m, n, 0, 100, 100, n);	/* all but its last byte */
		assert_int_equal(write(ends[1], m.bytes, m.len - 1), m.len - 1);
		assert_int_equal(reader_next(r, &b, &e), 1);
		assert_int_equal(slice_u8(b.packet[0].bytes, 99), n);
		assert_int_equal(write(ends[1], m.bytes + m.len - 1, 1), 1);
		assert_int_equal(reader_next(r, &b, &e), 1);
		assert_int_equal(slice_u8(b.packet[0].bytes, 99), n);
	}
	close(ends[1]);
	assert_int_equal(reader_next(r, &b, &e), 0);
	reader_close(r);
	close(ends[0]);
	made_free(&m);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(made_file(NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_pcap_in_both_byte_orders_has_the_same_packets),
		cmocka_unit_test(seconds_reach_to_2106_and_a_damaged_fraction_stays),
		cmocka_unit_test(the_length_of_the_fcs_is_no_part_of_the_link_type),
		cmocka_unit_test(more_captured_than_on_the_wire_raises_the_wire_length),
		cmocka_unit_test(old_versions_have_the_lengths_the_other_way_round),
		cmocka_unit_test(other_versions_are_refused_by_name),
		cmocka_unit_test(every_cut_of_a_pcap_file_gives_the_good_packets_and_the_byte),
		cmocka_unit_test(every_cut_of_a_pcapng_file_gives_the_good_packets_and_the_byte),
		cmocka_unit_test(a_record_too_long_is_damage_where_it_begins),
		cmocka_unit_test(packets_across_the_buffer_s_end_are_whole),
		cmocka_unit_test(sections_have_their_own_byte_order_and_interfaces),
		cmocka_unit_test(times_have_the_interface_s_resolution_and_offset),
		cmocka_unit_test(resolutions_that_no_clock_has_are_damage),
		cmocka_unit_test(a_simple_packet_ends_at_the_snap_length),
		cmocka_unit_test(the_obsolete_packet_block_is_read),
		cmocka_unit_test(packet_flags_are_those_of_the_block),
		cmocka_unit_test(unknown_blocks_of_any_length_are_passed_over),
		cmocka_unit_test(a_lying_block_is_damage_where_it_begins),
		cmocka_unit_test(interfaces_without_end_are_refused),
		cmocka_unit_test(what_is_no_capture_is_named),
		cmocka_unit_test(a_slow_pipe_delivers_each_packet_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, remove_file);
}
