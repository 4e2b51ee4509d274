/* SPDX-License-Identifier: BSD-2-Clause */
/* follow.h - a file that is still being written */
#ifndef CAPTURE_FOLLOW_H
#define CAPTURE_FOLLOW_H

#include <stdint.h>

#include "capture/error.h"

/* Watch the file open as fd. Returns a descriptor that is readable when the file has changed since follow_drain();
 * -1 where the kernel tells of no changes.
 */
int follow_open(int fd);

/* What is read from the file next has all changes so far. */
void follow_drain(int watch);

/* Of the file open as fd, position bytes were read, and there was no more. Returns 0, or -STATUS_INPUT with e filled in
 * where it has become shorter. name: of the file.
 */
int follow_check(int fd, uint64_t position, const char *name, struct error *e);

/* Wait until it has changed, FOLLOW_MS at most, for changes by another kernel (NFS) are not told. Returns 0, or
 * -STATUS_INPUT with e filled in where a signal came.
 */
int follow_wait(int watch, const char *name, struct error *e);

#define FOLLOW_MS 1000

#endif
