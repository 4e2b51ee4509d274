/* SPDX-License-Identifier: BSD-2-Clause */
/* test_screen_export.c - what is exported of the tables on the screen, and how that ends */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <locale.h>
#include <unistd.h>

#include "decode/catalog.h"
#include "tests/unit/drawn.h"
#include "tests/unit/made.h"
#include "ui/screen/tables.h"

/* The cells of a row, with commas between them. */
static const char *exported(uint32_t row)
{
	static char text[512];
	struct export_table t;
	uint32_t selected;
	size_t n = 0;

	*text = '\0';
	assert_true(tables_export(&s, &s.row, &t, &selected));
	if (row < t.end && t.row(t.of, row))
		for (uint32_t c = 0; c < t.columns; c++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", c ? "," : "", t.cell(t.of, row, c));
	for (uint32_t c = 0; c < t.columns; c++)
		assert_true(strlen(t.title(t.of, c)) > 0);
	return text;
}

static void tables_are_exported_with_exact_numbers(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	type("3");
	draw(80, 24);
	assert_string_equal(exported(0), "192.0.2.1,6352,2911,3441,62,34,28,19");
	assert_string_equal(exported(4), "");
	type("g");
	draw(80, 24);
	assert_string_equal(exported(0), "udp/53,4184,2275,1909,38,19,19,19");
	type("4");
	draw(80, 24);
	assert_string_equal(exported(2), "eth:ip:udp,32,3270");
	type("<");
	draw(80, 24);
	assert_string_equal(exported(0), "eth,68,7266");
	assert_string_equal(exported(1), "");
	type("5");
	draw(80, 24);
	assert_string_equal(exported(0), ",Ethernet,68,7266");
	type("i");
	assert_false(tables_export(&s, &s.row, &(struct export_table){ 0 }, &(uint32_t){ 0 }));
	close_view();
}

#define EXPORTED "/tmp/ringtail_table"

static void an_export_ends_with_its_table(void **state)
{
	(void)state;
	unlink(EXPORTED);
	open_whole("pcaps/dns.pcap");
	type("3");
	draw(80, 24);
	type("x" EXPORTED "\rx" EXPORTED "_2\r");
	assert_string_equal(s.v.message, "Another table is being exported; Esc cancels that");
	type("g");
	draw(80, 24);
	assert_has(22, "The list was changed; " EXPORTED " has the first 0 rows");
	unlink(EXPORTED);
	type("x" EXPORTED "\r");
	draw(80, 24);
	assert_has(22, "24 rows exported to " EXPORTED);
	unlink(EXPORTED);
	close_view();
}

static void a_cancelled_export_says_what_was_not_written(void **state)
{
	(void)state;
	open_whole("pcaps/dns.pcap");
	s.export = (struct export){ .file = fopen("/dev/full", "w"), .written = 1, .path = "x.csv" };
	assert_non_null(s.export.file);
	fputs("192.0.2.1\n", s.export.file);
	type("\033");
	assert_string_equal(s.v.message, "x.csv: No space left on device");
	close_view();
}

static void one_is_not_told_as_many(void **state)
{
	struct made m = { 0 };

	(void)state;
	made_pcap(&m, 0xa1b2c3d4, 4, 1);
	made_record(&m, 4, 0, 60, 60, 2);
	open_whole(made_file(&m, m.len));
	type("3ggg");
	draw(80, 24);
	assert_has(0, "  1 packet  ");
	assert_has(1, "Talkers: 1 link address ");
	type("x" EXPORTED "\r");
	draw(80, 24);
	assert_has(22, "1 row exported");
	unlink(EXPORTED);
	close_view();
	made_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_exported_with_exact_numbers),
		cmocka_unit_test(an_export_ends_with_its_table),
		cmocka_unit_test(a_cancelled_export_says_what_was_not_written),
		cmocka_unit_test(one_is_not_told_as_many),
	};

	setlocale(LC_ALL, "C.UTF-8");
	catalog_init();
	proto_init();
	options.utc = true;
	return cmocka_run_group_tests(tests, NULL, made_remove);
}
