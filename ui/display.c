/* SPDX-License-Identifier: BSD-2-Clause */
/* display.c - the display filter of -Y, over packets as they come */
#include "ui/display.h"

#include <stdlib.h>
#include <string.h>

#include "decode/match.h"
#include "ui/flow_table.h"
#include "ui/jobs.h"
#include "ui/regex.h"

struct display {
	struct match match;
	struct line *line;
	struct frame frame;
	int64_t first;			/* ns since 1970 */
	const struct flows *flows;	/* NULL: they are not numbered */
	struct flow_table *own;		/* of them; NULL: another's */
	struct flow_eye eye;
	uint32_t flow[LAYERS_MAX];
};

int display_compile(struct display **d, const char *text, struct match_error *why)
{
	*why = (struct match_error){ 0 };
	*d = calloc(1, sizeof(**d));
	if (!*d)
		return -1;
	proto_init();
	if (match_open(&(*d)->match, text, strlen(text), &regex_engine, why) == 0)
		return 0;
	display_close(*d);
	*d = NULL;
	return -1;
}

int display_open(struct display **d, const char *option, const char *text, struct error *e)
{
	struct match_error why;

	if (display_compile(d, text, &why) == 0)
		return 0;
	if (!*why.text)
		return error_set(e, STATUS_USAGE, "%s: no memory for the expression", option);
	error_set(e, STATUS_USAGE, "%s: %s", option, why.text);
	say(e->text);
	say_place(text, why.at);
	return STATUS_USAGE;
}

/* Wide enough for 292 years; what a damaged file says beyond is some time too. */
static int64_t nanoseconds(const struct packet *p)
{
	return (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec);
}

static int64_t difference(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

void display_share(struct display *d, struct line *l)
{
	d->line = l;
}

bool display_asks_flows(const struct display *d)
{
	return d->match.flows;
}

void display_flows(struct display *d, const struct flows *flows)
{
	d->flows = flows;
	flow_eye_init(&d->eye, (const uint64_t[]){ flows->eye.seed.start, flows->eye.seed.factor });
}

int display_count_flows(struct display *d, const struct options *o, struct error *e)
{
	int rc = d->match.flows ? flow_table_open(&d->own, o, e) : 0;

	if (!rc && d->own)
		display_flows(d, &d->own->flows);
	return rc;
}

/* Name the flows of p, which is decoded. */
static void look_up_flows(struct display *d, const struct packet *p)
{
	struct frame *f = &d->frame;
	struct flow_sight s;
	uint32_t i = 0;

	if (d->own) {
		d->own->line = d->line;
		flow_table_put(d->own, p, 1);
		flows_settle(&d->own->flows);
	}
	f->flow = d->flow;
	f->flows = 0;
	while (flow_look(&d->eye, &d->line->decoded, &i, f->time, &s)) {
		const struct flow *flow = flows_find(d->flows, &s, d->own ? d->flows->number : f->number);

		if (flow)
			d->flow[f->flows++] = flow->id;
	}
}

bool display_wants(struct display *d, struct packet *p)
{
	struct frame *f = &d->frame;
	int64_t time = nanoseconds(p);
	bool first = f->number == 0;

	f->number = p->number ? p->number : f->number + 1;
	if (first)
		d->first = f->time = time;
	f->since_first = difference(time, d->first);
	f->since_last = difference(time, f->time);
	f->time = time;
	f->interface = p->interface;
	f->segments = p->segments;
	f->segment_size = p->segment_size;
	p->number = f->number;
	line_decode(d->line, p);
	if (d->flows && d->match.flows)
		look_up_flows(d, p);
	return match_packet(&d->match, d->line->all, f);
}

void display_close(struct display *d)
{
	if (!d)
		return;
	flow_table_close(d->own);
	match_close(&d->match);
	free(d);
}
