/* SPDX-License-Identifier: BSD-2-Clause */
/* codec_lz4.c - lz4's frames, https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md, by liblz4 */
#include <lz4frame.h>

#include "capture/codec.h"

static void *decoder_open(void)
{
	LZ4F_dctx *d;

	return LZ4F_isError(LZ4F_createDecompressionContext(&d, LZ4F_VERSION)) ? NULL : d;
}

static enum codec_step decode(void *decoder, struct codec_io *io)
{
	size_t used = io->in_left, made = io->out_room;
	size_t rc = LZ4F_decompress(decoder, io->out, &made, io->in, &used, NULL);

	if (LZ4F_isError(rc)) {
		io->why = LZ4F_getErrorName(rc);
		return CODEC_DAMAGED;
	}
	io->in += used;
	io->in_left -= used;
	io->out += made;
	io->out_room -= made;
	return rc == 0 ? CODEC_END : CODEC_MORE;
}

static void decoder_close(void *decoder)
{
	LZ4F_freeDecompressionContext(decoder);
}

const struct codec codec_lz4 = {
	.name = "lz4",
	.suffix = ".lz4",
	.magic = 0x184d2204,
	.mask = 0xffffffff,
	.decoder_open = decoder_open,
	.decode = decode,
	.decoder_close = decoder_close,
};
