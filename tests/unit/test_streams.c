/* SPDX-License-Identifier: BSD-2-Clause */
/* test_streams.c - messages come together from segments in any order, and within bounds */
#include "tests/unit/track.h"

enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

#define TCP 6

/* Two questions of 31 and 33 bytes, each behind its length, and room for a long one. */
static const uint8_t stream[] = "\0\x1d"
				"\x12\x34\1\0\0\1\0\0\0\0\0\0\7example\3com\0\0\1\0\1"
				"\0\x1f"
				"\x12\x35\1\0\0\1\0\0\0\0\0\0\3www\5there\3org\0\0\1\0\1";

#define FIRST 31
#define BOTH  64

static uint32_t port;

static const struct decoded *segment_of(const uint8_t *bytes, uint32_t seq, uint32_t n,
					uint8_t flags)
{
	uint8_t *p = fresh_packet(), *h = p + 20;

	put16(h, 40000 + port);
	put16(h + 2, 53);
	put32(h + 4, seq);
	put32(h + 8, 1);
	h[12] = 0x50;
	h[13] = flags | ACK;
	put32(h + 14, 0x02000000);
	put16(h + 18, 0);
	memcpy(h + 20, bytes, n);
	return send4(p, TCP, 1, 0, 20 + n);
}

/* Bytes [from, to) of the stream, which starts at sequence number start. */
static uint32_t start;

static const struct decoded *segment(uint32_t from, uint32_t to)
{
	return segment_of(stream + from, start + from, to - from, 0);
}

static uint32_t messages(const struct decoded *d)
{
	for (uint32_t i = 0; i + 1 < d->count; i++)
		if (d->layer[i].proto == PROTO_DNSTCP)
			assert_int_equal(d->layer[i + 1].proto, PROTO_DNS);
	return count_of(d, PROTO_DNS);
}

static int setup_stream(void **state)
{
	start = 1000;
	port = 0;
	return setup(state);
}

static void each_cut_completes_in_the_last(void **state)
{
	(void)state;
	for (uint32_t a = 1; a < FIRST; a++)
		for (uint32_t b = a + 1; b <= FIRST; b++, start += 0x10000000) {
			assert_int_equal(messages(segment(0, a)), 0);
			assert_int_equal(layer_of(segment(b, b), PROTO_DNSTCP) != NULL, 0);
			if (b < FIRST)
				assert_int_equal(messages(segment(a, b)), 0);
			assert_int_equal(messages(segment(b < FIRST ? b : a, FIRST)), 1);
			assert_int_equal(track.messages.count, 0);
			assert_int_equal(messages(segment(FIRST, BOTH)), 1);
		}
}

static void segments_change_places(void **state)
{
	const struct origin *from;
	const struct decoded *d;

	(void)state;
	assert_int_equal(messages(segment(0, 10)), 0);
	assert_int_equal(messages(segment(20, FIRST)), 0);
	d = segment(10, 20);
	assert_int_equal(messages(d), 1);
	from = layer_origin(d, layer_of(d, PROTO_DNSTCP));
	assert_non_null(from);
	assert_int_equal(from->count, 3);
	assert_int_equal(from->number[2], 3);
	assert_int_equal(slice_u16(layer_whole(d, layer_of(d, PROTO_DNS)), 0), 0x1234);
}

static void byte_by_byte(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < BOTH; i++)
		assert_int_equal(messages(segment(i, i + 1)), i + 1 == FIRST || i + 1 == BOTH);
	assert_int_equal(track.messages.count, 0);
}

static void a_segment_has_several(void **state)
{
	const struct decoded *d = segment(0, BOTH);

	(void)state;
	assert_int_equal(messages(d), 2);
	assert_int_equal(d->layer[5].source, 0);
	assert_int_equal(track.messages.count, 0);
	start += 5000;
	assert_int_equal(messages(segment(0, FIRST + 5)), 1);
	assert_int_equal(messages(segment(FIRST + 5, BOTH)), 1);
	start += 5000;
	assert_int_equal(messages(segment(0, 5)), 0);
	d = segment(5, BOTH);
	assert_int_equal(messages(d), 2);
	assert_int_equal(layer_of(d, PROTO_DNS)->source, 1);
	assert_int_equal(d->layer[d->count - 1].source, 0); /* the second is in this packet alone */
}

static void bytes_come_again(void **state)
{
	(void)state;
	assert_int_equal(messages(segment(0, FIRST + 10)), 1);
	assert_int_equal(messages(segment(0, FIRST + 10)), 0);
	assert_int_equal(messages(segment(0, FIRST)), 0);
	assert_int_equal(messages(segment(FIRST - 8, FIRST + 20)), 0);
	assert_int_equal(messages(segment(FIRST + 15, BOTH)), 1);
	assert_int_equal(track.messages.count, 0);
}

