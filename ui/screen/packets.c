/* SPDX-License-Identifier: BSD-2-Clause */
/* packets.c - the packets of a store as they are looked at */
#define _GNU_SOURCE
#include "ui/screen/packets.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/screen/move.h"

#define SIDEWAYS 16		/* columns at once */

uint32_t packets_begin(const struct packets *v)
{
	uint32_t first = store_first(v->store);

	return v->sieve ? sieve_position(v->sieve, first) : first;
}

uint32_t packets_end(const struct packets *v)
{
	if (v->paused)
		return v->sieve ? sieve_position(v->sieve, v->limit) : v->limit;
	return v->sieve ? v->sieve->count : store_count(v->store);
}

bool packets_are_sorted(const struct packets *v)
{
	return v->sieve && v->sorted.count > 0 && v->sorted.serial == v->sieve->serial;
}

uint32_t packets_number(const struct packets *v, uint32_t shown)
{
	const struct sorted *o = &v->sorted;

	if (packets_are_sorted(v))
		return o->number[o->reverse ? o->count - 1 - shown : shown];
	return v->sieve ? v->sieve->number[shown - v->sieve->base] : shown;
}

/* One that is not shown has the place of the first that is. */
static uint32_t sorted_position(const struct sorted *o, uint32_t n)
{
	for (uint32_t i = 0; i < o->count; i++)
		if (o->number[i] == n)
			return o->reverse ? o->count - 1 - i : i;
	return 0;
}

uint32_t packets_position(const struct packets *v, uint32_t n)
{
	if (packets_are_sorted(v))
		return sorted_position(&v->sorted, n);
	return v->sieve ? sieve_position(v->sieve, n) : n;
}

/* Are any shown? */
static bool has_some(const struct packets *v)
{
	return packets_begin(v) < packets_end(v);
}

void packets_say(struct packets *v, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(v->message, sizeof(v->message), format, args);
	va_end(args);
}

void packets_select(struct packets *v, uint32_t shown)
{
	uint32_t begin = packets_begin(v), end = packets_end(v);

	if (begin >= end)
		v->cursor = begin;
	else
		v->cursor = shown < begin ? begin : shown < end ? shown : end - 1;
}

void packets_detail(struct packets *v)
{
	struct packet p;
	bool whole;

	if (!has_some(v)) {
		v->detail.count = v->detail.shown_count = 0;
		v->detailed = 0;
		return;
	}
	if (v->detailed == (uint64_t)packets_number(v, v->cursor) + 1)
		return;
	whole = store_packet(v->store, &v->window, packets_number(v, v->cursor), &p);
	line_decode(&v->line, &p);
	detail_fill(&v->detail, &v->line, &p, whole);
	v->detailed = p.number;
	v->hex_cursor = v->hex_top = 0;
}

/* The bytes of the packet that is looked at. */
static uint32_t bytes_of(const struct packets *v)
{
	return v->detail.count ? v->detail.node[0].bytes : 0;
}

/* Between bytes, the field around them is selected too. */
static void move_byte(struct packets *v, int64_t by)
{
	move_within(&v->hex_cursor, 0, bytes_of(v), by);
	detail_select_byte(&v->detail, v->hex_cursor);
}

/* Between fields, the bytes of the one selected come into sight. */
static void move_node(struct packets *v, int64_t by)
{
	const struct node *n;

	move_within(&v->detail.cursor, 0, v->detail.shown_count, by);
	n = detail_node(&v->detail);
	if (n)
		v->hex_cursor = n->from;
}

static bool go(struct packets *v, enum action action)
{
	int64_t by;

	if (action == ACTION_NONE || action > ACTION_LAST)
		return false;
	packets_detail(v);
	switch (v->focus) {
	case PANE_DETAIL:
		by = move_distance(action, v->detail_page);
		move_node(v, by);
		break;
	case PANE_HEX:
		by = move_distance(action, v->hex_page);
		move_byte(v, by == MOVE_FAR || by == -MOVE_FAR ? by : by * v->hex_width);
		break;
	default:
		by = move_distance(action, v->page);
		move_within(&v->cursor, packets_begin(v), packets_end(v), by);
		v->follow = action == ACTION_LAST && store_grows(v->store) && !v->paused;
		break;
	}
	return true;
}

/* Right and left, or > and <. */
static void sideways(struct packets *v, bool right)
{
	packets_detail(v);
	if (v->focus == PANE_HEX)
		move_byte(v, right ? 1 : -1);
	else if (v->focus == PANE_LIST)
		v->sideways = right ? v->sideways + SIDEWAYS : v->sideways > SIDEWAYS ? v->sideways - SIDEWAYS : 0;
	else if (right || detail_is_open(&v->detail))
		detail_fold(&v->detail, right);
	else
		detail_up(&v->detail);
}

void packets_focus(struct packets *v, enum pane pane)
{
	v->focus = pane;
	if (pane != PANE_LIST) {
		v->lower = pane;
		if (v->layout == LAYOUT_LIST)
			v->layout = LAYOUT_TWO;
	}
	packets_detail(v);
	if (pane == PANE_HEX && detail_node(&v->detail))
		v->hex_cursor = detail_node(&v->detail)->from;
}

static void open_selected(struct packets *v)
{
	if (v->focus == PANE_DETAIL)
		detail_fold(&v->detail, !detail_is_open(&v->detail));
	else if (has_some(v))
		packets_focus(v, PANE_DETAIL);
}

static void back(struct packets *v)
{
	if (v->zoomed)
		v->zoomed = false;
	else
		v->focus = PANE_LIST;
}

