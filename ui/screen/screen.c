/* SPDX-License-Identifier: BSD-2-Clause */
/* screen.c - the view: keys change it, and it is drawn as a grid
 *
 * How it works: whatever may take long, the index, a filter, a search, is done in pieces of less than a millisecond
 * between keys, so a key never waits for it.
 */
#define _GNU_SOURCE
#include "ui/screen/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "ui/screen/about.h"
#include "ui/screen/answer.h"
#include "ui/screen/choosers.h"
#include "ui/screen/copy.h"
#include "ui/screen/followkeys.h"
#include "ui/screen/frame.h"
#include "ui/screen/help.h"
#include "ui/screen/hexpane.h"
#include "ui/screen/list.h"
#include "ui/screen/refilter.h"
#include "ui/screen/sift.h"
#include "ui/screen/tables.h"
#include "ui/screen/values.h"

#define AHEAD (1u << 16)	/* bytes that are read at once for what is in sight */

/* -t to -ttttt; without it times count from the first packet. */
static enum clock clock_of(const struct options *o)
{
	static const enum clock clocks[] = {
		CLOCK_FIRST, CLOCK_FIRST, CLOCK_EPOCH, CLOCK_DELTA, CLOCK_DATE, CLOCK_FIRST,
	};

	return clocks[o->times];
}

int screen_open(struct screen *s, struct store *store, const char *name, const struct options *o, struct error *e)
{
	*s = (struct screen){ .v = { .options = o, .name = name, .store = store, .hex_width = 16 } };
	config_open(&s->v.config);
	row_lines(&s->v.line, o->no_checksums);
	relative_open(&s->relative, store);
	s->v.line.brief.bases = s->relative.bases;
	s->v.clock = clock_of(o);
	s->v.times.utc = o->utc;
	s->v.lower = PANE_DETAIL;
	if (!window_open(&s->v.window, AHEAD)) {
		screen_close(s);
		return error_set(e, STATUS_USAGE, "view: no memory for it");
	}
	s->v.follow = store_grows(store);
	if (o->display)
		sift_apply(s, o->display);
	return 0;
}

void screen_configure(struct screen *s)
{
	const struct options *o = s->v.options;
	const struct config *c = &s->v.config;

	s->v.clock = o->times ? clock_of(o) : (enum clock)c->clock;
	s->v.times.utc = o->utc || c->utc;
	s->v.layout = (enum layout)c->layout;
	history_load(&s->bar.history[ASK_FILTER], c->history);
	s->remembers = true;
}

static void end_export(struct screen *s, const char *why)
{
	export_stop(&s->export, why);
	packets_say(&s->v, "%s", s->export.message);
}

/* Esc ends what goes on: writing, looking for something, a filter. */
static void give_up(struct screen *s)
{
	struct packets *v = &s->v;

	if (!s->save.running && !s->find.running && !s->export.file && !s->ranking.running) {
		sift_give_up(s);
		return;
	}
	packets_say(v, "Cancelled");
	if (s->export.file)
		end_export(s, "Cancelled");
	if (s->save.running)
		save_give_up(&s->save, v, "Cancelled");
	ranking_stop(&s->ranking);
	s->find.running = false;
}

static void ask_key(struct screen *s, uint32_t press)
{
	enum purpose purpose = s->bar.purpose;
	uint32_t n = UINT32_MAX;

	if (press == PRESS_TAB && bar_has_filter(&s->bar))
		n = values_complete(&s->bar.verdict.completion, &s->v, s->bar.prompt.text, s->bar.prompt.at);
	if (n != UINT32_MAX)
		bar_go_on(&s->bar, n);
	else if (bar_key(&s->bar, press) == PROMPT_ENTERED)
		answer_take(s, purpose, s->bar.prompt.text);
}

static void find_again(struct screen *s, bool backwards)
{
	if (*s->find.text)
		find_start(&s->find, &s->v, backwards);
	else
		packets_say(&s->v, "Nothing was looked for yet, ^F asks");
}

