/* SPDX-License-Identifier: BSD-2-Clause */
/* test_catalog.c - the names of all fields, and where they are found */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decode/catalog.h"

static int filled(void **state)
{
	(void)state;
	proto_init();
	catalog_init();
	return 0;
}

static uint32_t places(const char *name, struct place *place)
{
	return catalog_places(name, place, 8);
}

static void names_are_whole(void **state)
{
	const struct record *r;
	const struct label *l;
	uint32_t n = 0;

	(void)state;
	for (; (l = catalog_label(n, &r)); n++) {
		assert_true(l->length < sizeof(l->key));
		assert_memory_equal(l->key + l->length - 2, "\":", 2);
	}
	assert_true(n > 500);
}

static void a_name_leads_to_its_field(void **state)
{
	struct place p[8];

	(void)state;
	assert_int_equal(places("ip.ttl", p), 1);
	assert_int_equal(p[0].proto, PROTO_IPV4);
	assert_string_equal(p[0].field->name, "ttl");
	assert_null(p[0].part);
	assert_false(p[0].option);
}

static void names_of_parts_and_options_are_found(void **state)
{
	struct place p[8];

	(void)state;
	assert_int_equal(places("tcp.flags.syn", p), 1);
	assert_string_equal(p[0].field->name, "flags");
	assert_string_equal(p[0].part->name, "syn");
	assert_int_equal(places("tcp.options.mss_val", p), 1);
	assert_true(p[0].option);
}

static void one_name_finds_source_and_destination(void **state)
{
	struct place p[8];

	(void)state;
	assert_int_equal(places("tcp.port", p), 2);
	assert_int_equal(places("ip.addr", p), 2);
	assert_int_equal(places("eth.addr", p), 2);
	assert_int_equal(places("ip.port", p), 0);
}

static void a_name_of_two_protocols_is_found_in_both(void **state)
{
	struct place p[8];

	(void)state;
	assert_int_equal(places("ip.version", p), 2);
	assert_int_not_equal(p[0].proto, p[1].proto);
}

static void nothing_has_an_unknown_name(void **state)
{
	struct place p[8];

	(void)state;
	assert_int_equal(places("ip.tt", p), 0);
	assert_int_equal(places("ip", p), 0);
	assert_int_equal(places("", p), 0);
}

static void the_nearest_name_is_near(void **state)
{
	struct slice s = catalog_nearest("tcp.dstprot");

	(void)state;
	assert_int_equal(s.cap, strlen("tcp.dstport"));
	assert_true(slice_starts(s, "tcp.dstport", s.cap));
}

static void what_comes_several_times_is_numbered(void **state)
{
	struct place p[8];
	const struct entry *e;

	(void)state;
	assert_true(places("tcp.options.sack_le", p) > 1);
	e = catalog_find(p[0].record);
	assert_int_equal(e->label[0].many, 0);
	assert_int_not_equal(e->label[2].many, 0);
	assert_int_equal(e->label[2].many, e->label[4].many);
	assert_int_not_equal(e->label[2].many, e->label[3].many);
}

/* A name in a record and in the parts of its fields would be two keys of one object. */
static void parts_have_names_of_their_own(void **state)
{
	const struct record *r;
	const struct label *l;

	(void)state;
	for (uint32_t n = 0; (l = catalog_label(n, &r)); n++)
		for (uint32_t i = 0; l->parts && i < l->parts->record->count; i++)
			for (uint32_t k = 0; k < r->count; k++)
				assert_false(slice_equal(label_name(&l->parts->label[i]),
							 label_name(&catalog_find(r)->label[k])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_whole),
		cmocka_unit_test(a_name_leads_to_its_field),
		cmocka_unit_test(names_of_parts_and_options_are_found),
		cmocka_unit_test(one_name_finds_source_and_destination),
		cmocka_unit_test(a_name_of_two_protocols_is_found_in_both),
		cmocka_unit_test(nothing_has_an_unknown_name),
		cmocka_unit_test(the_nearest_name_is_near),
		cmocka_unit_test(what_comes_several_times_is_numbered),
		cmocka_unit_test(parts_have_names_of_their_own),
	};

	return cmocka_run_group_tests(tests, filled, NULL);
}
