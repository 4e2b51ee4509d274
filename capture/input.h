/* SPDX-License-Identifier: BSD-2-Clause */
/* input.h - a file or pipe as a window of bytes that slides forward; the readers' only memory */
#ifndef CAPTURE_INPUT_H
#define CAPTURE_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "capture/error.h"

struct codec;
struct decompress;

#define INPUT_RECORD_MAX (1u << 19)	/* bytes; the longest record that can be held whole */

/* The window is [at, end) of buf. It lies still until input_more() is called, so what is read out
 * of it can be lent.
 */
struct input {
	uint8_t *buf;
	uint32_t at, end;
	int fd, watch;		/* watch: tells that the file has grown; -1: nothing does */
	bool growing;		/* more may be written behind its end, which is no end then */
	bool patient;		/* so that is waited for */
	uint64_t total;		/* bytes read so far: where end is in the file, or in what is decompressed of it */
	struct decompress *packed;	/* NULL: the file is no compressed one */
	char *name;
};

/* Open path; "-" is standard input. Returns 0, or -STATUS_USAGE with e filled in. */
int input_open(struct input *in, const char *path, struct error *e);

/* The same, where fd is open already, which is in's from then on; path is its name. */
int input_take(struct input *in, int fd, const char *path, struct error *e);

/* Others still write the file: where it is a regular one, its end is no end, and what is cut there no damage. */
void input_follow(struct input *in);

/* Wait until a growing file may have more, a second at most. Returns 0, or -STATUS_INPUT with e filled in where a
 * signal came.
 */
int input_wait(struct input *in, struct error *e);

/* What was read so far, at most 128 KiB, and the rest are compressed by codec: they are decompressed from now on.
 * Returns 0, or -STATUS_INPUT with e filled in.
 */
int input_decompress(struct input *in, const struct codec *codec, struct error *e);

/* How the file is compressed; NULL: not at all. How many bytes of it were read so far, as they stand there. */
const struct codec *input_codec(const struct input *in);
uint64_t input_position(const struct input *in);

/* Read once more, whatever is there. Returns 1 where the window grew, 0 at the end of the file, or
 * -STATUS_INPUT with e filled in: also where a signal came, so that whoever handles it without
 * SA_RESTART can end the wait for a pipe. At most INPUT_RECORD_MAX bytes may be left in the window.
 */
int input_more(struct input *in, struct error *e);

/* Read until n bytes are in the window (at most INPUT_RECORD_MAX). Returns 1; 0 where the file ends
 * before; or -STATUS_INPUT with e filled in.
 */
int input_want(struct input *in, uint32_t n, struct error *e);

/* The file ended amid something: fill in e, and return -STATUS_INPUT. */
int input_cut(const struct input *in, uint64_t wanted, const char *what, struct error *e);

/* What stands at the window's begin cannot be right: likewise. */
int input_damaged(const struct input *in, struct error *e, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void input_close(struct input *in);

static inline uint32_t input_left(const struct input *in)
{
	return in->end - in->at;
}

/* Numbers of 2 and 4 bytes as files have them: in the byte order of who wrote them. */
static inline uint16_t stored_u16(const uint8_t *p, bool swapped)
{
	uint16_t value;

	memcpy(&value, p, sizeof(value));
	return swapped ? __builtin_bswap16(value) : value;
}

static inline uint32_t stored_u32(const uint8_t *p, bool swapped)
{
	uint32_t value;

	memcpy(&value, p, sizeof(value));
	return swapped ? __builtin_bswap32(value) : value;
}

static inline uint64_t stored_u64(const uint8_t *p, bool swapped)
{
	uint64_t value;

	memcpy(&value, p, sizeof(value));
	return swapped ? __builtin_bswap64(value) : value;
}

#endif
