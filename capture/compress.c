/* SPDX-License-Identifier: BSD-2-Clause */
/* compress.c - what is put in comes out compressed */
#include "capture/compress.h"

#include <stdlib.h>

struct compress {
	const struct codec *codec;
	void *encoder;
	struct codec_io io;
	bool done, failed;
	uint8_t out[CODEC_ROOM];
};

struct compress *compress_open(const struct codec *codec)
{
	struct compress *c = calloc(1, sizeof(*c));

	if (c)
		c->encoder = codec->encoder_open();
	if (!c || !c->encoder) {
		free(c);
		return NULL;
	}
	c->codec = codec;
	return c;
}

void compress_put(struct compress *c, const void *p, size_t n)
{
	c->io.in = p;
	c->io.in_left = n;
	c->done = false;
}

size_t compress_take(struct compress *c, const void **piece, bool finish)
{
	enum codec_step step;

	if (c->done || c->failed)
		return 0;
	c->io.out = c->out;
	c->io.out_room = sizeof(c->out);
	step = c->codec->encode(c->encoder, &c->io, finish);
	c->done = step == CODEC_END;
	c->failed = step == CODEC_DAMAGED || (!c->done && c->io.out == c->out);
	*piece = c->out;
	return c->failed ? 0 : (size_t)(c->io.out - c->out);
}

bool compress_failed(const struct compress *c)
{
	return c->failed;
}

void compress_close(struct compress *c)
{
	if (!c)
		return;
	c->codec->encoder_close(c->encoder);
	free(c);
}
