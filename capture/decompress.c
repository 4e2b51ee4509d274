/* SPDX-License-Identifier: BSD-2-Clause */
/* decompress.c - the bytes of a compressed file
 *
 * How it works: compressed bytes are read into a buffer, and decompressed straight to where the caller wants
 * them. Members (gzip) and frames follow each other as they please; zeros between them, which fill the blocks of
 * a tape, are passed over.
 */
#include "capture/decompress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct decompress {
	const struct codec *codec;
	void *decoder;
	const char *name;
	const char *why;	/* what is damaged; NULL: nothing so far */
	int fd;
	bool amid;		/* a member or frame has begun */
	bool growing;
	uint64_t total;		/* bytes read so far: where end is in the file */
	size_t at, end;		/* what is left of buf */
	uint8_t buf[DECOMPRESS_BEGUN];
};

struct decompress *decompress_open(const struct codec *codec, int fd, bool growing, const char *name, const void *begun,
				   size_t n)
{
	struct decompress *d = calloc(1, sizeof(*d));

	if (d)
		d->decoder = codec->decoder_open();
	if (!d || !d->decoder) {
		free(d);
		return NULL;
	}
	d->codec = codec;
	d->name = name;
	d->fd = fd;
	d->growing = growing;
	memcpy(d->buf, begun, n);
	d->end = d->total = n;
	return d;
}

/* Read on. Returns 1; 0 at the end of the file; or -STATUS_INPUT. */
static int more(struct decompress *d, struct error *e)
{
	ssize_t n = read(d->fd, d->buf, sizeof(d->buf));

	if (n < 0)
		return error_set(e, STATUS_INPUT, "%s: cannot be read at byte %ju: %s", d->name, (uintmax_t)d->total,
				 error_words(errno));
	d->at = 0;
	d->end = (size_t)n;
	d->total += (uint64_t)n;
	return n > 0;
}

/* Decompress what is in the buffer. */
static void run(struct decompress *d, struct codec_io *out)
{
	while (!d->why && out->out_room > 0) {
		size_t left, room = out->out_room;
		enum codec_step step;

		while (!d->amid && d->at < d->end && d->buf[d->at] == 0)
			d->at++;
		if (!d->amid && d->at == d->end)
			return;
		d->amid = true;
		left = d->end - d->at;
		out->in = d->buf + d->at;
		out->in_left = left;
		step = d->codec->decode(d->decoder, out);
		d->at = d->end - out->in_left;
		if (step == CODEC_DAMAGED)
			d->why = out->why;
		else if (step == CODEC_END)
			d->amid = false;
		else if (out->in_left == left && out->out_room == room)
			return;		/* it waits for bytes */
	}
}

static int say_damage(const struct decompress *d, struct error *e)
{
	uint64_t at = d->total - (d->end - d->at);

	error_set(e, STATUS_INPUT, "%s: damaged near byte %ju of its %s data: %s", d->name, (uintmax_t)at,
		  d->codec->name, d->why);
	e->at = at;
	return -STATUS_INPUT;
}

static int say_cut(const struct decompress *d, struct error *e)
{
	error_set(e, STATUS_INPUT, "%s: cut at byte %ju: its %s data have no end", d->name, (uintmax_t)d->total,
		  d->codec->name);
	e->at = d->total;
	return -STATUS_INPUT;
}

ssize_t decompress_read(struct decompress *d, uint8_t *to, size_t room, struct error *e)
{
	struct codec_io out = { .out = to, .out_room = room };

	for (;;) {
		int got;

		run(d, &out);
		if (out.out > to)
			return out.out - to;
		if (d->why)
			return say_damage(d, e);
		got = more(d, e);
		if (got < 0)
			return got;
		if (got == 0)
			return d->amid && !d->growing ? say_cut(d, e) : 0;
	}
}

const struct codec *decompress_codec(const struct decompress *d)
{
	return d->codec;
}

uint64_t decompress_position(const struct decompress *d)
{
	return d->total;
}

void decompress_close(struct decompress *d)
{
	if (!d)
		return;
	d->codec->decoder_close(d->decoder);
	free(d);
}
