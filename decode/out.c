/* SPDX-License-Identifier: BSD-2-Clause */
/* out.c - numbers and addresses as characters */
#include "decode/out.h"

#include <endian.h>
#include <stdbool.h>

#include "decode/octet.h"

const char hex_pairs[256][2] = { EACH256(HEX_PAIR) };

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

/* By pairs from the left. That every value comes out right was tried for all of them. */
static inline __attribute__((always_inline)) char *put_dec(char *text, uint32_t value)
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

char *out_dec_at(char *text, uint32_t value)
{
	return put_dec(text, value);
}

void out_dec(struct out *o, uint64_t value)
{
	if (value <= UINT32_MAX && out_room(o) >= 10)
		o->at = put_dec(o->at, (uint32_t)value);
	else
		out_dec_pad(o, value, 1);
}

void out_signed(struct out *o, int64_t value)
{
	if (value < 0)
		out_char(o, '-');
	out_dec(o, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* By pairs from the right. */
char *out_hex_at(char *text, uint32_t value, unsigned digits)
{
	unsigned n = (35 - (unsigned)__builtin_clz(value | 1)) / 4;
	char *end, *at;

	end = text + (n > digits ? n : digits);
	for (at = end; at - text >= 2; value >>= 8) {
		at -= 2;
		memcpy(at, hex_pairs[value & 255], 2);
	}
	if (at > text)
		*text = hex_pairs[value & 15][1];
	return end;
}

void out_hex(struct out *o, uint64_t value, unsigned digits)
{
	unsigned n = value ? (67 - (unsigned)__builtin_clzll(value)) / 4 : 1;

	if (value <= UINT32_MAX && digits <= 8 && out_room(o) >= 8) {
		o->at = out_hex_at(o->at, (uint32_t)value, digits);
		return;
	}
	if (n < digits)
		n = digits < 16 ? digits : 16;
	while (n-- > 0)
		out_char(o, hex_pairs[value >> n * 4 & 15][1]);
}

#define DIGIT(n) (char)('0' + (n) % 10)
#define OCTET(n)								\
	{ { (n) > 99 ? DIGIT((n) / 100) : (n) > 9 ? DIGIT((n) / 10) : DIGIT(n),	\
	    (n) > 99 ? DIGIT((n) / 10) : (n) > 9 ? DIGIT(n) : '.',		\
	    (n) > 99 ? DIGIT(n) : '.', '.' },					\
	  (n) > 99 ? 4 : (n) > 9 ? 3 : 2 }

static const struct octet octets[256] = { EACH256(OCTET) };

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

/* "00:11:22:33:44:55:" */
static char *put_mac(char *at, uint64_t address)
{
	for (uint32_t i = 0; i < 6; i++, address <<= 8) {
		memcpy(at, hex_pairs[address >> 56], 2);
		at[2] = ':';
		at += 3;
	}
	return at;
}

void out_mac(struct out *o, struct slice s)
{
	enum { LONGEST = 18 };
	char text[LONGEST];

	if (out_room(o) >= LONGEST)
		o->at = put_mac(o->at, slice_word(s, 0)) - 1;
	else
		out_clipped(o, text, (size_t)(put_mac(text, slice_word(s, 0)) - text) - 1);
}
