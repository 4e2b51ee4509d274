/* SPDX-License-Identifier: BSD-2-Clause */
/* error.c - one line for what went wrong */
#define _GNU_SOURCE
#include "capture/error.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "capture/voice.h"

size_t error_sequence(const unsigned char *s, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = *s < 0x80 ? 1 : *s >> 5 == 6 ? 2 : *s >> 4 == 14 ? 3 : *s >> 3 == 30 ? 4 : 0;

	*code = len > 1 ? *s & (0x7fu >> len) : *s;
	for (size_t i = 1; i < len; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	return len && *code >= least[len] ? len : 0;
}

/* Control characters of ASCII and ISO 6429, and what has no width or turns the direction of text. */
static bool is_unsafe(uint32_t code)
{
	static const struct { uint32_t first, last; } ranges[] = {
		{ 0, 0x1f }, { 0x7f, 0x9f }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x206f }, { 0xd800, 0xdfff }, { 0xfeff, 0xfeff }, { 0xe0000, UINT32_MAX },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

char *error_clean(char *to, size_t size, const char *from)
{
	const unsigned char *s = (const unsigned char *)from;
	size_t at = 0;

	while (*s && at + sizeof("\\xNN") <= size) {
		uint32_t code;
		size_t len = error_sequence(s, &code);

		if (len == 0 || is_unsafe(code)) {
			at += (size_t)snprintf(to + at, size - at, "\\x%02x", *s++);
			continue;
		}
		memcpy(to + at, s, len);
		at += len;
		s += len;
	}
	to[at] = '\0';
	return to;
}

int error_set(struct error *e, enum status status, const char *format, ...)
{
	char text[sizeof(e->text)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	e->at = 0;
	error_clean(e->text, sizeof(e->text), text);
	return -(int)status;
}

void error_say(const char *format, ...)
{
	char text[1000], clean[1000], line[sizeof(clean) + 16];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	voice_say(line, (size_t)snprintf(line, sizeof(line), "ringtail: %s\n", error_clean(clean, sizeof(clean), text)));
}

const char *error_words(int errnum)
{
	const char *words = strerrordesc_np(errnum);

	return words ? words : "unknown error";
}
