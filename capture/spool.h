/* SPDX-License-Identifier: BSD-2-Clause */
/* spool.h - packets that have no place of their own in a file, copied to where they can be looked at again */
#ifndef CAPTURE_SPOOL_H
#define CAPTURE_SPOOL_H

#include "capture/packet.h"

struct spool;

/* Open a file without a name in $TMPDIR, else in /var/tmp or /tmp, else in memory. NULL: there is no room
 * anywhere. It takes at most half of what is free there.
 */
struct spool *spool_open(void);

/* Append the captured bytes of p; *at is where they are, once they are flushed. Returns NULL, or what is wrong. */
const char *spool_put(struct spool *s, const struct packet *p, uint64_t *at);
const char *spool_flush(struct spool *s);

/* For pread(2). */
int spool_descriptor(const struct spool *s);

void spool_close(struct spool *s);

#endif
