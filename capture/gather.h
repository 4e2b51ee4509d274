/* SPDX-License-Identifier: BSD-2-Clause */
/* gather.h - the files of several workers become one, in the order of time
 *
 * How it works: each worker's file is in the order of time as far as the kernel handed frames over so, and reorder.h puts
 * it right; the oldest packet at hand of all files is always the next.
 */
#ifndef CAPTURE_GATHER_H
#define CAPTURE_GATHER_H

#include "capture/error.h"
#include "capture/writer.h"

/* A worker's file. */
struct part {
	char *path;		/* owned by who made the part */
	int fd;			/* to read it; -1: it was never made, or is read */
	uint64_t packets;	/* so many were found in it, */
	bool damaged;		/* and behind them what could not be read, which was said */
};

/* What file n, from 1, is called of those that become path: x.1.pcapng, where that is x.pcapng. The caller's; NULL: no
 * memory.
 */
char *gather_name(const char *path, unsigned n);

/* Put the packets of n parts into w, most of them at most; put counts them. Calls alive() now and then. Returns 0, or as
 * writer_put(); reads no further then.
 */
int gather(struct part *part, unsigned n, struct writer *w, uint64_t most, uint64_t *put, void (*alive)(void),
	   struct error *e);

#endif
