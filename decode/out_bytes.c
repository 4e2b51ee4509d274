/* SPDX-License-Identifier: BSD-2-Clause */
/* out_bytes.c - packet bytes as hexadecimal digits, as text, and as dumps */
#include "decode/out.h"

#include <stdbool.h>

#include "decode/octet.h"

enum { ROW = 16, HEX_AT = 9, ASCII_AT = 50 };	/* bytes in a row; columns of its text */

typedef uint8_t row_of_bytes __attribute__((vector_size(ROW)));

static inline row_of_bytes digits_of(row_of_bytes nibbles)
{
	return nibbles + '0' + ((row_of_bytes)(nibbles > 9) & ('a' - '9' - 1));
}

/* The digits of a row, 32 characters. */
static inline void put_digits(char *text, row_of_bytes bytes)
{
	row_of_bytes high = digits_of(bytes >> 4), low = digits_of(bytes & 15), pairs[2];

	pairs[0] = __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
	pairs[1] = __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
	memcpy(text, pairs, sizeof(pairs));
}

/* The first bytes of s by rows of 16, without separator, as far as there is room; returns how many. */
static uint32_t hex_rows(struct out *o, struct slice s, uint32_t n)
{
	row_of_bytes bytes;
	uint32_t i = 0;

	for (; i + ROW <= n && out_room(o) >= 2 * ROW; i += ROW) {
		slice_take(&bytes, s, i, ROW);
		put_digits(o->at, bytes);
		o->at += 2 * ROW;
	}
	return i;
}

static void put_hex_pair(struct out *o, uint8_t byte)
{
	out_bytes(o, hex_pairs[byte], 2);
}

void out_hexbytes(struct out *o, struct slice s, char sep, uint32_t max)
{
	uint32_t n = min_u32(s.cap, max);

	for (uint32_t i = sep ? 0 : hex_rows(o, s, n); i < n; i++) {
		if (i > 0 && sep)
			out_char(o, sep);
		put_hex_pair(o, slice_u8(s, i));
	}
}

/* How a byte stands in a text, and how much of that counts. */
#define TEXT_LETTER(n) ((n) == '\t' ? 't' : (n) == '\n' ? 'n' : (n) == '\r' ? 'r' : (n) == '\\' ? '\\' : 0)
#define TEXT_BYTE(n)									\
	{ { TEXT_PLAIN(n) ? (char)(n) : '\\', TEXT_LETTER(n) ? TEXT_LETTER(n) : 'x',	\
	    NIBBLE((n) / 16), NIBBLE((n) % 16) },					\
	  TEXT_PLAIN(n) ? 1 : TEXT_LETTER(n) ? 2 : 4 }
#define TEXT_PLAIN(n) ((n) >= 0x20 && (n) < 0x7f && (n) != '\\')

static const struct octet text_bytes[256] = { EACH256(TEXT_BYTE) };

void out_text(struct out *o, struct slice s)
{
	for (uint32_t i = 0; i < s.cap; i++) {
		const struct octet *byte = &text_bytes[slice_u8(s, i)];

		out_padded(o, byte->text, sizeof(byte->text), byte->length);
	}
}

static bool printable(uint8_t byte)
{
	return byte >= 0x20 && byte < 0x7f;
}

void out_visible(struct out *o, struct slice s)
{
	for (uint32_t i = 0; i < s.cap; i++) {
		uint8_t byte = slice_u8(s, i);

		if (byte & 0x80)
			out_str(o, "M-");
		byte &= 0x7f;
		if (!printable(byte)) {
			out_char(o, '^');
			byte ^= 0x40;
		}
		out_char(o, (char)byte);
	}
}

/* The characters of a row; a dot for what is none, and for blanks. */
static inline void put_characters(char *text, row_of_bytes bytes)
{
	row_of_bytes visible = (row_of_bytes)((bytes > 0x20) & (bytes < 0x7f));

	bytes = (bytes & visible) | (~visible & '.');
	memcpy(text, &bytes, ROW);
}

/* One row of a dump, as tcpdump's -x and -X print it: pairs of bytes, and 16 characters. Rows of
 * fewer bytes are worked out as whole ones, and cut.
 */
static void hexdump_row(struct out *o, struct slice row, uint32_t offset, int ascii,
			const char *indent)
{
	row_of_bytes bytes = { 0 };
	char text[ASCII_AT + ROW], digits[2 * ROW];
	uint32_t n = min_u32(row.cap, ROW), end;

	if (n == ROW)
		slice_take(&bytes, row, 0, ROW);
	else
		slice_copy(&bytes, row, n);
	memset(text, ' ', sizeof(text));
	memcpy(text, "0x", 2);
	memcpy(text + 2, hex_pairs[offset >> 8 & 255], 2);
	memcpy(text + 4, hex_pairs[offset & 255], 2);
	text[6] = ':';
	put_digits(digits, bytes);
	for (uint32_t i = 0; i < ROW / 2; i++)
		memcpy(text + HEX_AT + i * 5, digits + i * 4, 4);
	end = HEX_AT + n / 2 * 5 + (n % 2 ? 2 : 0) - (n % 2 ? 0 : 1);
	if (ascii) {
		if (n < ROW)
			memset(text + end, ' ', ASCII_AT - end);
		put_characters(text + ASCII_AT, bytes);
		end = ASCII_AT + n;
	}
	out_str(o, "\n\t");
	if (*indent)
		out_str(o, indent);
	out_padded(o, text, sizeof(text), end);
}

void out_hexdump(struct out *o, struct slice s, uint32_t first, int ascii)
{
	for (uint32_t i = 0; i < s.cap; i += ROW)
		hexdump_row(o, slice_part(s, i, ROW), first + i, ascii, "");
}

void out_hexdump_in(struct out *o, struct slice s, const char *indent)
{
	for (uint32_t i = 0; i < s.cap; i += ROW)
		hexdump_row(o, slice_part(s, i, ROW), i, 0, indent);
}
