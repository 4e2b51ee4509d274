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

#include "capture/create.h"

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

int sink_open(struct sink *s, int directory, const char *path, struct error *e)
{
	int fd = create_file(directory, path, e);

	*s = (struct sink){ .fd = fd };
	if (fd < 0)
		return fd;
	s->name = strdup(fd == STDOUT_FILENO ? "standard output" : path);
	if (!s->name) {
		sink_close(s, e);
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
	}
	find_base(s);
	signal(SIGXFSZ, SIG_IGN);
	return 0;
}

size_t sink_put(struct sink *s, const void *p, size_t n)
{
	size_t done = 0;

	while (done < n && !s->failed) {
		ssize_t got = write(s->fd, (const char *)p + done, n - done);

		if (got > 0)
			done += (size_t)got;
		else if (got == 0)
			s->failed = ENOSPC;
		else if (errno != EINTR)
			s->failed = errno;
	}
	s->size += done;
	return done;
}

void sink_cut(struct sink *s, uint64_t size)
{
	off_t end = (off_t)(s->base + size);

	if (s->regular && size < s->size && ftruncate(s->fd, end) == 0)
		lseek(s->fd, end, SEEK_SET);
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

	if (s->fd != STDOUT_FILENO && close(s->fd) && !s->failed)
		s->failed = errno;
	err = s->failed && s->name ? sink_say(s, e) : 0;
	free(s->name);
	s->name = NULL;
	return err;
}
