/* SPDX-License-Identifier: BSD-2-Clause */
/* line.h - a packet on one line, as tcpdump's users read it */
#ifndef UI_LINE_H
#define UI_LINE_H

#include "capture/packet.h"
#include "decode/track/track.h"
#include "ui/hex.h"
#include "ui/times.h"

/* How the reader wants lines; and what one line leaves for the next. */
struct line {
	struct times times;
	struct brief brief;		/* what lines say; of which packet is set for each */
	bool number;			/* begin with the packet's number */
	bool named;			/* the interface and the direction before what the layers say, as of "any" */
	bool segments;			/* of a frame that stands for several packets, say so */
	bool words;			/* ports and vendors too, in trees: see words.h */
	uint8_t dump;			/* enum dump */
	uint64_t count;			/* packets so far, for number */
	struct track *track;		/* what packets say together; NULL: each is decoded alone */
	const struct decoded *all;	/* the last packet, with what it completes of others */
	/* Append the name of the interface that p came by; false where it is not known. NULL: it never is. */
	bool (*interface)(struct out *o, const void *source, const struct packet *p);
	const void *source;		/* for interface() */

	/* private: who the last packet began with, what it was alone, and whether it was put */
	uint16_t linktype;
	uint8_t first;			/* enum proto_id */
	struct decoded decoded;		/* here, so that it is not cleared each time */
	const struct packet *ready;	/* decoded, and not put yet */
};

/* Count p, and decode it: l->all, and for its one-line text l->brief.d. */
void line_decode(struct line *l, const struct packet *p);

/* The same, unless p is the packet that was decoded last, and it was not put yet. */
static inline void line_ready(struct line *l, const struct packet *p)
{
	if (l->ready != p)
		line_decode(l, p);
}

/* Every form begins so: p is decoded, if it is not yet, and put now. */
static inline void line_begin(struct line *l, const struct packet *p)
{
	line_ready(l, p);
	l->ready = NULL;
}

/* How many bytes there are to be shown of p, which is decoded. */
static inline size_t line_bytes(const struct line *l, const struct packet *p)
{
	return p->bytes.cap + (l->track && l->all != &l->decoded ? l->track->used : 0);
}

/* Append "; 6 segments of 1448 bytes", where p stands for several packets. */
void line_put_segments(struct out *o, const struct packet *p);

/* How many bytes the text of p can take at most. */
size_t line_room(const struct line *l, const struct packet *p);

/* Append the text of p, newline included, to an o of line_room() bytes. */
void line_put(struct line *l, struct out *o, const struct packet *p);

#endif
