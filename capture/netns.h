/* SPDX-License-Identifier: BSD-2-Clause */
/* netns.h - sockets in another network namespace, network_namespaces(7) */
#ifndef CAPTURE_NETNS_H
#define CAPTURE_NETNS_H

#include "capture/error.h"

/* Where sockets are opened, and where the process belongs: descriptors, -1 both where that is the same. */
struct netns {
	int there, home;
};

/* Find text: the name that ip-netns(8) gave it, the number of a process that is in it, or a path; NULL: nowhere else.
 * Returns 0, or -STATUS_INTERFACE with e filled in.
 */
int netns_open(struct netns *n, const char *text, struct error *e);

/* Go there. Returns 0, or -STATUS_INTERFACE. */
int netns_enter(const struct netns *n, struct error *e);

/* Come back. Returns as netns_enter(). */
int netns_leave(const struct netns *n, struct error *e);

void netns_close(struct netns *n);

#endif
