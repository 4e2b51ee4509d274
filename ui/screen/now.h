/* SPDX-License-Identifier: BSD-2-Clause */
/* now.h - a clock that only goes forward */
#ifndef UI_SCREEN_NOW_H
#define UI_SCREEN_NOW_H

#include <stdint.h>
#include <time.h>

static inline int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

#endif
