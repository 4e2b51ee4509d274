/* SPDX-License-Identifier: BSD-2-Clause */
/* follow.c - a file that is still being written: inotify(7) tells that it has grown */
#define _GNU_SOURCE
#include "capture/follow.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

int follow_open(int fd)
{
	char path[40];
	int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (watch >= 0 && inotify_add_watch(watch, path, IN_MODIFY) < 0) {
		close(watch);
		return -1;
	}
	return watch;
}

void follow_drain(int watch)
{
	char events[4096];

	while (read(watch, events, sizeof(events)) > 0)
		;
}

int follow_check(int fd, uint64_t position, const char *name, struct error *e)
{
	struct stat st;

	if (fstat(fd, &st) || (uint64_t)st.st_size >= position)
		return 0;
	return error_set(e, STATUS_INPUT, "%s: has become shorter, %ju bytes after %ju: another capture is written there",
			 name, (uintmax_t)st.st_size, (uintmax_t)position);
}

int follow_wait(int watch, const char *name, struct error *e)
{
	struct pollfd p = { .fd = watch, .events = POLLIN };

	if (poll(&p, 1, FOLLOW_MS) >= 0 || errno != EINTR)
		return 0;
	return error_set(e, STATUS_INPUT, "%s: %s", name, error_words(EINTR));
}
