/* SPDX-License-Identifier: BSD-2-Clause */
/* test_nic.c - what an interface's card missed is told, also when the interface is not there any more */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/nic.h"
#include "capture/tap.h"

static struct taps taps;
static struct ledger sum;

static void card_says(const char *text)
{
	int fd = taps.tap[0].card;

	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, text, strlen(text), 0), strlen(text));
	taps_count(&taps, &sum);
}

static int setup(void **state)
{
	(void)state;
	taps = (struct taps){ .count = 1, .engine.fd = -1, .links = -1 };
	taps.source[0].missed = SOURCE_UNKNOWN;
	taps.tap[0].missed = 5;
	taps.tap[0].card = memfd_create("missed", MFD_CLOEXEC);
	return taps.tap[0].card < 0;
}

static int teardown(void **state)
{
	(void)state;
	return close(taps.tap[0].card);
}

static void what_is_missed_counts_from_the_begin_of_the_capture(void **state)
{
	(void)state;
	card_says("5\n");
	assert_int_equal(taps.source[0].missed, 0);
	card_says("12\n");
	assert_int_equal(taps.source[0].missed, 7);
}

static void an_interface_that_was_removed_keeps_its_count(void **state)
{
	(void)state;
	card_says("12\n");
	card_says("");
	assert_int_equal(taps.source[0].missed, 7);
	card_says("1\n");	/* its driver was loaded anew */
	assert_int_equal(taps.source[0].missed, 7);
}

static void a_card_that_tells_nothing_is_unknown(void **state)
{
	(void)state;
	assert_true(nic_missed(-1) == SOURCE_UNKNOWN);
	card_says("");
	assert_true(taps.source[0].missed == SOURCE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_missed_counts_from_the_begin_of_the_capture, setup, teardown),
		cmocka_unit_test_setup_teardown(an_interface_that_was_removed_keeps_its_count, setup, teardown),
		cmocka_unit_test_setup_teardown(a_card_that_tells_nothing_is_unknown, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
