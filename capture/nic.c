/* SPDX-License-Identifier: BSD-2-Clause */
/* nic.c - what the system tells of an interface beside its frames: /sys/class/net, Documentation/ABI of the kernel */
#define _GNU_SOURCE
#include "capture/nic.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_file(const char *name, const char *file)
{
	char path[120];

	snprintf(path, sizeof(path), "/sys/class/net/%s/%s", name, file);
	return strchr(name, '/') ? -1 : open(path, O_RDONLY | O_CLOEXEC);
}

void nic_alias(const char *name, char *text, size_t size)
{
	int fd = open_file(name, "ifalias");
	ssize_t n = fd < 0 ? 0 : read(fd, text, size - 1);

	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (fd >= 0)
		close(fd);
}

int nic_open_missed(const char *name)
{
	return open_file(name, "statistics/rx_missed_errors");
}

uint64_t nic_missed(int fd)
{
	char text[32];
	ssize_t n = fd < 0 ? 0 : pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return SOURCE_UNKNOWN;
	text[n] = '\0';
	return strtoull(text, NULL, 10);
}
