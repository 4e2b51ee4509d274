/* SPDX-License-Identifier: BSD-2-Clause */
/* printer.c - packets as text into a buffer, and out of it to standard output
 *
 * One write(2) for many lines: a system call a line would cost more than all the decoding. Whoever
 * waits for packets flushes first, so no line is late.
 */
#define _GNU_SOURCE
#include "ui/printer.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "decode/catalog.h"
#include "decode/track/seqs.h"
#include "ui/colour.h"
#include "ui/jobs.h"
#include "ui/names.h"
#include "ui/words.h"
#include "ui/tracking.h"

#define FULL 65536		/* bytes: worth a write(2) */

static enum dump dump_of(const struct options *o)
{
	if (o->tree)
		return DUMP_NONE;
	if (o->both)
		return o->both > 1 ? DUMP_BOTH_LINK : DUMP_BOTH;
	if (o->hex)
		return o->hex > 1 ? DUMP_HEX_LINK : DUMP_HEX;
	if (o->ascii)
		return o->ascii > 1 ? DUMP_ASCII_LINK : DUMP_ASCII;
	return DUMP_NONE;
}

/* -t to -ttttt */
static enum time_form time_form(const struct options *o)
{
	static const enum time_form form[] = {
		TIME_OF_DAY, TIME_NONE, TIME_EPOCH, TIME_DELTA, TIME_DATE, TIME_FIRST,
	};

	return form[o->times];
}

/* How many words a time is. */
static uint8_t time_words(const struct options *o)
{
	return time_form(o) == TIME_NONE ? 0 : time_form(o) == TIME_DATE ? 2 : 1;
}

/* The table of sequence numbers is keyed, so that nobody can aim packets at one bucket of it. */
static struct seqs *sequence_numbers(void)
{
	static struct seqs seqs;
	uint64_t seed[2] = { 0 };

	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) < 0)
		seed[0] = (uint64_t)getpid();
	seqs_init(&seqs, seed);
	return &seqs;
}

int printer_flush(struct printer *p, struct error *e)
{
	size_t at = 0;

	while (at < p->used) {
		ssize_t n = write(STDOUT_FILENO, p->text + at, p->used - at);

		if (n >= 0)
			at += (size_t)n;
		else if (errno == EPIPE)
			return PRINTER_CLOSED;
		else if (errno != EINTR)
			return error_set(e, STATUS_WRITE, "standard output: %s", error_words(errno));
	}
	p->used = 0;
	return 0;
}

/* Room for the line of a packet; only one with a large dump needs more than there is. */
static COLD int make_room(struct printer *p, size_t room, struct error *e)
{
	int rc = printer_flush(p, e);
	char *text;

	if (rc || p->size >= room)
		return rc;
	text = realloc(p->text, room);
	if (!text)
		return error_set(e, STATUS_WRITE, "lines: no memory for them");
	p->text = text;
	p->size = room;
	return 0;
}

/* One loop for all forms; what a form does is known to the compiler in each of its copies. */
static inline __attribute__((always_inline)) int
put_each(struct printer *p, const struct packet *packet, uint32_t n, struct error *e,
	 size_t (*room_of)(const struct line *l, const struct packet *packet),
	 void (*put)(struct printer *p, struct out *o, const struct packet *packet))
{
	for (uint32_t i = 0; i < n; i++) {
		struct out o;
		size_t room;

		if (room_of != line_room)	/* how much it takes depends on what it completes */
			line_ready(&p->line, &packet[i]);
		room = room_of(&p->line, &packet[i]);
		if (p->size - p->used < room || p->used >= FULL) {
			int rc = make_room(p, room, e);

			if (rc)
				return rc;
		}
		o = (struct out){ p->text + p->used, p->text + p->used + room };
		put(p, &o, &packet[i]);
		p->used = (size_t)(o.at - p->text);
	}
	return 0;
}

static inline void one_line(struct printer *p, struct out *o, const struct packet *packet)
{
	line_put(&p->line, o, packet);
}

static int put_lines(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return put_each(p, packet, n, e, line_room, one_line);
}

static inline void one_tree(struct printer *p, struct out *o, const struct packet *packet)
{
	line_put(&p->line, o, packet);
	tree_put(&p->line, o, p->field_bytes);
}

