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
#include "capture/direct.h"

/* Bytes of a write(2). Of a longer one some file systems make pages of many together, and to find memory for those
 * that is in one piece took longer than all the rest (ext4 of Linux 6.18).
 */
#define PIECE (1u << 15)
#define DIRECT_LEAST (1u << 16)		/* bytes that are worth the wait for the disk */

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

/* Said of the first file. */
static void say_not_direct(const struct sink *s, const char *why)
{
	static bool said;

	if (!said)
		error_say("%s: --direct has no effect: %s", s->name, why);
	said = true;
}

/* Others may have standard output open too, and the flag would be theirs. */
static void open_direct(struct sink *s, const struct codec *codec)
{
	if (codec)
		say_not_direct(s, "it is compressed");
	else if (!s->regular || s->fd == STDOUT_FILENO)
		say_not_direct(s, "it is no file on a disk");
	else if (!direct_possible(s->fd))
		say_not_direct(s, "its file system has no direct writes");
	else
		s->direct = true;
}

int sink_open(struct sink *s, int directory, const char *path, const struct codec *codec, bool direct,
	      struct error *e)
{
	int fd = create_file(directory, path, e);

	*s = (struct sink){ .fd = fd };
	if (fd < 0)
		return fd;
	s->name = strdup(fd == STDOUT_FILENO ? "standard output" : path);
	find_base(s);
	if (s->name && direct)
		open_direct(s, codec);
	s->room = s->direct ? SINK_BUFFER_DIRECT : SINK_BUFFER;
	s->block = s->name ? aligned_alloc(DIRECT_BLOCK, DIRECT_BLOCK + s->room) : NULL;
	s->gathered = s->block;
	if (!s->block) {
		sink_close(s, e);
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
	}
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

/* How much of its last block the file has, bytes. */
static size_t in_block(const struct sink *s)
{
	return (s->base + s->stored) % DIRECT_BLOCK;
}

/* Of a write for which there is no room, ext4 takes nothing: by way of the page cache it takes what there is room for. */
static void fail_direct(struct sink *s, int err)
{
	s->direct = false;
	if (err == EINVAL)
		say_not_direct(s, "a write was refused");
	else if (err != ENOSPC && err != EDQUOT)
		s->failed = err;
}

/* Write what is gathered, n bytes, as far as it makes whole blocks. Returns how much of it went. */
static size_t write_blocks(struct sink *s, size_t n)
{
	size_t before = in_block(s), whole = (before + n) / DIRECT_BLOCK * DIRECT_BLOCK;
	int err;
	size_t done = direct_write(s->fd, s->block, whole, s->base + s->stored - before, &err);

	if (done < whole)
		fail_direct(s, err);
	done = done > before ? done - before : 0;
	s->stored += done;
	lseek(s->fd, (off_t)(s->base + s->stored), SEEK_SET);
	return done;
}

/* The file has the n bytes at p more, and before bytes before them in the same block. */
static void keep_block(struct sink *s, const uint8_t *p, size_t n, size_t before)
{
	size_t after = in_block(s);

	if (p == s->gathered)
		memmove(s->block, s->block + before + n - after, after);
	else if (n >= after)
		memcpy(s->block, p + n - after, after);
	else
		memcpy(s->block + before, p, n);
	s->gathered = s->block + after;
}

static size_t write_directly(struct sink *s, const uint8_t *p, size_t n)
{
	bool blocks = p == s->gathered && n >= DIRECT_LEAST && !s->hurried;
	size_t before = in_block(s), done = blocks ? write_blocks(s, n) : 0;

	if (!s->failed)
		done += write_all(s, p + done, n - done);
	if (!s->failed && s->direct)
		keep_block(s, p, n, before);
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
		n = s->direct ? write_directly(s, p, n) : write_all(s, p, n);
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
	free(s->block);
	free(s->name);
	s->block = s->gathered = NULL;
	s->name = NULL;
	return err;
}
