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
	const struct naming *naming;	/* NULL: numbers */
	struct seqs *seqs;		/* NULL: absolute sequence numbers */
	uint8_t verbose;
	bool quiet, link, number;
	bool unverified;		/* leave checksums unverified */
	uint8_t dump;			/* enum dump */
	uint64_t count;			/* packets so far, for number */
	struct decoded decoded;		/* the last packet; here, so that it is not cleared each time */
};

/* How many bytes the text of p can take at most. */
size_t line_room(const struct line *l, const struct packet *p);

/* Append the text of p, newline included, to an o of line_room() bytes. */
void line_put(struct line *l, struct out *o, const struct packet *p);

#endif