static int put_trees(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return put_each(p, packet, n, e, tree_room, one_tree);
}

/* Coloured, a text takes so many times its room: it is made at the end of it, and coloured forwards. */
#define COLOURED 3

static size_t coloured_line_room(const struct line *l, const struct packet *packet)
{
	return COLOURED * line_room(l, packet);
}

static size_t coloured_tree_room(const struct line *l, const struct packet *packet)
{
	return COLOURED * tree_room(l, packet);
}

static inline void one_coloured(struct printer *p, struct out *o, const struct packet *packet, bool tree)
{
	struct out plain = { o->end - out_room(o) / COLOURED, o->end };
	const char *text = plain.at, *below;

	line_put(&p->line, &plain, packet);
	below = plain.at;
	if (tree)
		tree_put(&p->line, &plain, p->field_bytes);
	colour_line(o, text, (size_t)(below - text), p->head_words);
	colour_tree(o, below, (size_t)(plain.at - below));
}

static void one_coloured_line(struct printer *p, struct out *o, const struct packet *packet)
{
	one_coloured(p, o, packet, false);
}

static void one_coloured_tree(struct printer *p, struct out *o, const struct packet *packet)
{
	one_coloured(p, o, packet, true);
}

static int put_coloured_lines(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return put_each(p, packet, n, e, coloured_line_room, one_coloured_line);
}

static int put_coloured_trees(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return put_each(p, packet, n, e, coloured_tree_room, one_coloured_tree);
}

static inline void one_row(struct printer *p, struct out *o, const struct packet *packet)
{
	columns_put(&p->columns, &p->line, o, packet);
}

static int put_rows(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return put_each(p, packet, n, e, columns_room, one_row);
}

static inline void one_object(struct printer *p, struct out *o, const struct packet *packet)
{
	json_put(&p->json, &p->line, o, packet);
}

static int put_objects(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return put_each(p, packet, n, e, json_room, one_object);
}

/* Which form: what has to be made ready for it, and how packets are put. */
static int choose_form(struct printer *p, const struct options *o, struct error *e)
{
	struct out text = { p->text, p->text + p->size };
	int rc = 0;

	if (o->tree || o->fields || o->json)
		catalog_init();
	p->put = o->json ? put_objects : o->fields ? put_rows : o->tree ? put_trees : put_lines;
	if (!o->json && !o->fields && colour_wanted((enum colour_when)o->colour)) {
		p->put = o->tree ? put_coloured_trees : put_coloured_lines;
		p->head_words = time_words(o) + o->number;
	}
	if (o->json)
		json_open(&p->json);
	if (o->fields)
		rc = columns_open(&p->columns, o->fields, o->separator, e);
	if (!rc && o->header)
		columns_put_header(&p->columns, &text);
	p->used = (size_t)(text.at - p->text);
	return rc;
}

int printer_open(struct printer *p, const struct options *o, bool nano, struct error *e)
{
	*p = (struct printer){
		.line = {
			.times = { .form = (uint8_t)time_form(o), .nano = nano, .utc = o->utc },
			.brief = {
				.naming = o->names ? &system_names : NULL,
				.seqs = o->absolute ? NULL : sequence_numbers(),
				.verbose = o->verbose,
				.quiet = o->quiet,
				.link = o->link,
				.dumped = o->hex || o->both,
				.unverified = o->no_checksums,
			},
			.track = tracking_open(o),
			.number = o->number,
			.segments = o->verbose || o->tree,
			.words = !o->numeric,
			.dump = (uint8_t)dump_of(o),
		},
		.size = 4 * FULL,
		.field_bytes = o->hex,
	};
	if (o->names && o->tree && !words_have_vendors())
		say(WORDS_VENDORS ": cannot be read: vendors have no names; the package ieee-data has them");
	proto_init();
	p->text = malloc(p->size);
	if (!p->text)
		return error_set(e, STATUS_WRITE, "lines: no memory for them");
	return choose_form(p, o, e);
}

int printer_put(struct printer *p, const struct packet *packet, uint32_t n, struct error *e)
{
	return p->put(p, packet, n, e);
}

void printer_close(struct printer *p)
{
	columns_close(&p->columns);
	free(p->text);
}
