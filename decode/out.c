/* SPDX-License-Identifier: BSD-2-Clause */
/* out.c - numbers, addresses and packet text as characters */
#include "decode/out.h"

#include <endian.h>
#include <stdbool.h>

static const char hex_digits[16] = "0123456789abcdef";

/* Pairs of digits halve the divisions. */
static const char pairs[201] =
	"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546"
	"4748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293"
	"949596979899";

void out_clipped(struct out *o, const char *s, size_t n)
{
	n = n < out_room(o) ? n : out_room(o);
	memcpy(o->at, s, n);
	o->at += n;
}

/* The eight decimal digits of value, each in a byte of its own, the first in the lowest. Halves are
 * divided side by side: 10486 / 2^20 is 1 / 100, and 103 / 2^10 is 1 / 10, for numbers this small.
 */
static uint64_t eight_digits(uint32_t value)
{
	uint64_t x = value / 10000 | (uint64_t)(value % 10000) << 32;
	uint64_t high = (x * 10486 >> 20) & 0x0000007f0000007f;

	x = high | (x - high * 100) << 16;
	high = (x * 103 >> 10) & 0x000f000f000f000f;
	return high | (x - high * 10) << 8;
}

/* A function of its own, so that the usual way needs no array, nor the guard that comes with one. */
static __attribute__((noinline)) void clipped_eight(struct out *o, uint64_t text, unsigned n)
{
	out_clipped(o, (const char *)&text, n);
}

/* The n characters in text, the first in the lowest byte. */
static void out_eight(struct out *o, uint64_t text, unsigned n)
{
	text = htole64(text);
	if (out_room(o) < sizeof(text)) {
		clipped_eight(o, text, n);
		return;
	}
	memcpy(o->at, &text, sizeof(text));
	o->at += n;
}

void out_dec_pad(struct out *o, uint64_t value, unsigned digits)
{
	const uint32_t eight = 100000000;	/* 10^8 */
	uint64_t text;
	unsigned skip;				/* leading zeros */

	if (value >= eight || digits > 8) {
		out_dec_pad(o, value / eight, digits > 9 ? digits - 8 : 1);
		value %= eight;
		digits = 8;
	}
	text = eight_digits((uint32_t)value);
	skip = (unsigned)__builtin_ctzll(text | UINT64_C(1) << 56) / 8;
	skip = min_u32(skip, 8 - digits);
	out_eight(o, (text | 0x3030303030303030) >> skip * 8, 8 - skip);
}

void out_micros(struct out *o, uint64_t value)
{
	if (value < 1000000) {
		out_eight(o, (eight_digits((uint32_t)value) >> 16 | 0x303030303030) << 8 | '.', 7);
	} else {
		out_char(o, '.');
		out_dec(o, value);
	}
}

/* The first pair, above the point of the 32.32 number t, without a leading zero; returns its end. */
static inline char *first_pair(char *text, uint64_t t)
{
	uint64_t pair = t >> 32;

	memcpy(text, pairs + pair * 2, 2);
	if (pair < 10)
		text[0] = text[1];
	return text + 1 + (pair >= 10);
}

/* What follows the point, times 100, is the next. */
static inline char *next_pair(char *text, uint64_t *t)
{
	*t = (*t & UINT32_MAX) * 100;
	memcpy(text, pairs + (*t >> 32) * 2, 2);
	return text + 2;
}

/* The digits of value at text, by pairs from the left; returns their end. That every value comes out
 * right was tried for all of them.
 */
static char *put_dec32(char *text, uint32_t value)
{
	uint64_t t;

	if (value < 100)
		return first_pair(text, (uint64_t)value << 32);
	if (value < 10000) {
		t = value * ((UINT64_C(1) << 32) / 100 + 1);
		return next_pair(first_pair(text, t), &t);
	}
	if (value < 1000000) {
		t = value * ((UINT64_C(1) << 32) / 10000 + 1);
		text = next_pair(first_pair(text, t), &t);
		return next_pair(text, &t);
	}
	if (value < 100000000) {
		t = (value * ((UINT64_C(1) << 48) / 1000000 + 1) >> 16) + 1;
	} else {
		t = (value * ((UINT64_C(1) << 57) / 100000000 + 1) >> 25) + 1;
		text = next_pair(first_pair(text, t), &t);
		text = next_pair(text, &t);
		text = next_pair(text, &t);
		return next_pair(text, &t);
	}
	text = next_pair(first_pair(text, t), &t);
	text = next_pair(text, &t);
	return next_pair(text, &t);
}

