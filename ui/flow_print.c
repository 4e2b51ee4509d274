/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_print.c - flows as a table of text, and as JSON objects */
#define _GNU_SOURCE
#include "ui/flow_print.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "ui/flow_sort.h"
#include "ui/flow_text.h"
#include "ui/names.h"
#include "ui/schema.h"
#include "ui/times.h"

#define LINE	1024		/* bytes: room for a row, names and all */
#define NS	1000000000

/* What is the same for all rows. */
struct print {
	const struct options *options;
	struct brief brief;		/* for names */
	struct times times;
	bool numbers;			/* are they those that the display filter's "flow" has? */
	size_t number, proto, client, server;	/* how wide they are */
};

/* Blanks up to where the column that began at start is so wide, and one. */
static void pad(struct out *o, const char *start, size_t width)
{
	while ((size_t)(o->at - start) < width && out_room(o) > 0)
		out_char(o, ' ');
	out_char(o, ' ');
}

static void put_word(struct out *o, const char *word, size_t width)
{
	const char *start = o->at;

	out_str(o, word);
	pad(o, start, width);
}

/* To the right of so wide a column, and a blank. */
static void put_number(struct out *o, uint64_t value, uint32_t width)
{
	uint32_t digits = 1;

	for (uint64_t rest = value; rest > 9; rest /= 10)
		digits++;
	for (; digits < width; digits++)
		out_char(o, ' ');
	out_dec(o, value);
	out_char(o, ' ');
}

static void put_seconds(struct out *o, uint64_t ns, bool nano)
{
	out_dec(o, ns / NS);
	if (nano) {
		out_char(o, '.');
		out_dec_pad(o, ns % NS, 9);
	} else {
		out_micros(o, ns % NS / 1000);
	}
}

/* Seconds are rounded down, before 1970 too. */
static struct packet moment(int64_t ns)
{
	int64_t sec = ns / NS - (ns % NS < 0);

	return (struct packet){ .sec = sec, .nsec = (uint64_t)(ns - sec * NS) };
}

enum { WIDTH_STATE = 7, WIDTH_PACKETS = 8, WIDTH_BYTES = 10 };

static void put_row(struct out *o, struct print *p, const struct flow *f)
{
	uint32_t client = flow_client(f);
	struct packet start = moment(f->first);
	const char *column;

	if (p->numbers)
		put_number(o, f->id, (uint32_t)p->number);
	column = o->at;
	flow_text_proto(o, f);
	pad(o, column, p->proto);
	column = o->at;
	flow_text_end(o, &p->brief, f, client);
	pad(o, column, p->client);
	column = o->at;
	flow_text_end(o, &p->brief, f, !client);
	pad(o, column, p->server);
	put_word(o, flow_state(f), WIDTH_STATE);
	put_number(o, f->packets[client], WIDTH_PACKETS);
	put_number(o, f->bytes[client], WIDTH_BYTES);
	put_number(o, f->packets[!client], WIDTH_PACKETS);
	put_number(o, f->bytes[!client], WIDTH_BYTES);
	times_put(&p->times, o, &start);
	put_seconds(o, (uint64_t)f->last - (uint64_t)f->first, p->options->nano);
	out_char(o, '\n');
}

/* How wide a time is, by one of them. */
static size_t time_width(struct print *p, int64_t ns)
{
	char text[LINE];
	struct out o = { text, text + sizeof(text) };
	struct packet start = moment(ns);

	times_put(&p->times, &o, &start);
	return o.at > text ? (size_t)(o.at - text) - 1 : 0;
}

static void put_head(struct out *o, struct print *p, const struct flow *first)
{
	size_t width = time_width(p, first->first);

	if (p->numbers) {
		for (size_t i = sizeof("Flow") - 1; i < p->number; i++)
			out_char(o, ' ');
		put_word(o, "Flow", 0);
	}
	put_word(o, "Proto", p->proto);
	put_word(o, "Client", p->client);
	put_word(o, "Server", p->server);
	put_word(o, "State", WIDTH_STATE);
	out_str(o, " Pkts ->   Bytes ->  Pkts <-   Bytes <- ");
	if (width)
		put_word(o, "Start", width);
	out_str(o, "Duration\n");
}

/* At least as wide as what o was given since text, which is dropped. */
static void widen(size_t *width, struct out *o, char *text)
{
	size_t n = (size_t)(o->at - text);

	if (n > *width)
		*width = n;
	o->at = text;
}

/* The columns are as wide as what is in them. */
static void measure(struct print *p, const struct flow_row *rows, uint32_t n)
{
	char text[LINE];

	p->number = sizeof("Flow") - 1;
	p->proto = sizeof("Proto") - 1;
	p->client = p->server = sizeof("Client") - 1;
	for (uint32_t i = 0; i < n; i++) {
		const struct flow *f = rows[i].flow;
		struct out o = { text, text + sizeof(text) };

		out_dec(&o, f->id);
		widen(&p->number, &o, text);
		flow_text_proto(&o, f);
		widen(&p->proto, &o, text);
		flow_text_end(&o, &p->brief, f, flow_client(f));
		widen(&p->client, &o, text);
		flow_text_end(&o, &p->brief, f, !flow_client(f));
		widen(&p->server, &o, text);
	}
}

