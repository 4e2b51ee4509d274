/* SPDX-License-Identifier: BSD-2-Clause */
/* out.c - numbers, addresses and packet text as characters */
#include "decode/out.h"

#include <stdbool.h>

static const char hex_digits[16] = "0123456789abcdef";

/* Pairs of digits halve the divisions. */
static const char pairs[201] =
	"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546"
	"4748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293"
	"949596979899";

void out_dec_pad(struct out *o, uint64_t value, unsigned digits)
{
	char text[20];
	unsigned at = sizeof(text);

	for (; value >= 100; value /= 100) {
		at -= 2;
		memcpy(text + at, pairs + value % 100 * 2, 2);
	}
	if (value >= 10) {
		at -= 2;
		memcpy(text + at, pairs + value * 2, 2);
	} else {
		text[--at] = (char)('0' + value);
	}
	while (at > 0 && sizeof(text) - at < digits)
		text[--at] = '0';
	out_bytes(o, text + at, sizeof(text) - at);
}

void out_dec(struct out *o, uint64_t value)
{
	if (value < 10)
		out_char(o, (char)('0' + value));
	else
		out_dec_pad(o, value, 1);
}

void out_signed(struct out *o, int64_t value)
{
	if (value < 0)
		out_char(o, '-');
	out_dec(o, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void out_hex(struct out *o, uint64_t value, unsigned digits)
{
	char text[16];
	unsigned at = sizeof(text);

	do {
		text[--at] = hex_digits[value & 15];
		value >>= 4;
	} while (at > 0 && (value > 0 || sizeof(text) - at < digits));
	out_bytes(o, text + at, sizeof(text) - at);
}

static char *octet(char *at, uint32_t value)
{
	if (value >= 100) {
		*at++ = (char)('0' + value / 100);
		value %= 100;
		*at++ = pairs[value * 2];
	} else if (value >= 10) {
		*at++ = pairs[value * 2];
	}
	*at++ = pairs[value * 2 + 1];
	return at;
}

void out_ipv4(struct out *o, uint32_t addr)
{
	char text[16], *at = text;

	for (int shift = 24; shift >= 0; shift -= 8) {
		at = octet(at, addr >> shift & 255);
		*at++ = '.';
	}
	out_bytes(o, text, (size_t)(at - 1 - text));
}

/* The longest run of zero groups, at least two (RFC 5952, section 4.2): its place and length. */
static void zero_run(const uint16_t group[8], int *place, int *length)
{
	*place = -1;
	*length = 1;
	for (int i = 0, run = 0; i < 8; i++) {
		run = group[i] ? 0 : run + 1;
		if (run > *length) {
			*length = run;
			*place = i - run + 1;
		}
	}
}

void out_ipv6(struct out *o, struct slice s)
{
	uint16_t group[8];
	int place, length, end = 8;

	for (uint32_t i = 0; i < 8; i++)
		group[i] = slice_u16(s, i * 2);
	zero_run(group, &place, &length);
	/* ::ffff:10.0.0.1 (RFC 4291, section 2.5.5.2), and its compatible elder of 2.5.5.1 */
	if (place == 0 && ((length == 5 && group[5] == 0xffff) || length == 6))
		end = 6;
	for (int i = 0; i < end; i++) {
		if (i == place) {
			out_char(o, ':');
			i += length - 1;
			if (i >= end - 1)
				out_char(o, ':');
			continue;
		}
		if (i > 0)
			out_char(o, ':');
		out_hex(o, group[i], 1);
	}
	if (end == 6) {
		if (length == 5)
			out_char(o, ':');
		out_ipv4(o, slice_u32(s, 12));
	}
}

void out_hexbytes(struct out *o, struct slice s, char sep, uint32_t max)
{
	uint32_t n = min_u32(s.cap, max);

	for (uint32_t i = 0; i < n; i++) {
		uint8_t byte = slice_u8(s, i);

		if (i > 0 && sep)
			out_char(o, sep);
		out_char(o, hex_digits[byte >> 4]);
		out_char(o, hex_digits[byte & 15]);
	}
}

void out_mac(struct out *o, struct slice s)
{
	char text[17], *at = text;

	for (uint32_t i = 0; i < 6; i++) {
		uint8_t byte = slice_u8(s, i);

		*at++ = hex_digits[byte >> 4];
		*at++ = hex_digits[byte & 15];
		if (i < 5)
			*at++ = ':';
	}
	out_bytes(o, text, sizeof(text));
}

static bool printable(uint8_t byte)
{
	return byte >= 0x20 && byte < 0x7f;
}

void out_text(struct out *o, struct slice s)
{
	for (uint32_t i = 0; i < s.cap; i++) {
		uint8_t byte = slice_u8(s, i);

		if (printable(byte) && byte != '\\') {
			out_char(o, (char)byte);
		} else if (byte == '\\') {
			out_str(o, "\\\\");
		} else {
			out_str(o, "\\x");
			out_hex(o, byte, 2);
		}
	}
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

/* The eight hexadecimal digits of four bytes, the first digit in the lowest byte. */
static uint64_t hex_of(uint32_t value)
{
	uint64_t x = __builtin_bswap32(value);	/* the first byte is the least significant now */
	uint64_t above_nine;

	/* one nibble a byte, the high one first */
	x = (x | x << 16) & 0x0000ffff0000ffff;
	x = (x | x << 8) & 0x00ff00ff00ff00ff;
	x = (x >> 4 & 0x000f000f000f000f) | (x & 0x000f000f000f000f) << 8;
	above_nine = (x + 0x0606060606060606) >> 4 & 0x0101010101010101;
	return x + 0x3030303030303030 + above_nine * ('a' - '0' - 10);
}

enum { ROW = 16, HEX_AT = 9, ASCII_AT = 50 };	/* bytes in a row; columns of its text */

/* One row of a dump, as tcpdump's -x and -X print it: pairs of bytes, and 16 characters. Rows of
 * fewer bytes are worked out as whole ones, and cut.
 */
static void hexdump_row(struct out *o, struct slice row, uint32_t offset, int ascii,
			const char *indent)
{
	uint8_t byte[ROW] = { 0 };
	char text[ASCII_AT + ROW];
	uint32_t n = slice_copy(byte, row, ROW), end;
	uint64_t digits = hex_of(offset << 16);

	memset(text, ' ', sizeof(text));
	memcpy(text, "0x", 2);
	memcpy(text + 2, &digits, 4);
	text[6] = ':';
	for (uint32_t i = 0; i < ROW; i += 4) {
		digits = hex_of(slice_u32((struct slice){ byte, ROW, ROW }, i));
		memcpy(text + HEX_AT + i / 4 * 10, &digits, 4);
		memcpy(text + HEX_AT + i / 4 * 10 + 5, (char *)&digits + 4, 4);
	}
	end = HEX_AT + n / 2 * 5 + (n % 2 ? 2 : 0) - (n % 2 ? 0 : 1);
	if (ascii) {
		memset(text + end, ' ', ASCII_AT - end);
		for (uint32_t i = 0; i < ROW; i++)
			text[ASCII_AT + i] = byte[i] > 0x20 && byte[i] < 0x7f ? (char)byte[i] : '.';
		end = ASCII_AT + n;
	}
	out_str(o, "\n\t");
	out_str(o, indent);
	out_bytes(o, text, end);
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
