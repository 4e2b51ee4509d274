/* SPDX-License-Identifier: BSD-2-Clause */
/* keeper.c - the main loop of a live capture
 *
 * How it works: wait for frames, signals, the viewer, or the time; then take what blocks there are.
 * The loop goes through the stages of session.h in their order: a capture that is told to stop waits
 * a moment for frames that are on their way, silences the socket, takes what is left, closes the
 * file, and waits until the viewer has printed the rest. So all that was sent before the signal is
 * captured, and the ledger adds up.
 */
#include "capture/keeper.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/flight.h"
#include "capture/keep.h"
#include "capture/newcomers.h"
#include "capture/signals.h"
#include "capture/voice.h"

#define TICK_MS 1000
#define TELL_MS 60000
#define LAST_LOOK_MS 5		/* while frames may still come in that are to be taken */
#define TICK_DOWN_MS 100	/* while the interface is down: is it gone? */
#define STALLED_MS 5000		/* what a viewer has to make progress in, where nobody can tell */
#define SCREEN_MS 400		/* what a screen has to end in, and again after it was told by a signal */
#define LENT_AHEAD 2		/* blocks of the shelf that are lent before they are full */

/* Once: the kernel has something to say of an interface again and again. */
static void say_refused(struct capture *c, const struct interface *i, const struct error *why)
{
	for (uint32_t n = 0; n < c->refusals && n < REFUSED_MAX; n++)
		if (c->refused[n] == i->index)
			return;
	c->refused[c->refusals++ % REFUSED_MAX] = i->index;
	tap_say(i->name, "does not join: %s", why->text);
}

static void join(void *who, const struct interface *i)
{
	struct capture *c = who;
	const struct capture_options *o = c->taps.options;
	struct error e;

	if (taps_know(&c->taps, i->index) || !interface_is_named(i, o->interface, o->interfaces))
		return;
	if (taps_add(&c->taps, i, &e))
		say_refused(c, i, &e);
	else
		tap_say(i->name, "joins the capture");
}

/* Where interfaces may join, there need be none. */
static void look_at_links(struct capture *c)
{
	if (c->stage >= STAGE_DRAIN)
		return;
	if (c->taps.links >= 0)
		newcomers_hear(c->taps.links, join, c);
	if (taps_look(&c->taps) > 0 || c->taps.links >= 0)
		return;
	c->status = error_set(c->error, STATUS_INTERFACE, "%s: the interface%s removed", c->taps.name,
			      c->taps.count > 1 ? "s were" : " was");
	session_drain(c);
}

static void tick(struct capture *c)
{
	const char *warning;

	voice_retry();
	c->ledger.ring_fill = c->fill;
	c->fill = 0;
	session_count(c);
	if (c->ledger.dropped > c->dropped)
		session_say(c, "%" PRIu64 " packets dropped by kernel so far", c->ledger.dropped);
	c->dropped = c->ledger.dropped;
	look_at_links(c);
	if (session_now() >= c->told_at + TELL_MS * MS)
		keep_tell(c);
	keep_tick(c);
	warning = taps_warning(&c->taps);
	if (warning)
		session_say(c, "%s", warning);
	c->tick_at = session_now() + (taps_are_down(&c->taps) ? TICK_DOWN_MS : TICK_MS) * MS;
}

static void tell_seat(const struct capture *c)
{
	c->worker->seat->ledger = c->ledger;
	c->worker->seat->source = c->taps.source[0];
}

/* What the viewer shows. */
static void share(struct capture *c)
{
	if (c->writer)
		c->ledger.file_bytes = rotate_size(c->writer);
	c->shared->sum = c->ledger;
	if (c->worker)
		tell_seat(c);
	if (!taps_are_several(&c->taps) || !(c->report.silent || c->screen))
		return;
	for (uint32_t n = 0; n < c->taps.count; n++)
		c->shared->each[n] = c->taps.tap[n].ledger;
	c->shared->count = c->taps.count;
}