static void mark(struct packets *v)
{
	uint32_t n;
	bool marked;

	if (!has_some(v))
		return;
	n = packets_number(v, v->cursor);
	marked = !store_marked(v->store, n);
	store_mark(v->store, n, marked);
	v->marks += marked ? 1 : UINT32_MAX;
	v->follow = false;
}

static void next_mark(struct packets *v)
{
	uint32_t begin = packets_begin(v), count = packets_end(v) - begin;

	for (uint32_t i = 1; i <= count && v->marks > 0; i++) {
		uint32_t at = begin + (v->cursor - begin + i) % count;

		if (store_marked(v->store, packets_number(v, at))) {
			v->cursor = at;
			v->follow = false;
			return;
		}
	}
	packets_say(v, v->marks ? "No marked packet is shown" : "No packet is marked, m marks one");
}

static void unmark(struct packets *v)
{
	for (uint32_t i = store_first(v->store); i < store_count(v->store); i++)
		store_mark(v->store, i, false);
	v->marks = 0;
}

static void next_clock(struct packets *v)
{
	static const char *const words[CLOCKS] = {
		[CLOCK_FIRST] = "since the first packet", [CLOCK_DELTA] = "since the packet before",
		[CLOCK_SHOWN] = "since the packet shown before", [CLOCK_DAY] = "of day",
		[CLOCK_DATE] = "with date", [CLOCK_EPOCH] = "in seconds since 1970",
	};

	v->clock = (enum clock)((v->clock + 1) % CLOCKS);
	packets_say(v, "Times %s", words[v->clock]);
}

bool packets_reference(const struct packets *v, uint32_t n, uint32_t *reference)
{
	uint32_t i = v->references;

	while (i > 0 && v->reference[i - 1] > n)
		i--;
	if (i > 0)
		*reference = v->reference[i - 1];
	return i > 0 && *reference >= store_first(v->store);
}

/* Times count from the packet selected on; or no more, where they did. */
static void toggle_reference(struct packets *v)
{
	uint32_t n, i = v->references;

	if (!has_some(v))
		return;
	n = packets_number(v, v->cursor);
	while (i > 0 && v->reference[i - 1] > n)
		i--;
	v->follow = false;
	if (i > 0 && v->reference[i - 1] == n) {
		memmove(v->reference + i - 1, v->reference + i, (v->references - i) * sizeof(v->reference[0]));
		v->references--;
	} else if (v->references == REFERENCES_MAX) {
		packets_say(v, "There are %u time references, which is as many as there can be", REFERENCES_MAX);
	} else {
		memmove(v->reference + i + 1, v->reference + i, (v->references - i) * sizeof(v->reference[0]));
		v->reference[i] = n;
		v->references++;
		packets_say(v, "Times since the first packet count from packet %llu on, up to the next reference",
			    (unsigned long long)n + 1);
	}
}

/* The view only: packets are kept as before. */
static void pause_list(struct packets *v)
{
	if (!store_grows(v->store)) {
		packets_say(v, "Only a live list can be paused");
		return;
	}
	v->paused = !v->paused;
	v->limit = store_count(v->store);
	v->follow = !v->paused;
}

void packets_settle(struct packets *v)
{
	if (v->paused && v->limit < store_first(v->store))
		v->limit = store_first(v->store);
	packets_select(v, v->follow ? UINT32_MAX : v->cursor);
}

bool packets_act(struct packets *v, enum action action)
{
	if (go(v, action))
		return true;
	switch (action) {
	case ACTION_RIGHT:
	case ACTION_LEFT:
		sideways(v, action == ACTION_RIGHT);
		break;
	case ACTION_NEXT_PANE:
		packets_focus(v, (enum pane)((v->focus + 1) % PANES));
		break;
	case ACTION_PREVIOUS_PANE:
		packets_focus(v, (enum pane)((v->focus + PANES - 1) % PANES));
		break;
	case ACTION_LAYOUT:
		v->layout = v->layout + 1 == LAYOUTS ? LAYOUT_LIST : (enum layout)(v->layout + 1);
		v->zoomed = false;
		if (v->layout == LAYOUT_LIST)
			v->focus = PANE_LIST;
		break;
	case ACTION_ZOOM:
		v->zoomed = !v->zoomed;
		break;
	case ACTION_OPEN:
		open_selected(v);
		break;
	case ACTION_BACK:
		back(v);
		break;
	case ACTION_UNFOLD_ALL:
	case ACTION_FOLD_ALL:
		detail_fold_all(&v->detail, action == ACTION_UNFOLD_ALL);
		break;
	case ACTION_TIME:
		next_clock(v);
		break;
	case ACTION_REFERENCE:
		toggle_reference(v);
		break;
	case ACTION_PAUSE:
		pause_list(v);
		break;
	case ACTION_UTC:
		v->times.utc = !v->times.utc;
		v->times.have_second = false;
		packets_say(v, "Times in %s", v->times.utc ? "UTC" : "the local zone");
		break;
	case ACTION_MARK:
		mark(v);
		break;
	case ACTION_NEXT_MARK:
		next_mark(v);
		break;
	case ACTION_UNMARK:
		unmark(v);
		break;
	default:
		return false;
	}
	return true;
}

void packets_close(struct packets *v)
{
	sieve_close(v->sieve);
	config_close(&v->config);
	free(v->value);
	free(v->sorted.number);
	detail_free(&v->detail);
	window_close(&v->window);
	store_close(v->store);
}
