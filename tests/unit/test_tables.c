/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tables.c - every table of fields: in wire order, without gap and without overlap */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "decode/proto.h"

#define RECORDS_MAX 2048

static const struct record *seen[RECORDS_MAX];
static const char *seen_of[RECORDS_MAX];	/* whose record: the protocol's title */
static uint32_t seen_count;

static void see(const struct record *r, const char *title)
{
	for (uint32_t i = 0; i < seen_count; i++)
		if (seen[i] == r)
			return;
	assert_true(seen_count < RECORDS_MAX);
	seen[seen_count] = r;
	seen_of[seen_count++] = title;
}

static bool listed(const struct proto *p, const struct record *r)
{
	for (uint32_t n = 0; p->record(n); n++)
		if (p->record(n) == r)
			return true;
	return false;
}

static uint32_t random_state = 1;

static uint8_t random_byte(void)
{
	random_state = random_state * 1103515245 + 12345;
	return (uint8_t)(random_state >> 16);
}

/* What is inside a record full of noise, and inside that. */
static void see_inside(const struct proto *p, const struct record *around, struct slice bytes,
		       struct slice head, uint32_t depth)
{
	struct slice rest = bytes, item;

	for (uint32_t n = 0; around->inside && depth < 4 && n < 64; n++) {
		const struct within w = { around, bytes, head, n };
		uint32_t before = rest.cap;
		const struct record *r = around->inside(&w, &rest, &item);

		if (!r || (rest.cap >= before && n > 0))
			break;
		if (!listed(p, r))
			fail_msg("%s: record() lacks %s", p->title, r->title);
		see(r, p->title);
		see_inside(p, r, item, head, depth + 1);
	}
}

/* The records that option() lays over headers full of noise, each type byte tried in every place
 * where one may stand: at the start, and where options start.
 */
static void see_options(const struct proto *p)
{
	uint8_t bytes[64];

	for (uint32_t round = 0; round < 256 * 64; round++) {
		struct slice whole = { bytes, sizeof(bytes), sizeof(bytes) };
		struct slice rest = slice_skip(whole, p->min_len), opt;
		const struct record *r;

		for (uint32_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = random_byte() & (round & 1 ? 255 : 15);
		bytes[round / 256 % sizeof(bytes)] = (uint8_t)round;
		bytes[p->min_len % sizeof(bytes)] = (uint8_t)(round / 3);
		for (uint32_t n = 0; n < 64; n++) {
			uint32_t before = rest.cap;

			r = p->option(whole, n, &rest, &opt);
			if (!r || rest.cap >= before)
				break;
			if (!listed(p, r))
				fail_msg("%s: record() lacks %s", p->title, r->title);
			see(r, p->title);
			see_inside(p, r, opt, whole, 0);
		}
	}
}

static int all_records(void **state)
{
	(void)state;
	proto_init();
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		if (protos[id]->head.count > 0)
			see(&protos[id]->head, protos[id]->title);
		assert_int_equal(!protos[id]->option, !protos[id]->record);
		for (uint32_t n = 0; protos[id]->record && protos[id]->record(n); n++)
			if (protos[id]->record(n)->count > 0)
				see(protos[id]->record(n), protos[id]->title);
	}
	return seen_count == 0;
}

static void options_have_listed_records(void **state)
{
	(void)state;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		if (protos[id]->option)
			see_options(protos[id]);
}

static void every_field_starts_where_the_one_before_ends(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < seen_count; i++) {
		uint32_t end = 0;

		for (uint32_t k = 0; k < seen[i]->count; k++) {
			const struct field *f = &seen[i]->field[k];

			assert_non_null(f->name);
			if (k > 0 && f->when && f[-1].when && f->bit == f[-1].bit)
				continue;	/* one or the other */
			if (k > 0 && f->when && f[-1].when && f->bit + f->width == end)
				continue;	/* the ends of the two */
			if (f->bit != end)
				fail_msg("%s: %s.%s starts at bit %u, not %u", seen_of[i],
					 seen[i]->name, f->name, f->bit, end);
			end = f->width ? end + f->width : 0;	/* see struct field */
		}
	}
}

static void every_record_ends_on_a_byte(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < seen_count; i++) {
		const struct field *last = &seen[i]->field[seen[i]->count - 1];

		assert_true(seen[i]->count > 0);
		if ((last->bit + last->width) % 8 != 0)
			fail_msg("%s: %s.%s ends within a byte", seen_of[i], seen[i]->name,
				 last->name);
	}
}

