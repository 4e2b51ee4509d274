/* SPDX-License-Identifier: BSD-2-Clause */
/* display.c - the display filter of -Y, over packets as they come */
#include "ui/display.h"

#include <stdlib.h>
#include <string.h>

#include "decode/match.h"
#include "ui/jobs.h"
#include "ui/regex.h"

struct display {
	struct match match;
	struct decoded decoded;
	struct frame frame;
	int64_t first;			/* ns since 1970 */
	uint16_t linktype;		/* of the packet before */
	uint8_t proto;			/* enum proto_id, which it began with */
};

int display_open(struct display **d, const char *text, struct error *e)
{
	struct match_error why;

	*d = calloc(1, sizeof(**d));
	if (!*d)
		return error_set(e, STATUS_USAGE, "-Y: no memory for the expression");
	proto_init();
	if (match_open(&(*d)->match, text, strlen(text), &regex_engine, &why) == 0)
		return 0;
	error_set(e, STATUS_USAGE, "-Y: %s", why.text);
	say(e->text);
	say_place(text, why.at);
	display_close(*d);
	*d = NULL;
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

static bool wanted(struct display *d, struct packet *p)
{
	struct frame *f = &d->frame;
	int64_t time = nanoseconds(p);

	if (f->number++ == 0)
		d->first = f->time = time;
	f->since_first = difference(time, d->first);
	f->since_last = difference(time, f->time);
	f->time = time;
	p->number = f->number;
	if (d->proto == PROTO_NONE || d->linktype != p->linktype) {
		d->linktype = p->linktype;
		d->proto = (uint8_t)proto_by(BY_LINKTYPE, p->linktype);
	}
	decode(&d->decoded, p->bytes, (enum proto_id)d->proto);
	return match_packet(&d->match, &d->decoded, f);
}

void display_keep(struct display *d, struct batch *b)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < b->count; i++) {
		if (!wanted(d, &b->packet[i]))
			continue;
		if (kept != i)
			b->packet[kept] = b->packet[i];
		kept++;
	}
	b->count = kept;
}

void display_close(struct display *d)
{
	if (d)
		match_close(&d->match);
	free(d);
}
