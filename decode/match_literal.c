/* SPDX-License-Identifier: BSD-2-Clause */
/* match_literal.c - numbers, addresses, bytes, texts and times of a display filter */
#include "decode/match_literal.h"

#include "decode/date.h"

#define NO_ROOM "too many or too long values in one expression"

static uint32_t digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 32) >= 'a' && (c | 32) <= 'f')
		return (c | 32u) - 'a' + 10;
	return 99;
}

/* The digits of s in this base; false where there is none, another character, or no room for them. */
static bool digits(struct slice s, uint32_t base, uint64_t *value)
{
	*value = 0;
	for (uint32_t i = 0; i < s.cap; i++) {
		uint32_t d = digit(slice_u8(s, i));

		if (d >= base || __builtin_mul_overflow(*value, base, value) ||
		    __builtin_add_overflow(*value, d, value))
			return false;
	}
	return s.cap > 0;
}

static bool is_word(struct slice s, const char *word)
{
	return s.cap == strlen(word) && slice_starts(s, word, s.cap);
}

/* As in C: 0x, 0b, a leading 0 for octal, a sign. */
static bool number(struct slice s, uint64_t *value)
{
	bool minus = slice_starts(s, "-", 1), good;

	if (minus)
		s = slice_skip(s, 1);
	if (slice_starts(s, "0x", 2) || slice_starts(s, "0X", 2))
		good = digits(slice_skip(s, 2), 16, value);
	else if (slice_starts(s, "0b", 2) || slice_starts(s, "0B", 2))
		good = digits(slice_skip(s, 2), 2, value);
	else
		good = digits(s, slice_u8(s, 0) == '0' ? 8 : 10, value);
	if (minus)
		*value = -*value;
	return good;
}

/* The character behind a backslash at s: how many it takes, 0 where there is no such. */
static uint32_t escape(struct slice s, uint8_t *c)
{
	static const char letters[] = "abfnrtv\\'\"", meant[] = "\a\b\f\n\r\t\v\\'\"";
	uint8_t first = slice_u8(s, 0);
	const char *letter = s.cap && first ? strchr(letters, first) : NULL;
	uint32_t n = 0, value = 0, base = first == 'x' ? 16 : 8, from = first == 'x';

	if (letter) {
		*c = (uint8_t)meant[letter - letters];
		return 1;
	}
	for (; n < (from ? 2u : 3u) && from + n < s.cap; n++) {
		uint32_t d = digit(slice_u8(s, from + n));

		if (d >= base)
			break;
		value = value * base + d;
	}
	*c = (uint8_t)value;
	return n > 0 && value < 256 ? from + n : 0;
}

static const char *add_byte(struct match *m, struct literal *l, uint8_t c)
{
	if (m->bytes == MATCH_BYTES)
		return NO_ROOM;
	m->byte[m->bytes++] = c;
	l->length++;
	return NULL;
}

/* The characters of a string, escapes resolved unless it is raw. */
static const char *characters(struct match *m, struct literal *l, struct slice s, bool raw)
{
	while (s.cap > 0) {
		uint8_t c = slice_u8(s, 0);
		const char *why;

		s = slice_skip(s, 1);
		if (c == '\\' && !raw) {
			uint32_t n = escape(s, &c);

			if (n == 0)
				return "there is no such escape sequence; a backslash is \\\\";
			s = slice_skip(s, n);
		}
		why = add_byte(m, l, c);
		if (why)
			return why;
	}
	return NULL;
}

static bool is_separator(uint8_t c)
{
	return c == ':' || c == '-' || c == '.';
}

/* 00:11:22, 00-11-22, 0011.2233, 001122, 0x001122, 0 */
static const char *bytes(struct match *m, struct literal *l, struct slice s)
{
	static const char wrong[] = "bytes are written as 00:11:22, 0x001122 or \"text\"";
	uint8_t separator = 0;

	if (slice_starts(s, "0x", 2))
		s = slice_skip(s, 2);
	if (s.cap == 1 && digit(slice_u8(s, 0)) < 16)
		return add_byte(m, l, (uint8_t)digit(slice_u8(s, 0)));
	while (s.cap > 0) {
		uint32_t high = digit(slice_u8(s, 0)), low = digit(slice_u8(s, 1));
		const char *why;

		if (s.cap == 1 || high > 15 || low > 15)
			return wrong;
		why = add_byte(m, l, (uint8_t)(high << 4 | low));
		if (why)
			return why;
		s = slice_skip(s, 2);
		if (s.cap == 0 || !is_separator(slice_u8(s, 0)))
			continue;
		if (s.cap == 1 || (separator && slice_u8(s, 0) != separator))
			return wrong;
		separator = slice_u8(s, 0);
		s = slice_skip(s, 1);
	}
	return l->length ? NULL : wrong;
}

