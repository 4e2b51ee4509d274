/* SPDX-License-Identifier: BSD-2-Clause */
/* test_decode.c - every header cut at every length, in buffers of exactly that size */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "decode/brief.h"
#include "tests/unit/frames.h"

static char text[65536];

/* What one line says of the packet; the sanitizers watch every byte that is looked at. */
static const char *line_of(const struct decoded *d, uint8_t verbose, bool link)
{
	struct out o = { text, text + sizeof(text) - 1 };
	struct brief b = { .d = d, .verbose = verbose, .link = link };

	brief_layers(&o, &b, 0);
	*o.at = '\0';
	return text;
}

/* Look at every option of every layer. */
static void walk(const struct decoded *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		const struct layer *l = &d->layer[i];
		const struct proto *p = protos[l->proto];
		struct slice h = layer_head(d, l), rest = slice_skip(h, p->min_len), opt;

		if (!p->option)
			continue;
		for (uint32_t n = 0; rest.cap > 0; n++) {
			uint32_t before = rest.cap;
			const struct record *r = p->option(h, n, &rest, &opt);

			if (!r || rest.cap >= before)
				break;
			for (uint32_t k = 0; k < r->count && r->field[k].width > 0; k++)
				field_bytes(opt, &r->field[k]);
		}
	}
}

static void layers_lie_within_the_packet(const struct decoded *d, struct slice packet)
{
	assert_true(d->count <= LAYERS_MAX);
	for (uint32_t i = 0; i < d->count; i++) {
		const struct layer *l = &d->layer[i];
		uint32_t off;

		assert_true(l->proto > PROTO_NONE && l->proto < PROTO_COUNT);
		assert_int_equal(l->source, 0);
		assert_true(l->ptr >= packet.ptr);
		off = (uint32_t)(l->ptr - packet.ptr);
		assert_true(off <= packet.cap);
		assert_true(l->len <= l->cap);
		assert_true(l->cap <= packet.cap - off);
		assert_true(l->wire <= packet.wire - off);
		if (i > 0)
			assert_true(l->ptr >= d->layer[i - 1].ptr);
		if (i + 1 < d->count)
			assert_false(note_stops((enum note)l->note));
	}
}

static void all_frames_at_all_lengths(void **state)
{
	uint8_t bytes[256];

	(void)state;
	for (uint32_t f = 0; f < FRAMES; f++) {
		uint32_t n = frame_bytes(bytes, frames[f].hex);

		for (uint32_t cap = 0; cap <= n; cap++)
			for (uint32_t wire = cap; wire <= n; wire += n - cap ? n - cap : 1) {
				struct slice s = frame_cut(bytes, wire, cap);
				struct decoded d;

				decode(&d, s, frames[f].first);
				layers_lie_within_the_packet(&d, s);
				walk(&d);
				for (uint8_t verbose = 0; verbose < 3; verbose++) {
					line_of(&d, verbose, false);
					line_of(&d, verbose, true);
				}
				free((void *)(uintptr_t)s.ptr);
				if (wire == n)
					break;
			}
	}
}

static void whole_frames_are_without_fault(void **state)
{
	uint8_t bytes[256];

	(void)state;
	for (uint32_t f = 0; f < FRAMES; f++) {
		uint32_t n = frame_bytes(bytes, frames[f].hex);
		struct slice s = frame_cut(bytes, n, n);
		struct decoded d;

		decode(&d, s, frames[f].first);
		for (uint32_t i = 0; i < d.count; i++)
			if (d.layer[i].note != NOTE_OK)
				fail_msg("%s: layer %u (%s) has note %u", frames[f].name, i,
					 protos[d.layer[i].proto]->head.name, d.layer[i].note);
		free((void *)(uintptr_t)s.ptr);
	}
}

static void truncated_header_keeps_captured_fields(void **state)
{
	uint8_t bytes[256];
	uint32_t n = frame_bytes(bytes, frames[0].hex);
	struct slice s = frame_cut(bytes, n, 14 + 16);		/* up to the source address */
	const struct proto *ip = protos[PROTO_IPV4];
	struct decoded d;

	(void)state;
	decode(&d, s, PROTO_ETH);
	assert_int_equal(d.count, 2);
	assert_int_equal(d.layer[1].proto, PROTO_IPV4);
	assert_int_equal(d.layer[1].note, NOTE_TRUNCATED);
	assert_int_equal(field_get(layer_head(&d, &d.layer[1]), proto_field(ip, "ttl")), 64);
	assert_true(field_here(layer_head(&d, &d.layer[1]), ip->src));
	assert_false(field_here(layer_head(&d, &d.layer[1]), ip->dst));
	free((void *)(uintptr_t)s.ptr);
}

/* The total length of IPv4 claims 6 bytes more, then fewer than the header has. */
static void lying_lengths_are_noted(void **state)
{
	uint8_t bytes[256];
	uint32_t n = frame_bytes(bytes, frames[0].hex);
	struct decoded d;

	(void)state;
	bytes[14 + 3] += 6;
	decode(&d, (struct slice){ bytes, n, n }, PROTO_ETH);
	assert_int_equal(d.layer[1].note, NOTE_LENGTH_LIES);
	assert_int_equal(d.layer[2].proto, PROTO_UDP);
	bytes[14 + 3] = 19;
	decode(&d, (struct slice){ bytes, n, n }, PROTO_ETH);
	assert_int_equal(d.count, 2);
	assert_int_equal(d.layer[1].note, NOTE_BAD_LENGTH);
}

