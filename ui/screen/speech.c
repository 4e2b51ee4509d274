/* SPDX-License-Identifier: BSD-2-Clause */
/* speech.c - what the ends of a flow have said, kept to be looked at row by row */
#define _GNU_SOURCE
#include "ui/screen/speech.h"

#include <ctype.h>
#include <stdlib.h>

#define LINE_MAX_BYTES 4096u	/* of one without a line feed */
#define ROW_MAX	       4096u	/* bytes: more than fit into a row of 400 columns */

/* Room for n bytes, or turns, more, of *room that are size large. False where there is none. */
static bool more(void **items, uint32_t *room, uint32_t used, uint32_t n, size_t size, uint32_t most)
{
	uint32_t want = *room ? *room : 1024;
	void *at;

	if (n > most - used)
		return false;
	if (used + n <= *room)
		return true;
	while (want < used + n)
		want *= 2;
	at = realloc(*items, want * size);
	if (!at)
		return false;
	*items = at;
	*room = want;
	return true;
}

static struct speech_turn *add_turn(struct speech *s)
{
	if (!more((void **)&s->turn, &s->turns_room, s->turns, 1, sizeof(*s->turn), SPEECH_TURNS))
		return NULL;
	return &s->turn[s->turns++];
}

/* Bytes that go on where this end's last turn ended, and nobody has spoken since, are of that turn. */
static bool add_bytes(struct speech *s, const struct follow_piece *p, bool client)
{
	struct speech_turn *last = s->turns ? &s->turn[s->turns - 1] : NULL;

	if (!more((void **)&s->bytes, &s->room, s->length, p->bytes.cap, 1, SPEECH_BYTES))
		return false;
	if (p->kind != FOLLOW_BYTES || !last || last->length == 0 || last->client != client) {
		last = add_turn(s);
		if (!last)
			return false;
		*last = (struct speech_turn){ .at = s->length, .before = s->said[client], .number = p->number,
				       .kind = FOLLOW_BYTES, .client = client };
	}
	last->length += slice_copy(s->bytes + s->length, p->bytes, p->bytes.cap);
	s->length += p->bytes.cap;
	return true;
}

static bool add_remark(struct speech *s, const struct follow_piece *p, bool client)
{
	struct speech_turn *t = add_turn(s);

	if (!t)
		return false;
	*t = (struct speech_turn){ .at = s->length, .number = p->number, .kind = (uint8_t)p->kind, .client = client,
			    .count = p->missing ? p->missing : p->bytes.cap };
	return true;
}

void speech_add(struct speech *s, const struct follow_piece *p, bool client)
{
	if (!s->full && p->kind >= FOLLOW_LATE)
		s->full = !add_remark(s, p, client);
	if (!s->full && p->bytes.cap > 0)
		s->full = !add_bytes(s, p, client);
	if (p->kind != FOLLOW_LATE)
		s->said[client] += p->bytes.cap + p->missing;
	s->gaps += p->missing;
}

struct slice speech_bytes(const struct speech *s, struct speech_spot at)
{
	const struct speech_turn *t = &s->turn[at.turn];

	return (struct slice){ s->bytes + t->at + at.at, t->length - at.at, t->length - at.at };
}

/* The n bytes of the turn that end before byte end. */
static struct slice before(const struct speech *s, uint32_t turn, uint32_t end, uint32_t n)
{
	uint32_t from = end > n ? end - n : 0;

	return slice_clip(speech_bytes(s, (struct speech_spot){ turn, from }), end - from);
}

/* How many bytes from the end of line's bytes on are behind its last line feed. */
static uint32_t behind_feed(struct slice line)
{
	uint32_t n = 0;

	while (n < line.cap && slice_u8(line, line.cap - 1 - n) != '\n')
		n++;
	return n;
}

struct follow_row speech_row(const struct speech *s, const struct speech_form *f, struct speech_spot at, struct out *o)
{
	const struct speech_turn *t = &s->turn[at.turn];
	struct slice rest = speech_bytes(s, at);
	uint32_t border = LINE_MAX_BYTES - at.at % LINE_MAX_BYTES;
	struct follow_row row;
	char *start = o->at;

	if (t->length == 0) {
		follow_remark(o, (enum follow_kind)t->kind, t->count, t->number);
		return (struct follow_row){ 0, (uint32_t)(o->at - start) };
	}
	row = follow_row((enum follow_view)f->view, slice_clip(rest, ROW_MAX), t->before + at.at, f->columns, o);
	if (row.bytes <= border || behind_feed(before(s, at.turn, at.at + border, LINE_MAX_BYTES)) < LINE_MAX_BYTES)
		return row;
	o->at = start;
	return follow_row((enum follow_view)f->view, slice_clip(rest, border), t->before + at.at, f->columns, o);
}

