/* SPDX-License-Identifier: BSD-2-Clause */
/* voice.c - what is said on standard error, also by who may not wait until it can be */
#define _GNU_SOURCE
#include "capture/voice.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define KEPT_MAX 16384		/* bytes */

static bool hurried;
static char kept[KEPT_MAX];
static size_t length;		/* of what is kept */
static unsigned unsaid;		/* messages for which there was no room */

/* Is there room for a line? Where nobody can tell, or nobody is there, writing it will. */
static bool is_open(void)
{
	struct pollfd error = { .fd = STDERR_FILENO, .events = POLLOUT };

	return !hurried || poll(&error, 1, 0) != 0;
}

static void put(const char *text, size_t n)
{
	while (n > 0) {
		ssize_t done = write(STDERR_FILENO, text, n);

		if (done <= 0)
			return;		/* who does not hear it cannot be told so */
		text += done;
		n -= (size_t)done;
	}
}

void voice_retry(void)
{
	size_t at = 0;

	while (at < length && is_open()) {
		const char *line = kept + at, *end = memchr(line, '\n', length - at);
		size_t n = end ? (size_t)(end - line) + 1 : length - at;

		put(line, n);
		at += n;
	}
	length -= at;
	memmove(kept, kept + at, length);
	if (length == 0 && unsaid > 0 && is_open()) {
		dprintf(STDERR_FILENO, "ringtail: standard error took nothing: %u messages were not kept\n", unsaid);
		unsaid = 0;
	}
}

void voice_say(const char *text, size_t n)
{
	voice_retry();
	if (length == 0 && is_open()) {
		put(text, n);
	} else if (n <= sizeof(kept) - length) {
		memcpy(kept + length, text, n);
		length += n;
	} else {
		unsaid++;
	}
}

void voice_hurry(bool on)
{
	hurried = false;
	voice_retry();
	hurried = on;
}
