/* SPDX-License-Identifier: BSD-2-Clause */
/* workers.c - one interface, captured by several keepers at once: who starts them, tells them, sums up */
#define _GNU_SOURCE
#include "capture/workers.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/linktype.h"
#include "capture/session.h"
#include "capture/signals.h"
#include "capture/team.h"

#define ALIVE_MS 1000		/* how often it is looked after, at least */
#define COUNT_MS 10		/* the same where the number of packets is limited */

/* Pass on what is to be done: bits of enum told. */
static void order(struct team *t, unsigned what)
{
	const unsigned char word = (unsigned char)what;

	for (unsigned n = 0; n < t->members; n++)
		if (t->member[n].pid && write(t->member[n].channel, &word, 1) < 0)
			continue;	/* it has ended: that will be seen */
}

static void stop(struct team *t)
{
	if (!t->stopping)
		order(t, TOLD_STOP);
	t->stopping = true;
}

/* Its process is over. The first that went wrong is what the run ends with. */
static void note_end(struct team *t, unsigned n, int status)
{
	struct member *m = &t->member[n];

	if (WIFSIGNALED(status)) {
		m->killed = true;
		error_say("%s: worker %u was ended by signal %d: what it had not written is lost%s", t->name, n + 1,
			  WTERMSIG(status), t->running && !t->stopping ? "; the others go on" : "");
		t->status = t->status ? t->status : STATUS_WRITE;
		return;
	}
	m->killed = WEXITSTATUS(status) && !t->seat[n].status;
	if (!t->status) {
		t->status = t->seat[n].status ? t->seat[n].status : WEXITSTATUS(status);
		*t->error = t->seat[n].error;
	}
	stop(t);
}

static void reap(struct team *t, unsigned n)
{
	struct member *m = &t->member[n];
	int status = 0;

	while (waitpid(m->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(m->channel);
	m->channel = -1;
	m->pid = 0;
	t->running--;
	note_end(t, n, status);
}

/* In the child. */
static int work(const struct team *t, unsigned n, int channel)
{
	struct worker self = {
		.number = n + 1,
		.of = t->o->workers,
		.fanout = n ? t->seat[0].fanout : (struct fanout){ .spills = !t->o->separate },
		.channel = channel,
		.seat = &t->seat[n],
	};
	struct capture_options o = t->o->capture;
	struct capture *c;

	if (channel > 3)
		close_range(3, (unsigned)channel - 1, 0);
	close_range((unsigned)channel + 1, ~0u, 0);
	o.worker = &self;
	o.write_path = t->part[n].path;
	o.plan = NULL;
	o.count = 0;		/* what all have together is limited, and told */
	o.duration = o.report_every = 0;
	o.metrics = NULL;
	self.seat->status = capture_open(&c, &o, &self.seat->error);
	if (self.seat->status)
		return STATUS_INTERFACE;
	self.seat->status = capture_run(c, NULL, NULL, &self.seat->error);
	capture_close(c);
	return self.seat->status ? STATUS_WRITE : STATUS_DONE;
}

/* It says so when it captures, or it has ended. Returns 0, or what it ended with. */
static int wait_until_ready(struct team *t, unsigned n)
{
	struct pollfd event = { .fd = t->member[n].channel, .events = POLLIN };
	char word;

	while (poll(&event, 1, -1) < 0 && errno == EINTR)
		;
	t->member[n].ready = read(event.fd, &word, 1) == 1;
	if (t->member[n].ready)
		return 0;
	reap(t, n);
	return t->status;
}

static int start(struct team *t, unsigned n)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends))
		return error_set(t->error, STATUS_INTERFACE, "cannot start a worker: %s", error_words(errno));
	t->member[n] = (struct member){ .channel = ends[0], .pid = fork() };
	if (t->member[n].pid == 0)
		_exit(work(t, n, ends[1]));
	close(ends[1]);
	t->members = n + 1;
	if (t->member[n].pid < 0) {
		t->member[n].pid = 0;
		close(ends[0]);
		return error_set(t->error, STATUS_INTERFACE, "cannot start a worker: %s", error_words(errno));
	}
	t->running++;
	return wait_until_ready(t, n);
}

/* One after the other: the first one's group is the others', and says what the frames are like. */
static int start_all(struct team *t)
{
	int ret = 0;

	for (unsigned n = 0; !ret && n < t->o->workers; n++) {
		ret = start(t, n);
		if (!ret && n == 0)
			ret = team_meet(t);
		if (!ret)
			ret = team_open_part(t, n);
	}
	return ret ? ret : team_confine(t);
}

/* Of so many that were asked for, are all there? Which are the first, their times will say. */
static bool are_enough(const struct team *t)
{
	return t->o->capture.count && t->sum.fate[FATE_CAPTURED] >= t->o->capture.count;
}

static void look_at_signals(struct team *t)
{
	unsigned told = signals_take();

	if (told & TOLD_COUNTS) {
		team_say(t);
		team_count(t);
		report_say(&t->report.run, 1);
	}
	if (told & TOLD_STOP)
		t->stopping = true;
	if (told & TOLD_LEAVE)
		t->leaves = true;
	if (told & ~(unsigned)TOLD_COUNTS)
		order(t, told);
}

static void wait_for_events(struct team *t, int64_t stop_at)
{
	struct pollfd event[WORKERS_MAX + 1] = { { .fd = t->signals, .events = POLLIN } };
	int64_t until = session_now() + (t->o->capture.count ? COUNT_MS : ALIVE_MS) * MS, now;

	for (unsigned n = 0; n < t->members; n++)
		event[n + 1] = (struct pollfd){ .fd = t->member[n].channel, .events = POLLIN };
	until = stop_at < until ? stop_at : until;
	until = report_due(&t->report) < until ? report_due(&t->report) : until;
	now = session_now();
	if (poll(event, t->members + 1, until <= now ? 0 : (int)((until - now + MS - 1) / MS)) < 0)
		return;
	if (event[0].revents)
		look_at_signals(t);
	for (unsigned n = 0; n < t->members; n++)
		if (event[n + 1].revents)
			reap(t, n);
}

static void loop(struct team *t)
{
	int64_t stop_at = t->o->capture.duration ? session_now() + t->o->capture.duration : INT64_MAX;

	while (t->running > 0) {
		wait_for_events(t, t->stopping ? INT64_MAX : stop_at);
		signals_alive();
		team_count(t);
		if (session_now() >= stop_at || are_enough(t))
			stop(t);
		if (session_now() >= report_due(&t->report))
			report_tell(&t->report, &t->report.run, 1, session_now());
	}
}

int workers_run(const struct workers_options *o, struct ledger *sum, struct error *e)
{
	struct team t = { .o = o, .error = e, .signals = -1, .places.filer = -1 };
	int ret = team_open(&t);

	if (!ret) {
		ret = start_all(&t);
		if (ret) {
			t.status = ret;
			stop(&t);
		} else {
			team_greet(&t);
		}
		loop(&t);
		ret = team_end(&t);
	}
	*sum = t.sum;
	team_close(&t);
	return ret;
}
