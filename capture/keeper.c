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
#include <sys/epoll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/session.h"
#include "capture/signals.h"

#define MS 1000000LL		/* ns */
#define GRACE_MS 20		/* from the sender's send(2) to the socket, a busy machine */
#define TICK_MS 1000
#define TICK_DOWN_MS 100	/* while the interface is down: is it gone? */
#define STALLED_MS 5000		/* what a viewer has to make progress in, where nobody can tell */
#define LENT_AHEAD 2		/* blocks of the shelf that are lent before they are full */
#define BLOCKS_AT_ONCE 16	/* until signals and viewer are looked at again */

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 * MS + t.tv_nsec;
}

static void enter(struct capture *c, enum stage stage, int64_t within_ms)
{
	c->stage = stage;
	c->stage_end = now_ns() + within_ms * MS;
}

/* From here on the socket is silent. Where it cannot be made so, what comes within two timeouts of a
 * block is taken.
 */
static void drain(struct capture *c)
{
	if (c->stage >= STAGE_DRAIN)
		return;
	engine_silence(&c->engine);
	enter(c, STAGE_DRAIN, 2 * c->timeout_ms + GRACE_MS);
}

static void stop(struct capture *c)
{
	if (c->stage == STAGE_OPEN)
		enter(c, STAGE_GRACE, GRACE_MS);
}

/* The file is as far as it came: close it, and take no more. */
static void fail_write(struct capture *c, int ret)
{
	struct error ignored;

	c->status = ret;
	c->ledger.written = pcap_writer_written(c->writer);
	c->ledger.unwritten = c->ledger.fate[FATE_CAPTURED] - c->ledger.written;
	pcap_writer_close(c->writer, &ignored);
	c->writer = NULL;
	c->rules.room = 0;
	drain(c);
}

static void flush(struct capture *c)
{
	int ret;

	if (!c->writer || !c->dirty)
		return;
	c->dirty = false;
	ret = pcap_writer_flush(c->writer, c->error);
	if (ret)
		fail_write(c, ret);
}

/* Write a captured frame, and where the viewer gets copies, make one. */
static void keep_frame(struct capture *c, const struct tpacket3_hdr *frame, const struct packet *p)
{
	int ret = c->writer ? pcap_writer_put(c->writer, p, c->error) : 0;

	if (ret)
		fail_write(c, ret);
	else if (c->writer)
		c->ledger.written++;
	if (!c->viewer.shelf.blocks)
		return;
	if (!c->viewer.pid || !lender_shelve(&c->viewer, frame))
		c->ledger.skipped++;
}

/* Find the fate of each frame of the block at index. Returns how many were captured. */
static uint32_t keep_frames(struct capture *c, uint32_t index)
{
	struct walk w = block_first(engine_block(&c->engine, index));
	uint64_t before = c->ledger.fate[FATE_CAPTURED];
	struct packet p;

	for (; w.left > 0; walk_next(&w)) {
		enum fate fate = block_prepare(w.frame, &c->rules, &p);

		c->ledger.fate[fate]++;
		if (fate == FATE_CAPTURED)
			keep_frame(c, w.frame, &p);
	}
	c->dirty = true;
	return (uint32_t)(c->ledger.fate[FATE_CAPTURED] - before);
}

static void keep_block(struct capture *c, uint32_t index)
{
	uint32_t captured = keep_frames(c, index);

	if (captured && c->viewer.pid && !c->viewer.shelf.blocks) {
		lender_lend(&c->viewer, index, captured);
		return;
	}
	if (c->ledger.prints && !c->viewer.shelf.blocks)
		c->ledger.skipped += captured;
	engine_release(&c->engine, index);
}

/* Without a file the keeper waits for the viewer. */
static bool may_take(const struct capture *c)
{
	return c->viewer.shelf.blocks || !c->viewer.pid || c->viewer.lent < c->viewer.most;
}

