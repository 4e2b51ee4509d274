/* SPDX-License-Identifier: BSD-2-Clause */
/* textlines.c - protocols of text lines: lines, words, and "Name: value" */
#include "decode/textlines.h"

enum ending text_line(struct slice *rest, struct slice *line)
{
	struct slice s = *rest;

	for (uint32_t i = 0; i < s.cap; i++) {
		uint8_t byte = slice_u8(s, i);
		bool crlf;

		if (byte >= 0x20 && byte <= 0x7e)
			continue;
		crlf = byte == '\r' && slice_u8(s, i + 1) == '\n';
		if (byte == '\n' || crlf) {
			*line = slice_clip(s, i);
			*rest = slice_skip(s, i + 1 + crlf);
			return ENDED;
		}
		if (byte == '\r' && i + 1 == s.cap && s.cap < s.wire)
			return CUT;
		if (byte != '\t')
			return BINARY;
	}
	*line = s;
	*rest = slice_skip(s, s.wire);
	return s.cap < s.wire ? CUT : OPEN;
}

bool text_take_line(struct slice *rest, struct slice *line)
{
	uint32_t end = slice_find(*rest, '\n');

	if (end == rest->cap)
		return false;
	*line = slice_clip(*rest, end + 1);
	*rest = slice_skip(*rest, end + 1);
	return true;
}

static bool is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

static bool ends_line(uint8_t byte)
{
	return byte == '\r' || byte == '\n';
}

#define WORD_MAX 24 /* longer than any word that matters */

static bool in_word(uint8_t byte)
{
	return byte > ' ' || (!is_blank(byte) && !ends_line(byte));
}

bool text_word(struct slice *s, struct slice *word)
{
	uint32_t i = 0, end = min_u32(s->cap, WORD_MAX);

	while (i < end && in_word(slice_u8(*s, i)))
		i++;
	*word = slice_clip(*s, i);
	if (i == WORD_MAX || (i == s->cap && s->cap < s->wire))
		return false;
	while (i < s->cap && is_blank(slice_u8(*s, i)))
		i++;
	*s = slice_skip(*s, i);
	return true;
}

bool text_same(struct slice word, const char *text)
{
	uint32_t i = 0;

	for (; i < word.cap && text[i]; i++) {
		uint8_t byte = slice_u8(word, i);

		if (byte >= 'a' && byte <= 'z')
			byte = (uint8_t)(byte - 'a' + 'A');
		if (byte != (uint8_t)text[i])
			return false;
	}
	return i == word.cap && !text[i];
}

bool text_is_status(struct slice word)
{
	for (uint32_t i = 0; i < word.cap; i++)
		if (slice_u8(word, i) < '0' || slice_u8(word, i) > '9')
			return false;
	return word.cap == 3;
}

bool text_listed(struct slice word, const char *const *list)
{
	uint8_t first = slice_u8(word, 0);

	for (; *list; list++)	/* most differ in more than the case of their first letters */
		if (((first ^ (uint8_t)**list) & 0xdf) == 0 && text_same(word, *list))
			return true;
	return false;
}

struct slice text_chomp(struct slice s)
{
	uint32_t end = s.cap;

	while (end > 0 && ends_line(slice_u8(s, end - 1)))
		end--;
	return slice_part(s, 0, end);
}

struct slice text_trim(struct slice s)
{
	uint32_t start = 0, end = s.cap;

	while (start < end && is_blank(slice_u8(s, start)))
		start++;
	while (end > start && (is_blank(slice_u8(s, end - 1)) || ends_line(slice_u8(s, end - 1))))
		end--;
	return slice_part(s, start, end - start);
}

struct slice text_word_all(struct slice s)
{
	uint32_t i = 0;

	while (i < s.cap && in_word(slice_u8(s, i)))
		i++;
	while (i < s.cap && is_blank(slice_u8(s, i)))
		i++;
	return slice_clip(s, i);
}

struct slice text_word_at(struct slice s, uint32_t n)
{
	s = text_trim(s);
	for (; n > 0; n--)
		s = slice_skip(s, text_word_all(s).cap);
	return text_trim(text_word_all(s));
}

struct slice text_header_value(struct slice line)
{
	return text_trim(slice_skip(line, slice_find(line, ':') + 1));
}

struct slice text_header_name(struct slice line)
{
	uint32_t colon = slice_find(line, ':');

	return colon == line.cap ? slice_clip(line, 0) : text_trim(slice_clip(line, colon));
}

bool text_ends_head(struct slice whole, uint32_t at)
{
	if (at < 2 || slice_u8(whole, at - 1) != '\n')
		return false;
	if (slice_u8(whole, at - 2) == '\r')
		at--;
	return at > 1 && slice_u8(whole, at - 2) == '\n';
}

bool text_number(struct slice s, uint64_t *value)
{
	uint32_t i = 0;

	*value = 0;
	for (; i < s.cap; i++) {
		uint32_t digit = slice_u8(s, i) - (uint32_t)'0';

		if (digit > 9)
			break;
		*value = *value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *value * 10 + digit;
	}
	return i > 0;
}

#define LINE_SHOWN 178	/* bytes: with what stands before it, 200 characters */

void text_put_line(struct out *o, const char *cut, struct slice rest)
{
	struct slice line;
	enum ending ending = text_line(&rest, &line);

	if (ending == ENDED || ending == OPEN) {
		out_str(o, ": ");
		out_slice(o, slice_clip(line, LINE_SHOWN));
		out_str(o, line.cap > LINE_SHOWN ? "..." : "");
	}
	if (ending == OPEN || ending == CUT)
		out_str(o, cut);
}

void text_put_lines(struct out *o, const char *cut, struct slice rest)
{
	enum ending ending = ENDED;
	struct slice line;

	out_str(o, ", length: ");
	out_dec(o, rest.wire);
	while (rest.wire > 0 && ending == ENDED) {
		ending = text_line(&rest, &line);
		if (ending == ENDED || ending == OPEN) {
			out_str(o, "\n\t");
			out_slice(o, line);
		}
		if (ending == OPEN || ending == CUT)
			out_str(o, cut);
	}
}
