/* SPDX-License-Identifier: BSD-2-Clause */
/* decompress.h - the bytes of a compressed file, in memory that does not depend on how many they are */
#ifndef CAPTURE_DECOMPRESS_H
#define CAPTURE_DECOMPRESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "capture/codec.h"
#include "capture/error.h"

struct decompress;

/* Read fd, which stays the caller's, from now on by codec; n of its bytes, up to DECOMPRESS_BEGUN, were read
 * already, and stand at begun. growing: its end is no end, and may come amid something. name, for messages, outlives it. NULL: no memory.
 */
struct decompress *decompress_open(const struct codec *codec, int fd, bool growing, const char *name, const void *begun,
				   size_t n);

#define DECOMPRESS_BEGUN (1u << 17)	/* bytes */

/* Put up to room bytes to to. Returns how many; 0 at the end of the file; or -STATUS_INPUT with e filled in,
 * once all that is good was given: also where a signal came.
 */
ssize_t decompress_read(struct decompress *d, uint8_t *to, size_t room, struct error *e);

const struct codec *decompress_codec(const struct decompress *d);

/* How many compressed bytes were read so far. */
uint64_t decompress_position(const struct decompress *d);

void decompress_close(struct decompress *d);

#endif
