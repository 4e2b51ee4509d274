/* SPDX-License-Identifier: BSD-2-Clause */
/* times.c - when a packet was seen
 *
 * Breaking a time down costs more than the rest of the line (the C library looks at the time zone's
 * file again), so it is done once a second.
 */
#include "ui/times.h"

#include <stdio.h>
#include <time.h>

#define NS 1000000000	/* in a second */

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

/* Once a second: out of the way of the rest. */
static __attribute__((cold, noinline)) void break_down(struct times *t, int64_t sec)
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

static bool is_before(struct moment a, struct moment b)
{
	return a.sec < b.sec || (a.sec == b.sec && a.nsec < b.nsec);
}

/* A damaged file may say any number of nanoseconds: here the second is brought up. */
static struct moment moment_of(const struct times *t, const struct packet *p)
{
	uint64_t nsec = p->nsec % NS;

	return (struct moment){
		.sec = (int64_t)((uint64_t)p->sec + p->nsec / NS),
		.nsec = t->nano ? nsec : nsec - nsec % 1000,
	};
}

/* The time since the base; where the clock went back, with a minus sign. It is that between the times
 * that would be printed: what is left out of them does not count.
 */
static void difference(struct times *t, struct out *o, const struct packet *p)
{
	struct moment now = moment_of(t, p), base = t->have_base ? t->base : now;
	bool negative = is_before(now, base);
	struct moment from = negative ? now : base, to = negative ? base : now;
	bool borrow = to.nsec < from.nsec;
	uint64_t sec = (uint64_t)to.sec - (uint64_t)from.sec - borrow;
	out_str(o, negative ? "-" : " ");
	out_dec_pad(o, sec / 3600, 2);
	out_char(o, ':');
	out_dec_pad(o, sec / 60 % 60, 2);
	out_char(o, ':');
	out_dec_pad(o, sec % 60, 2);
	fraction(t, o, to.nsec + (borrow ? NS : 0) - from.nsec);
	if (!t->have_base || t->form == TIME_DELTA) {
		t->have_base = true;
		t->base = now;
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
