/* SPDX-License-Identifier: BSD-2-Clause */
/* test_fragments.c - datagrams come together from fragments in any order, and within bounds */
#include "tests/unit/track.h"

#define MORE 0x2000
#define UDP  17

/* Byte i of the datagram: a UDP header without checksum, then numbers. */
static uint8_t byte_of(uint32_t i, uint32_t total)
{
	const uint8_t head[8] = { 0x10, 0, 0x20, 0, (uint8_t)(total >> 8), (uint8_t)total, 0, 0 };

	return i < 8 ? head[i] : (uint8_t)(i * 7);
}

/* Bytes [from, to) of a datagram of total bytes, each turned by the bits of change. */
static const struct decoded *piece(uint32_t ident, uint32_t from, uint32_t to, uint32_t total,
				   uint8_t change)
{
	uint8_t *p = fresh_packet();

	for (uint32_t i = from; i < to; i++)
		p[20 + i - from] = byte_of(i, total) ^ change;
	return send4(p, UDP, ident, from / 8 | (to < total ? MORE : 0), to - from);
}

static bool complete(const struct decoded *d, uint32_t total)
{
	const struct layer *l = layer_of(d, PROTO_UDP);
	struct slice whole;

	if (!l || !layer_origin(d, l))
		return false;
	whole = layer_whole(d, l);
	assert_int_equal(whole.cap, total);
	for (uint32_t i = 0; i < total; i++)
		assert_int_equal(slice_u8(whole, i), byte_of(i, total));
	return true;
}

static void every_order_completes_in_the_last(void **state)
{
	static const uint32_t from[] = { 0, 16, 48, 56, 80 };

	(void)state;
	for (uint32_t order = 0; order < 256; order++) {
		bool seen[4] = { false };

		for (uint32_t k = 0, rest = order; k < 4; k++, rest /= 4) {
			uint32_t i = rest % 4;
			bool last;

			while (seen[i])
				i = (i + 1) % 4;
			seen[i] = true;
			last = seen[0] && seen[1] && seen[2] && seen[3];
			assert_int_equal(complete(piece(order, from[i], from[i + 1], 80, 0), 80),
					 last);
		}
	}
	assert_int_equal(track.datagrams.count, 0);
}

static void packets_are_named(void **state)
{
	const struct origin *from;
	const struct decoded *d;

	(void)state;
	piece(1, 0, 16, 48, 0);
	piece(2, 0, 16, 48, 0);
	piece(1, 32, 48, 48, 0);
	d = piece(1, 16, 32, 48, 0);
	from = layer_origin(d, layer_of(d, PROTO_UDP));
	assert_non_null(from);
	assert_int_equal(from->count, 3);
	assert_int_equal(from->number[0], 1);
	assert_int_equal(from->number[1], 3);
	assert_int_equal(from->number[2], 4);
}

static void fragments_show_data_until_then(void **state)
{
	const struct decoded *d = piece(1, 0, 16, 48, 0);

	(void)state;
	assert_null(layer_of(d, PROTO_UDP));
	assert_non_null(layer_of(d, PROTO_DATA));
	assert_non_null(layer_of(&own, PROTO_UDP)); /* for the line */
}

static void overlaps_are_noted_and_the_first_stays(void **state)
{
	const struct decoded *d;

	(void)state;
	piece(1, 0, 32, 80, 0);
	assert_int_equal(piece(1, 16, 48, 80, 0)->layer[1].note, NOTE_OVERLAP);
	assert_int_equal(piece(1, 40, 64, 80, 0)->layer[1].note, NOTE_OVERLAP);
	d = piece(1, 24, 56, 80, 0xff);
	assert_int_equal(d->layer[1].note, NOTE_CONFLICT);
	assert_true(complete(piece(1, 64, 80, 80, 0), 80));
}

/* A second fragment that ends within the first one. */
static void a_teardrop_has_an_end(void **state)
{
	const struct decoded *d;

	(void)state;
	piece(7, 0, 40, 80, 0);
	d = send4(fresh_packet(), UDP, 7, 24 / 8, 4);
	assert_int_equal(d->layer[1].note, NOTE_CONFLICT);
	assert_true(layer_of(d, PROTO_UDP) || layer_of(d, PROTO_DATA));
}

static void two_ends_are_a_conflict(void **state)
{
	(void)state;
	piece(1, 48, 80, 80, 0);
	assert_int_equal(piece(1, 40, 64, 64, 0)->layer[1].note, NOTE_CONFLICT);
	assert_int_equal(piece(1, 80, 96, 200, 0)->layer[1].note, NOTE_CONFLICT);
	assert_true(complete(piece(1, 0, 48, 80, 0), 80));
}

static void old_fragments_are_forgotten(void **state)
{
	(void)state;
	piece(1, 0, 16, 48, 0);
	now_s += 59;
	piece(1, 16, 32, 48, 0);
	now_s += 2;
	assert_false(complete(piece(1, 32, 48, 48, 0), 48));
	assert_int_equal(track.datagrams.given_up, 1);
	piece(1, 16, 32, 48, 0);
	assert_true(complete(piece(1, 0, 16, 48, 0), 48));
}

static void what_is_too_long_is_not_taken(void **state)
{
	(void)state;
	assert_int_equal(send4(fresh_packet(), UDP, 1, 65528 / 8, 8)->layer[1].note,
			 NOTE_LENGTH_LIES);
	assert_int_equal(track.datagrams.count, 0);
	for (uint32_t at = 0; at < 65528; at += 8192)
		assert_int_equal(complete(piece(2, at, min_u32(at + 8192, 65528), 65528, 0), 65528),
				 at + 8192 > 65528);
}

static void cut_fragments_are_as_they_are(void **state)
{
	(void)state;
	cut_by = 3;
	assert_non_null(layer_of(piece(1, 0, 16, 48, 0), PROTO_UDP));
	cut_by = 0;
	assert_int_equal(track.datagrams.count, 0);
}

static void many_give_way_to_the_newest(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 30000; i++)
		piece(i, 0, 1480, 4000, 0);
	assert_true(track.datagrams.given_up >= 30000 - PARCELS);
	assert_true(track.datagrams.count <= PARCELS);
	piece(29999, 1480, 2960, 4000, 0);
	assert_true(complete(piece(29999, 2960, 4000, 4000, 0), 4000));
}

/* In too many pieces: every second unit of eight bytes. */
static void holes_are_bounded(void **state)
{
	(void)state;
	for (uint32_t at = 0; at < 16 * 4000; at += 16)
		piece(1, at, at + 8, 65528, 0);
	assert_true(track.datagrams.count <= 1);
	assert_true(track.datagrams.given_up > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_order_completes_in_the_last, setup),
		cmocka_unit_test_setup(packets_are_named, setup),
		cmocka_unit_test_setup(fragments_show_data_until_then, setup),
		cmocka_unit_test_setup(overlaps_are_noted_and_the_first_stays, setup),
		cmocka_unit_test_setup(a_teardrop_has_an_end, setup),
		cmocka_unit_test_setup(two_ends_are_a_conflict, setup),
		cmocka_unit_test_setup(old_fragments_are_forgotten, setup),
		cmocka_unit_test_setup(what_is_too_long_is_not_taken, setup),
		cmocka_unit_test_setup(cut_fragments_are_as_they_are, setup),
		cmocka_unit_test_setup(many_give_way_to_the_newest, setup),
		cmocka_unit_test_setup(holes_are_bounded, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
