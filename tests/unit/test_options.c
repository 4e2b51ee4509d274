/* SPDX-License-Identifier: BSD-2-Clause */
/* test_options.c - the command line, taken apart */
#include <getopt.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ui/options.h"

/* Parse the words up to NULL; the caller frees o. */
static int parse(struct options *o, struct error *e, ...)
{
	char *argv[16] = { (char *)"ringtail" };
	int argc = 1;
	va_list words;

	va_start(words, e);
	while (argc < 15 && (argv[argc] = va_arg(words, char *)))
		argc++;
	va_end(words);
	optind = 0;		/* getopt(3): starts anew */
	return options_parse(o, argc, argv, e);
}

static void nothing_given_means_whole_packets_live(void **state)
{
	struct options o;
	struct error e;

	(void)state;
	assert_int_equal(parse(&o, &e, NULL), 0);
	assert_int_equal(o.snaplen, 262144);
	assert_null(o.read);
	assert_null(o.filter);
	assert_int_equal(o.direction, DIRECTION_BOTH);
	options_free(&o);
}

static void buffer_size_counts_kib_or_takes_units(void **state)
{
	static const struct {
		const char *arg;
		uint64_t bytes;
	} sizes[] = {
		{ "4096", 4096 << 10 }, { "64M", 64 << 20 }, { "64MiB", 64 << 20 },
		{ "2g", 2ULL << 30 }, { "512k", 512 << 10 }, { "1KB", 1 << 10 },
	};
	static const char *const wrong[] = { "", "x", "0", "-1", "64T", "64Mx", "1.5M", "4294967295G" };
	struct options o;
	struct error e;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(parse(&o, &e, "-B", sizes[i].arg, NULL), 0);
		assert_int_equal(o.buffer, sizes[i].bytes);
		options_free(&o);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(parse(&o, &e, "-B", wrong[i], NULL), -STATUS_USAGE);
		assert_non_null(strstr(e.text, "-B"));
		options_free(&o);
	}
}

static void packets_are_kept_by_size_or_time_or_both(void **state)
{
	static const struct {
		const char *arg;
		uint64_t bytes;
		int64_t span;
	} kept[] = {
		{ "64MiB", 64 << 20, 0 }, { "2m", 2 << 20, 0 }, { "30s", 0, 30000000000 }, { "30", 0, 30000000000 },
		{ "5min", 0, 300000000000 }, { "500ms", 0, 500000000 }, { "1.5s", 0, 1500000000 }, { "1h,2G", 2ULL << 30, 3600000000000 },
		{ "8M,10s", 8 << 20, 10000000000 },
	};
	static const char *const wrong[] = { "", "x", "0", "0s", "1k", "1MiB", "30s,", "30s,40s", "2M,3M", "3d" };
	struct options o;
	struct error e;

	(void)state;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		assert_int_equal(parse(&o, &e, "--keep", kept[i].arg, NULL), 0);
		assert_int_equal(o.recorder.bytes, kept[i].bytes);
		assert_int_equal(o.recorder.span, kept[i].span);
		options_free(&o);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(parse(&o, &e, "--keep", wrong[i], NULL), -STATUS_USAGE);
		options_free(&o);
	}
}

static void repeated_letters_are_counted(void **state)
{
	struct options o;
	struct error e;

	(void)state;
	assert_int_equal(parse(&o, &e, "-ttttnnvvXX", "-dd", NULL), 0);
	assert_int_equal(o.times, 4);
	assert_int_equal(o.numeric, 2);
	assert_int_equal(o.verbose, 2);
	assert_int_equal(o.both, 2);
	assert_int_equal(o.dump_filter, 2);
	options_free(&o);
}

static void rest_of_the_line_is_the_filter(void **state)
{
	struct options o;
	struct error e;

	(void)state;
	assert_int_equal(parse(&o, &e, "-n", "tcp", "port", "80", "-r", "x.pcap", NULL), 0);
	assert_string_equal(o.filter, "tcp port 80");
	assert_string_equal(o.read, "x.pcap");
	options_free(&o);
}

static void zero_snap_length_is_the_default_one(void **state)
{
	struct options o;
	struct error e;

	(void)state;
	assert_int_equal(parse(&o, &e, "-s", "0", NULL), 0);
	assert_int_equal(o.snaplen, 262144);
	options_free(&o);
	assert_int_equal(parse(&o, &e, "-s", "96", NULL), 0);
	assert_int_equal(o.snaplen, 96);
	options_free(&o);
	assert_int_equal(parse(&o, &e, "-s", "262145", NULL), -STATUS_USAGE);
	options_free(&o);
}

static void what_cannot_be_meant_is_refused(void **state)
{
	static const char *const lines[][4] = {
		{ "-i", "a", "-i", "any" },
		{ "--follow-interfaces", NULL, NULL, NULL },
		{ "-r", "f", "--netns", "n" },
		{ "-r", "f", "-i", "a" },
		{ "-F", "f", "tcp", NULL },
		{ "--nano", "--micro", NULL, NULL },
		{ "-c", "0", NULL, NULL },
		{ "-c", "ten", NULL, NULL },
		{ "-Q", "up", NULL, NULL },
		{ "-tttttt", NULL, NULL, NULL },
		{ "-w", "-", "--print", NULL },
		{ "--count", "-w", "f", NULL },
		{ "-V", "--fields", "ip.src", NULL },
		{ "--header", NULL, NULL, NULL },
		{ "--separator", ";", NULL, NULL },
		{ "--fields", "ip.src", "--separator", "ab" },
		{ "--json", "-V", NULL, NULL },
		{ "--json", "--fields", "ip.src", NULL },
		{ "--json", "-x", NULL, NULL },
		{ "-V", "-X", NULL, NULL },
		{ "-V", "-A", NULL, NULL },
		{ "--no-such-option", NULL, NULL, NULL },
		{ "-j", NULL, NULL, NULL },
		{ "-r", NULL, NULL, NULL },
	};
	struct options o;
	struct error e;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *const *w = lines[i];

		e.text[0] = '\0';
		assert_int_equal(parse(&o, &e, w[0], w[1], w[2], w[3], NULL), -STATUS_USAGE);
		assert_non_null(strchr(e.text, ':'));
		assert_null(strchr(e.text, '\n'));
		options_free(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_given_means_whole_packets_live),
		cmocka_unit_test(buffer_size_counts_kib_or_takes_units),
		cmocka_unit_test(packets_are_kept_by_size_or_time_or_both),
		cmocka_unit_test(repeated_letters_are_counted),
		cmocka_unit_test(rest_of_the_line_is_the_filter),
		cmocka_unit_test(zero_snap_length_is_the_default_one),
		cmocka_unit_test(what_cannot_be_meant_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
