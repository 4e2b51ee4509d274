/* SPDX-License-Identifier: BSD-2-Clause */
/* series.h - how much came when, over any length of time in a fixed number of parts
 *
 * How it works: where a time is behind the last part, each two become one, until it is not.
 */
#ifndef DECODE_TRACK_SERIES_H
#define DECODE_TRACK_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#define SERIES_PARTS 1024	/* a power of two */
#define SERIES_LEAST 1000000	/* ns of a part */

struct series {
	bool begun;
	int64_t begin;			/* when the first part begins: ns since 1970 */
	uint64_t width;			/* of a part, ns */
	uint32_t used;			/* parts, up to the last one with something in it */
	uint64_t amount[SERIES_PARTS];
};

/* Add n to the part that time (ns since 1970) is in; to the first, where it is before that. */
void series_put(struct series *s, int64_t time, uint64_t n);

#endif
