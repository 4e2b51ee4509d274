/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate_plan.c - when a file is full, and what the next one is called; no file is touched here */
#define _GNU_SOURCE
#include "capture/rotate_plan.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "capture/codec.h"

#define SECOND INT64_C(1000000000)	/* ns */
#define NUMBERS 100000			/* as dumpcap: five digits */
#define DIGITS_MAX 10			/* of a count */
#define DATE_MAX 64			/* characters of conversions of strftime(3) */

bool rotate_plan_timed(const struct rotate_plan *p)
{
	return p->period || p->duration || p->interval;
}

bool rotate_plan_rotates(const struct rotate_plan *p)
{
	return p->names != NAMES_AS_GIVEN || p->dated || p->period;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t end_of(const struct rotate_plan *p, const struct rotate_place *place, struct clocks now)
{
	int64_t end = place->period_end;

	if (p->duration)
		end = earlier(end, now.steady + p->duration);
	if (p->interval)
		end = earlier(end, now.steady + p->interval - now.wall % p->interval);
	return end;
}

struct rotate_place rotate_plan_first(const struct rotate_plan *p, struct clocks now)
{
	struct rotate_place place = {
		.file.named = now.wall / SECOND,
		.period_end = p->period ? now.steady + p->period : INT64_MAX,
	};

	place.end = end_of(p, &place, now);
	return place;
}

/* tcpdump counts the files of a period from 0 on, and names them all by its begin. The end of a period does not
 * depend on when the last one was noticed; nothing is made for those that have passed meanwhile.
 */
struct rotate_place rotate_plan_next(const struct rotate_plan *p, const struct rotate_place *place, struct clocks now)
{
	struct rotate_place next = *place;

	next.file.number++;
	next.file.count++;
	if (p->names == NAMES_COUNTED && p->ring)
		next.file.count %= p->ring;
	if (p->period && now.steady >= place->period_end) {
		next.file.count = 0;
		next.period_end += ((now.steady - place->period_end) / p->period + 1) * p->period;
		next.file.named = now.wall / SECOND;
	}
	if (!p->period)
		next.file.named = now.wall / SECOND;
	next.end = end_of(p, &next, now);
	return next;
}

/* As many digits as the last file of the ring needs; as tcpdump, none for a ring of one. */
static int digits(uint32_t ring)
{
	int n = 0;

	for (uint32_t last = ring ? ring - 1 : 0; last; last /= 10)
		n++;
	return n;
}

/* Where the ending of path begins: its last dot, or the one before where that is of a compression. */
static size_t ending(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.'), *before;

	if (!dot)
		return strlen(path);
	before = codec_of_name(name) ? memrchr(name, '.', (size_t)(dot - name)) : NULL;
	return (size_t)((before ? before : dot) - path);
}

/* sec in words; 0 where they do not fit, or are none. The format is the user's: strftime(3) reads no arguments by it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static size_t date(const char *format, int64_t sec, char *to, size_t size)
{
	time_t t = (time_t)sec;
	struct tm tm;

	return localtime_r(&t, &tm) ? strftime(to, size, format, &tm) : 0;
}
#pragma GCC diagnostic pop

bool rotate_plan_name(const struct rotate_plan *p, const struct rotate_file *f, const char *path, char *to, size_t size)
{
	char stamp[32] = "";
	size_t stem = ending(path);
	int len, width = digits(p->ring);

	if (p->names == NAMES_NUMBERED) {
		date("%Y%m%d%H%M%S", f->named, stamp, sizeof(stamp));
		len = snprintf(to, size, "%.*s_%05u_%s%s", (int)stem, path, (f->number + 1) % NUMBERS, stamp, path + stem);
		return len > 0 && (size_t)len < size;
	}
	if (p->dated)
		len = (int)date(path, f->named, to, size);
	else
		len = snprintf(to, size, "%s", path);
	if (len <= 0 || (size_t)len >= size)
		return false;
	if (p->names == NAMES_COUNTED && (f->count || width)) {
		int more = snprintf(to + len, size - (size_t)len, "%0*u", width, f->count);

		return more > 0 && (size_t)more < size - (size_t)len;
	}
	return true;
}

static size_t digits_at(const char *text, size_t most)
{
	size_t n = 0;

	while (n < most && text[n] >= '0' && text[n] <= '9')
		n++;
	return n;
}

static bool makes_numbered(const char *path, const char *name)
{
	size_t stem = ending(path);

	if (strncmp(name, path, stem))
		return false;
	name += stem;
	return name[0] == '_' && digits_at(name + 1, 5) == 5 && name[6] == '_' && digits_at(name + 7, 14) == 14 &&
	       !strcmp(name + 21, path + stem);
}

/* What strftime(3) may make of a conversion is some characters, but no folder. */
static bool makes_dated(const char *format, const char *name, bool counted)
{
	for (; *format && (*format != '%' || format[1] == '%'); format += *format == '%' ? 2 : 1)
		if (*name++ != *format)
			return false;
	if (!*format)
		return !*name || (counted && !name[digits_at(name, DIGITS_MAX)]);
	while (format[0] == '%' && format[1] != '%') {
		format += 1 + strspn(format + 1, "_-0^#+EO123456789");
		if (!*format++)
			return false;
	}
	for (size_t n = 0; n <= DATE_MAX; n++) {
		if (makes_dated(format, name + n, counted))
			return true;
		if (!name[n] || name[n] == '/')
			return false;
	}
	return false;
}

bool rotate_plan_makes(const struct rotate_plan *p, const char *path, const char *name)
{
	size_t len = strlen(path);

	if (p->names == NAMES_NUMBERED)
		return makes_numbered(path, name);
	if (p->dated)
		return makes_dated(path, name, p->names == NAMES_COUNTED);
	return !strncmp(name, path, len) &&
	       (!name[len] || (p->names == NAMES_COUNTED && !name[len + digits_at(name + len, DIGITS_MAX)]));
}
