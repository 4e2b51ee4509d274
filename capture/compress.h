/* SPDX-License-Identifier: BSD-2-Clause */
/* compress.h - what is put in comes out compressed, in pieces that fit the memory for it */
#ifndef CAPTURE_COMPRESS_H
#define CAPTURE_COMPRESS_H

#include "capture/codec.h"

struct compress;

/* NULL: no memory. */
struct compress *compress_open(const struct codec *codec);

/* Have the n bytes at p compressed next; they are borrowed until all is taken. */
void compress_put(struct compress *c, const void *p, size_t n);

/* The next compressed bytes at *piece, which live until the next call; finish: nothing will be put any more.
 * Returns how many; 0 where all that was put has come out, or no memory is left.
 */
size_t compress_take(struct compress *c, const void **piece, bool finish);

/* Was there no memory? */
bool compress_failed(const struct compress *c);

/* c may be NULL. */
void compress_close(struct compress *c);

#endif
