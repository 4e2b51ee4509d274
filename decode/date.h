/* SPDX-License-Identifier: BSD-2-Clause */
/* date.h - times of day that headers carry, in words and from words */
#ifndef DECODE_DATE_H
#define DECODE_DATE_H

#include <stdbool.h>

#include "decode/out.h"

#define DATE_MAX INT64_C(9223372035)	/* s before and after 1970 that int64_t can count ns of */

/* A time stamp of RFC 5905, section 6, as ns since 1970; those with the top bit clear are after 2036. */
int64_t date_of_ntp(uint64_t stamp);

/* "Jul 14, 2015 09:15:47.192958377 UTC", of ns since 1970. */
void date_put(struct out *o, int64_t ns);

/* The same, or "NULL" for a stamp that was never set. */
void date_put_ntp(struct out *o, uint64_t stamp);

/* Read "2015-07-14 09:15:47.19 UTC" or "Jul 14, 2015 09:15:47": ns since 1970. Of local time but with "UTC",
 * "Z" or "+01:00" behind it; what is left out from the end of the time counts as zero. False where text is no
 * such date, or one that is too far away.
 */
bool date_read(struct slice text, int64_t *time);

#endif
