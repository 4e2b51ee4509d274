/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.h - compressed data: what the libraries of gzip, zstd and lz4 do, behind one face */
#ifndef CAPTURE_CODEC_H
#define CAPTURE_CODEC_H

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
	CODEC_MORE,		/* more bytes, or more room, are needed */
	CODEC_END,		/* a member (gzip) or frame is complete: another may follow, or the file's end */
	CODEC_DAMAGED,
};

struct codec {
	const char *name;
	const char *suffix;		/* of names of files */
	uint32_t magic, mask;		/* of the first four bytes, the lowest first */
	void *(*decoder_open)(void);	/* NULL: no memory */
	enum codec_step (*decode)(void *decoder, struct codec_io *io);
	void (*decoder_close)(void *decoder);
};

extern const struct codec codec_gzip, codec_zstd, codec_lz4;

/* Whose data begin with the four bytes at p; NULL: nobody's here. */
const struct codec *codec_of(const uint8_t *p);

#endif
