/* SPDX-License-Identifier: BSD-2-Clause */
/* view.c - the view on a terminal: of a stored file, or of an interface */
#define _GNU_SOURCE
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/follow.h"
#include "capture/keeper.h"
#include "capture/merge.h"
#include "decode/catalog.h"
#include "ui/colour.h"
#include "ui/confined.h"
#include "ui/display.h"
#include "ui/jobs.h"
#include "ui/screen/gauge.h"
#include "ui/screen/pointer.h"
#include "ui/screen/screen.h"
#include "ui/screen/tables.h"
#include "ui/screen/terminal.h"

#define WORK_MS 8		/* until keys are looked at again */
#define FRAME_MS 100		/* between two screens that no key asked for */
#define TRAIL_MS 3		/* of each of them, for what looks at live packets as they come */

static int64_t now_ms(void)
{
	return clock_now(CLOCK_MONOTONIC) / 1000000;
}

/* Is there a terminal to be taken over? Not one where another program is in the foreground: to set its modes
 * would stop this one.
 */
static bool has_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp();
}

/* Those that can be read at any pace. */
static bool are_files(const struct options *o)
{
	struct stat st;

	for (uint32_t i = 0; i < o->read_count; i++)
		if (stat(o->reads[i], &st) || !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
			return false;
	return true;
}

bool view_fits(const struct options *o)
{
	if (options_want_text(o) || !has_terminal())
		return false;
	return !o->read || (!o->write && are_files(o));
}

int view_check(struct error *e)
{
	return terminal_check(e);
}

static int show(struct screen *s, struct grid *g, struct error *e)
{
	uint32_t width, height;

	terminal_size(&width, &height);
	if (!grid_size(g, width, height))
		return error_set(e, STATUS_USAGE, "view: no memory for a screen of %u columns", width);
	g->ascii = !terminal_is_utf8() || s->v.config.ascii || s->v.options->only_ascii;
	screen_draw(s, g);
	terminal_show(g);
	return 0;
}

/* All keys that were pressed, and what of them is the terminal's. */
static void take_keys(struct screen *s)
{
	uint32_t press, row;

	while (!s->quit && (press = terminal_key(&row)) != PRESS_NONE) {
		if (press == PRESS_MOUSE)
			pointer_click(s, row);
		else
			screen_key(s, press);
		if (s->redraw)
			terminal_forget();
		if (s->suspend)
			terminal_suspend();
		if (s->copy)
			terminal_copy(s->copy);
		free(s->copy);
		s->copy = NULL;
		s->redraw = s->suspend = false;
	}
}

/* Count what came. Are there other numbers to be shown? */
static bool beat(struct screen *s, int64_t now)
{
	const struct ledger *l = s->ledger;
	bool recorded = l && gauge_recorded(s);

	return l && (pulse_tick(&s->pulse, l->fate[FATE_CAPTURED], l->bytes, now) || recorded);
}

/* When what was done when, ms, and what there is to do. */
struct turn {
	int64_t drawn, worked;
	bool more;		/* packets that were not looked at, or something else that is done bit by bit */
	bool stale;		/* other things are to be shown */
};

/* What nobody waits for, live packets as they come, gets a small part of the time, and may fall behind. */
static void work(struct screen *s, struct turn *t, int64_t now)
{
	uint32_t known = store_count(s->v.store);
	bool urgent = !s->ledger || screen_is_busy(s);

	if (!t->more || (!urgent && now - t->worked < FRAME_MS))
		return;
	t->stale = t->stale || urgent;
	t->worked = now;
	t->more = screen_work(s, urgent ? WORK_MS : TRAIL_MS);
	t->stale = t->stale || t->more || store_count(s->v.store) != known;
}

/* Is it a file that others still write? */
static bool follows(const struct screen *s)
{
	return !s->ledger && store_grows(s->v.store);
}

/* How long nothing has to be done, ms; -1: for ever. */
static int patience(const struct screen *s, const struct turn *t, int64_t now)
{
	int64_t left = (t->stale ? t->drawn : t->worked) + FRAME_MS - now;
	int beats = s->ledger ? pulse_timeout(&s->pulse, s->ledger->fate[FATE_CAPTURED], now) : -1;

	if (t->more && (!s->ledger || screen_is_busy(s)))
		return 0;
	if (t->stale || t->more)
		return left > 0 ? (int)left : 0;
	return beats < 0 && (tables_age(s) || follows(s)) ? FOLLOW_MS : beats;
}

/* Until the reader quits, a signal says so, or live packets come to an end. fd: readable when there are
 * some; -1: none.
 */
static int run(struct screen *s, int fd, struct error *e)
{
	struct grid g = { 0 };
	struct turn t = { .more = true, .stale = true };
	int rc = 0;

	while (!rc && !s->quit && !(s->ledger && store_has_ended(s->v.store))) {
		int64_t now = now_ms();
		unsigned seen;

		work(s, &t, now);
		if (beat(s, now))
			t.stale = t.more = true;
		if (t.stale && now - t.drawn >= FRAME_MS) {
			rc = show(s, &g, e);
			t.drawn = now;
			t.stale = false;
		}
		seen = terminal_wait(patience(s, &t, now), t.stale || t.more ? -1 : fd);
		if (seen & TERMINAL_STOP) {	/* of live packets the keeper has the signals: it is a hang-up */
			rc = s->ledger ? VIEWER_HUNG_UP : 0;
			break;
		}
		if (seen & TERMINAL_KEY)
			take_keys(s);
		if (seen & ~(unsigned)TERMINAL_INPUT) {
			t.stale = true;
			t.drawn = 0;
		}
		t.more = t.more || seen || follows(s);
	}
	grid_free(&g);
	return rc;
}

/* What is wrong is said before the screen opens. */
static int check(const struct options *o, struct error *e)
{
	struct display *d;
	int rc;

	catalog_init();
	proto_init();
	if (!o->display)
		return 0;
	rc = display_open(&d, "-Y", o->display, e);
	if (!rc)
		display_close(d);
	return rc;
}

/* The interfaces: the kernel is asked over a socket. Without one, their screen says why. */
static void open_links(struct screen *s, const struct capture *live)
{
	struct error ignored;

	linklist_open(&s->links, s->v.options->netns, &ignored);
	s->links.live = live;
	linklist_select(&s->links, capture_interface(live, 0)->name);
}

/* Where packets come from: of stored ones the first two are NULL. */
struct supply {
	const struct capture *live;
	struct feed *feed;
	int fd;			/* what can be waited for; -1: nothing */
};

/* Look at the packets of store, which is closed at the end. */
static int look(const struct options *o, struct store *store, const char *what, bool nano,
		const struct supply *from, struct error *e)
{
	const struct capture *live = from->live;
	char name[512];
	struct screen s;
	int rc = screen_open(&s, store, error_clean(name, sizeof(name), what), o, e);

	if (rc)
		return rc;
	s.ledger = live ? capture_shared_ledger(live) : NULL;
	s.live = live;
	s.feed = from->feed;
	snprintf(s.capture_filter, sizeof(s.capture_filter), "%s", live && o->filter ? o->filter : "");
	rc = config_load(&s.v.config, e);
	if (rc) {
		screen_close(&s);
		return rc;
	}
	screen_configure(&s);
	s.v.nano = (nano || o->nano) && !o->micro;
	rc = terminal_open(colour_wanted((enum colour_when)o->colour), e);
	if (!rc) {
		terminal_mouse(s.v.config.mouse || o->mouse);
		if (live)
			open_links(&s, live);
		rc = viewer_confine(o, live ? capture_identity(live) : NULL, true, e);
		if (!rc)
			rc = run(&s, from->fd, e);
		terminal_close();
		if (!rc && !live && store_damage(store))
			rc = error_set(e, STATUS_INPUT, "%s", store_damage(store));
	}
	screen_close(&s);
	return rc;
}

int view_live(const struct options *o, struct feed *feed, const struct capture *c, struct error *e)
{
	const struct supply from = { c, feed, feed_descriptor(feed) };
	struct store *store;
	int rc;

	catalog_init();
	proto_init();
	rc = store_open_live(&store, feed, e);
	return rc ? rc : look(o, store, capture_name(c), false, &from, e);
}

/* How the files together are called. */
static const char *name_of(const struct options *o, char *text, size_t size)
{
	int len = (int)strlen(o->read);

	while (len > 1 && o->read[len - 1] == '/')
		len--;
	if (o->read_count == 1)
		snprintf(text, size, "%.*s", len, o->read);
	else
		snprintf(text, size, "%.*s + %u", len, o->read, o->read_count - 1);
	return text;
}

int job_view(const struct options *o, struct error *e)
{
	const struct reader_options options = { .follow = o->follow, .salvage = o->salvage, .say = say };
	char name[512];
	struct filter *filter = NULL;
	struct store *store;
	struct reader *r;
	int rc = check(o, e);

	if (rc)
		return rc;
	rc = merge_open(&r, o->reads, o->read_count, &options, e);
	if (rc)
		return rc;
	if (o->filter)
		rc = filter_open(&filter, o->filter, reader_linktype(r), reader_snaplen(r), e);
	if (!rc)
		rc = store_open(&store, r, filter, e);
	if (rc)
		reader_close(r);
	else
		rc = look(o, store, name_of(o, name, sizeof(name)), reader_nano(r),
			  &(struct supply){ .fd = reader_watch(r) }, e);
	if (filter) {
		const char *warning = filter_warning(filter);

		if (warning)
			say(warning);
		filter_close(filter);
	}
	return rc;
}