/* Whose counters are told: of several interfaces each one's. Returns how many. */
static uint32_t counted(struct capture *c)
{
	if (!c->taps.engine.bundle) {
		c->counted[0] = (struct metrics_source){ c->taps.name, &c->ledger };
		return 1;
	}
	for (uint32_t n = 0; n < c->taps.count; n++)
		c->counted[n] = (struct metrics_source){ c->taps.interface[n].name, &c->taps.tap[n].ledger };
	return c->taps.count;
}

static void report(struct capture *c, int64_t now)
{
	session_count(c);
	share(c);
	report_tell(&c->report, c->counted, counted(c), now);
}

static void look_at_signals(struct capture *c)
{
	unsigned told = signals_take();

	if (told & TOLD_COUNTS) {
		session_count(c);
		report_say(c->counted, counted(c));
	}
	if (told & TOLD_FLUSH) {
		keep_flush(c);
		if (c->records)
			flight_record(c, "SIGUSR2");
	}
	if (told & TOLD_STOP)
		session_stop(c);
	if (told & TOLD_HURRY && !c->hurried) {
		c->hurried = true;
		c->moved_at = session_now();
	}
	if (told & TOLD_LEAVE) {
		lender_kill(&c->viewer, &c->ledger);
		flight_leave(c);
	}
}

/* A viewer that has ended by itself: its reader has gone, it could not print, or it has crashed. */
static void viewer_ended(struct capture *c)
{
	bool killed = WIFSIGNALED(c->viewer.status);
	bool hung_up = !killed && WEXITSTATUS(c->viewer.status) == VIEWER_HUNG_UP;
	bool goes_on = c->writer || (hung_up && c->stays);
	bool closed = c->screen && !killed && !(hung_up && c->stays);

	if (c->closed)
		c->closed();
	if (c->stage >= STAGE_FINISH || goes_on) {
		if (c->stage < STAGE_FINISH && !closed)
			session_say(c, "the viewer has ended; the capture%s goes on", c->writer ? " to the file" : "");
	} else if (killed) {
		c->status = error_set(c->error, STATUS_WRITE, "the viewer was ended by signal %d",
				      WTERMSIG(c->viewer.status));
	}
	if (!killed && !hung_up && !c->status)
		c->status = WEXITSTATUS(c->viewer.status);
	if (!goes_on || closed)
		session_stop(c);
}

static void look_at_viewer(struct capture *c)
{
	uint32_t before = c->viewer.lent;

	if (!c->viewer.pid)
		return;
	lender_take_back(&c->viewer, &c->ledger);
	if (c->viewer.lent != before)
		c->moved_at = session_now();
	if (c->viewer.asked) {
		taps_filter(&c->taps, c->viewer.asked, &c->ledger);
		free(c->viewer.asked);
		c->viewer.asked = NULL;
	}
	if (!c->viewer.pid)
		viewer_ended(c);
}

/* Nobody is there to wait. */
static void look_at_stalled(struct capture *c)
{
	if (c->stage < STAGE_DRAIN || !c->hurried || session_now() <= c->moved_at + STALLED_MS * MS)
		return;
	if (c->viewer.pid) {
		lender_kill(&c->viewer, &c->ledger);
		viewer_ended(c);
	}
	flight_leave(c);
}

/* All was taken: count it, and let the viewer come to its end. */
static void finish(struct capture *c)
{
	session_count_rest(c);
	if (c->viewer.named && c->viewer.pid)
		keep_flush(c);
	else
		keep_close(c);
	share(c);
	if (c->viewer.pid && c->viewer.shelf.blocks)
		lender_lend_shelf(&c->viewer);
	lender_finish(&c->viewer);
	flight_finish(c);
	session_enter(c, STAGE_FINISH, SCREEN_MS);
}