static void unknown(struct screen *s, uint32_t press)
{
	if (press > 0x20 && press < 0x7f)
		packets_say(&s->v, "Unknown key %c, ? for help", (char)press);
	else
		packets_say(&s->v, "Unknown key, ? for help");
}

static bool act_on_packets(struct screen *s, enum action action)
{
	switch (action) {
	case ACTION_FILTER:
		bar_open(&s->bar, ASK_FILTER, s->v.sieve ? s->v.sieve->text : "");
		break;
	case ACTION_FILTER_IN:
	case ACTION_FILTER_OUT:
		sift_by_field(s, action == ACTION_FILTER_OUT);
		break;
	case ACTION_FIND:
		bar_open(&s->bar, ASK_FIND, "");
		break;
	case ACTION_CAPTURE_FILTER:
		refilter_ask(s);
		break;
	case ACTION_SORT:
		ranking_next(&s->ranking, &s->v);
		break;
	case ACTION_REVERSE:
		ranking_reverse(&s->v);
		break;
	case ACTION_COLUMNS:
	case ACTION_COLOURS:
		choosers_open(s, action == ACTION_COLUMNS ? CHOICE_COLUMNS : CHOICE_COLOURS);
		break;
	case ACTION_FIND_NEXT:
	case ACTION_FIND_PREVIOUS:
		find_again(s, action == ACTION_FIND_PREVIOUS);
		break;
	case ACTION_BACK:
		if (s->inside && s->v.focus == PANE_LIST && !s->v.zoomed) {
			sift_leave(s);
			s->at = s->outside;
			break;
		}
		return packets_act(&s->v, action);
	default:
		s->moved = true;
		return packets_act(&s->v, action);
	}
	return true;
}

/* What is the same on all screens; false: action is another. */
static bool act_anywhere(struct screen *s, enum action action)
{
	switch (action) {
	case ACTION_PACKETS:
		s->at = SCREEN_PACKETS;
		break;
	case ACTION_FLOWS:
		tables_open_flows(s);
		break;
	case ACTION_TALKERS:
		tables_open_talkers(s, s->talkers.kind);
		break;
	case ACTION_STATS:
		tables_open_stats(s);
		break;
	case ACTION_INTERFACES:
		tables_open_interfaces(s);
		break;
	case ACTION_ABOUT:
		about_open(s);
		break;
	case ACTION_FOLLOW:
		followkeys_open(s);
		break;
	case ACTION_HELP:
		s->help = true;
		s->help_top = 0;
		break;
	case ACTION_COMMAND:
		bar_open(&s->bar, ASK_COMMAND, "");
		break;
	case ACTION_SAVE:
		bar_open(&s->bar, ASK_SAVE, "");
		break;
	case ACTION_EXPORT:
		bar_open(&s->bar, ASK_EXPORT, "");
		break;
	case ACTION_COPY:
		copy_selected(s);
		break;
	case ACTION_RECORD:
		if (store_record(s->v.store))
			packets_say(&s->v, "The packets that are kept go to a file, and some that come");
		else
			packets_say(&s->v, "Only live packets are recorded; w saves what is shown");
		break;
	case ACTION_REDRAW:
		s->redraw = true;
		break;
	case ACTION_SUSPEND:
		s->suspend = true;
		break;
	case ACTION_QUIT:
		s->quit = true;
		break;
	default:
		return false;
	}
	return true;
}

static void draw_packets(struct screen *s, struct grid *g)
{
	struct rows r = frame_rows(&s->v, g->height);

	packets_detail(&s->v);
	if (r.height[PANE_LIST] > 0)
		list_draw(&s->v, g, r.at[PANE_LIST], r.height[PANE_LIST]);
	if (r.height[PANE_DETAIL] > 0) {
		s->v.detail_page = r.height[PANE_DETAIL];
		detail_draw(&s->v.detail, g, r.at[PANE_DETAIL], r.height[PANE_DETAIL], s->v.focus == PANE_DETAIL);
	}
	if (r.height[PANE_HEX] > 0)
		hexpane_draw(&s->v, g, r.at[PANE_HEX], r.height[PANE_HEX]);
	frame_draw(s, g, &r);
	frame_draw_around(s, g, &r);
}