static struct slice cut_at(struct slice *s, uint8_t c)
{
	uint32_t n = 0;
	struct slice part;

	while (n < s->cap && slice_u8(*s, n) != c)
		n++;
	part = slice_clip(*s, n);
	*s = slice_skip(*s, n + 1);
	return part;
}

static bool ipv4(struct slice s, uint64_t *addr)
{
	*addr = 0;
	for (uint32_t i = 0; i < 4; i++) {
		bool last = i == 3;
		uint32_t before = s.cap;
		struct slice part = cut_at(&s, '.');
		uint64_t value;

		if (part.cap > 3 || !digits(part, 10, &value) || value > 255)
			return false;
		if (last != (part.cap == before))
			return false;
		*addr = *addr << 8 | value;
	}
	return true;
}

/* RFC 4291, section 2.2. */
static bool ipv6(struct slice s, uint8_t addr[16])
{
	uint32_t n = 0, gap = UINT32_MAX;

	memset(addr, 0, 16);
	if (slice_starts(s, "::", 2)) {
		gap = 0;
		s = slice_skip(s, 2);
	}
	while (s.cap > 0 && n < 16) {
		uint32_t before = s.cap;
		struct slice rest = s, part = cut_at(&rest, ':');
		uint64_t value;

		if (part.cap == s.cap && n <= 12 && ipv4(part, &value)) {
			for (uint32_t i = 0; i < 4; i++)
				addr[n++] = (uint8_t)(value >> (24 - 8 * i));
			s = slice_skip(s, s.cap);
			break;
		}
		if (part.cap > 4 || !digits(part, 16, &value))
			return false;
		addr[n++] = (uint8_t)(value >> 8);
		addr[n++] = (uint8_t)value;
		s = rest;
		if (slice_starts(s, ":", 1)) {
			if (gap != UINT32_MAX)
				return false;
			gap = n;
			s = slice_skip(s, 1);
		} else if (s.cap == 0 && part.cap + 1 == before) {
			return false;		/* one colon at the end */
		}
	}
	if (s.cap > 0 || (gap == UINT32_MAX ? n != 16 : n >= 16))
		return false;
	if (gap != UINT32_MAX) {
		memmove(addr + 16 - (n - gap), addr + gap, n - gap);
		memset(addr + gap, 0, 16 - n);
	}
	return true;
}

/* "/8" behind an address. */
static bool prefix(struct slice *s, uint32_t most, uint64_t *bits, bool *given)
{
	uint32_t before = s->cap;
	struct slice addr = cut_at(s, '/'), rest = *s;

	*given = addr.cap < before;
	*s = addr;
	*bits = most;
	return !*given || (digits(rest, 10, bits) && *bits <= most);
}

static const char *number_literal(struct literal *l, enum form form, uint32_t width, struct slice s)
{
	uint32_t room = width <= 8 ? 8 : width <= 16 ? 16 : width <= 24 ? 24 : width <= 32 ? 32 : 64;
	uint64_t value;

	if (form == FORM_BOOL && (is_word(s, "True") || is_word(s, "TRUE")))
		return l->number = 1, NULL;
	if (form == FORM_BOOL && (is_word(s, "False") || is_word(s, "FALSE")))
		return l->number = 0, NULL;
	if (!number(s, &value))
		return form == FORM_BOOL ? "a flag is compared with 0, 1, True or False" :
					   "a number is needed here";
	if (form == FORM_BOOL)
		value = value != 0;
	if (room < 64 && value >> room && !slice_starts(s, "-", 1))
		return "the number is larger than the field can be";
	l->number = value;
	return NULL;
}

