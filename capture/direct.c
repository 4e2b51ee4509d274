/* SPDX-License-Identifier: BSD-2-Clause */
/* direct.c - parts of a file that go to the disk without the page cache, O_DIRECT of open(2) */
#define _GNU_SOURCE
#include "capture/direct.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int set_flag(int fd, bool on)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0)
		return -errno;
	return fcntl(fd, F_SETFL, on ? flags | O_DIRECT : flags & ~O_DIRECT) ? -errno : 0;
}

bool direct_possible(int fd)
{
	return set_flag(fd, true) == 0 && set_flag(fd, false) == 0;
}

size_t direct_write(int fd, const uint8_t *blocks, size_t n, uint64_t at, int *err)
{
	size_t done = 0;

	*err = -set_flag(fd, true);
	while (done < n && !*err) {
		ssize_t got = pwrite(fd, blocks + done, n - done, (off_t)(at + done));

		if (got > 0)
			done += (size_t)got;
		else if (got == 0)
			*err = ENOSPC;
		else if (errno != EINTR)
			*err = errno;
	}
	set_flag(fd, false);
	return done;
}
