/* SPDX-License-Identifier: BSD-2-Clause */
/* input.c - a file or pipe as a window of bytes that slides forward
 *
 * How it works: the buffer is a reserve and, behind it, room for one large read. What is left of a
 * record when the window ends is moved into the reserve, just before that room, so large reads go to
 * the same page-aligned place each time. A pipe that delivers in drops is appended to, so that
 * nothing is moved for each drop. What is decompressed goes to the same places.
 */
#define _GNU_SOURCE
#include "capture/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/decompress.h"
#include "capture/follow.h"

#define READ_SIZE (1u << 17)		/* bytes: as fast as 1 MiB, and it stays in the cache */
#define RESERVE INPUT_RECORD_MAX
#define BUFFER_SIZE (RESERVE + READ_SIZE)
#define APPEND_MIN (1u << 16)		/* bytes; with less room behind the window it is moved */

/* Returns the descriptor, or as input_open(). */
static int open_path(const char *path, struct error *e)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return error_set(e, STATUS_USAGE, "%s: %s", path, error_words(errno));
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(fd);
		return error_set(e, STATUS_USAGE, "%s: is a directory, not a capture", path);
	}
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return fd;
}

int input_take(struct input *in, int fd, const char *path, struct error *e)
{
	int err;

	*in = (struct input){ .at = RESERVE, .end = RESERVE, .fd = fd, .watch = -1 };
	in->name = strdup(path);
	in->buf = aligned_alloc(4096, BUFFER_SIZE);
	if (in->buf && in->name)
		return 0;
	err = error_set(e, STATUS_USAGE, "%s: %s", path, error_words(ENOMEM));
	input_close(in);
	return err;
}

int input_open(struct input *in, const char *path, struct error *e)
{
	int fd = STDIN_FILENO;

	if (strcmp(path, "-") == 0) {
		path = "standard input";
		if (isatty(STDIN_FILENO))
			return error_set(e, STATUS_USAGE, "%s: is a terminal, not a capture", path);
	} else {
		fd = open_path(path, e);
		if (fd < 0)
			return fd;
	}
	return input_take(in, fd, path, e);
}

void input_follow(struct input *in)
{
	struct stat st;

	if (fstat(in->fd, &st) || !S_ISREG(st.st_mode))
		return;
	in->growing = true;
	in->watch = follow_open(in->fd);
}

int input_wait(struct input *in, struct error *e)
{
	return follow_wait(in->watch, in->name, e);
}

/* Bring the window to where the next read goes behind it. */
static void make_room(struct input *in)
{
	uint32_t left = input_left(in);

	if (left > 0 && BUFFER_SIZE - in->end >= APPEND_MIN)
		return;
	if (left > 0)
		memmove(in->buf + RESERVE - left, in->buf + in->at, left);
	in->at = RESERVE - left;
	in->end = RESERVE;
}

static_assert(READ_SIZE <= DECOMPRESS_BEGUN, "what is read at once can be handed over");

int input_decompress(struct input *in, const struct codec *codec, struct error *e)
{
	in->packed = decompress_open(codec, in->fd, in->growing, in->name, in->buf + in->at,
				     input_left(in));
	if (!in->packed)
		return error_set(e, STATUS_INPUT, "%s: no memory to decompress it", in->name);
	in->at = in->end;
	in->total = 0;
	return 0;
}

const struct codec *input_codec(const struct input *in)
{
	return in->packed ? decompress_codec(in->packed) : NULL;
}

uint64_t input_position(const struct input *in)
{
	return in->packed ? decompress_position(in->packed) : in->total;
}

static ssize_t read_on(struct input *in, uint8_t *to, size_t room, struct error *e)
{
	ssize_t n;

	if (in->growing)
		follow_drain(in->watch);
	n = in->packed ? decompress_read(in->packed, to, room, e) : read(in->fd, to, room);
	if (n < 0 && !in->packed)
		return error_set(e, STATUS_INPUT, "%s: cannot be read at byte %ju: %s", in->name,
				 (uintmax_t)in->total, error_words(errno));
	return n == 0 && in->growing ? follow_check(in->fd, input_position(in), in->name, e) : n;
}

int input_more(struct input *in, struct error *e)
{
	ssize_t n;

	make_room(in);
	n = read_on(in, in->buf + in->end, BUFFER_SIZE - in->end, e);
	while (n == 0 && in->patient) {
		n = input_wait(in, e);
		if (n == 0)
			n = read_on(in, in->buf + in->end, BUFFER_SIZE - in->end, e);
	}
	if (n < 0)
		return (int)n;
	in->end += (uint32_t)n;
	in->total += (uint64_t)n;
	return n > 0;
}

int input_want(struct input *in, uint32_t n, struct error *e)
{
	int got = 1;

	while (got > 0 && input_left(in) < n)
		got = input_more(in, e);
	return got;
}

/* Which bytes are counted, in messages. */
static const char *unpacked(const struct input *in)
{
	return in->packed ? "decompressed " : "";
}

int input_cut(const struct input *in, uint64_t wanted, const char *what, struct error *e)
{
	error_set(e, STATUS_INPUT, "%s: cut at %sbyte %ju: tried to read %ju %s bytes, only got %u", in->name,
		  unpacked(in), (uintmax_t)in->total, (uintmax_t)wanted, what, input_left(in));
	e->at = in->total;
	return -STATUS_INPUT;
}

int input_damaged(const struct input *in, struct error *e, const char *format, ...)
{
	char why[200];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	error_set(e, STATUS_INPUT, "%s: damaged at %sbyte %ju: %s", in->name, unpacked(in),
		  (uintmax_t)(in->total - input_left(in)), why);
	e->at = in->total - input_left(in);
	return -STATUS_INPUT;
}

void input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	if (in->watch >= 0)
		close(in->watch);
	decompress_close(in->packed);
	free(in->buf);
	free(in->name);
}