/* Take what blocks there are. Returns false where there may be more. */
static bool take_blocks(struct capture *c)
{
	for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
		int64_t index = may_take(c) ? engine_next(&c->engine) : -1;

		if (index < 0) {
			flush(c);
			return true;
		}
		keep_block(c, (uint32_t)index);
		if (c->rules.room == 0)
			drain(c);
	}
	return false;
}

static void look_at_link(struct capture *c)
{
	enum link_state link = engine_link(&c->engine);

	if (c->stage >= STAGE_DRAIN)
		return;
	if (link == LINK_GONE) {
		c->status = error_set(c->error, STATUS_INTERFACE, "%s: the interface was removed",
				      c->engine.interface.name);
		drain(c);
	} else if (c->down != (link == LINK_DOWN)) {
		c->down = link == LINK_DOWN;
		session_say(c, c->down ? "down; capturing goes on when it is up again" : "up again");
	}
}

static void tick(struct capture *c)
{
	const char *warning;

	engine_count(&c->engine, &c->ledger);
	look_at_link(c);
	warning = c->filter ? filter_warning(c->filter) : NULL;
	if (warning)
		session_say(c, "%s", warning);
	c->tick_at = now_ns() + (c->down ? TICK_DOWN_MS : TICK_MS) * MS;
}

static void look_at_signals(struct capture *c)
{
	unsigned told = signals_take();

	if (told & TOLD_COUNTS) {
		engine_count(&c->engine, &c->ledger);
		fputs("ringtail: ", stderr);
		ledger_print(stderr, &c->ledger, ", ");
	}
	if (told & TOLD_FLUSH)
		flush(c);
	if (told & TOLD_STOP)
		stop(c);
	if (told & TOLD_HURRY && !c->hurried) {
		c->hurried = true;
		c->moved_at = now_ns();
	}
	if (told & TOLD_LEAVE)
		lender_kill(&c->viewer, &c->ledger);
}

/* A viewer that has ended by itself: its reader has gone, it could not print, or it has crashed. */
static void viewer_ended(struct capture *c)
{
	bool killed = WIFSIGNALED(c->viewer.status);

	if (c->stage >= STAGE_FINISH || c->writer) {
		if (c->stage < STAGE_FINISH)
			session_say(c, "the viewer has ended; the capture to the file goes on");
	} else if (killed) {
		c->status = error_set(c->error, STATUS_WRITE, "the viewer was ended by signal %d",
				      WTERMSIG(c->viewer.status));
	}
	if (!killed && !c->status)
		c->status = WEXITSTATUS(c->viewer.status);
	if (!c->writer)
		stop(c);
}

static void look_at_viewer(struct capture *c)
{
	uint32_t before = c->viewer.lent;

	if (!c->viewer.pid)
		return;
	lender_take_back(&c->viewer, &c->ledger);
	if (c->viewer.lent != before)
		c->moved_at = now_ns();
	if (c->stage >= STAGE_DRAIN && c->hurried &&
	    now_ns() > c->moved_at + STALLED_MS * MS)
		lender_kill(&c->viewer, &c->ledger);
	if (!c->viewer.pid)
		viewer_ended(c);
}

static void close_file(struct capture *c)
{
	int ret;

	c->dirty = true;
	flush(c);
	if (!c->writer)
		return;
	ret = pcap_writer_close(c->writer, c->error);
	c->writer = NULL;
	if (ret)
		c->status = ret;
}

/* All was taken: count it, and let the viewer come to its end. */
static void finish(struct capture *c)
{
	engine_count(&c->engine, &c->ledger);
	close_file(c);
	if (c->viewer.pid && c->viewer.shelf.blocks)
		lender_lend_shelf(&c->viewer);
	lender_finish(&c->viewer);
	enter(c, STAGE_FINISH, 0);
}

