/* SPDX-License-Identifier: BSD-2-Clause */
/* codec_zstd.c - zstd, RFC 8878, by libzstd
 *
 * The library refuses a window of more than 128 MiB, so that is what a file can make it take.
 */
#include <zstd.h>
#include <zstd_errors.h>

#include "capture/codec.h"

#define LEVEL 1		/* a capture must not wait for it */

static void *decoder_open(void)
{
	return ZSTD_createDStream();
}

static enum codec_step decode(void *decoder, struct codec_io *io)
{
	ZSTD_inBuffer in = { io->in, io->in_left, 0 };
	ZSTD_outBuffer out = { io->out, io->out_room, 0 };
	size_t rc = ZSTD_decompressStream(decoder, &out, &in);

	io->in += in.pos;
	io->in_left -= in.pos;
	io->out += out.pos;
	io->out_room -= out.pos;
	if (rc == 0)
		return CODEC_END;
	if (!ZSTD_isError(rc))
		return CODEC_MORE;
	io->why = ZSTD_getErrorCode(rc) == ZSTD_error_frameParameter_windowTooLarge ?
		"its window is above 128 MiB: zstdcat --long=31 FILE | ringtail -r -" : ZSTD_getErrorName(rc);
	return CODEC_DAMAGED;
}

static void decoder_close(void *decoder)
{
	ZSTD_freeDStream(decoder);
}

static void *encoder_open(void)
{
	ZSTD_CCtx *c = ZSTD_createCCtx();

	if (c)
		ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, LEVEL);
	return c;
}

static enum codec_step encode(void *encoder, struct codec_io *io, bool finish)
{
	ZSTD_inBuffer in = { io->in, io->in_left, 0 };
	ZSTD_outBuffer out = { io->out, io->out_room, 0 };
	size_t rc = ZSTD_compressStream2(encoder, &out, &in, finish ? ZSTD_e_end : ZSTD_e_flush);

	io->in += in.pos;
	io->in_left -= in.pos;
	io->out += out.pos;
	io->out_room -= out.pos;
	if (ZSTD_isError(rc))
		return CODEC_DAMAGED;
	return rc == 0 ? CODEC_END : CODEC_MORE;
}

static void encoder_close(void *encoder)
{
	ZSTD_freeCCtx(encoder);
}

const struct codec codec_zstd = {
	.name = "zstd",
	.suffix = ".zst",
	.magic = 0xfd2fb528,
	.mask = 0xffffffff,
	.decoder_open = decoder_open,
	.decode = decode,
	.decoder_close = decoder_close,
	.encoder_open = encoder_open,
	.encode = encode,
	.encoder_close = encoder_close,
};
