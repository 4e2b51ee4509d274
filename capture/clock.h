/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h - what time it is */
#ifndef CAPTURE_CLOCK_H
#define CAPTURE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* ns: of CLOCK_MONOTONIC, which only goes forward; of CLOCK_REALTIME, since 1970. */
static inline int64_t clock_now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

#endif
