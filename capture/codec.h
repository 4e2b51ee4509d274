/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.h - compressed data: what the libraries of gzip, zstd and lz4 do, behind one face */
#ifndef CAPTURE_CODEC_H
#define CAPTURE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where bytes are taken from and put to; both move forward. */
struct codec_io {
	const uint8_t *in;
	size_t in_left;
	uint8_t *out;
	size_t out_room;
	const char *why;	/* what is damaged, where that was returned */
};

enum codec_step {
	CODEC_MORE,		/* more bytes, or more room, are needed; encoding: more room */
	CODEC_END,		/* a member (gzip) or frame is complete: another may follow, or the file's end;
				 * encoding: all that came in came out
				 */
	CODEC_DAMAGED,		/* encoding: no memory */
};

#define CODEC_ROOM (1u << 17)	/* bytes of room that encode() is given each time */

struct codec {
	const char *name;
	const char *suffix;		/* of names of files */
	uint32_t magic, mask;		/* of the first four bytes, the lowest first */
	void *(*decoder_open)(void);	/* NULL: no memory */
	enum codec_step (*decode)(void *decoder, struct codec_io *io);
	void (*decoder_close)(void *decoder);
	void *(*encoder_open)(void);	/* NULL: no memory */

	/* Whoever decompresses the bytes so far has all that came in. finish: nothing more will. */
	enum codec_step (*encode)(void *encoder, struct codec_io *io, bool finish);
	void (*encoder_close)(void *encoder);
};

extern const struct codec codec_gzip, codec_zstd, codec_lz4;

/* Whose data begin with the four bytes at p; NULL: nobody's here. */
const struct codec *codec_of(const uint8_t *p);

/* As whose data a file of this name is written; NULL: as it is. */
const struct codec *codec_of_name(const char *path);

#endif
