/* SPDX-License-Identifier: BSD-2-Clause */
/* confine.h - what a process of a live capture may still do, if bytes from the network should take it over
 *
 * How it works: Landlock takes the file system away, but for folders that are named, and the network, landlock(7);
 * then seccomp(2) refuses, with EPERM, each system call that the process's work does not need. The packet socket
 * cannot be written to: packet sockets have descriptors from PACKET_SOCKETS on, and write(2) and its like are
 * allowed on those below only.
 */
#ifndef CAPTURE_CONFINE_H
#define CAPTURE_CONFINE_H

#include <stdbool.h>

#include "capture/error.h"

/* The first descriptor of packet sockets; all others are below. */
#define PACKET_SOCKETS 256

/* What a process does beside computing, and reading and writing what it has open. */
enum work {
	WORK_CAPTURE = 1,	/* asks packet sockets and signals a viewer */
	WORK_FILES = 2,		/* makes, opens, renames and removes files: in the folders */
	WORK_TERMINAL = 4,	/* sets its terminal, stops itself */
	WORK_FOLLOW = 16,	/* lets a packet socket that is open see an interface more */
	WORK_REFILTER = 64,	/* replaces a packet socket's filter */
	WORK_PARENT = 32,	/* waits for its children */
	WORK_NAMES = 8,		/* asks for the names of hosts: reads system files, and sends */
};

struct confinement {
	unsigned work;			/* bits of enum work */
	const char *const *folders;	/* where files may be made, and all be opened; ended by NULL; NULL: nowhere */
	const char *const *readable;	/* files and folders that may be read; the same */
	bool any_call;			/* no system call is refused: to prepare that takes a third of a millisecond */
};

/* Let this process do what c says from now on, and nothing else. What has been opened stays. Returns 0, also where the
 * kernel lacks a part: then *lacks says which, a static text, else it is NULL; or -STATUS_INTERFACE with e filled in.
 */
int confine(const struct confinement *c, const char **lacks, struct error *e);

#endif
