/* SPDX-License-Identifier: BSD-2-Clause */
/* sink.c - where the bytes of a file go: a descriptor, every write(2) to it checked */
#define _GNU_SOURCE
#include "capture/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/compress.h"
#include "capture/create.h"

/* Bytes of a write(2). Of a longer one some file systems make pages of many together, and to find memory for those
 * that is in one piece took longer than all the rest (ext4 of Linux 6.18).
 */
#define PIECE (1u << 15)

/* Where in the file we begin: not at 0 where the shell opened it for appending. */
static void find_base(struct sink *s)
{
	struct stat st;
	off_t at;

	s->regular = fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode);
	if (!s->regular)
		return;
	at = fcntl(s->fd, F_GETFL) & O_APPEND ? st.st_size : lseek(s->fd, 0, SEEK_CUR);
	s->base = at > 0 ? (uint64_t)at : 0;
}

static int open_compress(struct sink *s, const struct codec *codec, struct error *e)
{
	struct error ignored;

	s->compress = codec ? compress_open(codec) : NULL;
	if (s->compress || !codec)
		return 0;
	error_set(e, STATUS_WRITE, "%s: no memory to compress it", s->name);
	sink_close(s, &ignored);
	return -STATUS_WRITE;
}

int sink_open(struct sink *s, int directory, const char *path, const struct codec *codec, struct error *e)
{
	int fd = create_file(directory, path, e);

	*s = (struct sink){ .fd = fd };
	if (fd < 0)
		return fd;
	s->name = strdup(fd == STDOUT_FILENO ? "standard output" : path);
	s->gathered = s->name ? malloc(SINK_BUFFER) : NULL;
	if (!s->gathered) {
		sink_close(s, e);
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
	}
	find_base(s);
	signal(SIGXFSZ, SIG_IGN);
	return open_compress(s, codec, e);
}

/* Returns how many of the n bytes at p went to the disk. */
static size_t write_all(struct sink *s, const void *p, size_t n)
{
	size_t done = 0;

	while (done < n && !s->failed) {
		size_t left = n - done;
		ssize_t got = write(s->fd, (const char *)p + done, left < PIECE ? left : PIECE);

		if (got > 0)
			done += (size_t)got;
		else if (got == 0)
			s->failed = ENOSPC;
		else if (errno != EINTR)
			s->failed = errno;
	}
	s->stored += done;
	return done;
}

static void cut(struct sink *s, uint64_t stored)
{
	off_t end = (off_t)(s->base + stored);

	if (s->regular && stored < s->stored && ftruncate(s->fd, end) == 0)
		lseek(s->fd, end, SEEK_SET);
	s->stored = stored;
}

/* Bring the n bytes at p to the disk, compressed. */
static void put_compressed(struct sink *s, const void *p, size_t n, bool finish)
{
	uint64_t before = s->stored;
	const void *piece;
	size_t len;

	compress_put(s->compress, p, n);
	while (!s->failed && (len = compress_take(s->compress, &piece, finish)) > 0)
		write_all(s, piece, len);
	if (!s->failed && compress_failed(s->compress))
		s->failed = ENOMEM;
	if (s->failed)
		cut(s, before);
}

size_t sink_put(struct sink *s, const void *p, size_t n)
{
	if (s->failed)
		return 0;
	if (s->compress) {
		put_compressed(s, p, n, false);
		n = s->failed ? 0 : n;
	} else {
		n = write_all(s, p, n);
	}
	s->size += n;
	return n;
}

void sink_cut(struct sink *s, uint64_t size)
{
	if (!s->compress)
		cut(s, size);
	s->size = size;
}

int sink_say(const struct sink *s, struct error *e)
{
	return error_set(e, STATUS_WRITE, "%s: %s (%ju packets %s)", s->name, error_words(s->failed),
			 (uintmax_t)s->packets, s->regular ? "are in the file" : "were written");
}

int sink_close(struct sink *s, struct error *e)
{
	int err;

	if (s->compress && !s->failed)
		put_compressed(s, "", 0, true);
	compress_close(s->compress);
	s->compress = NULL;
	if (s->fd != STDOUT_FILENO && close(s->fd) && !s->failed)
		s->failed = errno;
	err = s->failed && s->name ? sink_say(s, e) : 0;
	free(s->gathered);
	free(s->name);
	s->gathered = NULL;
	s->name = NULL;
	return err;
}
