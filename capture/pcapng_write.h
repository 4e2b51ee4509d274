/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_write.h - packets, and what is known of them, into a pcapng file, draft-ietf-opsawg-pcapng */
#ifndef CAPTURE_PCAPNG_WRITE_H
#define CAPTURE_PCAPNG_WRITE_H

#include "capture/packet.h"
#include "capture/sink.h"
#include "capture/source.h"

struct pcapng_writer;

/* Begin a section in sink, which is empty and outlives w; sources do so too. NULL: an interface without name for
 * each link type that packets have. Returns 0, or -STATUS_WRITE with e filled in.
 */
int pcapng_writer_open(struct pcapng_writer **w, struct sink *sink, const struct sources *sources, struct error *e);

/* As writer_put() and so on; closing leaves the sink open. */
int pcapng_writer_put(struct pcapng_writer *w, const struct packet *p, struct error *e);
int pcapng_writer_statistics(struct pcapng_writer *w, struct error *e);
int pcapng_writer_flush(struct pcapng_writer *w, struct error *e);
int pcapng_writer_close(struct pcapng_writer *w, struct error *e);

#endif