/* There is nothing that a screen has to print yet: its terminal does not move, or it is stopped. */
static void end_screen(struct capture *c)
{
	if (c->nudged)
		lender_kill(&c->viewer, &c->ledger);
	else
		lender_nudge(&c->viewer);
	c->nudged = true;
	session_enter(c, STAGE_FINISH, SCREEN_MS);
}

static void advance(struct capture *c, bool empty)
{
	bool over = session_now() >= c->stage_end;

	if (c->stage == STAGE_GRACE && over)
		session_drain(c);
	else if (c->stage == STAGE_DRAIN && keep_may_take(c) && session_is_drained(c, empty))
		finish(c);
	else if (c->stage == STAGE_FINISH && over && c->viewer.pid && c->viewer.tape)
		end_screen(c);
	if (c->stage == STAGE_FINISH && !c->viewer.pid && flight_is_over(c)) {
		keep_close(c);	/* where it was to have names from the viewer */
		c->stage = STAGE_DONE;
	}
}

/* ns: when something is to be done, packets or not. */
static int64_t next_event(const struct capture *c)
{
	int64_t at = c->tick_at, due = keep_due(c);

	if (due < at)
		at = due;
	if (report_due(&c->report) < at)
		at = report_due(&c->report);
	if (bundle_due(&c->taps.engine) < at && keep_may_take(c))
		at = bundle_due(&c->taps.engine);
	return c->stage == STAGE_OPEN && c->stop_at < at ? c->stop_at : at;
}

/* How long the loop may wait, ms. */
static int patience(const struct capture *c, bool empty)
{
	int64_t until = next_event(c), now = session_now();
	bool timed = c->stage == STAGE_GRACE || (c->stage == STAGE_FINISH && c->viewer.tape);

	if (!empty)
		return 0;
	/* Otherwise it waits for the viewer to give blocks back. */
	if (c->stage == STAGE_DRAIN && keep_may_take(c))
		return c->taps.engine.silent ? 0 : LAST_LOOK_MS;
	if (timed && c->stage_end < until)
		until = c->stage_end;
	return until <= now ? 0 : (int)((until - now + MS - 1) / MS);
}

static void look_at_clock(struct capture *c)
{
	int64_t now = session_now();

	if (now >= c->tick_at)
		tick(c);
	else if (now >= keep_due(c))
		keep_tick(c);
	if (now >= c->stop_at)
		session_stop(c);
	if (now >= report_due(&c->report))
		report(c, now);
}

static void wait_for_events(struct capture *c, int timeout_ms)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(c->epoll, events, EVENTS, timeout_ms);

	for (int i = 0; i < n; i++) {
		if (events[i].data.u32 == EVENT_SIGNALS)
			look_at_signals(c);
		else if (events[i].data.u32 == EVENT_LINKS ||
			 (events[i].data.u32 == EVENT_SOCKET && events[i].events & EPOLLERR))
			tick(c);
	}
	look_at_clock(c);
}

static int watch(struct capture *c, int fd, uint32_t what, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.u32 = what };

	return epoll_ctl(c->epoll, EPOLL_CTL_ADD, fd, &event);
}

static int start(struct capture *c, capture_viewer *viewer, void *context, struct error *e)
{
	const struct lending lending = {
		.engine = &c->taps.engine,
		.tape = c->screen ? &c->tape : NULL,
		.copies = c->writer,
	};
	int ret;

	if (viewer) {
		/* The child gets a copy of what is buffered, and must not write it too. */
		ret = c->writer ? rotate_flush(c->writer, e) : 0;
		if (!ret)
			ret = lender_start(&c->viewer, &lending, viewer, context, e);
		if (ret)
			return ret;
		c->viewer.named = c->names && c->writer ? keep_name : NULL;
		c->viewer.who = c;
		c->ledger.prints = true;
	}
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (c->epoll < 0 ||
	    watch(c, c->signals, EVENT_SIGNALS, EPOLLIN | EPOLLET) ||
	    watch(c, c->taps.engine.fd, EVENT_SOCKET, EPOLLIN | EPOLLET) ||
	    (c->taps.links >= 0 && watch(c, c->taps.links, EVENT_LINKS, EPOLLIN)) ||
	    (viewer && watch(c, c->viewer.channel, EVENT_VIEWER, EPOLLIN)))
		return error_set(e, STATUS_INTERFACE, "cannot wait for packets: %s",
				 error_words(errno));
	ret = flight_start(c, e);
	return ret ? ret : session_confine(c, e);
}

