/* SPDX-License-Identifier: BSD-2-Clause */
/* json_text.c - what may stand in a string of JSON: RFC 8259, section 7 */
#include "ui/json_text.h"

#include <stdbool.h>
#include <stddef.h>

#include "decode/octet.h"

/* Can all of the eight characters at text stand in a string as they are? If one cannot, a top bit is set. */
static inline bool eight_sound(const char *text)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t x, quote, backslash;

	memcpy(&x, text, sizeof(x));
	quote = x ^ each * '"';
	backslash = x ^ each * '\\';
	return ((x | (x - each * ' ') | (x + each) | (quote - each) | (backslash - each)) & each * 0x80) == 0;
}

/* How a character stands in a string, and how much of that counts; what is not ASCII is taken as Latin-1. */
struct character {
	char text[7];
	uint8_t length;
};

#define LETTER(n) ((n) == '\n' ? 'n' : (n) == '\t' ? 't' : (n))
#define SHORT(n) ((n) == '"' || (n) == '\\' || (n) == '\n' || (n) == '\t')
#define SOUND(n) ((n) >= 0x20 && (n) < 0x7f && !SHORT(n))
#define CHARACTER(n)									\
	{ { SOUND(n) ? (char)(n) : '\\', SHORT(n) ? LETTER(n) : 'u', '0', '0',		\
	    NIBBLE((n) / 16), NIBBLE((n) % 16) }, SOUND(n) ? 1 : SHORT(n) ? 2 : 6 }

static const struct character characters[256] = { EACH256(CHARACTER) };

/* Append the text from..end, which is further on in the same room, in this way; false where it does not fit. */
static bool put_escaped(struct out *o, const char *from, const char *end)
{
	while (from < end) {
		const struct character *c = &characters[(uint8_t)*from++];

		if (from - o->at < (ptrdiff_t)sizeof(*c))
			return false;
		memcpy(o->at, c, sizeof(*c));
		o->at += c->length;
	}
	return true;
}

/* As it may become longer, it is read from the end of the room, from the first character on that cannot stay. */
void json_escape(struct out *o, char *start)
{
	const char *from = start;
	size_t n;

	while (o->at - from >= 8 && eight_sound(from))
		from += 8;
	while (from < o->at && characters[(uint8_t)*from].length == 1)
		from++;
	n = (size_t)(o->at - from);
	if (n == 0)
		return;
	memmove(o->end - n, from, n);
	o->at -= n;
	if (!put_escaped(o, o->end - n, o->end))
		o->at = start;
}
