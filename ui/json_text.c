/* SPDX-License-Identifier: BSD-2-Clause */
/* json_text.c - what may stand in a string of JSON: RFC 8259, section 7 */
#include "ui/json_text.h"

#include <endian.h>
#include <stdbool.h>

/* Which of the eight characters in x, the first in its lowest byte, cannot stand in a string as they are: the
 * lowest bit that is set is the top bit of the first of them.
 */
static inline uint64_t odd_among(uint64_t x)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t quote = x ^ each * '"', backslash = x ^ each * '\\';

	return (x | (x - each * ' ') | (x + each) | (quote - each) | (backslash - each)) & each * 0x80;
}

/* How many of the eight characters at text can, up to the first that cannot. */
static inline uint32_t sound_ones(const char *text)
{
	uint64_t odd;

	memcpy(&odd, text, sizeof(odd));
	odd = odd_among(le64toh(odd));
	return odd ? (uint32_t)__builtin_ctzll(odd) / 8 : 8;
}

static bool is_sound(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* RFC 8259, section 7; what is not ASCII counts as Latin-1. */
static void put_escaped(struct out *o, char c)
{
	if (is_sound(c)) {
		out_char(o, c);
	} else if (c == '"' || c == '\\' || c == '\n' || c == '\t') {
		out_char(o, '\\');
		out_char(o, c == '\n' ? 'n' : c == '\t' ? 't' : c);
	} else {
		out_str(o, "\\u00");
		out_hex(o, (uint8_t)c, 2);
	}
}

/* The same of the text from..end, which is further on in the same room; false where it does not fit. */
static bool put_all_escaped(struct out *o, const char *from, const char *end)
{
	enum { AHEAD = 16 };	/* no more than this is written before the next look */

	while (from < end) {
		uint32_t sound = end - from >= 8 ? sound_ones(from) : 0;

		if (from - o->at < AHEAD)
			return false;
		if (sound > 0)
			memcpy(o->at, from, 8);
		else
			put_escaped(o, *from++);
		o->at += sound;
		from += sound;
	}
	return true;
}

/* As it may become longer, it is read from the end of the room, from the first character on that cannot stay. */
void json_escape(struct out *o, char *start)
{
	const char *from = start;
	size_t n;

	while (o->at - from >= 8 && sound_ones(from) == 8)
		from += 8;
	while (from < o->at && is_sound(*from))
		from++;
	n = (size_t)(o->at - from);
	if (n == 0)
		return;
	memmove(o->end - n, from, n);
	o->at -= n;
	if (!put_all_escaped(o, o->end - n, o->end))
		o->at = start;
}