static void loop(struct capture *c)
{
	bool empty = false;

	c->told_at = session_now();
	c->tick_at = c->told_at + TICK_MS * MS;
	while (c->stage != STAGE_DONE) {
		enum stage stage;

		wait_for_events(c, patience(c, empty));
		signals_alive();
		look_at_viewer(c);
		look_at_stalled(c);
		stage = c->stage;
		/* What was empty before the socket fell silent has to be looked at again. */
		empty = keep_blocks(c) && c->stage == stage;
		if (c->viewer.pid && c->viewer.tape)
			lender_show(&c->viewer, &c->ledger);
		flight_look(c);
		if (c->worker)
			session_count(c);	/* who adds them up cannot ask the kernel */
		share(c);
		if (c->viewer.pid && c->viewer.shelf.blocks && c->viewer.lent < LENT_AHEAD)
			lender_lend_shelf(&c->viewer);
		advance(c, empty);
	}
	if (c->recorder.failed && !c->status)
		c->status = STATUS_WRITE;
}

static void sum_up(struct capture *c)
{
	report_end(&c->report, c->counted, counted(c));
	if (c->taps.engine.bundle)
		report_say(c->counted, counted(c));
	if (!c->worker)
		ledger_print(stderr, &c->ledger, "\n");
	for (uint32_t n = 0; n < c->taps.count; n++)
		if (c->taps.tap[n].rules.unstamped)
			session_say(c, "%s: %" PRIu64 " packets have the host's time: the adapter gave them none",
				    c->taps.tap[n].interface->name, c->taps.tap[n].rules.unstamped);
	if (!ledger_adds_up(&c->ledger))
		session_say(c, "the counters do not add up");
}

/* Several that are alike are told together. */
static void say_interfaces(const struct capture *c)
{
	uint32_t n = 0;

	while (n < c->taps.count) {
		const struct rules *rules = &c->taps.tap[n].rules;

		fprintf(stderr, "listening on %s", c->taps.interface[n].name);
		for (n++; n < c->taps.count && c->taps.tap[n].rules.linktype == rules->linktype; n++)
			fprintf(stderr, ", %s", c->taps.interface[n].name);
		fprintf(stderr, ", link-type %s (%s), snapshot length %u bytes\n", linktype_name(rules->linktype),
			linktype_words(rules->linktype), rules->snaplen);
	}
	if (c->taps.links >= 0 || c->taps.any)
		fprintf(stderr, "listening for interfaces that join\n");
}

/* To who started it. */
static void say_ready(struct capture *c)
{
	const struct worker *w = c->worker;

	tell_seat(c);
	w->seat->interface = c->taps.interface[0];
	memcpy(w->seat->alias, c->taps.tap[0].alias, sizeof(w->seat->alias));
	w->seat->fanout = w->fanout;
	if (write(w->channel, "", 1) < 0)
		session_say(c, "nobody waits for it");
}

int capture_run(struct capture *c, capture_viewer *viewer, void *context, struct error *e)
{
	int status;

	c->error = e;
	status = report_begin(&c->report, c->counted, counted(c), session_now(), e);
	if (!status)
		status = start(c, viewer, context, e);
	if (!status) {
		if (c->worker)
			say_ready(c);
		else
			say_interfaces(c);
		voice_hurry(true);
		loop(c);
		voice_hurry(false);
		sum_up(c);
		status = c->status;
	}
	return status;
}
