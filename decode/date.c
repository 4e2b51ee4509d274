/* SPDX-License-Identifier: BSD-2-Clause */
/* date.c - times of day that headers carry, in words and from words */
#include "decode/date.h"

#include <time.h>

#define SECOND	  INT64_C(1000000000) /* ns */
#define NTP_EPOCH INT64_C(2208988800) /* 1970 in s since 1900: RFC 5905, figure 4 */
#define NTP_ERA	  (INT64_C(1) << 32) /* s */

static const char months[12][4] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

int64_t date_of_ntp(uint64_t stamp)
{
	int64_t sec = (int64_t)(stamp >> 32) - NTP_EPOCH;

	if (!(stamp >> 63))
		sec += NTP_ERA;
	return sec * SECOND + (int64_t)((stamp & UINT32_MAX) * (uint64_t)SECOND >> 32);
}

void date_put_ntp(struct out *o, uint64_t stamp)
{
	if (stamp == 0)
		out_str(o, "NULL");
	else
		date_put(o, date_of_ntp(stamp));
}

void date_put(struct out *o, int64_t ns)
{
	int64_t rest = (ns % SECOND + SECOND) % SECOND;
	time_t sec = (time_t)((ns - rest) / SECOND);
	struct tm tm = { 0 };

	gmtime_r(&sec, &tm);
	out_str(o, months[tm.tm_mon]);
	out_str(o, tm.tm_mday < 10 ? "  " : " ");
	out_dec(o, (uint64_t)tm.tm_mday);
	out_str(o, ", ");
	out_dec(o, (uint64_t)tm.tm_year + 1900);
	out_char(o, ' ');
	out_dec_pad(o, (uint64_t)tm.tm_hour, 2);
	out_char(o, ':');
	out_dec_pad(o, (uint64_t)tm.tm_min, 2);
	out_char(o, ':');
	out_dec_pad(o, (uint64_t)tm.tm_sec, 2);
	out_char(o, '.');
	out_dec_pad(o, (uint64_t)rest, 9);
	out_str(o, " UTC");
}

static void skip_blanks(struct slice *s)
{
	while (slice_starts(*s, " ", 1))
		*s = slice_skip(*s, 1);
}

/* A number of at most so many digits; false where there is none. */
static bool number(struct slice *s, uint32_t most, int *value)
{
	uint32_t n = 0;

	*value = 0;
	for (; n < most && slice_u8(*s, n) >= '0' && slice_u8(*s, n) <= '9'; n++)
		*value = *value * 10 + (slice_u8(*s, n) - '0');
	*s = slice_skip(*s, n);
	return n > 0;
}

static bool sign(struct slice *s, const char *text)
{
	uint32_t n = (uint32_t)strlen(text);

	if (!slice_starts(*s, text, n))
		return false;
	*s = slice_skip(*s, n);
	return true;
}

/* "2015-07-14" or "Jul 14, 2015" */
static bool read_day(struct slice *s, struct tm *tm)
{
	tm->tm_mon = -1;
	for (int i = 0; i < 12 && tm->tm_mon < 0; i++)
		if (sign(s, months[i]))
			tm->tm_mon = i;
	if (tm->tm_mon >= 0) {
		skip_blanks(s);
		if (!number(s, 2, &tm->tm_mday) || !sign(s, ","))
			return false;
		skip_blanks(s);
		if (!number(s, 4, &tm->tm_year))
			return false;
	} else {
		if (!number(s, 4, &tm->tm_year) || !sign(s, "-") || !number(s, 2, &tm->tm_mon) ||
		    !sign(s, "-") || !number(s, 2, &tm->tm_mday))
			return false;
		tm->tm_mon--;
	}
	tm->tm_year -= 1900;
	return tm->tm_mon >= 0 && tm->tm_mon < 12 && tm->tm_mday >= 1 && tm->tm_mday <= 31;
}

/* "09:15:47.192958377", or less of it */
static bool read_time(struct slice *s, struct tm *tm, int64_t *ns)
{
	int64_t unit = SECOND;

	if (!number(s, 2, &tm->tm_hour) || tm->tm_hour > 23)
		return false;
	if (!sign(s, ":"))
		return true;
	if (!number(s, 2, &tm->tm_min) || tm->tm_min > 59)
		return false;
	if (!sign(s, ":"))
		return true;
	if (!number(s, 2, &tm->tm_sec) || tm->tm_sec > 60)
		return false;
	if (!sign(s, "."))
		return true;
	for (; slice_u8(*s, 0) >= '0' && slice_u8(*s, 0) <= '9' && unit > 1;
	     *s = slice_skip(*s, 1)) {
		unit /= 10;
		*ns += (slice_u8(*s, 0) - '0') * unit;
	}
	return unit < SECOND;
}

/* "UTC", "Z", "+01:00"; ahead: of UTC, seconds. */
static bool read_zone(struct slice *s, int *ahead)
{
	bool behind = slice_starts(*s, "-", 1);
	int hours, minutes;

	*ahead = 0;
	if (sign(s, "UTC") || sign(s, "Z"))
		return true;
	if ((!sign(s, "+") && !sign(s, "-")) || !number(s, 2, &hours) || !sign(s, ":") ||
	    !number(s, 2, &minutes))
		return false;
	*ahead = (hours * 60 + minutes) * (behind ? -60 : 60);
	return true;
}

bool date_read(struct slice text, int64_t *time)
{
	struct tm tm = { .tm_isdst = -1 };
	int64_t ns = 0, sec;
	int ahead;
	bool utc;

	if (!read_day(&text, &tm))
		return false;
	if (text.cap > 0) {
		if (!sign(&text, "T"))
			skip_blanks(&text);
		if (!read_time(&text, &tm, &ns))
			return false;
	}
	skip_blanks(&text);
	utc = read_zone(&text, &ahead);
	sec = (utc ? timegm(&tm) : mktime(&tm)) - ahead;
	if (sec < -DATE_MAX || sec > DATE_MAX)
		return false;
	*time = sec * SECOND + ns;
	return text.cap == 0;
}
