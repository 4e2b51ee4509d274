/* SPDX-License-Identifier: BSD-2-Clause */
/* times.c - when a packet was seen
 *
 * Breaking a time down costs more than the rest of the line (the C library looks at the time zone's
 * file again), so it is done once a second.
 */
#include "ui/times.h"

#include <stdio.h>
#include <time.h>

static void fraction(const struct times *t, struct out *o, uint64_t nsec)
{
	if (t->nano) {
		out_char(o, '.');
		out_dec_pad(o, nsec, 9);
	} else {
		out_micros(o, nsec / 1000);
	}
}

/* n numbers of two digits, sep between them. */
static void put_pairs(char *at, const int *number, int n, char sep)
{
	for (int i = 0; i < n; i++, at += 3) {
		at[0] = (char)('0' + number[i] / 10);
		at[1] = (char)('0' + number[i] % 10);
		at[2] = i + 1 < n ? sep : '\0';
	}
}

static void break_down(struct times *t, int64_t sec)
{
	struct tm tm = { 0 };
	time_t when = (time_t)sec;

	t->second = sec;
	t->have_second = true;
	if (t->utc)
		gmtime_r(&when, &tm);
	else
		localtime_r(&when, &tm);
	put_pairs(t->clock, (const int[]){ tm.tm_hour, tm.tm_min, tm.tm_sec }, 3, ':');
	if (t->form == TIME_DATE)
		strftime(t->date, sizeof(t->date), "%Y-%m-%d ", &tm);
}

static void absolute(struct times *t, struct out *o, const struct packet *p)
{
	if (!t->have_second || p->sec != t->second)
		break_down(t, p->sec);
	if (t->form == TIME_DATE)
		out_str(o, t->date);
	out_bytes(o, t->clock, 8);
	fraction(t, o, p->nsec);
}

/* The time since the base; where the clock went back, with a minus sign. It is that between the times
 * that would be printed: what is left out of them does not count.
 */
static void difference(struct times *t, struct out *o, const struct packet *p)
{
	uint64_t seen = t->nano ? p->nsec : p->nsec - p->nsec % 1000;
	int64_t sec = p->sec, base_sec = t->base_sec;
	uint64_t nsec = seen, base_nsec = t->base_nsec;
	bool negative;

	if (!t->have_base) {
		base_sec = sec;
		base_nsec = nsec;
	}
	negative = sec < base_sec || (sec == base_sec && nsec < base_nsec);
	if (negative) {
		sec = t->base_sec;
		nsec = t->base_nsec;
		base_sec = p->sec;
		base_nsec = seen;
	}
	sec -= base_sec;
	if (nsec < base_nsec) {
		sec--;
		nsec += 1000000000;
	}
	nsec -= base_nsec;
	out_str(o, negative ? "-" : " ");
	out_dec_pad(o, (uint64_t)(sec / 3600), 2);
	out_char(o, ':');
	out_dec_pad(o, (uint64_t)(sec / 60 % 60), 2);
	out_char(o, ':');
	out_dec_pad(o, (uint64_t)(sec % 60), 2);
	fraction(t, o, nsec);
	if (!t->have_base || t->form == TIME_DELTA) {
		t->have_base = true;
		t->base_sec = p->sec;
		t->base_nsec = seen;
	}
}

void times_put(struct times *t, struct out *o, const struct packet *p)
{
	switch ((enum time_form)t->form) {
	case TIME_NONE:
		return;
	case TIME_EPOCH:
		out_signed(o, p->sec);
		fraction(t, o, p->nsec);
		break;
	case TIME_DELTA:
	case TIME_FIRST:
		difference(t, o, p);
		break;
	case TIME_OF_DAY:
	case TIME_DATE:
		absolute(t, o, p);
		break;
	}
	out_char(o, ' ');
}
