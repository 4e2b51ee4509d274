/* SPDX-License-Identifier: BSD-2-Clause */
/* gather.c - the files of several workers become one, in the order of time */
#define _GNU_SOURCE
#include "capture/gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/codec.h"
#include "capture/reader.h"
#include "capture/reorder.h"

#define ALIVE_EVERY 4096	/* packets */

/* Where in a part we are. */
struct place {
	struct part *part;
	struct reorder *packets;	/* NULL: at its end */
	const struct packet *next;
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

static void end_place(struct place *at, const struct error *damage)
{
	if (damage) {
		at->part->damaged = true;
		error_say("%s", damage->text);
	}
	if (at->packets)
		reorder_close(at->packets);
	at->packets = NULL;
}

static void look(struct place *at)
{
	struct error e;
	int n = reorder_look(at->packets, &at->next, &e);

	if (n > 0)
		at->part->packets++;
	else
		end_place(at, n < 0 ? &e : NULL);
}

/* Returns 0, or -STATUS_WRITE. */
static int begin(struct place *at, struct part *part, struct error *e)
{
	struct reader_options o = { .fd = part->fd };
	struct error damage;
	struct reader *r;

	at->part = part;
	if (part->fd < 0)
		return 0;
	part->fd = -1;
	if (reader_open_with(&r, part->path, &o, &damage)) {
		end_place(at, &damage);
		return 0;
	}
	at->packets = reorder_open(r);
	if (!at->packets)
		return error_set(e, STATUS_WRITE, "%s: no memory to read it", part->path);
	look(at);
	return 0;
}

/* Whose packet is the oldest; NULL: all are at their end. */
static struct place *choose(struct place *at, unsigned n)
{
	struct place *best = NULL;

	for (unsigned i = 0; i < n; i++)
		if (at[i].packets && (!best || packet_is_before(at[i].next, best->next)))
			best = &at[i];
	return best;
}

static int pour(struct place *at, unsigned n, struct writer *w, uint64_t most, uint64_t *put, void (*alive)(void),
		struct error *e)
{
	uint64_t taken = 0;
	struct place *best;
	int ret = 0;

	while (!ret && (best = choose(at, n))) {
		struct packet p = *best->next;

		p.interface = 0;	/* each file has told of it: it is the same one */
		if (*put < most) {
			ret = writer_put(w, &p, e);
			*put += ret == 0;
		}
		reorder_skip(best->packets);
		look(best);
		if (++taken % ALIVE_EVERY == 0)
			alive();
	}
	return ret;
}

int gather(struct part *part, unsigned n, struct writer *w, uint64_t most, uint64_t *put, void (*alive)(void),
	   struct error *e)
{
	struct place *at = calloc(n, sizeof(*at));
	int ret = 0;

	*put = 0;
	if (!at)
		return error_set(e, STATUS_WRITE, "no memory to read %u files at once", n);
	for (unsigned i = 0; !ret && i < n; i++)
		ret = begin(&at[i], &part[i], e);
	if (!ret)
		ret = pour(at, n, w, most, put, alive, e);
	for (unsigned i = 0; i < n; i++)
		end_place(&at[i], NULL);
	free(at);
	return ret;
}