static void heads_are_as_long_as_parse_may_rely_on(void **state)
{
	(void)state;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const struct record *r = &protos[id]->head;
		uint32_t end = 0;

		for (uint32_t k = 0; k < r->count && r->field[k].width > 0; k++)
			end = r->field[k].bit + r->field[k].width;
		if (end != protos[id]->min_len * 8u)
			fail_msg("%s: %u bits of fields, %u bytes", protos[id]->title, end,
				 protos[id]->min_len);
	}
}

static void parts_cover_their_field(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < seen_count; i++)
		for (uint32_t k = 0; k < seen[i]->count; k++) {
			const struct field *f = &seen[i]->field[k];
			uint32_t end = f->bit;

			if (!f->parts || f->width == 0)
				continue;
			for (uint32_t n = 0; n < f->parts->count; n++) {
				const struct field *part = &f->parts->field[n];

				if (n > 0 && part->when && part[-1].when && part->bit == part[-1].bit)
					continue;	/* one or the other */
				if (part->bit != end)
					fail_msg("%s: %s.%s starts at bit %u, not %u", seen_of[i],
						 f->parts->name, part->name, part->bit, end);
				end = part->width ? end + part->width : 0;
			}
			if (f->width && end != f->bit + f->width)
				fail_msg("%s: %s.%s has %u bits, its parts end at %u", seen_of[i],
					 seen[i]->name, f->name, f->width, end - f->bit);
		}
}

static void widths_suit_kinds(void **state)
{
	static const uint16_t width[] = {
		[MAC] = 48, [IPV4] = 32, [IPV6] = 128, [PORT] = 16, [NTP_TIME] = 64,
	};

	(void)state;
	for (uint32_t i = 0; i < seen_count; i++)
		for (uint32_t k = 0; k < seen[i]->count; k++) {
			const struct field *f = &seen[i]->field[k];

			if (f->kind < sizeof(width) / sizeof(width[0]) && width[f->kind] && f->width &&
			    width[f->kind] != f->width)
				fail_msg("%s: %s.%s is %u bits wide", seen_of[i], seen[i]->name,
					 f->name, f->width);
			if ((f->kind == UINT || f->kind == INT || f->kind == HEX) && !f->number && (f->width == 0 || f->width > 64))
				fail_msg("%s: %s.%s is no number", seen_of[i], seen[i]->name,
					 f->name);
			if (f->little)
				assert_int_equal((f->bit | f->width) % 8, 0);
		}
}

static void network_addresses_are_fields_of_their_head(void **state)
{
	(void)state;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++) {
		const struct proto *p = protos[id];

		assert_int_equal(!p->src, !p->dst);
		if (!p->src)
			continue;
		assert_in_range(p->src - p->head.field, 0, p->head.count - 1);
		assert_in_range(p->dst - p->head.field, 0, p->head.count - 1);
		assert_int_equal(p->src->role, SRC);
		assert_int_equal(p->dst->role, DST);
	}
}

static void every_key_finds_its_protocol(void **state)
{
	(void)state;
	for (uint32_t id = PROTO_NONE + 1; id < PROTO_COUNT; id++)
		for (const struct key *k = protos[id]->over; k->space != NO_KEY; k++)
			if (proto_by(k->space, k->value) != id)
				fail_msg("%s: key %u of space %u finds %s", protos[id]->title,
					 k->value, k->space,
					 protos[proto_by(k->space, k->value)]->title);
	assert_int_equal(proto_by(BY_ETHERTYPE, 0x1234), PROTO_DATA);
	assert_int_equal(proto_by(BY_IPPROTO, 255), PROTO_DATA);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_have_listed_records),
		cmocka_unit_test(every_field_starts_where_the_one_before_ends),
		cmocka_unit_test(every_record_ends_on_a_byte),
		cmocka_unit_test(heads_are_as_long_as_parse_may_rely_on),
		cmocka_unit_test(parts_cover_their_field),
		cmocka_unit_test(widths_suit_kinds),
		cmocka_unit_test(network_addresses_are_fields_of_their_head),
		cmocka_unit_test(every_key_finds_its_protocol),
	};

	return cmocka_run_group_tests(tests, all_records, NULL);
}