void out_dec(struct out *o, uint64_t value)
{
	if (value <= UINT32_MAX && out_room(o) >= 10)
		o->at = put_dec32(o->at, (uint32_t)value);
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
	unsigned n = value ? (67 - (unsigned)__builtin_clzll(value)) / 4 : 1;

	if (n < digits)
		n = digits < 16 ? digits : 16;
	while (n-- > 0)
		out_char(o, hex_digits[value >> n * 4 & 15]);
}

/* "255.", and how much of it counts. */
struct octet {
	char text[4];
	uint8_t length;
};

#define DIGIT(n) (char)('0' + (n) % 10)
#define OCTET(n)								\
	{ { (n) > 99 ? DIGIT((n) / 100) : (n) > 9 ? DIGIT((n) / 10) : DIGIT(n),	\
	    (n) > 99 ? DIGIT((n) / 10) : (n) > 9 ? DIGIT(n) : '.',		\
	    (n) > 99 ? DIGIT(n) : '.', '.' },					\
	  (n) > 99 ? 4 : (n) > 9 ? 3 : 2 }
#define OCTETS4(n) OCTET(n), OCTET((n) + 1), OCTET((n) + 2), OCTET((n) + 3)
#define OCTETS16(n) OCTETS4(n), OCTETS4((n) + 4), OCTETS4((n) + 8), OCTETS4((n) + 12)
#define OCTETS64(n) OCTETS16(n), OCTETS16((n) + 16), OCTETS16((n) + 32), OCTETS16((n) + 48)

static const struct octet octets[256] = {
	OCTETS64(0), OCTETS64(64), OCTETS64(128), OCTETS64(192),
};

static inline char *octet(char *at, uint32_t value)
{
	memcpy(at, octets[value].text, 4);
	return at + octets[value].length;
}

/* At most 15 characters, and a dot behind them that does not count. */
static char *put_ipv4(char *at, uint32_t addr)
{
	at = octet(at, addr >> 24);
	at = octet(at, addr >> 16 & 255);
	at = octet(at, addr >> 8 & 255);
	return octet(at, addr & 255) - 1;
}

void out_ipv4(struct out *o, uint32_t addr)
{
	enum { LONGEST = 16 };
	char text[LONGEST];
	char *start = out_room(o) >= LONGEST ? o->at : text, *at = put_ipv4(start, addr);

	if (start == text)
		out_clipped(o, text, (size_t)(at - text));
	else
		o->at = at;
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
	return htole64(x + 0x3030303030303030 + above_nine * ('a' - '0' - 10));
}

/* The longest run of zero groups, at least two, the first of its length (RFC 5952, section 4.2): its
 * place, and its length as the result; 0 where there is none. Bit i of zeros says that group i is 0.
 */
static unsigned zero_run(unsigned zeros, unsigned *place)
{
	unsigned length = 1;

	/* of each turn's set bits, as many groups from there on are zero as there were turns */
	for (unsigned run = zeros & zeros >> 1; run; run &= zeros >> length) {
		*place = (unsigned)__builtin_ctz(run);
		length++;
	}
	return length > 1 ? length : 0;
}

/* Which of the four groups in x are zero: bit 0 for the first. A group's top bit is set once 0x7fff
 * was added, unless it is zero; the product moves the four bits side by side.
 */
static unsigned zero_groups(uint64_t x)
{
	const uint64_t low = 0x7fff7fff7fff7fff;
	uint64_t zero = ~(((x & low) + low) | x) >> 15 & 0x0001000100010001;

	return (unsigned)(zero * 0x0008000400020001 >> 48) & 15;
}

