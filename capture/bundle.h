/* SPDX-License-Identifier: BSD-2-Clause */
/* bundle.h - several engines as one: their frames in the order of time
 *
 * How it works: each interface has an engine of its own, a part. Frames are copied from the parts' blocks into blocks
 * of ours, always the oldest of those that are there. A part that has no block to hand out may be filling one with
 * frames that are older than those of others; so these wait until they are older than a block gets before it is
 * handed out, two of the kernel's timeouts. What comes later than that, on a machine that does not get to it, is out
 * of order, and so may be what is taken of a ring that is half full; frames of one interface never are. In a silenced
 * engine nothing waits.
 */
#ifndef CAPTURE_BUNDLE_H
#define CAPTURE_BUNDLE_H

#include "capture/engine.h"

#define BUNDLE_PARTS 256

/* Open an engine without parts; timeout_ms: of their blocks, 0: they have no ring. Returns 0, or -STATUS_INTERFACE. */
int bundle_open(struct engine *e, unsigned timeout_ms, struct error *error);

/* Take part's frames from now on, marked by a number, in the order of these calls from 0 (block.h, struct mark). part
 * belongs to e from then on, and was allocated. Returns 0, or -STATUS_INTERFACE.
 */
int bundle_add(struct engine *e, struct engine *part, struct error *error);

/* When there may be something to hand out even if no more comes, ns of CLOCK_MONOTONIC; INT64_MAX: then nothing. */
int64_t bundle_due(const struct engine *e);

#endif