static const struct {
	bool (*act)(struct screen *s, enum action action);	/* false: a key that does nothing there */
	void (*draw)(struct screen *s, struct grid *g);
} screens[SCREENS] = {
	[SCREEN_PACKETS] = { act_on_packets, draw_packets },
	[SCREEN_FLOWS] = { tables_act_on_flows, tables_draw_flows },
	[SCREEN_TALKERS] = { tables_act_on_talkers, tables_draw_talkers },
	[SCREEN_STATS] = { tables_act_on_stats, tables_draw_stats },
	[SCREEN_FOLLOW] = { followkeys_act, followkeys_draw },
	[SCREEN_ABOUT] = { about_act, about_draw },
	[SCREEN_COLUMNS] = { choosers_act, choosers_draw },
	[SCREEN_COLOURS] = { choosers_act, choosers_draw },
	[SCREEN_INTERFACES] = { tables_act_on_interfaces, tables_draw_interfaces },
};

static void help_key(struct screen *s, uint32_t press, uint32_t next)
{
	s->help_top = press == PRESS_PAGE_DOWN ? next : 0;
	s->help = s->help_top > 0;
}

/* Is there something that Esc ends? A flow's packets are left with their filter. */
static bool is_given_up(const struct screen *s)
{
	return s->find.running || s->save.running || s->export.file || s->ranking.running ||
	       (s->sifting && s->at == SCREEN_PACKETS && !s->inside);
}

void screen_key(struct screen *s, uint32_t press)
{
	enum action action = key_action(s->at, press);

	s->v.message[0] = '\0';
	if (s->help)
		help_key(s, press, s->help_next);
	else if (s->bar.purpose != ASK_NOTHING)
		ask_key(s, press);
	else if (action == ACTION_BACK && is_given_up(s))
		give_up(s);
	else if (!act_anywhere(s, action) && !screens[s->at].act(s, action))
		unknown(s, press);
}

bool screen_is_busy(const struct screen *s)
{
	return s->sifting || s->find.running || s->save.running || s->export.file || s->ranking.running ||
	       tables_are_filling(s) || followkeys_are_filling(s);
}

bool screen_work(struct screen *s, int ms)
{
	int64_t until = clock_now(CLOCK_MONOTONIC) + ms * INT64_C(1000000);
	bool more;

	do {
		bool exporting = s->export.file;	/* what it held up goes on behind it */

		more = store_extend(s->v.store);
		if (s->v.sieve)
			more = sift_extend(s) || more;
		more = relative_extend(&s->relative, s->v.store, s->at == SCREEN_PACKETS) || more;
		more = tables_work(s) || more;
		more = followkeys_work(s) || more;
		more = about_work(s) || more;
		if (s->find.running)
			find_extend(&s->find, &s->v);
		if (s->save.running)
			save_extend(&s->save, &s->v);
		if (s->export.file && !exports_stand(&s->row))
			end_export(s, "The list was changed");	/* the rest of its rows would be others */
		if (s->export.file && !export_extend(&s->export))
			packets_say(&s->v, "%s", s->export.message);
		if (s->ranking.running && !s->sifting)
			more = ranking_extend(&s->ranking, &s->v) || more;
		more = more || s->sifting || s->find.running || s->save.running || exporting;
	} while (more && clock_now(CLOCK_MONOTONIC) < until);
	return more;
}

void screen_draw(struct screen *s, struct grid *g)
{
	s->height = g->height;
	if (store_grows(s->v.store))
		packets_settle(&s->v);
	if (s->help)
		s->help_next = help_draw(g, s->at, s->help_top);
	else
		screens[s->at].draw(s, g);
}

void screen_close(struct screen *s)
{
	sieve_close(s->before);
	sieve_close(s->aside);
	follows_close(&s->follows);
	about_close(&s->about);
	tables_close(s);
	find_close(&s->find);
	save_close(&s->save);
	export_stop(&s->export, "");
	chooser_close(&s->chooser);
	ranking_stop(&s->ranking);
	free(s->copy);
	bar_close(&s->bar);
	packets_close(&s->v);
	relative_close(&s->relative);
}
