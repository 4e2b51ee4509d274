/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_read.h - packets out of a classic pcap file, pcap-savefile(5) */
#ifndef CAPTURE_PCAP_READ_H
#define CAPTURE_PCAP_READ_H

#include "capture/input.h"
#include "capture/packet.h"

struct pcap_file {
	struct input *in;
	uint32_t snaplen;	/* bytes */
	uint32_t stored_snaplen;	/* as it stands there: 0 and what is too large mean no limit */
	uint32_t record;	/* bytes before each packet */
	uint32_t unit;		/* of the times' fraction, ns */
	uint16_t linktype;
	uint16_t minor;		/* version 2.minor */
	bool swapped;		/* written in the other byte order */
};

#define PCAP_RECORD 16		/* bytes before each packet, but in the "modified" kind of file */

/* Is this the first number of a pcap file? */
bool pcap_read_magic(uint32_t magic);

/* Read the file header. Returns 0, or -STATUS_INPUT with e filled in. */
int pcap_read_open(struct pcap_file *f, struct input *in, struct error *e);

/* As reader_next(). */
int pcap_read_next(struct pcap_file *f, struct batch *b, struct error *e);

#endif