static void put_member(struct out *o, const char *key, uint64_t value)
{
	out_str(o, key);
	out_dec(o, value);
}

/* "client":"10.0.0.1","client_port":53, */
static void put_json_end(struct out *o, const struct flow *f, uint32_t end, const char *word)
{
	struct slice addr = flow_addr(f, end);

	out_char(o, '"');
	out_str(o, word);
	out_str(o, "\":\"");
	if (f->key.v6)
		out_ipv6(o, addr);
	else
		out_ipv4(o, slice_u32(addr, 0));
	out_str(o, "\",");
	if (!flow_has_ports(f))
		return;
	out_char(o, '"');
	out_str(o, word);
	put_member(o, "_port\":", f->key.port[end]);
	out_char(o, ',');
}

/* RFC 3339, and nanoseconds since 1970 as a string: they have more bits than a number may. */
static void put_json_start(struct out *o, int64_t ns)
{
	struct packet start = moment(ns);
	time_t when = (time_t)start.sec;
	struct tm tm = { 0 };
	char clock[40] = "";

	gmtime_r(&when, &tm);
	if (!strftime(clock, sizeof(clock), "%Y-%m-%dT%H:%M:%S", &tm))
		clock[0] = '\0';
	out_str(o, "\"start\":\"");
	out_str(o, clock);
	out_char(o, '.');
	out_dec_pad(o, start.nsec, 9);
	out_str(o, "Z\",\"start_ns\":\"");
	out_signed(o, ns);
	out_str(o, "\",\"duration\":");
}

static void put_object(struct out *o, struct print *p, const struct flow *f)
{
	uint32_t client = flow_client(f);

	out_str(o, "{\"version\":" FLOW_SCHEMA_VERSION);
	if (p->numbers)
		put_member(o, ",\"flow\":", f->id);
	out_str(o, ",\"proto\":\"");
	flow_text_proto(o, f);
	put_member(o, "\",\"ip_proto\":", f->key.proto);
	out_char(o, ',');
	put_json_end(o, f, client, "client");
	put_json_end(o, f, !client, "server");
	if (flow_state_json(f)) {
		out_str(o, "\"state\":\"");
		out_str(o, flow_state_json(f));
		out_str(o, "\",");
	}
	put_member(o, "\"client_packets\":", f->packets[client]);
	put_member(o, ",\"client_bytes\":", f->bytes[client]);
	put_member(o, ",\"server_packets\":", f->packets[!client]);
	put_member(o, ",\"server_bytes\":", f->bytes[!client]);
	out_char(o, ',');
	put_json_start(o, f->first);
	put_seconds(o, (uint64_t)f->last - (uint64_t)f->first, true);
	if (f->state != FLOW_STATELESS) {
		put_member(o, ",\"client_again\":", f->again[client]);
		put_member(o, ",\"server_again\":", f->again[!client]);
	}
	if (f->handshake_us)
		put_member(o, ",\"handshake_us\":", f->handshake_us);
	out_str(o, "}\n");
}

static void put_all(struct print *p, const struct flow_row *rows, uint32_t n)
{
	char text[LINE];
	struct out o = { text, text + sizeof(text) };

	if (!p->options->json && n > 0) {
		measure(p, rows, n);
		put_head(&o, p, rows[0].flow);
		fwrite(text, 1, (size_t)(o.at - text), stdout);
	}
	for (uint32_t i = 0; i < n && !ferror(stdout); i++) {
		o.at = text;
		(p->options->json ? put_object : put_row)(&o, p, rows[i].flow);
		fwrite(text, 1, (size_t)(o.at - text), stdout);
	}
}

/* Differences count from the first packet: there is no line before that says when. */
static struct times times_of(const struct options *o, int64_t begin)
{
	static const uint8_t form[] = {
		TIME_OF_DAY, TIME_NONE, TIME_EPOCH, TIME_FIRST, TIME_DATE, TIME_FIRST,
	};
	struct packet p = moment(begin);

	return (struct times){
		.form = form[o->times],
		.nano = o->nano,
		.utc = o->utc,
		.have_base = true,
		.base = { p.sec, o->nano ? p.nsec : p.nsec - p.nsec % 1000 },
	};
}

int flow_print(const struct flows *f, int64_t begin, const struct options *o, struct error *e)
{
	struct print p = {
		.options = o,
		.numbers = !o->display,
		.brief = { .naming = o->names ? &system_names : NULL },
		.times = times_of(o, begin),
	};
	uint32_t n;
	struct flow_row *rows = flow_sort(f, o->sort, &n);

	if (!rows)
		return error_set(e, STATUS_WRITE, "flows: no memory to sort them");
	if (o->limit && o->limit < n)
		n = (uint32_t)o->limit;
	errno = 0;
	put_all(&p, rows, n);
	free(rows);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	if (errno == EPIPE) {
		clearerr(stdout);	/* nobody reads any more: a normal end */
		return 0;
	}
	return error_set(e, STATUS_WRITE, "standard output: %s", error_words(errno));
}
