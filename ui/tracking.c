/* SPDX-License-Identifier: BSD-2-Clause */
/* tracking.c - what a run keeps of packets that say something together */
#include "ui/tracking.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "ui/jobs.h"

/* Its tables are keyed, so that nobody can aim packets at one place of them. */
static void start(struct track *t, const struct options *o, bool fragments)
{
	uint64_t seed[2] = { 0 };

	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) < 0)
		seed[0] = (uint64_t)getpid();
	track_init(t, seed);
	t->fragments = fragments;
	t->streams = !o->no_desegment;
}

/* Lines show fragments one by one, so they are put together only where something else is shown too. */
struct track *tracking_open(const struct options *o)
{
	static struct track track;
	bool fragments = o->tree || o->json || o->fields || o->display;

	if (o->no_desegment && !fragments)
		return NULL;
	start(&track, o, fragments);
	return &track;
}

struct track *tracking_new(const struct options *o, bool fragments)
{
	struct track *t = o->no_desegment && !fragments ? NULL : calloc(1, sizeof(*t));

	if (t)
		start(t, o, fragments);
	return t;
}

static void report(const char *what, uint64_t given_up, uint64_t gaps)
{
	char text[160];

	if (given_up + gaps == 0)
		return;
	snprintf(text, sizeof(text),
		 "%s not put together: %" PRIu64 " with parts missing, %" PRIu64
		 " for want of room or time",
		 what, gaps, given_up);
	say(text);
}

void tracking_report(const struct track *t, const struct options *o)
{
	if (!t || !o->verbose)
		return;
	report("datagrams", t->datagrams.given_up, t->datagrams.count);
	report("messages", t->messages.given_up, t->gaps + t->messages.count);
}
