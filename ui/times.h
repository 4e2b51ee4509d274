/* SPDX-License-Identifier: BSD-2-Clause */
/* times.h - when a packet was seen, in the forms of -t to -ttttt */
#ifndef UI_TIMES_H
#define UI_TIMES_H

#include "capture/packet.h"
#include "decode/out.h"

enum time_form {
	TIME_OF_DAY,		/* 13:26:07.123456 */
	TIME_NONE,		/* -t */
	TIME_EPOCH,		/* -tt: seconds since 1970 */
	TIME_DELTA,		/* -ttt: since the line before */
	TIME_DATE,		/* -tttt: 2026-11-21 13:26:07.123456 */
	TIME_FIRST,		/* -ttttt: since the first line */
};

struct moment {
	int64_t sec;
	uint64_t nsec;		/* less than a second */
};

struct times {
	uint8_t form;		/* enum time_form */
	bool nano;		/* nine digits of a second rather than six */
	bool utc;		/* not the local time zone */

	/* private: the second that was last broken down, and the time that differences count from */
	int64_t second;
	char date[24], clock[16];
	bool have_second, have_base;
	struct moment base;
};

/* Append p's time and a blank; nothing with TIME_NONE. */
void times_put(struct times *t, struct out *o, const struct packet *p);

#endif
