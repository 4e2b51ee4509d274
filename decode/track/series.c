/* SPDX-License-Identifier: BSD-2-Clause */
/* series.c - how much came when, over any length of time in a fixed number of parts */
#include "decode/track/series.h"

static void halve(struct series *s)
{
	for (uint32_t i = 0; i < SERIES_PARTS / 2; i++)
		s->amount[i] = s->amount[2 * i] + s->amount[2 * i + 1];
	for (uint32_t i = SERIES_PARTS / 2; i < SERIES_PARTS; i++)
		s->amount[i] = 0;
	s->width *= 2;
	s->used = (s->used + 1) / 2;
}

void series_put(struct series *s, int64_t time, uint64_t n)
{
	uint64_t since;

	if (!s->begun) {
		s->begun = true;
		s->begin = time;
		s->width = SERIES_LEAST;
	}
	since = time > s->begin ? (uint64_t)time - (uint64_t)s->begin : 0;
	while (since / s->width >= SERIES_PARTS)
		halve(s);
	since /= s->width;
	s->amount[since] += n;
	if (since >= s->used)
		s->used = (uint32_t)since + 1;
}
