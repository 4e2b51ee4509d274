/* SPDX-License-Identifier: BSD-2-Clause */
/* salvage.h - go on behind what is damaged in a file: find the next record or block that can be right */
#ifndef CAPTURE_SALVAGE_H
#define CAPTURE_SALVAGE_H

#include "capture/pcap_read.h"
#include "capture/pcapng_read.h"

#define HOLES_TOLD 4

/* What was passed over in a file. */
struct salvage {
	uint64_t holes, bytes;		/* in all */
	struct {
		uint64_t at, bytes;	/* at: byte of the file */
	} hole[HOLES_TOLD];		/* the first */
	uint64_t end;			/* of the last hole, byte of the file */
	int64_t sec;			/* time of the last good packet */
	bool timed;			/* there was one */
	bool ended;			/* the input has */
};

/* As reader_next(). Packets are lent where their record, and the one behind it, can be right. The end of a file with
 * holes is -STATUS_INPUT, with e saying where they are.
 */
int pcap_salvage_next(struct pcap_file *f, struct salvage *s, struct batch *b, struct error *e);
int pcapng_salvage_next(struct pcapng_file *f, struct salvage *s, struct batch *b, struct error *e);

/* Does a record or block begin at p? The window ends at end. */
typedef bool salvage_begins(const void *file, const struct salvage *s, const uint8_t *p, const uint8_t *end);

/* Nothing good stands at the window's begin: pass over bytes up to where file begins anew, or the input's end. Returns
 * 0, or -STATUS_INPUT with e filled in.
 */
int salvage_seek(struct salvage *s, struct input *in, salvage_begins *begins, const void *file, struct error *e);

/* The file has ended. Returns 0 where it had no holes, or -STATUS_INPUT with e filled in. */
int salvage_end(const struct salvage *s, const struct input *in, struct error *e);

#endif