static void padding_is_no_payload(void **state)
{
	uint8_t bytes[256] = { 0 };
	uint32_t n = frame_bytes(bytes, frames[0].hex);
	struct decoded d;

	(void)state;
	decode(&d, (struct slice){ bytes, n + 13, n + 13 }, PROTO_ETH);
	assert_int_equal(d.layer[1].wire, n - 14);
	assert_int_equal(layer_payload(&d, &d.layer[2]).wire, 5);
}

static void cards_that_cut_later_leave_the_length_open(void **state)
{
	uint8_t bytes[256];
	uint32_t n = frame_bytes(bytes, frames[0].hex);
	struct decoded d;

	(void)state;
	bytes[14 + 3] = 0;
	decode(&d, (struct slice){ bytes, n, n }, PROTO_ETH);
	assert_int_equal(d.layer[1].note, NOTE_OK);
	assert_int_equal(d.layer[1].wire, n - 14);
	assert_int_equal(d.layer[2].proto, PROTO_UDP);
}

static void fragments_know_that_the_end_is_elsewhere(void **state)
{
	uint8_t bytes[256];
	struct decoded d;

	(void)state;
	for (uint32_t f = 0; f < FRAMES; f++) {
		uint32_t n = frame_bytes(bytes, frames[f].hex);

		decode(&d, (struct slice){ bytes, n, n }, frames[f].first);
		if (strcmp(frames[f].name, "first fragment") == 0) {
			assert_true(d.layer[1].partial);
			assert_int_equal(d.layer[2].proto, PROTO_UDP);
			assert_int_equal(d.layer[2].note, NOTE_OK);
		} else if (strcmp(frames[f].name, "later fragment") == 0) {
			assert_int_equal(d.layer[2].proto, PROTO_DATA);
		}
	}
}

static void another_version_is_no_header(void **state)
{
	uint8_t bytes[256];
	uint32_t n = frame_bytes(bytes, frames[0].hex);
	struct decoded d;

	(void)state;
	bytes[14] = 0x55;
	decode(&d, (struct slice){ bytes, n, n }, PROTO_ETH);
	assert_int_equal(d.count, 2);
	assert_int_equal(d.layer[1].note, NOTE_BAD_VALUE);
	assert_string_equal(line_of(&d, 0, false), "IP5 (invalid)");
}

/* IPv4 in IPv4, again and again. */
static void too_many_layers_are_noted(void **state)
{
	uint8_t bytes[40 * 20];
	struct decoded d;

	(void)state;
	for (uint32_t i = 0; i < 40; i++) {
		frame_bytes(bytes + i * 20, IP4_TO("04", "00"));
		bytes[i * 20 + 2] = (uint8_t)((sizeof(bytes) - i * 20) >> 8);
		bytes[i * 20 + 3] = (uint8_t)(sizeof(bytes) - i * 20);
	}
	decode(&d, (struct slice){ bytes, sizeof(bytes), sizeof(bytes) }, PROTO_RAW);
	assert_int_equal(d.count, LAYERS_MAX);
	assert_int_equal(d.layer[LAYERS_MAX - 1].note, NOTE_TOO_DEEP);
	assert_int_equal(d.layer[LAYERS_MAX - 2].note, NOTE_OK);
	line_of(&d, 2, true);
}

/* One byte at a time becomes everything it can be. */
static void no_byte_makes_a_line_read_outside(void **state)
{
	uint8_t bytes[256];

	(void)state;
	for (uint32_t f = 0; f < FRAMES; f++) {
		uint32_t n = frame_bytes(bytes, frames[f].hex);

		for (uint32_t at = 0; at < n; at++)
			for (uint32_t value = 0; value < 256; value += at < 14 ? 51 : 5) {
				struct slice s;
				struct decoded d;
				uint8_t before = bytes[at];

				bytes[at] = (uint8_t)value;
				s = frame_cut(bytes, n, n);
				bytes[at] = before;
				decode(&d, s, frames[f].first);
				layers_lie_within_the_packet(&d, s);
				walk(&d);
				line_of(&d, 2, value & 1);
				free((void *)(uintptr_t)s.ptr);
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_frames_at_all_lengths),
		cmocka_unit_test(whole_frames_are_without_fault),
		cmocka_unit_test(truncated_header_keeps_captured_fields),
		cmocka_unit_test(lying_lengths_are_noted),
		cmocka_unit_test(padding_is_no_payload),
		cmocka_unit_test(cards_that_cut_later_leave_the_length_open),
		cmocka_unit_test(fragments_know_that_the_end_is_elsewhere),
		cmocka_unit_test(another_version_is_no_header),
		cmocka_unit_test(too_many_layers_are_noted),
		cmocka_unit_test(no_byte_makes_a_line_read_outside),
	};

	return cmocka_run_group_tests(tests, decoders_ready, NULL);
}
