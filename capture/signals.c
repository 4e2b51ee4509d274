/* SPDX-License-Identifier: BSD-2-Clause */
/* signals.c - what a live capture is told by signals
 *
 * How it works: handlers that note the signal and write to a pipe which the main loop polls. Not a
 * signalfd: the second SIGINT must end a keeper that hangs in write(2), to a file on a network or a
 * pipe that nobody reads.
 */
#define _GNU_SOURCE
#include "capture/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/error.h"

#define LEAVE_S 1		/* seconds for the keeper to leave in order */
#define HURRY_S 5		/* seconds that one turn of its loop may take then */
#define ORPHAN_S 2		/* seconds for the viewer to print what it has */
#define AGAIN INT64_C(200000000)	/* ns from the first SIGINT: what comes sooner is the same one */

static int pipe_fds[2];
static bool ordered;		/* what is read there says what it is */
static unsigned told;
static volatile sig_atomic_t leaves, hurried;

bool signals_again(void)
{
	static int64_t first;
	int64_t now = clock_now(CLOCK_MONOTONIC);

	if (!first)
		first = now;
	return now - first >= AGAIN;
}

static unsigned meaning(int number)
{
	switch (number) {
	case SIGINT:
		leaves = signals_again();
		return leaves ? TOLD_STOP | TOLD_LEAVE : TOLD_STOP;
	case SIGTERM:
	case SIGHUP:
		hurried = 1;
		return TOLD_STOP | TOLD_HURRY;
	case SIGUSR1:
		return TOLD_COUNTS;
	default:
		return TOLD_FLUSH;
	}
}

void signals_alive(void)
{
	if (hurried && !leaves)
		alarm(HURRY_S);
}

static void arrive(int number)
{
	int saved = errno;
	unsigned bits = meaning(number);
	ssize_t n;

	__atomic_fetch_or(&told, bits, __ATOMIC_RELAXED);
	if (bits & TOLD_LEAVE)
		alarm(LEAVE_S);
	else
		signals_alive();
	/* A full pipe is readable as well. */
	n = write(pipe_fds[1], "", 1);
	(void)n;
	errno = saved;
}

static void too_late(int number)
{
	static const char words[] = "ringtail: stopped: what was captured could not be written in time\n";
	ssize_t n = write(STDERR_FILENO, words, sizeof(words) - 1);

	(void)number;
	(void)n;
	_exit(STATUS_WRITE);
}

static void handle(int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };

	sigfillset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

static bool is_ignored(int number)
{
	struct sigaction action;

	return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int signals_open(bool hangup)
{
	if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK))
		return -errno;
	handle(SIGINT, arrive);
	handle(SIGTERM, arrive);
	if (!hangup)
		signal(SIGHUP, SIG_IGN);
	else if (!is_ignored(SIGHUP))
		handle(SIGHUP, arrive);
	handle(SIGUSR1, arrive);
	handle(SIGUSR2, arrive);
	handle(SIGALRM, too_late);
	signal(SIGPIPE, SIG_IGN);	/* a closed pipe is EPIPE */
	signal(SIGXFSZ, SIG_IGN);	/* a file that may not grow is EFBIG */
	return pipe_fds[0];
}

/* The keys of the terminal go to all processes there. */
static void leave_to_others(void)
{
	static const int left[] = { SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2 };

	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++)
		signal(left[i], SIG_IGN);
}

void signals_from(int channel)
{
	leave_to_others();
	handle(SIGALRM, too_late);
	pipe_fds[0] = channel;
	ordered = true;
}

/* Returns the bits that it said. */
static unsigned take_orders(void)
{
	unsigned char order[64];
	unsigned bits = 0;
	ssize_t n;

	while ((n = read(pipe_fds[0], order, sizeof(order))) > 0)
		while (n > 0)
			bits |= order[--n];
	if (n == 0)
		bits |= TOLD_STOP | TOLD_HURRY;
	if (bits & TOLD_HURRY)
		hurried = 1;
	if (bits & TOLD_LEAVE) {
		leaves = 1;
		alarm(LEAVE_S);
	}
	return bits;
}

unsigned signals_take(void)
{
	char sink[64];

	if (ordered)
		return take_orders();
	while (read(pipe_fds[0], sink, sizeof(sink)) > 0)
		;
	return __atomic_exchange_n(&told, 0, __ATOMIC_RELAXED);
}

static void orphaned(int number)
{
	(void)number;
	alarm(ORPHAN_S);
}

void signals_in_viewer(void)
{
	leave_to_others();
	/* A viewer that waits for packets sees the keeper's end on its channel; one that hangs in
	 * write(2) needs to be told.
	 */
	handle(SIGRTMIN, orphaned);
	prctl(PR_SET_PDEATHSIG, SIGRTMIN);
}
