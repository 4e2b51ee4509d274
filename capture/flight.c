/* SPDX-License-Identifier: BSD-2-Clause */
/* flight.c - what the keeper does for the flight recorder: who asks for a file, and why
 *
 * The trigger is a display filter, which no keeper evaluates: a process of its own reads the tape, as a screen does, and
 * tells of what it finds.
 */
#define _GNU_SOURCE
#include "capture/flight.h"

#include <inttypes.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include "capture/clock.h"

#define NS INT64_C(1000000000)

/* "2026-11-21 19:45:00.123456789 UTC" */
static void put_time(char *to, size_t size, int64_t ns)
{
	time_t sec = ns / NS;
	struct tm tm;
	size_t n = strftime(to, size, "%Y-%m-%d %H:%M:%S", gmtime_r(&sec, &tm));

	snprintf(to + n, size - n, ".%09" PRId64 " UTC", ns % NS);
}

static void watch(const struct capture *c, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u32 = EVENT_OTHERS };

	epoll_ctl(c->epoll, EPOLL_CTL_ADD, fd, &event);
}

static bool record(struct capture *c, const char *why, int64_t time, uint64_t packet)
{
	char reason[600], when[48];

	put_time(when, sizeof(when), time);
	snprintf(reason, sizeof(reason), "%.500s, %s", why, when);
	return recorder_start(&c->recorder, reason, packet);
}

void flight_record(struct capture *c, const char *why)
{
	if (!record(c, why, clock_now(CLOCK_REALTIME), RECORDER_NONE) && c->recorder.busy)
		session_say(c, "%s: a recording is being written, which goes on; no other one is begun", why);
}

/* Interfaces that join; where none may, those that are there with another filter, whose text the keeper alone has. */
static struct source later(const struct taps *t)
{
	return (struct source){
		.filter = t->options->follow || t->any ? t->options->filter : NULL,
		.comment = t->source[0].comment,
		.snaplen = t->source[0].snaplen,
		.linktype = t->options->cooked ? LINKTYPE_LINUX_SLL2 : 0,
		.missed = SOURCE_UNKNOWN,
	};
}

int flight_start(struct capture *c, struct error *e)
{
	const struct lending lending = { .engine = &c->taps.engine, .tape = &c->tape };
	int ret;

	if (!c->tape.head)
		return 0;
	c->recorder.tape = &c->tape;
	c->recorder.sources = &c->taps.sources;
	c->recorder.interface = c->taps.interface;
	c->recorder.later = later(&c->taps);
	c->recorder.most = TAPS_MAX;
	ret = recorder_open(&c->recorder, &c->identity, e);
	if (ret)
		return ret;
	watch(c, c->recorder.channel);
	if (!c->trigger.watcher)
		return 0;
	ret = lender_start(&c->watcher, &lending, c->trigger.watcher, c->trigger.context, e);
	if (!ret)
		watch(c, c->watcher.channel);
	return ret;
}

/* A trigger that goes on and on must not fill the disk. Of a packet that is gone by now the time is too. */
static void pull(struct capture *c, uint64_t packet)
{
	bool there = packet >= c->tape.first;
	char why[500];

	if (c->trigger.pulled >= c->trigger.files || packet >= c->tape.count)
		return;
	snprintf(why, sizeof(why), "trigger %.400s, packet%s", c->trigger.text, there ? "" : " gone");
	if (record(c, why, there ? tape_time(&c->tape, packet) : clock_now(CLOCK_REALTIME), packet) &&
	    ++c->trigger.pulled == c->trigger.files)
		session_say(c, "the trigger writes no more files than these %" PRIu32, c->trigger.files);
}

static void look_at_watcher(struct capture *c)
{
	if (!c->watcher.pid)
		return;
	lender_take_back(&c->watcher, &c->unwatched);
	if (c->watcher.pid)
		lender_show(&c->watcher, &c->unwatched);
	if (c->watcher.asks)
		pull(c, c->watcher.asks_for);
	c->watcher.asks = false;
	if (c->watcher.pid)
		return;
	if (c->stage < STAGE_FINISH)
		session_say(c, "nobody looks for the trigger's packets any more");
	else if (c->unwatched.skipped)
		session_say(c, "%" PRIu64 " packets were gone before the trigger's filter saw them",
			    c->unwatched.skipped);
}

void flight_look(struct capture *c)
{
	look_at_watcher(c);
	if (c->viewer.asks)		/* a screen shows whether one is being written */
		record(c, "key R", clock_now(CLOCK_REALTIME), RECORDER_NONE);
	c->viewer.asks = false;
	if (!recorder_look(&c->recorder))
		return;
	c->ledger.recording = c->recorder.busy;
	c->ledger.recordings = c->recorder.files;
	c->ledger.recorded = c->recorder.packets;
	memcpy(c->ledger.record_name, c->recorder.name, sizeof(c->ledger.record_name));
	c->shared->sum = c->ledger;
	lender_wake(&c->viewer);
}

void flight_finish(struct capture *c)
{
	lender_finish(&c->watcher);
}

/* The viewer may ask for a file until it has ended. */
bool flight_is_over(struct capture *c)
{
	if (c->viewer.pid || c->watcher.pid)
		return false;
	recorder_finish(&c->recorder);
	return !c->recorder.pid;
}

void flight_leave(struct capture *c)
{
	lender_kill(&c->watcher, &c->unwatched);
	recorder_leave(&c->recorder);
}
