/* SPDX-License-Identifier: BSD-2-Clause */
/* sift.c - display filters are applied to what is shown, bit by bit, and given up */
#define _GNU_SOURCE
#include "ui/screen/sift.h"

#include <stdio.h>
#include <string.h>

#include "capture/clock.h"
#include "ui/display.h"

/* Before others are shown: what goes through those that are has no place among the others. */
static void let_go(struct screen *s)
{
	s->find.running = false;
	if (s->save.running && s->save.what == SAVE_SHOWN)
		save_give_up(&s->save, &s->v, "Others are shown now");
}

void sift_apply(struct screen *s, const char *text)
{
	struct packets *v = &s->v;
	struct match_error why;
	struct sieve *sieve = NULL;
	uint32_t selected = packets_begin(v) < packets_end(v) ? packets_number(v, v->cursor) : 0;

	if (*text) {
		sieve = sieve_open(text, v->options, &why);
		if (!sieve) {
			packets_say(v, "%s", *why.text ? why.text : "no memory for the filter");
			return;
		}
	}
	if (sieve && sieve_asks_flows(sieve)) {
		if (!flowlist_open(&s->flows, v->store, v->options)) {
			sieve_close(sieve);
			packets_say(v, "no memory for flows");
			return;
		}
		sieve_flows(sieve, &s->flows.table->flows);
	}
	let_go(s);
	if (s->sifting) {	/* the one that was not finished is nothing to come back to */
		sieve_close(v->sieve);
		v->sieve = s->before;
	}
	s->before = sieve ? v->sieve : NULL;
	if (!sieve)
		sieve_close(v->sieve);
	v->sieve = sieve;
	s->sifting = sieve;
	s->goal = store_count(v->store);
	s->sifted_ns = 0;
	s->moved = false;
	s->wanted = selected;
	v->cursor = v->top = 0;
	if (!sieve)
		packets_select(v, selected);
}

void sift_give_up(struct screen *s)
{
	struct packets *v = &s->v;

	sieve_close(v->sieve);
	v->sieve = s->before;
	s->before = NULL;
	s->sifting = false;
	packets_select(v, packets_position(v, s->wanted));
	packets_say(v, "The filter was given up");
}

void sift_enter(struct screen *s, const char *text)
{
	struct packets *v = &s->v;

	let_go(s);
	if (s->sifting) {
		sieve_close(v->sieve);
		v->sieve = s->before;
		s->before = NULL;
		s->sifting = false;
	}
	if (s->inside) {
		sieve_close(v->sieve);
	} else {
		s->aside = v->sieve;
		s->aside_wanted = packets_begin(v) < packets_end(v) ? packets_number(v, v->cursor) : 0;
	}
	v->sieve = NULL;
	v->cursor = v->top = 0;
	s->inside = true;
	sift_apply(s, text);
	s->wanted = 0;
}

void sift_leave(struct screen *s)
{
	struct packets *v = &s->v;

	let_go(s);
	sieve_close(s->before);
	sieve_close(v->sieve);
	s->before = NULL;
	v->sieve = s->aside;
	s->aside = NULL;
	s->inside = s->sifting = false;
	packets_select(v, packets_position(v, s->aside_wanted));
}

bool sift_compiles(const char *text)
{
	struct match_error why;
	struct display *d;

	if (display_compile(&d, text, &why))
		return false;
	display_close(d);
	return true;
}

bool sift_narrow(struct screen *s, const char *more, bool out)
{
	const char *now = s->v.sieve ? s->v.sieve->text : "";
	char text[2 * PROMPT_MAX];

	snprintf(text, sizeof(text), "%s%s%s%s%s%s", *now ? "(" : "", now, *now ? ") && " : "", out ? "!(" : "", more,
		 out ? ")" : "");
	if (strlen(text) < PROMPT_MAX && sift_compiles(text)) {
		sift_apply(s, text);
		return true;
	}
	packets_say(&s->v, "The filter would be too long");
	return false;
}

void sift_by_field(struct screen *s, bool out)
{
	struct packets *v = &s->v;
	char field[PROMPT_MAX / 2];
	bool good = false;

	packets_detail(v);
	for (int quoted = 0; quoted < 2 && !good; quoted++)
		good = detail_filter(&v->detail, quoted, field, sizeof(field)) && sift_compiles(field);
	if (good)
		sift_narrow(s, field, out);
	else
		packets_say(v, "There is no filter for this line; select a field in the tree");
}

int sift_extend(struct screen *s)
{
	struct packets *v = &s->v;
	int64_t start = clock_now(CLOCK_MONOTONIC);
	int more = sieve_extend(v->sieve, v->store);

	if (!s->sifting)
		return more;
	s->sifted_ns += clock_now(CLOCK_MONOTONIC) - start;
	if (!s->moved && !v->follow)
		packets_select(v, packets_position(v, s->wanted));
	if (v->sieve->next < s->goal && !v->sieve->full)
		return more;
	if (!store_is_live(v->store) && (more || (store_progress(v->store) < 100 && !v->sieve->full)))
		return more;
	s->sifting = false;
	sieve_close(s->before);
	s->before = NULL;
	return more;
}
