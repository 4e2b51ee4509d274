/* SPDX-License-Identifier: BSD-2-Clause */
/* tally.h - sums over packets: by protocol, by size, over time, and how many have something wrong with them */
#ifndef DECODE_TRACK_TALLY_H
#define DECODE_TRACK_TALLY_H

#include "decode/track/hierarchy.h"
#include "decode/track/series.h"

#define TALLY_SIZES 7

struct tally {
	uint64_t packets, bytes;	/* on the wire */
	uint64_t size[TALLY_SIZES];	/* packets that are so large: up to tally_size[i] bytes, from the one before on */
	uint64_t cut;			/* packets that were not captured whole */
	uint64_t malformed;		/* packets that break their protocols' rules */
	uint64_t bad_checksums;		/* packets with one that is wrong */
	struct series series;		/* bytes */
	struct hierarchy hierarchy;
};

extern const uint32_t tally_size[TALLY_SIZES];	/* bytes; the last is UINT32_MAX */

/* t: filled with zeros. */
void tally_open(struct tally *t);

/* Count d, which was seen at time (ns since 1970). verify: its checksums can be told from wrong ones. */
void tally_packet(struct tally *t, const struct decoded *d, int64_t time, bool verify);

#endif