/* A group other than zero, without leading zeros. */
static char *put_group(char *at, uint32_t group)
{
	unsigned zeros = (unsigned)(__builtin_clz(group) - 16) / 4;
	uint32_t x = (group | group << 8) & 0x00ff00ff, above_nine;

	x = (x | x << 4) & 0x0f0f0f0f;
	above_nine = (x + 0x06060606) >> 4 & 0x01010101;
	x += 0x30303030 + above_nine * ('a' - '0' - 10);
	x = htole32(__builtin_bswap32(x) >> zeros * 8);
	memcpy(at, &x, sizeof(x));
	return at + 4 - zeros;
}

/* At most 39 characters, and what a word of four may touch behind them. */
static char *put_ipv6(char *at, struct slice s)
{
	const uint64_t half[2] = { slice_u64(s, 0), slice_u64(s, 8) };
	unsigned zeros = zero_groups(half[0]) | zero_groups(half[1]) << 4;
	unsigned place = 8, length = zero_run(zeros, &place), end = 8;

	/* ::ffff:10.0.0.1 (RFC 4291, section 2.5.5.2), and its compatible elder of 2.5.5.1 */
	if (place == 0 && ((length == 5 && slice_u16(s, 10) == 0xffff) || length == 6))
		end = 6;
	for (unsigned i = 0; i < end; i++) {
		if (i > 0 || i == place)
			*at++ = ':';
		if (i == place) {
			i += length - 1;
			if (i >= end - 1)
				*at++ = ':';
		} else if (zeros >> i & 1) {
			*at++ = '0';
		} else {
			at = put_group(at, half[i / 4] >> (3 - i % 4) * 16 & 0xffff);
		}
	}
	if (end == 8)
		return at;
	if (length == 5)
		*at++ = ':';
	return put_ipv4(at, slice_u32(s, 12));
}

void out_ipv6(struct out *o, struct slice s)
{
	enum { LONGEST = 48 };
	char text[LONGEST];
	char *start = out_room(o) >= LONGEST ? o->at : text, *at = put_ipv6(start, s);

	if (start == text)
		out_clipped(o, text, (size_t)(at - text));
	else
		o->at = at;
}

enum { ROW = 16, HEX_AT = 9, ASCII_AT = 50 };	/* bytes in a row; columns of its text */

typedef uint8_t row_of_bytes __attribute__((vector_size(ROW)));
typedef uint64_t halves_of_row __attribute__((vector_size(ROW)));

static inline row_of_bytes digits_of(row_of_bytes nibbles)
{
	return nibbles + '0' + ((row_of_bytes)(nibbles > 9) & ('a' - '9' - 1));
}

/* The first bytes of s by rows of 16, without separator, as far as there is room; returns how many. */
static uint32_t hex_rows(struct out *o, struct slice s, uint32_t n)
{
	row_of_bytes high, low, text[2];
	uint32_t i = 0;

	for (; i + ROW <= n && out_room(o) >= sizeof(text); i += ROW) {
		halves_of_row half = { htobe64(slice_u64(s, i)), htobe64(slice_u64(s, i + 8)) };
		row_of_bytes bytes = (row_of_bytes)half;

		high = digits_of(bytes >> 4);
		low = digits_of(bytes & 15);
		text[0] = __builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21,
						  6, 22, 7, 23);
		text[1] = __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28,
						  13, 29, 14, 30, 15, 31);
		memcpy(o->at, text, sizeof(text));
		o->at += sizeof(text);
	}
	return i;
}

void out_hexbytes(struct out *o, struct slice s, char sep, uint32_t max)
{
	uint32_t n = min_u32(s.cap, max);

	for (uint32_t i = sep ? 0 : hex_rows(o, s, n); i < n; i++) {
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
	static const char letters[] = { ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\' };

	for (uint32_t i = 0; i < s.cap; i++) {
		uint8_t byte = slice_u8(s, i);

		if (printable(byte) && byte != '\\') {
			out_char(o, (char)byte);
		} else if (byte < sizeof(letters) && letters[byte]) {
			out_char(o, '\\');
			out_char(o, letters[byte]);
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
