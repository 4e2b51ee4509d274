/* SPDX-License-Identifier: BSD-2-Clause */
/* reorder.c - packets of a reader that are a little out of order, in the order of time */
#include "capture/reorder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "capture/input.h"
#include "capture/reader.h"

#define STACK_PACKETS 1024	/* a millisecond of a million a second */
#define STACK_BYTES (1u << 20)

static_assert(STACK_BYTES >= INPUT_RECORD_MAX, "each packet has room");

struct stack {
	struct packet packet[STACK_PACKETS];
	uint32_t next, count;
	uint32_t used;			/* bytes */
	uint8_t bytes[STACK_BYTES];
};

struct reorder {
	struct reader *reader;
	struct batch batch;		/* what it lent, */
	uint32_t next;			/* and where in that we are */
	int end;			/* what reader_next() returned at last; 1: it has more */
	struct error why;
	struct stack *older, *newer;
	struct stack stack[2];
};

struct reorder *reorder_open(struct reader *r)
{
	struct reorder *o = calloc(1, sizeof(*o));

	if (!o) {
		reader_close(r);
		return NULL;
	}
	o->reader = r;
	o->end = 1;
	o->older = &o->stack[0];
	o->newer = &o->stack[1];
	return o;
}

/* Put a copy of p where it belongs: mostly that is the end. Returns false where there is no room. */
static bool insert(struct stack *s, const struct packet *p)
{
	uint32_t at = s->count;

	if (s->count == STACK_PACKETS || p->bytes.cap > STACK_BYTES - s->used)
		return false;
	for (; at > 0 && packet_is_before(p, &s->packet[at - 1]); at--)
		s->packet[at] = s->packet[at - 1];
	s->packet[at] = *p;
	s->packet[at].bytes.ptr = memcpy(s->bytes + s->used, p->bytes.ptr, p->bytes.cap);
	s->used += p->bytes.cap;
	s->count++;
	return true;
}

static void fill(struct reorder *o, struct stack *s)
{
	s->next = s->count = s->used = 0;
	while (o->end > 0) {
		if (o->next == o->batch.count) {
			o->next = 0;
			o->batch.count = 0;
			o->end = reader_next(o->reader, &o->batch, &o->why);
		} else if (insert(s, &o->batch.packet[o->next])) {
			o->next++;
		} else {
			return;
		}
	}
}

/* The older stack has something, where there is anything. */
static void refill(struct reorder *o)
{
	struct stack *empty = o->older;

	while (o->older->next == o->older->count && (o->end > 0 || o->newer->next < o->newer->count)) {
		o->older = o->newer;
		o->newer = empty;
		fill(o, empty);
		empty = o->older;
	}
}

static struct stack *choose(struct reorder *o)
{
	const struct stack *a = o->older, *b = o->newer;

	return b->next < b->count && packet_is_before(&b->packet[b->next], &a->packet[a->next]) ? o->newer : o->older;
}

int reorder_look(struct reorder *o, const struct packet **p, struct error *e)
{
	struct stack *s;

	refill(o);
	if (o->older->next == o->older->count) {
		*e = o->why;
		return o->end;
	}
	s = choose(o);
	*p = &s->packet[s->next];
	return 1;
}

void reorder_skip(struct reorder *o)
{
	choose(o)->next++;
}

void reorder_close(struct reorder *o)
{
	reader_close(o->reader);
	free(o);
}
