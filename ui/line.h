/* SPDX-License-Identifier: BSD-2-Clause */
/* line.h - a packet on one line, as tcpdump's users read it */
#ifndef UI_LINE_H
#define UI_LINE_H

#include "capture/packet.h"
#include "decode/decode.h"
#include "ui/hex.h"
#include "ui/times.h"

/* How the reader wants lines; and what one line leaves for the next. */
struct line {
	struct times times;
	struct brief brief;		/* what lines say; of which packet is set for each */
	bool number;			/* begin with the packet's number */
	uint8_t dump;			/* enum dump */
	uint64_t count;			/* packets so far, for number */
	/* Append the name of the interface that p came by; false where it is not known. NULL: it never is. */
	bool (*interface)(struct out *o, const void *source, const struct packet *p);
	const void *source;		/* for interface() */

	/* private: who the last packet began with, and what it was */
	uint16_t linktype;
	uint8_t first;			/* enum proto_id */
	struct decoded decoded;		/* here, so that it is not cleared each time */
};

/* Count p, and decode it into l->decoded. */
void line_decode(struct line *l, const struct packet *p);

/* How many bytes the text of p can take at most. */
size_t line_room(const struct line *l, const struct packet *p);

/* Append the text of p, newline included, to an o of line_room() bytes. */
void line_put(struct line *l, struct out *o, const struct packet *p);

#endif
