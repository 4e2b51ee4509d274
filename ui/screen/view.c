/* SPDX-License-Identifier: BSD-2-Clause */
/* view.c - the view on a terminal: of a stored file, or of an interface */
#define _GNU_SOURCE
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "decode/catalog.h"
#include "ui/colour.h"
#include "ui/display.h"
#include "ui/jobs.h"
#include "ui/screen/screen.h"
#include "ui/screen/terminal.h"

#define WORK_MS 8		/* until keys are looked at again */
#define LIVE_BYTES (64ull << 20)	/* of packets that are kept */
#define FRAME_MS 100		/* between two screens that no key asked for */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* Is there a terminal to be taken over? Not one where another program is in the foreground: to set its modes
 * would stop this one.
 */
static bool has_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp();
}

bool view_fits(const struct options *o)
{
	struct stat st;

	if (options_want_text(o) || !has_terminal())
		return false;
	return !o->read || (!o->write && stat(o->read, &st) == 0 && S_ISREG(st.st_mode));
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
	screen_draw(s, g);
	terminal_show(g);
	return 0;
}

/* All keys that were pressed, and what of them is the terminal's. */
static void take_keys(struct screen *s)
{
	uint32_t press;

	while (!s->quit && (press = terminal_key()) != PRESS_NONE) {
		screen_key(s, press);
		if (s->redraw)
			terminal_forget();
		if (s->suspend)
			terminal_suspend();
		s->redraw = s->suspend = false;
	}
}

/* Count what came. Are there other numbers to be shown? */
static bool beat(struct screen *s, int64_t now)
{
	const struct store *store = s->v.store;

	return s->ledger && pulse_tick(&s->pulse, store_count(store), store_bytes(store), now);
}

/* How long nothing has to be done, ms; -1: for ever. */
static int patience(const struct screen *s, bool more, bool stale, int64_t drawn, int64_t now)
{
	int64_t left = drawn + FRAME_MS - now;

	if (more)
		return 0;
	if (stale)
		return left > 0 ? (int)left : 0;
	return s->ledger ? pulse_timeout(&s->pulse, now) : -1;
}

/* Until the reader quits, a signal says so, or live packets come to an end. fd: readable when there are
 * some; -1: none.
 */
static int run(struct screen *s, int fd, struct error *e)
{
	struct grid g = { .ascii = !terminal_is_utf8() };
	bool more = screen_work(s, WORK_MS), stale = true;
	int64_t drawn = 0;
	int rc = 0;

	while (!rc && !s->quit && !(s->ledger && store_has_ended(s->v.store))) {
		uint32_t known = store_count(s->v.store);
		int64_t now = now_ms();
		unsigned seen;

		stale = beat(s, now) || stale;
		if (stale && now - drawn >= FRAME_MS) {
			rc = show(s, &g, e);
			drawn = now;
			stale = false;
		}
		seen = terminal_wait(patience(s, more, stale, drawn, now), fd);
		if (seen & TERMINAL_STOP)
			break;
		if (seen & TERMINAL_KEY)
			take_keys(s);
		if (seen & ~(unsigned)TERMINAL_INPUT)
			drawn = 0;
		stale = stale || more || seen & ~(unsigned)TERMINAL_INPUT;
		more = screen_work(s, WORK_MS);
		stale = stale || store_count(s->v.store) != known;
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
	rc = display_open(&d, o->display, e);
	if (!rc)
		display_close(d);
	return rc;
}

/* Look at the packets of store, which is closed at the end. */
static int look(const struct options *o, struct store *store, const char *what, bool nano, int fd,
		const struct ledger *ledger, struct error *e)
{
	char name[512];
	struct screen s;
	int rc = screen_open(&s, store, error_clean(name, sizeof(name), what), o, e);

	if (rc)
		return rc;
	s.ledger = ledger;
	s.v.nano = (nano || o->nano) && !o->micro;
	rc = terminal_open(colour_wanted((enum colour_when)o->colour), e);
	if (!rc) {
		rc = run(&s, fd, e);
		terminal_close();
		if (!rc && store_damage(store))
			rc = error_set(e, STATUS_INPUT, "%s", store_damage(store));
	}
	screen_close(&s);
	return rc;
}

int view_live(const struct options *o, struct feed *feed, const char *interface, const struct ledger *ledger,
	      struct error *e)
{
	struct store *store;
	int rc;

	catalog_init();
	proto_init();
	rc = store_open_live(&store, feed, LIVE_BYTES, e);
	return rc ? rc : look(o, store, interface, false, feed_descriptor(feed), ledger, e);
}

int job_view(const struct options *o, struct error *e)
{
	struct filter *filter = NULL;
	struct store *store;
	struct reader *r;
	int rc = check(o, e);

	if (rc)
		return rc;
	rc = reader_open(&r, o->read, e);
	if (rc)
		return rc;
	if (o->filter)
		rc = filter_open(&filter, o->filter, reader_linktype(r), reader_snaplen(r), e);
	if (!rc)
		rc = store_open(&store, r, filter, e);
	if (rc)
		reader_close(r);
	else
		rc = look(o, store, o->read, reader_nano(r), -1, NULL, e);
	if (filter) {
		const char *warning = filter_warning(filter);

		if (warning)
			say(warning);
		filter_close(filter);
	}
	return rc;
}
