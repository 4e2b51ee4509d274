/* SPDX-License-Identifier: BSD-2-Clause */
/* track.h - what packets say together: datagrams of fragments, messages of segments
 *
 * How it works: a packet is decoded alone first. Where a layer needs what is in other packets, or where
 * such packets are waited for, it is decoded once more, from there on: in the packet that completes a
 * datagram or a message all of it, in the others nothing. Packets that have to do with neither cost one
 * comparison. What is kept is bounded, in bytes, in number and in age; see parcels.h.
 */
#ifndef DECODE_TRACK_TRACK_H
#define DECODE_TRACK_TRACK_H

#include "decode/decode.h"
#include "decode/track/key.h"
#include "decode/track/parcels.h"

#define TRACK_SCRATCH (3 * 65536 + PARCEL_MAX) /* bytes: datagrams in datagrams, and a message */

/* Where a packet stands among the others. */
struct arrival {
	uint64_t number; /* of the packet, from 1 */
	int64_t time; /* ns */
};

/* Of a capture: static storage, for it is large; only what is used takes memory. */
struct track {
	bool fragments, streams; /* what is put together */
	struct seed seed;
	struct parcels datagrams, messages;
	uint64_t gaps; /* messages that were given up for what was missing in them */

	/* private: of this packet */
	struct decoded d;
	struct arrival now;
	uint32_t sources, used; /* how many there are; bytes of scratch */
	uint64_t number[SOURCES_MAX][PARCEL_NUMBERS];
	uint8_t scratch[TRACK_SCRATCH];
};

/* t: filled with zeros, and hardly touched here. seed: 16 random bytes. */
void track_init(struct track *t, const uint64_t seed[2]);

/* Has own, a packet that was decoded alone, to do with others? */
static inline bool track_wants(const struct track *t, const struct decoded *own)
{
	return own->needs || t->messages.count;
}

/* The packet own, which has to do with others, with what it completes; own itself where that is
 * nothing. It lives until the next call. Each packet is to be shown once, in order. *line becomes
 * the one of which the one-line text is made: own, where that is a packet's own as tcpdump's is.
 */
const struct decoded *track_packet(struct track *t, const struct decoded *own, struct arrival now,
				   const struct decoded **line);

/* fragments.c: layer i of t->d is a fragment. It is put in its place; where it completes a
 * datagram, that is decoded behind it. Returns whether layers behind i are to be looked at.
 */
bool fragments_take(struct track *t, uint32_t i);

/* streams.c: layer i of own, which t->d may be a copy of already, is a TCP segment. Returns
 * whether t->d holds other layers than it.
 */
bool streams_take(struct track *t, const struct decoded *own, uint32_t i);

/* For both: make t->d a copy of own, unless it is it. */
void track_copy(struct track *t, const struct decoded *own);

/* The first n bytes of p as a source of t->d: *source, its bytes as *bytes. False where there is
 * no room.
 */
bool track_source(struct track *t, const struct parcels *s, const struct parcel *p, uint32_t n,
		  uint32_t *source, struct slice *bytes);

/* The addresses of the network header above layer i, or in it; false where there is none. */
bool track_addresses(const struct decoded *d, uint32_t i, struct slice *src, struct slice *dst);

#endif
