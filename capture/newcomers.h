/* SPDX-License-Identifier: BSD-2-Clause */
/* newcomers.h - the kernel tells which interfaces there are, and which come: rtnetlink(7) */
#ifndef CAPTURE_NEWCOMERS_H
#define CAPTURE_NEWCOMERS_H

#include "capture/error.h"
#include "capture/interface.h"

/* Open a socket that tells of the interfaces of this network namespace: first of those that are there, then of changes.
 * Returns 0, or -STATUS_INTERFACE.
 */
int newcomers_open(int *fd, struct error *e);

/* Tell who of each interface that the kernel has something to say of, some of them more than once. */
void newcomers_hear(int fd, void (*told)(void *who, const struct interface *i), void *who);

#endif
