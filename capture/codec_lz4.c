/* SPDX-License-Identifier: BSD-2-Clause */
/* codec_lz4.c - lz4's frames, https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md, by liblz4 */
#include <lz4frame.h>
#include <stdlib.h>

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

struct encoder {
	LZ4F_cctx *context;
	bool begun, ended;
};

#define PIECE 65536	/* bytes, a block */

/* A block goes out as soon as its bytes came in. */
static const LZ4F_preferences_t preferences = {
	.frameInfo = { .blockSizeID = LZ4F_max64KB },
	.autoFlush = 1,
};

static void *encoder_open(void)
{
	struct encoder *c = calloc(1, sizeof(*c));

	if (c && !LZ4F_isError(LZ4F_createCompressionContext(&c->context, LZ4F_VERSION)))
		return c;
	free(c);
	return NULL;
}

/* What comes next: the frame's header, a block, the frame's end. Returns bytes put, or an error of the library. */
static size_t put_next(struct encoder *c, struct codec_io *io, bool finish)
{
	size_t piece = io->in_left < PIECE ? io->in_left : PIECE, put;

	if (!c->begun) {
		c->begun = true;
		return LZ4F_compressBegin(c->context, io->out, io->out_room, &preferences);
	}
	if (piece == 0) {
		c->ended = finish;
		return finish ? LZ4F_compressEnd(c->context, io->out, io->out_room, NULL) : 0;
	}
	put = LZ4F_compressUpdate(c->context, io->out, io->out_room, io->in, piece, NULL);
	io->in += piece;
	io->in_left -= piece;
	return put;
}

static enum codec_step encode(void *encoder, struct codec_io *io, bool finish)
{
	struct encoder *c = encoder;

	while (!c->begun || io->in_left > 0 || (finish && !c->ended)) {
		size_t put;

		if (io->out_room < LZ4F_compressBound(PIECE, &preferences))
			return CODEC_MORE;
		put = put_next(c, io, finish);
		if (LZ4F_isError(put))
			return CODEC_DAMAGED;
		io->out += put;
		io->out_room -= put;
	}
	return CODEC_END;
}

static void encoder_close(void *encoder)
{
	struct encoder *c = encoder;

	LZ4F_freeCompressionContext(c->context);
	free(c);
}

const struct codec codec_lz4 = {
	.name = "lz4",
	.suffix = ".lz4",
	.magic = 0x184d2204,
	.mask = 0xffffffff,
	.decoder_open = decoder_open,
	.decode = decode,
	.decoder_close = decoder_close,
	.encoder_open = encoder_open,
	.encode = encode,
	.encoder_close = encoder_close,
};
