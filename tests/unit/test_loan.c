/* SPDX-License-Identifier: BSD-2-Clause */
/* test_loan.c - no viewer holds the keeper up */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/channel.h"
#include "capture/loan.h"

#define HELD_UP_S 10

static int ends_with_3(void *context, struct feed *feed)
{
	(void)context;
	(void)feed;
	return 3;
}

static int closes_its_channel_and_stays(void *context, struct feed *feed)
{
	(void)context;
	close(feed->channel);
	while (pause())
		;
	return 0;
}

/* The status of a viewer that the keeper has heard of last. */
static int status_of(int (*viewer)(void *context, struct feed *feed))
{
	struct engine engine = { .fd = -1 };
	const struct lending lending = { .engine = &engine, .copies = true };
	struct ledger ledger = { 0 };
	struct lender l;
	struct error e;
	int status;

	assert_int_equal(lender_start(&l, &lending, viewer, NULL, &e), 0);
	alarm(HELD_UP_S);
	while (l.pid) {
		struct pollfd channel = { .fd = l.channel, .events = POLLIN };

		poll(&channel, 1, -1);
		lender_take_back(&l, &ledger);
	}
	alarm(0);
	status = l.status;
	lender_close(&l);
	return status;
}

static void how_a_viewer_ends_is_known(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		int status = status_of(ends_with_3);

		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 3);
	}
}

static void who_closes_the_channel_and_stays_is_ended(void **state)
{
	int status = status_of(closes_its_channel_and_stays);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_a_viewer_ends_is_known),
		cmocka_unit_test(who_closes_the_channel_and_stays_is_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
