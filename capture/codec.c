/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c - which kinds of compressed data there are */
#include "capture/codec.h"

static const struct codec *const codecs[] = { &codec_gzip, &codec_zstd, &codec_lz4 };

const struct codec *codec_of(const uint8_t *p)
{
	uint32_t magic = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;

	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++)
		if ((magic & codecs[i]->mask) == codecs[i]->magic)
			return codecs[i];
	return NULL;
}
