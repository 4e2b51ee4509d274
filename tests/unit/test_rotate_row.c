/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rotate_row.c - which files are there, the oldest first */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "capture/rotate_row.h"

static void add(struct rotate_row *r, uint32_t number, const char *name)
{
	struct rotate_file file = { .number = number };

	row_add(r, &file, name);
}

static void files_come_out_in_their_order(void **state)
{
	struct rotate_row row = { 0 };
	char name[16];
	uint32_t next = 0;

	(void)state;
	for (uint32_t i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "x%u", i);
		add(&row, i, name);
		if (row_count(&row) > 100)
			assert_int_equal(row_take(&row).number, next++);
	}
	assert_int_equal(row_count(&row), 100);
	assert_true(row.room < 500);
	while (row_count(&row))
		assert_int_equal(row_take(&row).number, next++);
	assert_int_equal(next, 5000);
	row_free(&row);
}

static void a_name_that_comes_again_is_the_newest(void **state)
{
	struct rotate_row row = { 0 };

	(void)state;
	add(&row, 0, "a");
	add(&row, 1, "b");
	add(&row, 2, "c");
	add(&row, 3, "b");
	assert_int_equal(row_count(&row), 3);
	assert_int_equal(row_take(&row).number, 0);
	assert_int_equal(row_take(&row).number, 2);
	assert_int_equal(row_take(&row).number, 3);
	row_free(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_come_out_in_their_order),
		cmocka_unit_test(a_name_that_comes_again_is_the_newest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
