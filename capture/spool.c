/* SPDX-License-Identifier: BSD-2-Clause */
/* spool.c - packets that have no place of their own in a file */
#define _GNU_SOURCE
#include "capture/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "capture/error.h"

#define BUFFER_SIZE SNAPLEN_MAX		/* bytes: each packet fits */

struct spool {
	int fd;
	uint32_t used;			/* of buf, bytes */
	uint64_t written, limit;	/* bytes */
	uint8_t buf[BUFFER_SIZE];
};

static int open_file(void)
{
	const char *const places[] = { getenv("TMPDIR"), "/var/tmp", "/tmp" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int fd = places[i] && *places[i] ? open(places[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;

		if (fd >= 0)
			return fd;
	}
	return memfd_create("packets", MFD_CLOEXEC);
}

/* Half of what is free where fd is; of memory, which counts as a file system of its own without limits, too. */
static uint64_t half_of_free(int fd)
{
	struct statvfs fs;

	if (fstatvfs(fd, &fs) == 0 && fs.f_blocks > 0)
		return (uint64_t)fs.f_bavail * fs.f_frsize / 2;
	return (uint64_t)sysconf(_SC_AVPHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE) / 2;
}

struct spool *spool_open(void)
{
	struct spool *s = malloc(sizeof(*s));
	int fd = s ? open_file() : -1;

	if (fd < 0) {
		free(s);
		return NULL;
	}
	s->fd = fd;
	s->used = 0;
	s->written = 0;
	s->limit = half_of_free(fd);
	return s;
}

const char *spool_flush(struct spool *s)
{
	uint32_t at = 0;

	while (at < s->used) {
		ssize_t n = write(s->fd, s->buf + at, s->used - at);

		if (n < 0 && errno != EINTR)
			return error_words(errno);
		at += n > 0 ? (uint32_t)n : 0;
	}
	s->written += s->used;
	s->used = 0;
	return NULL;
}

const char *spool_put(struct spool *s, const struct packet *p, uint64_t *at)
{
	uint32_t cap = p->bytes.cap;
	const char *why = cap > BUFFER_SIZE - s->used ? spool_flush(s) : NULL;

	if (why)
		return why;
	*at = s->written + s->used;
	if (*at + cap > s->limit)
		return "half of the free space is used";
	slice_copy(s->buf + s->used, p->bytes, cap);
	s->used += cap;
	return NULL;
}

int spool_descriptor(const struct spool *s)
{
	return s->fd;
}

void spool_close(struct spool *s)
{
	if (!s)
		return;
	close(s->fd);
	free(s);
}
