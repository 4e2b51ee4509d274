/* SPDX-License-Identifier: BSD-2-Clause */
/* keep.h - what the keeper does with a block; for keeper.c alone */
#ifndef CAPTURE_KEEP_H
#define CAPTURE_KEEP_H

#include "capture/session.h"

/* May blocks be taken? Without a file the keeper waits for the viewer. */
bool keep_may_take(const struct capture *c);

/* Take what blocks there are, and flush the file where there are no more. Returns false where there
 * may be more.
 */
bool keep_blocks(struct capture *c);

/* A failure of these ends the capture, and is in c->status and c->error. */
void keep_flush(struct capture *c);
void keep_tell(struct capture *c);	/* the counters, to the file */
void keep_name(void *capture, const struct new_name *name);	/* to the file */
void keep_close(struct capture *c);

/* Look after the files: to be called when keep_due() has come (ns of CLOCK_MONOTONIC), and now and then. */
void keep_tick(struct capture *c);
int64_t keep_due(const struct capture *c);

#endif
