/* SPDX-License-Identifier: BSD-2-Clause */
/* facts.c - sums over the packets of a file */
#include "capture/facts.h"

#define NS 1000000000	/* in a second */

/* Where linktype is counted; FACTS_LINKTYPES: nowhere. */
static uint32_t place_of(struct facts *f, uint16_t linktype)
{
	uint32_t i = 0;

	while (i < f->linktypes && f->linktype[i].linktype != linktype)
		i++;
	if (i == f->linktypes && i < FACTS_LINKTYPES)
		f->linktype[f->linktypes++].linktype = linktype;
	return i;
}

void facts_linktype(struct facts *f, uint16_t linktype)
{
	place_of(f, linktype);
}

/* Silence is what passes after the latest time so far: a packet that comes late ends none. */
static void put_time(struct facts *f, __int128 now)
{
	if (f->timed++ == 0) {
		f->first = f->last = f->before = now;
		return;
	}
	if (now < f->before && f->backward++ == 0)
		f->backward_first = f->packets;
	if (now < f->first)
		f->first = now;
	if (now > f->last) {
		if (now - f->last > f->silence) {
			f->silence = now - f->last;
			f->silence_end = f->packets;
		}
		f->last = now;
	}
	f->before = now;
}

static void put(struct facts *f, const struct packet *p)
{
	uint32_t place = place_of(f, p->linktype);

	f->packets++;
	f->bytes += p->bytes.wire;
	f->captured += p->bytes.cap;
	f->cut += p->bytes.cap < p->bytes.wire;
	if (place < FACTS_LINKTYPES)
		f->linktype[place].packets++;
	else
		f->other_linktypes++;
	if (!(p->flags & PACKET_TIMELESS))
		put_time(f, (__int128)p->sec * NS + p->nsec);
}

void facts_put(struct facts *f, const struct batch *b)
{
	for (uint32_t i = 0; i < b->count; i++)
		put(f, &b->packet[i]);
}
