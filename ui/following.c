/* SPDX-License-Identifier: BSD-2-Clause */
/* following.c - one flow's packets, among all that come, and what its ends say in them */
#define _GNU_SOURCE
#include "ui/following.h"

#include <stdlib.h>

#include "ui/flow_text.h"
#include "ui/tracking.h"

bool following_open(struct following *f, const struct options *o, const struct flows *flows, follow_take *take,
		    void *context)
{
	f->flows = flows;
	f->line.track = tracking_new(o, true);
	f->follow = calloc(1, sizeof(*f->follow));
	if (!f->line.track || !f->follow) {
		following_close(f);
		return false;
	}
	f->line.track->streams = false;		/* each segment is to keep its own bytes */
	flow_eye_init(&f->eye, (const uint64_t[]){ flows->eye.seed.start, flows->eye.seed.factor });
	follow_start(f->follow, take, context);
	return true;
}

bool following_can(const struct flow *flow)
{
	return flow_has_ports(flow) && (flow->key.proto == 6 || flow->key.proto == 17 || flow->key.proto == 136);
}

static int64_t time_of(const struct packet *p)
{
	return (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec);
}

/* Of p, which is decoded. wanted 0: any. */
static uint32_t find(struct following *f, const struct packet *p, uint32_t wanted)
{
	uint32_t i = 0, id = 0;
	struct flow_sight s;

	while (flow_look(&f->eye, f->line.all, &i, time_of(p), &s)) {
		const struct flow *flow = flows_find(f->flows, &s, p->number);

		if (flow && following_can(flow) && (wanted == 0 || wanted == flow->id))
			id = flow->id;
	}
	return id;
}

uint32_t following_find(struct following *f, const struct packet *p)
{
	line_decode(&f->line, p);
	return find(f, p, 0);
}

/* A first fragment says nothing alone: what was put together says it. */
static void put(struct following *f, const struct flow_sight *s, uint64_t number)
{
	const struct decoded *d = f->line.all;
	const struct layer *l = &d->layer[s->layer];

	f->packets++;
	if (layer_proto(d, s->layer) == PROTO_NONE || note_stops((enum note)l->note) || l->note == NOTE_LENGTH_LIES ||
	    l->partial)
		return;
	if (s->tcp)
		follow_segment(f->follow, s, layer_payload(d, l), number);
	else if (s->key.proto != 6)
		follow_datagram(f->follow, s, layer_payload(d, l), number);
}

void following_put(struct following *f, const struct packet *p)
{
	uint32_t i = 0;
	struct flow_sight s;

	line_decode(&f->line, p);
	if (!f->id)
		f->id = find(f, p, f->wanted);
	while (f->id && flow_look(&f->eye, f->line.all, &i, time_of(p), &s)) {
		const struct flow *flow = flows_find(f->flows, &s, p->number);

		if (flow && flow->id == f->id)
			put(f, &s, p->number);
	}
}

void following_finish(struct following *f)
{
	follow_finish(f->follow);
}

void following_close(struct following *f)
{
	free(f->line.track);
	free(f->follow);
	f->line.track = NULL;
	f->follow = NULL;
}
