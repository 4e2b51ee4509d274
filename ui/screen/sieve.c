/* SPDX-License-Identifier: BSD-2-Clause */
/* sieve.c - which packets of a store a display filter lets through, found bit by bit */
#define _GNU_SOURCE
#include "ui/screen/sieve.h"

#include <stdlib.h>
#include <string.h>

#include "ui/display.h"
#include "ui/tracking.h"

#define AT_ONCE 1024		/* packets: less than a millisecond */
#define AHEAD (1u << 19)	/* bytes that are read at once */
#define ROOM_MIN 4096		/* numbers */

static bool make(struct sieve *s, const char *text, const struct options *o, struct match_error *why)
{
	if (display_compile(&s->display, text, why))
		return false;
	s->text = strdup(text);
	s->line = calloc(1, sizeof(*s->line));
	if (!s->text || !s->line || !window_open(&s->window, AHEAD))
		return false;
	s->line->brief.unverified = o->no_checksums;
	s->line->track = tracking_new(o, true);
	display_share(s->display, s->line);
	return true;
}

struct sieve *sieve_open(const char *text, const struct options *o, struct match_error *why)
{
	static uint64_t serial;
	struct sieve *s = calloc(1, sizeof(*s));

	*why = (struct match_error){ 0 };
	if (s && !make(s, text, o, why)) {
		sieve_close(s);
		s = NULL;
	}
	if (s)
		s->serial = ++serial;
	return s;
}

bool sieve_asks_flows(const struct sieve *s)
{
	return display_asks_flows(s->display);
}

void sieve_flows(struct sieve *s, const struct flows *t)
{
	s->flows = t;
	display_flows(s->display, t);
}

static bool keep(struct sieve *s, uint32_t n)
{
	if (s->count - s->base == s->room) {
		uint32_t room = s->room ? 2 * s->room : ROOM_MIN;
		uint32_t *more = realloc(s->number, room * sizeof(*more));

		if (!more)
			return false;
		s->number = more;
		s->room = room;
	}
	s->number[s->count++ - s->base] = n;
	return true;
}

uint32_t sieve_position(const struct sieve *s, uint32_t n)
{
	uint32_t low = s->base, high = s->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (s->number[middle - s->base] < n)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Where half of them are gone, and that is worth it. */
static void forget(struct sieve *s, uint32_t first)
{
	uint32_t gone = sieve_position(s, first) - s->base, kept = s->count - s->base - gone;

	if (gone < ROOM_MIN || gone < kept)
		return;
	memmove(s->number, s->number + gone, kept * sizeof(*s->number));
	s->base += gone;
}

int sieve_extend(struct sieve *s, const struct store *store)
{
	uint32_t all = store_count(store), first = store_first(store), end;

	if (s->next < first) {
		s->missed += s->next > 0 ? first - s->next : 0;	/* what was gone from the start is no loss */
		s->next = first;
	}
	if (first > 0)
		forget(s, first);
	end = all - s->next > AT_ONCE ? s->next + AT_ONCE : all;
	if (s->flows && end > s->flows->number)
		end = s->flows->number > s->next ? (uint32_t)s->flows->number : s->next;
	while (s->next < end && !s->full) {
		struct packet p;

		if (store_packet(store, &s->window, s->next, &p) || !store_is_live(store))
			s->full = display_wants(s->display, &p) && !keep(s, s->next);
		else
			s->missed++;
		s->next++;
	}
	return s->next < all && !s->full;
}

void sieve_close(struct sieve *s)
{
	if (!s)
		return;
	if (s->line)
		free(s->line->track);
	free(s->line);
	display_close(s->display);
	window_close(&s->window);
	free(s->number);
	free(s->text);
	free(s);
}
