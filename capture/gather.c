/* SPDX-License-Identifier: BSD-2-Clause */
/* gather.c - the files of several workers become one, in the order of time */
#define _GNU_SOURCE
#include "capture/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/codec.h"
#include "capture/reader.h"

/* Where in a part we are. */
struct place {
	struct part *part;
	struct reader *reader;	/* NULL: at its end */
	struct batch batch;
	uint32_t next;		/* in it */
};

char *gather_name(const char *path, unsigned n)
{
	const struct codec *codec = codec_of_name(path);
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	size_t len = strlen(base) - (codec ? strlen(codec->suffix) : 0);
	const char *dot = memrchr(base, '.', len), *end = dot && dot > base ? dot : base + len;
	char *name;

	return asprintf(&name, "%.*s.%u%s", (int)(end - path), path, n, end) < 0 ? NULL : name;
}

static bool is_before(const struct packet *a, const struct packet *b)
{
	return a->sec != b->sec ? a->sec < b->sec : a->nsec < b->nsec;
}

/* Frames that arrive on two cores at once may be a step out of order. */
static void put_right(struct batch *b)
{
	for (uint32_t i = 1; i < b->count; i++) {
		struct packet p = b->packet[i];
		uint32_t at = i;

		if (!is_before(&p, &b->packet[i - 1]))
			continue;
		for (; at > 0 && is_before(&p, &b->packet[at - 1]); at--)
			b->packet[at] = b->packet[at - 1];
		b->packet[at] = p;
	}
}

static void end_place(struct place *at, const struct error *damage)
{
	if (damage) {
		at->part->damaged = true;
		error_say("%s", damage->text);
	}
	if (at->reader)
		reader_close(at->reader);
	at->reader = NULL;
}

static void read_on(struct place *at)
{
	struct error e;
	int n = reader_next(at->reader, &at->batch, &e);

	at->next = 0;
	if (n <= 0) {
		end_place(at, n < 0 ? &e : NULL);
		return;
	}
	at->part->packets += (uint32_t)n;
	put_right(&at->batch);
}

static void begin(struct place *at, struct part *part)
{
	struct reader_options o = { .fd = part->fd };
	struct error e;

	at->part = part;
	if (part->fd < 0)
		return;
	part->fd = -1;
	if (reader_open_with(&at->reader, part->path, &o, &e))
		end_place(at, &e);
	else
		read_on(at);
}

/* Whose packet is the oldest; NULL: all are at their end. */
static struct place *choose(struct place *at, unsigned n)
{
	struct place *best = NULL;

	for (unsigned i = 0; i < n; i++)
		if (at[i].reader && (!best || is_before(&at[i].batch.packet[at[i].next], &best->batch.packet[best->next])))
			best = &at[i];
	return best;
}

static int pour(struct place *at, unsigned n, struct writer *w, uint64_t most, uint64_t *put, void (*alive)(void),
		struct error *e)
{
	struct place *best;
	int ret = 0;

	while (!ret && (best = choose(at, n))) {
		struct packet *p = &best->batch.packet[best->next++];

		p->interface = 0;	/* each file has told of it: it is the same one */
		if (*put < most) {
			ret = writer_put(w, p, e);
			*put += ret == 0;
		}
		if (best->next == best->batch.count) {
			read_on(best);
			alive();
		}
	}
	return ret;
}

int gather(struct part *part, unsigned n, struct writer *w, uint64_t most, uint64_t *put, void (*alive)(void),
	   struct error *e)
{
	struct place *at = calloc(n, sizeof(*at));
	int ret;

	*put = 0;
	if (!at)
		return error_set(e, STATUS_WRITE, "no memory to read %u files at once", n);
	for (unsigned i = 0; i < n; i++)
		begin(&at[i], &part[i]);
	ret = pour(at, n, w, most, put, alive, e);
	for (unsigned i = 0; i < n; i++)
		end_place(&at[i], NULL);
	free(at);
	return ret;
}
