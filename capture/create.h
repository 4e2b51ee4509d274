/* SPDX-License-Identifier: BSD-2-Clause */
/* create.h - make the files that captures go to, so that nobody can point them elsewhere */
#ifndef CAPTURE_CREATE_H
#define CAPTURE_CREATE_H

#include "capture/error.h"

/* Open path, which begins in the open directory (AT_FDCWD: where we are), for writing, empty: a new file (mode
 * 0600); an existing one of the user's own; a device or FIFO. Links, and other people's files, are refused. "-" is
 * standard output. Returns the file descriptor; -STATUS_WRITE with e filled in; or -STATUS_USAGE where "-" is a
 * terminal.
 */
int create_file(int directory, const char *path, struct error *e);

/* Remove path. Returns 0 or -errno. */
int create_remove(const char *path);

/* Put what is called path.tmp in the place of path, for all to read. Returns 0, or -STATUS_WRITE with e filled in. */
int create_rename(const char *path, struct error *e);

/* From now on this process may do none of this itself: it asks the one at the other end of channel (filer.h). */
void create_by(int channel);

#endif
