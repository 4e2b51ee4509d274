/* SPDX-License-Identifier: BSD-2-Clause */
/* codec_gzip.c - gzip, RFC 1952, by zlib */
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "capture/codec.h"

#define GZIP_ONLY 16	/* added to the window's bits: zlib.h, inflateInit2() */

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

const struct codec codec_gzip = {
	.name = "gzip",
	.suffix = ".gz",
	.magic = 0x088b1f,	/* its one method, deflate, too */
	.mask = 0xffffff,
	.decoder_open = decoder_open,
	.decode = decode,
	.decoder_close = decoder_close,
};