static void bytes_that_change_are_noted(void **state)
{
	uint8_t other[8] = "other!!";
	const struct decoded *d;

	(void)state;
	segment(0, 20);
	d = segment_of(other, start + 13, 8, 0);
	assert_int_equal(layer_of(d, PROTO_TCP)->note, NOTE_CONFLICT);
	d = segment(21, FIRST);
	assert_int_equal(messages(d), 1);
	assert_int_equal(slice_u8(layer_whole(d, layer_of(d, PROTO_DNSTCP)), 15), stream[15]);
}

static void numbers_wrap(void **state)
{
	(void)state;
	for (start = 0xffffffff - BOTH; start != BOTH; start++) {
		assert_int_equal(messages(segment(0, 3)), 0);
		assert_int_equal(messages(segment(FIRST + 8, BOTH)), 0);
		assert_int_equal(messages(segment(3, FIRST + 8)), 2);
		port++;
	}
}

static void an_end_shows_what_is_there(void **state)
{
	const struct decoded *d;

	(void)state;
	segment(0, 20);
	d = segment_of(stream, start + 20, 0, FIN);
	assert_non_null(layer_of(d, PROTO_DNSTCP));
	assert_int_equal(track.messages.count, 0);
	assert_int_equal(track.gaps, 1);
	segment(0, 20);
	assert_null(layer_of(segment_of(stream, start + 5000, 0, SYN), PROTO_DNSTCP));
	assert_int_equal(track.messages.count, 0);
}

/* 64 KiB behind a gap: it is not closed any more. The next segments are read from their start. */
static void a_gap_ends_the_wait(void **state)
{
	static uint8_t much[8000];
	const struct decoded *d = NULL;
	uint32_t at = 40;

	(void)state;
	put16(much, 7998);
	segment(0, 20);
	for (uint32_t i = 0; i < 20 && track.gaps == 0; i++, at += sizeof(much))
		d = segment_of(much, start + at, sizeof(much), 0);
	assert_int_equal(track.gaps, 1);
	assert_int_equal(count_of(d, PROTO_DNSTCP), 2);
	assert_int_equal(messages(segment_of(stream, start + at, FIRST, 0)), 1);
}

static void cut_segments_are_not_waited_for(void **state)
{
	(void)state;
	cut_by = 3;
	segment(0, 20);
	assert_int_equal(track.messages.count, 0);
	cut_by = 0;
	segment(0, 20);
	cut_by = 3;
	segment(20, FIRST);
	cut_by = 0;
	assert_int_equal(track.messages.count, 0);
}

static void many_give_way_to_the_newest(void **state)
{
	(void)state;
	for (port = 0; port < 20000; port++)
		segment(0, 20);
	assert_true(track.messages.count <= PARCELS);
	assert_true(track.messages.given_up >= 20000 - PARCELS);
	port = 19999;
	assert_int_equal(messages(segment(20, FIRST)), 1);
}

/* Each wants 64 KiB, and gets most of it: the pool is less. */
static void memory_is_bounded(void **state)
{
	static uint8_t much[30000];

	(void)state;
	put16(much, 65535);
	for (port = 0; port < 100; port++) {
		segment_of(much, start, sizeof(much), 0);
		segment_of(much + 2, start + sizeof(much), sizeof(much) - 2, 0);
	}
	assert_true(track.messages.given_up >= 80);
	assert_true(track.messages.fresh <= POOL_BLOCKS);
	for (port = 0; port < 100; port++)
		segment_of(much, start, 0, RST);
	assert_int_equal(track.messages.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_cut_completes_in_the_last, setup_stream),
		cmocka_unit_test_setup(segments_change_places, setup_stream),
		cmocka_unit_test_setup(byte_by_byte, setup_stream),
		cmocka_unit_test_setup(a_segment_has_several, setup_stream),
		cmocka_unit_test_setup(bytes_come_again, setup_stream),
		cmocka_unit_test_setup(bytes_that_change_are_noted, setup_stream),
		cmocka_unit_test_setup(numbers_wrap, setup_stream),
		cmocka_unit_test_setup(an_end_shows_what_is_there, setup_stream),
		cmocka_unit_test_setup(a_gap_ends_the_wait, setup_stream),
		cmocka_unit_test_setup(cut_segments_are_not_waited_for, setup_stream),
		cmocka_unit_test_setup(many_give_way_to_the_newest, setup_stream),
		cmocka_unit_test_setup(memory_is_bounded, setup_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
