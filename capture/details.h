/* SPDX-License-Identifier: BSD-2-Clause */
/* details.h - what a pcapng file says besides its packets, gathered in bounded memory */
#ifndef CAPTURE_DETAILS_H
#define CAPTURE_DETAILS_H

#include "capture/packet.h"
#include "capture/pcapng_block.h"

enum {				/* what is kept; what is more is counted */
	DETAILS_SECTIONS = 64,
	DETAILS_INTERFACES = 1024,
	DETAILS_COMMENTS = 4096,
	DETAILS_TEXT = 1 << 20,	/* bytes of all texts */
};

#define DETAILS_UNKNOWN UINT64_MAX	/* a number that the file does not tell */

/* Texts are as the file has them, up to the first NUL, or NULL where there is none: they are not safe. */
struct details_section {
	const char *hardware, *os, *application;
};

struct details_interface {
	const char *name, *description, *filter, *os, *hardware;
	uint64_t packets;
	uint64_t speed;			/* bits/s; 0: not told */
	uint64_t units;			/* of time, in a second */
	int64_t offset;			/* seconds to be added to times */
	uint32_t snaplen;		/* bytes; 0: no limit */
	uint32_t program;		/* the filter as instructions: how many */
	uint16_t linktype;
	uint8_t resolution;		/* as if_tsresol */
	bool has_mac;
	uint8_t mac[6];
	uint64_t lost;			/* before packets, by their drop counts */
	uint32_t statistics;		/* blocks of it; the numbers are those of the last */
	uint64_t received, dropped, accepted, os_dropped, delivered;	/* packets, or DETAILS_UNKNOWN */
};

enum details_place { OF_SECTION, OF_INTERFACE, OF_PACKET };

struct details_comment {
	const char *text;
	uint64_t number;		/* of the section or interface, from 0; of the packet, from 1 */
	uint8_t place;			/* enum details_place */
};

struct details {
	struct watch watch;		/* for reader_open_with() */
	uint64_t packets;		/* lent before the batch that is read: by who reads */
	uint32_t sections, interfaces, comments;	/* as many as the file has: some may not be kept */
	uint32_t texts_lost;		/* for which there was no room */
	uint64_t lost;			/* all drop counts of packets */
	uint64_t names, secrets, journals, custom, unknown;	/* blocks */
	struct details_section section[DETAILS_SECTIONS];
	struct details_interface interface[DETAILS_INTERFACES];
	struct details_comment comment[DETAILS_COMMENTS];
	uint32_t text_used;
	char text[DETAILS_TEXT];
};

/* Empty, ready to watch; NULL without memory. Freed by free(3). */
struct details *details_new(void);

/* Count the packets of b to their interfaces. */
void details_put(struct details *d, const struct batch *b);

/* How many packets the statistics say were dropped, by interfaces and system; DETAILS_UNKNOWN: they do not say. */
uint64_t details_dropped(const struct details *d);

#endif
