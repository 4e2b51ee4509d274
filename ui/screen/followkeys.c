/* SPDX-License-Identifier: BSD-2-Clause */
/* followkeys.c - the screen of what the ends of a flow say: its keys, and what is done for it */
#define _GNU_SOURCE
#include "ui/screen/followkeys.h"

#include <inttypes.h>
#include <stdio.h>

#include "ui/screen/followpane.h"
#include "ui/screen/sift.h"

/* Which flow it is, is known once the packet that is selected has been counted. */
void followkeys_open(struct screen *s)
{
	struct packets *v = &s->v;
	const struct flow *flow = s->at == SCREEN_FLOWS ? flowlist_selected(&s->flows) : NULL;
	uint32_t packet = 0;

	if (s->at == SCREEN_PACKETS && packets_begin(v) < packets_end(v))
		packet = packets_number(v, v->cursor) + 1;
	if (!flow && !packet) {
		packets_say(v, "No %s is selected", s->at == SCREEN_FLOWS ? "flow" : "packet");
	} else if (flow && !following_can(flow)) {
		packets_say(v, "This flow cannot be followed: TCP and datagrams can");
	} else if (!flowlist_open(&s->flows, v->store, v->options) ||
		   !follows_open(&s->follows, &s->flows, v->options, flow, packet)) {
		packets_say(v, "no memory to follow it");
	} else {
		s->follows.back = s->at;
		s->follows.at_end = store_is_live(v->store);
		s->at = SCREEN_FOLLOW;
	}
}

/* Its packets alone, or all others. */
static void narrow(struct screen *s, bool out)
{
	char text[40];

	snprintf(text, sizeof(text), "flow == %u", s->follows.flow.id);
	if (!s->follows.flow.id)
		packets_say(&s->v, "Its flow is not known yet");
	else if (sift_narrow(s, text, out))
		s->at = SCREEN_PACKETS;
}

static void find(struct screen *s, bool backwards)
{
	if (!*s->follows.find.text)
		packets_say(&s->v, "Nothing was looked for yet, / asks");
	else if (!follows_find(&s->follows, backwards))
		packets_say(&s->v, "Not found: %.160s", s->follows.find.text);
}

/* The packet with which began what is in sight, or was found. */
static void open_packet(struct screen *s)
{
	const struct follows *f = &s->follows;
	uint32_t turn = f->match_bytes ? f->match.turn : f->top.turn;
	struct packets *v = &s->v;
	uint64_t number;

	if (turn >= f->speech.turns)
		return;
	number = f->speech.turn[turn].number;
	if (number <= store_first(v->store)) {
		packets_say(v, "Packet %" PRIu64 " is gone", number);
		return;
	}
	s->at = SCREEN_PACKETS;
	v->focus = PANE_LIST;
	v->follow = false;
	packets_select(v, packets_position(v, (uint32_t)number - 1));
	if (packets_begin(v) >= packets_end(v) || packets_number(v, v->cursor) != number - 1)
		packets_say(v, "Packet %" PRIu64 " is not among those shown", number);
}

bool followkeys_act(struct screen *s, enum action action)
{
	struct follows *f = &s->follows;

	switch (action) {
	case ACTION_FIND:
		bar_open(&s->bar, ASK_FIND_SAID, "");
		break;
	case ACTION_FIND_NEXT:
	case ACTION_FIND_PREVIOUS:
		find(s, action == ACTION_FIND_PREVIOUS);
		break;
	case ACTION_SAVE_BYTES:
		bar_open(&s->bar, ASK_SAVE_BYTES, "");
		break;
	case ACTION_FILTER_IN:
	case ACTION_FILTER_OUT:
		narrow(s, action == ACTION_FILTER_OUT);
		break;
	case ACTION_FORM:
		f->form.view = (f->form.view + 1) % FOLLOW_VIEWS;
		follows_reform(f);
		break;
	case ACTION_DIRECTION:
		f->form.from = f->form.from == FROM_SERVER ? FROM_BOTH : f->form.from + 1;
		follows_reform(f);
		break;
	case ACTION_OPEN:
		open_packet(s);
		break;
	case ACTION_BACK:
		s->at = f->back;
		break;
	default:
		return follows_move(f, action);
	}
	return true;
}

void followkeys_draw(struct screen *s, struct grid *g)
{
	struct packets list = { .layout = LAYOUT_LIST };
	struct rows r = frame_rows(&list, g->height);

	followpane_draw(s, g, &r);
	frame_draw_around(s, g, &r);
}

bool followkeys_work(struct screen *s)
{
	return s->at == SCREEN_FOLLOW && follows_extend(&s->follows, &s->flows, s->v.store);
}

bool followkeys_are_filling(const struct screen *s)
{
	return s->at == SCREEN_FOLLOW && !s->follows.complete && !store_is_live(s->v.store);
}

void followkeys_find(struct screen *s, const char *text)
{
	s->follows.match_bytes = 0;
	if (!find_parse(&s->follows.find, text))
		find(s, false);
}

void followkeys_save(struct screen *s, const char *path)
{
	struct error e;
	int64_t n = follows_save(&s->follows, path, &e);

	if (n < 0)
		packets_say(&s->v, "%s", e.text);
	else if (s->follows.speech.full)
		packets_say(&s->v, "The first %" PRId64 " bytes saved to %.60s; ringtail follow --flow %u --raw has all", n, path,
			    s->follows.flow.id);
	else
		packets_say(&s->v, "%" PRId64 " bytes saved to %.150s", n, path);
}
