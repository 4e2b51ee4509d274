/* SPDX-License-Identifier: BSD-2-Clause */
/* ssh.c - the ssh session that this runs in */
#define _GNU_SOURCE
#include "ui/ssh.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "SSH_CONNECTION="
#define ABOVE 8			/* processes: sudo and what it starts are few */

bool ssh_filter_of(const char *connection, char *filter, size_t size)
{
	uint8_t binary[16];
	char address[64];
	unsigned port;

	if (sscanf(connection, "%63s %u", address, &port) != 2 || port > UINT16_MAX)
		return false;
	if (inet_pton(AF_INET, address, binary) != 1 && inet_pton(AF_INET6, address, binary) != 1)
		return false;
	snprintf(filter, size, "not (host %s and port %u)", address, port);
	return true;
}

/* The parent of a process, by proc(5): behind the name, which may hold anything. 0: it has none, or is gone. */
static int parent_of(int pid)
{
	char path[40], line[512];
	const char *behind;
	int parent = 0;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (!f)
		return 0;
	n = fread(line, 1, sizeof(line) - 1, f);
	fclose(f);
	line[n] = '\0';
	behind = strrchr(line, ')');
	if (!behind || sscanf(behind + 1, " %*c %d", &parent) != 1)
		return 0;
	return parent;
}

/* In the environment that a process began with; only its owner and root may look. */
static bool found_in(int pid, char *filter, size_t size)
{
	char path[40], *entry = NULL;
	bool found = false;
	size_t room = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/environ", pid);
	f = fopen(path, "re");
	while (f && !found && getdelim(&entry, &room, '\0', f) > 0)
		found = strncmp(entry, NAME, strlen(NAME)) == 0 && ssh_filter_of(entry + strlen(NAME), filter, size);
	free(entry);
	if (f)
		fclose(f);
	return found;
}

bool ssh_filter(char *filter, size_t size)
{
	const char *connection = getenv("SSH_CONNECTION");
	int pid = getpid();

	if (connection)
		return ssh_filter_of(connection, filter, size);
	for (int i = 0; i < ABOVE && (pid = parent_of(pid)) > 1; i++)
		if (found_in(pid, filter, size))
			return true;
	return false;
}
