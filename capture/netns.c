/* SPDX-License-Identifier: BSD-2-Clause */
/* netns.c - sockets in another network namespace, network_namespaces(7) */
#define _GNU_SOURCE
#include "capture/netns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int say(struct error *e, const char *text)
{
	return error_set(e, STATUS_INTERFACE, "--netns: %s: %s%s", text,
			 errno == ENOENT ? "no such network namespace" : error_words(errno),
			 errno == EPERM || errno == EACCES ? "; only root may enter it" : "");
}

int netns_open(struct netns *n, const char *text, struct error *e)
{
	char path[256];

	*n = (struct netns){ -1, -1 };
	if (!text)
		return 0;
	if (strspn(text, "0123456789") == strlen(text))
		snprintf(path, sizeof(path), "/proc/%s/ns/net", text);
	else
		snprintf(path, sizeof(path), "%s%s", strchr(text, '/') ? "" : "/run/netns/", text);
	n->there = open(path, O_RDONLY | O_CLOEXEC);
	if (n->there < 0)
		return say(e, text);
	n->home = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	return n->home < 0 ? say(e, text) : 0;
}

int netns_enter(const struct netns *n, struct error *e)
{
	if (n->there < 0 || setns(n->there, CLONE_NEWNET) == 0)
		return 0;
	return say(e, "cannot be entered");
}

int netns_leave(const struct netns *n, struct error *e)
{
	if (n->there < 0 || setns(n->home, CLONE_NEWNET) == 0)
		return 0;
	return say(e, "cannot be left");
}

void netns_close(struct netns *n)
{
	if (n->there >= 0)
		close(n->there);
	if (n->home >= 0)
		close(n->home);
	*n = (struct netns){ -1, -1 };
}
