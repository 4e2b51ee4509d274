/* SPDX-License-Identifier: BSD-2-Clause */
/* cell.c - what a column of the list says of a packet */
#define _GNU_SOURCE
#include "ui/screen/cell.h"

#include <stdlib.h>

#define VALUE_ROOM (65536 + 4 * SNAPLEN_MAX)	/* bytes: of one column, as columns_put() may need it */

/* "-1.204112" */
static void put_difference(struct out *o, int64_t ns, bool nano)
{
	uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;

	if (ns < 0)
		out_char(o, '-');
	out_dec(o, size / 1000000000);
	out_char(o, '.');
	if (nano)
		out_dec_pad(o, size % 1000000000, 9);
	else
		out_dec_pad(o, size % 1000000000 / 1000, 6);
}

static int64_t since(const struct packets *v, uint32_t n, int64_t time)
{
	return (int64_t)((uint64_t)store_time(v->store, n) - (uint64_t)time);
}

/* Since the packet before; 0 of the first that is there. */
static int64_t since_last(const struct packets *v, uint32_t n)
{
	return n > store_first(v->store) ? since(v, n, store_time(v->store, n - 1)) : 0;
}

static int64_t since_shown(const struct packets *v, uint32_t n, uint32_t shown)
{
	return shown > packets_begin(v) ? since(v, n, store_time(v->store, packets_number(v, shown - 1))) : 0;
}

static void put_date(struct packets *v, struct out *o, const struct packet *p)
{
	static const uint8_t forms[CLOCKS] = {
		[CLOCK_DAY] = TIME_OF_DAY, [CLOCK_DATE] = TIME_DATE, [CLOCK_EPOCH] = TIME_EPOCH,
	};

	if (v->times.form != forms[v->clock])
		v->times.have_second = false;
	v->times.form = forms[v->clock];
	v->times.nano = v->nano;
	times_put(&v->times, o, p);
	o->at--;		/* the blank behind it */
}

static void put_time(struct packets *v, struct out *o, uint32_t shown, const struct packet *p)
{
	uint32_t n = packets_number(v, shown), reference;

	if (packets_reference(v, n, &reference) && reference == n)
		out_str(o, "*REF*");
	else if (v->clock == CLOCK_FIRST && packets_reference(v, n, &reference))
		put_difference(o, since(v, n, store_time(v->store, reference)), v->nano);
	else if (v->clock == CLOCK_FIRST)
		put_difference(o, since(v, n, store_began(v->store)), v->nano);
	else if (v->clock == CLOCK_DELTA)
		put_difference(o, since_last(v, n), v->nano);
	else if (v->clock == CLOCK_SHOWN)
		put_difference(o, since_shown(v, n, shown), v->nano);
	else
		put_date(v, o, p);
}

static const char *field_text(struct packets *v, const struct list_column *c, const struct packet *p)
{
	struct out o;

	if (!v->value)
		v->value = malloc(VALUE_ROOM);
	if (!v->value)
		return "";
	o = (struct out){ v->value, v->value + VALUE_ROOM - 1 };
	columns_put(&c->field, &v->line, &o, p);
	if (o.at > v->value && o.at[-1] == '\n')
		o.at--;
	*o.at = '\0';
	return v->value;
}

const char *cell_text(struct packets *v, const struct list_column *c, uint32_t shown, const struct packet *p,
		      const struct row *r)
{
	static char text[64];
	struct out o = { text, text + sizeof(text) - 1 };

	switch (c->kind) {
	case LIST_SOURCE:
		return r->source;
	case LIST_DESTINATION:
		return r->destination;
	case LIST_PROTOCOL:
		return r->protocol;
	case LIST_INFO:
		return r->info;
	case LIST_FIELD:
		return field_text(v, c, p);
	case LIST_NUMBER:
		out_dec(&o, p->number);
		break;
	case LIST_LENGTH:
		out_dec(&o, r->length);
		break;
	case LIST_TIME:
		put_time(v, &o, shown, p);
		break;
	}
	*o.at = '\0';
	return text;
}

struct frame cell_frame(const struct packets *v, uint32_t n, const struct packet *p)
{
	return (struct frame){
		.number = (uint64_t)n + 1, .time = store_time(v->store, n),
		.since_first = since(v, n, store_began(v->store)), .since_last = since_last(v, n),
		.interface = p->interface, .segments = p->segments, .segment_size = p->segment_size,
	};
}