static void advance(struct capture *c, bool empty)
{
	bool over = now_ns() >= c->stage_end;

	if (c->stage == STAGE_GRACE && over)
		drain(c);
	else if (c->stage == STAGE_DRAIN && empty && may_take(c) && (c->engine.silent || over))
		finish(c);
	if (c->stage == STAGE_FINISH && !c->viewer.pid)
		c->stage = STAGE_DONE;
}

/* How long the loop may wait, ms. */
static int patience(const struct capture *c, bool empty)
{
	int64_t until = c->tick_at, now = now_ns();

	if (!empty || (c->stage == STAGE_DRAIN && c->engine.silent && may_take(c)))
		return 0;
	if ((c->stage == STAGE_GRACE || c->stage == STAGE_DRAIN) && c->stage_end < until)
		until = c->stage_end;
	return until <= now ? 0 : (int)((until - now + MS - 1) / MS);
}

enum { EVENT_SOCKET, EVENT_SIGNALS, EVENT_VIEWER, EVENTS };

static void wait_for_events(struct capture *c, int timeout_ms)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(c->epoll, events, EVENTS, timeout_ms);

	for (int i = 0; i < n; i++) {
		if (events[i].data.u32 == EVENT_SIGNALS)
			look_at_signals(c);
		else if (events[i].data.u32 == EVENT_SOCKET && events[i].events & EPOLLERR)
			tick(c);
	}
	if (now_ns() >= c->tick_at)
		tick(c);
}

static int watch(struct capture *c, int fd, uint32_t what, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.u32 = what };

	return epoll_ctl(c->epoll, EPOLL_CTL_ADD, fd, &event);
}

static int start(struct capture *c, capture_viewer *viewer, void *context, struct error *e)
{
	int ret;

	if (viewer) {
		/* The child gets a copy of what is buffered, and must not write it too. */
		ret = c->writer ? pcap_writer_flush(c->writer, e) : 0;
		if (!ret)
			ret = lender_start(&c->viewer, &c->engine, c->writer != NULL,
					   c->rules.linktype, viewer, context, e);
		if (ret)
			return ret;
		c->ledger.prints = true;
	}
	c->epoll = epoll_create1(EPOLL_CLOEXEC);
	c->signals = signals_open();
	if (c->epoll < 0 || c->signals < 0 ||
	    watch(c, c->signals, EVENT_SIGNALS, EPOLLIN) ||
	    watch(c, c->engine.fd, EVENT_SOCKET, EPOLLIN | EPOLLET) ||
	    (viewer && watch(c, c->viewer.channel, EVENT_VIEWER, EPOLLIN)))
		return error_set(e, STATUS_INTERFACE, "cannot wait for packets: %s",
				 error_words(errno));
	return 0;
}

static void loop(struct capture *c)
{
	bool empty = false;

	c->tick_at = now_ns() + TICK_MS * MS;
	while (c->stage != STAGE_DONE) {
		enum stage stage;

		wait_for_events(c, patience(c, empty));
		look_at_viewer(c);
		stage = c->stage;
		/* What was empty before the socket fell silent has to be looked at again. */
		empty = take_blocks(c) && c->stage == stage;
		if (c->viewer.pid && c->viewer.shelf.blocks && c->viewer.lent < LENT_AHEAD)
			lender_lend_shelf(&c->viewer);
		advance(c, empty);
	}
	ledger_print(stderr, &c->ledger, "\n");
	if (!ledger_adds_up(&c->ledger))
		session_say(c, "the counters do not add up");
}

int capture_run(struct capture *c, capture_viewer *viewer, void *context, struct error *e)
{
	int status;

	c->error = e;
	status = start(c, viewer, context, e);
	if (!status) {
		fprintf(stderr, "listening on %s, link-type %s (%s), snapshot length %u bytes\n",
			c->engine.interface.name, linktype_name(c->rules.linktype),
			linktype_words(c->rules.linktype), c->rules.snaplen);
		loop(c);
		status = c->status;
	}
	capture_close(c);
	return status;
}