static const char *ipv4_literal(struct literal *l, struct slice s)
{
	static const char wrong[] = "an IPv4 address is needed here, as 10.0.0.1 or 10.0.0.0/8";
	uint64_t bits;
	bool given;

	if (!prefix(&s, 32, &bits, &given))
		return "a prefix of an IPv4 address has 0 to 32 bits";
	if (!ipv4(s, &l->number))
		return wrong;
	l->mask = UINT64_C(0xffffffff) << (32 - bits) & 0xffffffff;
	return NULL;
}

static const char *ipv6_literal(struct match *m, struct literal *l, struct slice s)
{
	uint8_t addr[16];
	uint64_t bits;
	bool given;

	if (!prefix(&s, 128, &bits, &given))
		return "a prefix of an IPv6 address has 0 to 128 bits";
	if (!ipv6(s, addr))
		return "an IPv6 address is needed here, as fe80::1 or fe80::/10";
	for (uint32_t i = 0; i < 16; i++)
		if (add_byte(m, l, addr[i]))
			return NO_ROOM;
	l->bits = (uint16_t)(bits + 1);
	return NULL;
}

/* "1.5", in seconds. */
static const char *time_literal(struct literal *l, struct slice s)
{
	static const char wrong[] = "a time is needed here, in seconds, as 0.25";
	bool minus = slice_starts(s, "-", 1);
	struct slice rest = minus ? slice_skip(s, 1) : s, whole = cut_at(&rest, '.');
	uint64_t seconds, part = 0, scale = 1000000000;

	if (!digits(whole, 10, &seconds) || seconds > INT64_MAX / scale - 1)
		return wrong;
	for (uint32_t i = 0; i < rest.cap; i++) {
		uint32_t d = digit(slice_u8(rest, i));

		if (d > 9 || i >= 9)
			return wrong;
		scale /= 10;
		part += d * scale;
	}
	l->number = seconds * 1000000000 + part;
	if (minus)
		l->number = -l->number;
	return NULL;
}

/* "2015-07-14 09:15:00", in quotes or, without a blank, not. */
static const char *date_literal(struct literal *l, struct slice s)
{
	int64_t time;

	if (!date_read(s, &time))
		return "a date is needed here, as 2011-07-04 or \"2011-07-04 12:34:56.5\"";
	l->number = (uint64_t)time;
	return NULL;
}

static const char *quoted(struct match *m, struct literal *l, enum form form, enum spelling spelling,
			  struct slice s)
{
	const char *why;

	if (spelling != SPELT_CHAR && form != FORM_BYTES && form != FORM_TEXT)
		return "a string cannot be compared with this field; leave the quotes out";
	why = characters(m, l, s, spelling == SPELT_RAW_STRING);
	if (why || spelling != SPELT_CHAR)
		return why;
	if (l->length != 1)
		return "there is one character between single quotes";
	if (form != FORM_NUMBER && form != FORM_BYTES && form != FORM_TEXT)
		return "a character cannot be compared with this field";
	l->number = m->byte[l->at];
	return NULL;
}

const char *literal_add(struct match *m, enum form form, uint32_t width, enum spelling spelling,
			struct slice text)
{
	struct literal *l = &m->literal[m->literals];
	const char *why = NULL;

	if (m->literals == MATCH_LITERALS)
		return NO_ROOM;
	*l = (struct literal){ .at = m->bytes, .mask = UINT64_MAX };
	m->literals++;
	if (form == FORM_DATE)
		return date_literal(l, text);
	if (spelling != SPELT_WORD)
		return quoted(m, l, form, spelling, text);
	switch (form) {
	case FORM_NUMBER:
	case FORM_BOOL:
		return number_literal(l, form, width, text);
	case FORM_TIME:
		return time_literal(l, text);
	case FORM_DATE:		/* above */
		break;
	case FORM_IPV4:
		return ipv4_literal(l, text);
	case FORM_IPV6:
		return ipv6_literal(m, l, text);
	case FORM_MAC:
		why = bytes(m, l, text);
		return why || l->length != 6 ? "a MAC address is needed here, as 00:11:22:33:44:55" : NULL;
	case FORM_BYTES:
		return bytes(m, l, text);
	case FORM_TEXT:
		return characters(m, l, text, true);
	}
	return why;
}
