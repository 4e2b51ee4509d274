/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_read.h - packets out of a pcapng file, draft-ietf-opsawg-pcapng */
#ifndef CAPTURE_PCAPNG_READ_H
#define CAPTURE_PCAPNG_READ_H

#include "capture/input.h"
#include "capture/packet.h"
#include "capture/pcapng_block.h"

struct pcapng_file {
	struct input *in;
	struct pcapng_interface *interface;	/* of the section that is being read */
	uint32_t count, room;			/* of them: there are, there is memory for */
	uint32_t earlier;			/* interfaces of the sections before */
	uint32_t sections;
	const struct watch *watch;		/* NULL: nobody is told what is no packet */
	struct block whole;			/* the block that is taken */
	uint32_t passed, left;			/* one that is longer than the window: its type; what is left of it, bytes */
	uint32_t snaplen;			/* bytes; of the first interface of all */
	uint16_t linktype;			/* likewise */
	bool nano;				/* likewise: times finer than microseconds */
	bool swapped;				/* this section's byte order is not ours */
	bool strict;				/* blocks longer than the window are damage */
};

bool pcapng_read_magic(uint32_t magic);

/* Read up to the first interface; watch may be NULL. Returns 0, or -STATUS_INPUT with e filled in. */
int pcapng_read_open(struct pcapng_file *f, struct input *in, const struct watch *watch, struct error *e);

/* As reader_next(). */
int pcapng_read_next(struct pcapng_file *f, struct batch *b, struct error *e);

/* The name of an interface that a packet of the last batch has; NULL where the file does not tell it. */
const char *pcapng_read_interface(const struct pcapng_file *f, uint32_t interface);

void pcapng_read_close(struct pcapng_file *f);

#endif
