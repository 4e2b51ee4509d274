/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_copy.h - the packets of a pcapng file, and all that is around them, into another
 *
 * How it works: whoever copies watches the reader (pcapng_block.h). Each block is passed on as it stands: sections
 * with their byte order, interfaces, options, names, secrets, statistics, and blocks that nobody here knows. So no
 * number in them has to be changed, and what is copied whole is the same bytes; of packets those are left out that
 * are not put. Only the length that a section may tell of itself is replaced by "not known".
 */
#ifndef CAPTURE_PCAPNG_COPY_H
#define CAPTURE_PCAPNG_COPY_H

#include "capture/packet.h"
#include "capture/pcapng_block.h"
#include "capture/pcapng_write.h"

struct copy;

/* Ready to watch a reader; NULL without memory. */
struct copy *copy_new(void);
const struct watch *copy_watch(const struct copy *c);

/* Begin a file: what was told before its first packet, and what later packets need, is passed to w. Returns 0, or
 * -STATUS_WRITE with e filled in.
 */
int copy_begin(struct copy *c, struct pcapng_writer *w, struct error *e);

/* Pass p, a packet that was lent last, and what stands before it. Returns as writer_put(). */
int copy_put(struct copy *c, const struct packet *p, struct error *e);

/* The file that was begun is about to be closed. */
void copy_end(struct copy *c);

void copy_free(struct copy *c);

#endif
