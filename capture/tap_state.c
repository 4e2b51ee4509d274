/* SPDX-License-Identifier: BSD-2-Clause */
/* tap_state.c - how the interfaces of a live capture do, and what was counted there */
#include <string.h>

#include "capture/clock.h"
#include "capture/nic.h"
#include "capture/tap.h"

void taps_end(struct taps *t, uint32_t n)
{
	t->tap[n].gone = true;
	if (t->engine.bundle)
		engine_silence(engine_part(&t->engine, n));
}

/* What was counted last stays when the interface is removed, or its counter begins anew. */
static void count_missed(struct tap *tap, struct source *s)
{
	uint64_t missed = nic_missed(tap->card);

	if (missed == SOURCE_UNKNOWN || missed < tap->missed)
		return;
	tap->ledger.has_card = true;
	s->missed = tap->ledger.missed = missed - tap->missed;
}

/* One engine counts for all of "any": what came by each is what was delivered; what was dropped, nobody knows. It is
 * counted where the last frame before came.
 */
static uint64_t delivered(const struct ledger *l)
{
	uint64_t n = 0;

	for (int i = 0; i < FATES; i++)
		n += l->fate[i];
	return n;
}

void taps_count(struct taps *t, struct ledger *sum)
{
	int64_t now = clock_now(CLOCK_REALTIME);

	for (uint32_t n = 0; n < t->count; n++) {
		struct ledger *l = &t->tap[n].ledger, was = *l;
		const struct ledger *before = &t->tap[n].before;
		struct source *s = &t->source[t->tap[n].source];

		if (!t->any || n == t->last)
			engine_count(engine_part(&t->engine, n), l);
		sum->seen += l->seen - was.seen;
		sum->dropped += l->dropped - was.dropped;
		sum->freezes += l->freezes - was.freezes;
		if (t->any)
			l->seen = delivered(l) + l->dropped;
		s->received = l->seen - before->seen;
		s->dropped = l->dropped - before->dropped;
		s->accepted = l->fate[FATE_CAPTURED] - before->fate[FATE_CAPTURED];
		s->delivered = l->written - before->written;
		count_missed(&t->tap[n], s);
		sum->has_card |= l->has_card;
		sum->missed += l->missed - was.missed;
		s->ledger = t->count > 1 ? l : sum;	/* of one alone it knows more */
		s->counted_at = now;
	}
}

void taps_lose(struct taps *t, struct tpacket3_hdr *frame, struct ledger *sum)
{
	uint32_t n = t->engine.bundle ? frame_mark(frame)->interface : 0;
	struct engine *part = engine_part(&t->engine, n);

	if (!part->due) {	/* what is counted already is known to be before it */
		part->losing = true;
		taps_count(t, sum);
		part->losing = false;
	}
	t->tap[t->any ? t->last : n].due += part->due;
	part->due = 0;
}

uint32_t taps_look(struct taps *t)
{
	uint32_t left = 0;

	for (uint32_t n = 0; n < t->count; n++) {
		struct tap *tap = &t->tap[n];
		char name[IF_NAMESIZE] = "";
		enum link_state link;

		if (tap->gone)
			continue;
		link = engine_link(engine_part(&t->engine, n), name);
		if (*name && strcmp(name, *tap->renamed ? tap->renamed : tap->interface->name)) {
			tap_say(tap->interface->name, "is called %s now", name);
			memcpy(tap->renamed, name, sizeof(name));
		}
		if (link == LINK_GONE) {
			taps_end(t, n);
			if (t->engine.bundle)
				tap_say(tap->interface->name, "the interface was removed");
			continue;
		}
		left++;
		if (tap->down == (link == LINK_DOWN))
			continue;
		tap->down = link == LINK_DOWN;
		tap_say(tap->interface->name, tap->down ? "down; capturing goes on when it is up again" : "up again");
	}
	return left;
}

bool taps_are_down(const struct taps *t)
{
	for (uint32_t n = 0; n < t->count; n++)
		if (t->tap[n].down && !t->tap[n].gone)
			return true;
	return false;
}

bool taps_know(const struct taps *t, unsigned index)
{
	for (uint32_t n = 0; n < t->count; n++)
		if (!t->tap[n].gone && t->interface[n].index == index)
			return true;
	return false;
}

const char *taps_warning(const struct taps *t)
{
	for (uint32_t n = 0; n < t->filters.count; n++) {
		const char *warning = filter_warning(t->filters.of[n].filter);

		if (warning)
			return warning;
	}
	return NULL;
}
