/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c - which kinds of compressed data there are */
#include "capture/codec.h"

#include <string.h>

static const struct codec *const codecs[] = { &codec_gzip, &codec_zstd, &codec_lz4 };

const struct codec *codec_of(const uint8_t *p)
{
	uint32_t magic = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;

	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++)
		if ((magic & codecs[i]->mask) == codecs[i]->magic)
			return codecs[i];
	return NULL;
}

const struct codec *codec_of_name(const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
		size_t n = strlen(codecs[i]->suffix);

		if (len > n && strcmp(path + len - n, codecs[i]->suffix) == 0)
			return codecs[i];
	}
	return NULL;
}
