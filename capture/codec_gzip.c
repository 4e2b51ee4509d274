/* SPDX-License-Identifier: BSD-2-Clause */
/* codec_gzip.c - gzip, RFC 1952, by zlib */
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "capture/codec.h"

#define GZIP_ONLY 16	/* added to the window's bits: zlib.h, inflateInit2() */
#define MEM_LEVEL 8	/* zlib's default */

static void *decoder_open(void)
{
	z_stream *z = calloc(1, sizeof(*z));

	if (z && inflateInit2(z, MAX_WBITS + GZIP_ONLY) == Z_OK)
		return z;
	free(z);
	return NULL;
}

static enum codec_step decode(void *decoder, struct codec_io *io)
{
	z_stream *z = decoder;
	uInt room = io->out_room < UINT_MAX ? (uInt)io->out_room : UINT_MAX;
	int rc;

	z->next_in = (z_const Bytef *)io->in;
	z->avail_in = (uInt)io->in_left;
	z->next_out = io->out;
	z->avail_out = room;
	rc = inflate(z, Z_NO_FLUSH);
	io->in = z->next_in;
	io->in_left = z->avail_in;
	io->out = z->next_out;
	io->out_room -= room - z->avail_out;
	if (rc == Z_STREAM_END) {
		inflateReset(z);
		return CODEC_END;
	}
	if (rc == Z_OK || rc == Z_BUF_ERROR)
		return CODEC_MORE;
	io->why = z->msg ? z->msg : zError(rc);
	return CODEC_DAMAGED;
}

static void decoder_close(void *decoder)
{
	inflateEnd(decoder);
	free(decoder);
}

static void *encoder_open(void)
{
	z_stream *z = calloc(1, sizeof(*z));

	if (z && deflateInit2(z, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + GZIP_ONLY, MEM_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK)
		return z;
	free(z);
	return NULL;
}

static enum codec_step encode(void *encoder, struct codec_io *io, bool finish)
{
	z_stream *z = encoder;
	int rc;

	z->next_in = (z_const Bytef *)io->in;
	z->avail_in = (uInt)io->in_left;
	z->next_out = io->out;
	z->avail_out = (uInt)io->out_room;
	rc = deflate(z, finish ? Z_FINISH : Z_SYNC_FLUSH);
	io->in = z->next_in;
	io->in_left = z->avail_in;
	io->out = z->next_out;
	io->out_room = z->avail_out;
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return CODEC_DAMAGED;
	return z->avail_out == 0 || (finish && rc != Z_STREAM_END) ? CODEC_MORE : CODEC_END;
}

static void encoder_close(void *encoder)
{
	deflateEnd(encoder);
	free(encoder);
}

const struct codec codec_gzip = {
	.name = "gzip",
	.suffix = ".gz",
	.magic = 0x088b1f,	/* its one method, deflate, too */
	.mask = 0xffffff,
	.decoder_open = decoder_open,
	.decode = decode,
	.decoder_close = decoder_close,
	.encoder_open = encoder_open,
	.encode = encode,
	.encoder_close = encoder_close,
};