static uint32_t row_bytes(const struct speech *s, const struct speech_form *f, struct speech_spot at)
{
	char text[4 * ROW_MAX];
	struct out o = { text, text + sizeof(text) };

	return speech_row(s, f, at, &o).bytes;
}

static bool is_shown(const struct speech_turn *t, const struct speech_form *f)
{
	return !f->from || (f->from == FROM_CLIENT) == t->client;
}

/* The first turn that is shown, from that one on. */
static bool turn_from(const struct speech *s, const struct speech_form *f, uint32_t turn, struct speech_spot *at)
{
	while (turn < s->turns && !is_shown(&s->turn[turn], f))
		turn++;
	if (turn < s->turns)
		*at = (struct speech_spot){ turn, 0 };
	return turn < s->turns;
}

bool speech_first(const struct speech *s, const struct speech_form *f, struct speech_spot *at)
{
	return turn_from(s, f, 0, at);
}

bool speech_next(const struct speech *s, const struct speech_form *f, struct speech_spot *at)
{
	uint32_t end = at->at + row_bytes(s, f, *at);

	if (end >= s->turn[at->turn].length)
		return turn_from(s, f, at->turn + 1, at);
	at->at = end;
	return true;
}

/* The row that has byte at, or ends before it. */
static struct speech_spot row_with(const struct speech *s, const struct speech_form *f, struct speech_spot at)
{
	struct slice line = before(s, at.turn, at.at, LINE_MAX_BYTES);
	uint32_t n = f->view == FOLLOW_HEX ? at.at % follow_hex_bytes(f->columns) : behind_feed(line);
	struct speech_spot row = { at.turn, at.at - n };

	if (n == LINE_MAX_BYTES)
		row.at = at.at - at.at % LINE_MAX_BYTES;
	for (;;) {
		uint32_t end = row.at + row_bytes(s, f, row);

		if (end > at.at || end >= s->turn[at.turn].length)
			return row;
		row.at = end;
	}
}

struct speech_spot speech_row_of(const struct speech *s, const struct speech_form *f, struct speech_spot at)
{
	return s->turn[at.turn].length ? row_with(s, f, at) : at;
}

/* The last row of the last turn that is shown, before that one. */
static bool last_before(const struct speech *s, const struct speech_form *f, uint32_t turn, struct speech_spot *at)
{
	while (turn > 0 && !is_shown(&s->turn[turn - 1], f))
		turn--;
	if (turn == 0)
		return false;
	at->turn = turn - 1;
	at->at = s->turn[turn - 1].length ? s->turn[turn - 1].length - 1 : 0;
	*at = speech_row_of(s, f, *at);
	return true;
}

bool speech_last(const struct speech *s, const struct speech_form *f, struct speech_spot *at)
{
	return last_before(s, f, s->turns, at);
}

bool speech_previous(const struct speech *s, const struct speech_form *f, struct speech_spot *at)
{
	if (at->at == 0)
		return last_before(s, f, at->turn, at);
	at->at--;
	*at = row_with(s, f, *at);
	return true;
}

static bool is_same(struct slice s, uint32_t at, struct slice needle, bool any_case)
{
	for (uint32_t i = 0; i < needle.cap; i++) {
		uint8_t a = slice_u8(s, at + i), b = slice_u8(needle, i);

		if (a != b && (!any_case || tolower(a) != tolower(b)))
			return false;
	}
	return true;
}

/* In one turn, from byte at on, or back from there. */
static bool find_in(const struct speech *s, struct speech_spot *at, struct slice needle, bool any_case, bool backwards)
{
	struct slice all = speech_bytes(s, (struct speech_spot){ at->turn, 0 });
	uint32_t last = all.cap < needle.cap ? 0 : all.cap - needle.cap;

	if (all.cap < needle.cap)
		return false;
	if (backwards && at->at > last)
		at->at = last;
	for (; at->at <= last; at->at += backwards ? UINT32_MAX : 1)
		if (is_same(all, at->at, needle, any_case))
			return true;
	return false;
}

bool speech_find(const struct speech *s, const struct speech_form *f, struct speech_spot *at, struct slice needle, bool any_case,
		 bool backwards)
{
	struct speech_spot p = { at->turn, backwards ? at->at - 1 : at->at + 1 };

	while (p.turn < s->turns) {
		bool here = is_shown(&s->turn[p.turn], f) && (!backwards || p.at != UINT32_MAX);

		if (here && find_in(s, &p, needle, any_case, backwards)) {
			*at = p;
			return true;
		}
		p = (struct speech_spot){ p.turn + (backwards ? UINT32_MAX : 1), backwards ? UINT32_MAX - 1 : 0 };
	}
	return false;
}

void speech_free(struct speech *s)
{
	free(s->bytes);
	free(s->turn);
	*s = (struct speech){ 0 };
}
