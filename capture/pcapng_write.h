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

/* The same for the blocks of another file: only what is passed is written. */
int pcapng_writer_open_copy(struct pcapng_writer **w, struct sink *sink, struct error *e);

/* Append n bytes of a block, of which so many follow in the calls after this one. The first has its type and length;
 * swapped: they are not in our byte order. Returns as writer_put().
 */
int pcapng_writer_pass(struct pcapng_writer *w, const uint8_t *p, uint32_t n, uint64_t rest, bool swapped,
		       struct error *e);

/* See writer_name(). Nothing is written amid blocks that were passed in the other byte order. */
int pcapng_writer_name(struct pcapng_writer *w, const uint8_t *address, uint16_t n, const char *name, struct error *e);

/* As writer_put() and so on; closing leaves the sink open. */
void pcapng_writer_comment(struct pcapng_writer *w, const char *text);
int pcapng_writer_put(struct pcapng_writer *w, const struct packet *p, struct error *e);
int pcapng_writer_statistics(struct pcapng_writer *w, struct error *e);
int pcapng_writer_flush(struct pcapng_writer *w, struct error *e);
int pcapng_writer_close(struct pcapng_writer *w, struct error *e);

#endif
