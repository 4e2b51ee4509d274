/* SPDX-License-Identifier: BSD-2-Clause */
/* recent.h - how much came in each of the last seconds
 *
 * How it works: a ring of seconds. Those in which nothing came are cleared when something comes again, so that what
 * is silent costs nothing; a reader takes them for empty meanwhile.
 */
#ifndef DECODE_TRACK_RECENT_H
#define DECODE_TRACK_RECENT_H

#include <stdint.h>

#define RECENT_SECONDS 64	/* a power of two */

struct recent {
	uint32_t second;		/* the newest one, since 1970; wraps around */
	uint32_t amount[RECENT_SECONDS];
};

/* Add n to a second. What is older than all there is left out; an amount stays at its highest. */
static inline void recent_put(struct recent *r, uint32_t second, uint32_t n)
{
	int32_t ahead = (int32_t)(second - r->second);
	uint32_t *amount = &r->amount[second % RECENT_SECONDS];

	if (r->second == 0) {		/* the first: from 2038 on it is too far from 0 to be ahead of it */
		r->second = second;
		ahead = 0;
	}
	if (ahead <= -RECENT_SECONDS)
		return;
	for (int32_t i = ahead < RECENT_SECONDS ? ahead : RECENT_SECONDS; i > 0; i--)
		r->amount[(second - (uint32_t)i + 1) % RECENT_SECONDS] = 0;
	if (ahead > 0)
		r->second = second;
	*amount = *amount > UINT32_MAX - n ? UINT32_MAX : *amount + n;
}

/* What came in that second; 0 where it is too long ago. */
static inline uint32_t recent_at(const struct recent *r, uint32_t second)
{
	uint32_t ago = r->second - second;

	return ago < RECENT_SECONDS ? r->amount[second % RECENT_SECONDS] : 0;
}

/* What came in the n seconds before that one. */
static inline uint64_t recent_before(const struct recent *r, uint32_t second, uint32_t n)
{
	uint64_t sum = 0;

	for (uint32_t i = 1; i <= n; i++)
		sum += recent_at(r, second - i);
	return sum;
}

#endif
