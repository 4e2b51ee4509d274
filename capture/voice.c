/* SPDX-License-Identifier: BSD-2-Clause */
/* voice.c - what is said on standard error, also by who may not wait until it can be */
#define _GNU_SOURCE
#include "capture/voice.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT_MAX 16384		/* bytes */

static int swift = -1;		/* standard error, opened once more, so that O_NONBLOCK is for nobody else */
static bool hurried;
static char kept[KEPT_MAX];
static size_t length;		/* of what is kept */
static unsigned unsaid;		/* messages for which there was no room */

void voice_open(void)
{
	struct stat st;

	if (swift < 0 && fstat(STDERR_FILENO, &st) == 0 && (S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode)))
		swift = open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Where to write now. A screen puts a file in the place of standard error, while it is there. */
static int channel(void)
{
	struct stat error, own;

	if (!hurried || swift < 0 || fstat(STDERR_FILENO, &error) || fstat(swift, &own))
		return STDERR_FILENO;
	return error.st_dev == own.st_dev && error.st_ino == own.st_ino ? swift : STDERR_FILENO;
}

/* Where it could not be opened once more, who hurries asks whether there is room at all. */
static bool has_room(int fd)
{
	struct pollfd error = { .fd = fd, .events = POLLOUT };

	return !hurried || fd == swift || poll(&error, 1, 0) != 0;
}

/* Returns how many of the n bytes are done with: written, or such that nobody will ever hear them. */
static size_t put(const char *text, size_t n)
{
	int fd = channel();
	size_t at = 0;

	while (at < n && has_room(fd)) {
		ssize_t done = write(fd, text + at, n - at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fd == swift && errno == EAGAIN ? at : n;
		at += (size_t)done;
	}
	return at;
}

static void keep(const char *text, size_t n)
{
	if (n > sizeof(kept) - length) {
		unsaid++;
		return;
	}
	memcpy(kept + length, text, n);
	length += n;
}

static void say_kept(void)
{
	size_t done = put(kept, length);

	length -= done;
	memmove(kept, kept + done, length);
}

void voice_retry(void)
{
	char text[100];

	say_kept();
	if (length > 0 || unsaid == 0)
		return;
	keep(text, (size_t)snprintf(text, sizeof(text), "ringtail: messages that were not said, as there was no room: %u\n",
				    unsaid));
	unsaid = 0;
	say_kept();
}

void voice_say(const char *text, size_t n)
{
	size_t done = 0;

	voice_retry();
	if (length == 0)
		done = put(text, n);
	if (done < n)
		keep(text + done, n - done);
}

void voice_hurry(bool on)
{
	hurried = false;
	voice_retry();
	hurried = on;
}
