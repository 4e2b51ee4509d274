/* SPDX-License-Identifier: BSD-2-Clause */
/* slice.h - a bounded, read-only view of packet bytes
 *
 * The only file of decode/ and ui/ that dereferences packet memory. Every function is total: any
 * argument has a defined result, so a parser built on slices cannot read outside its packet,
 * whatever the packet says. Byte order ends here: all values handed out are in host order.
 */
#ifndef DECODE_SLICE_H
#define DECODE_SLICE_H

#include <stdint.h>
#include <string.h>

/* Invariant: cap <= wire. They differ where the snap length cut the packet. */
struct slice {
	const uint8_t *ptr;
	uint32_t cap;		/* bytes captured: readable at ptr */
	uint32_t wire;		/* bytes on the wire */
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static inline uint32_t min_u32(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* s without its first n bytes; empty where s is shorter. */
static inline struct slice slice_skip(struct slice s, uint32_t n)
{
	uint32_t cap = min_u32(n, s.cap);

	return (struct slice){ s.ptr + cap, s.cap - cap, s.wire - min_u32(n, s.wire) };
}

/* The first n bytes of s; all of s where it is shorter. */
static inline struct slice slice_clip(struct slice s, uint32_t n)
{
	return (struct slice){ s.ptr, min_u32(n, s.cap), min_u32(n, s.wire) };
}

/* Up to n first bytes of s into dst; returns how many were there. */
static inline uint32_t slice_copy(void *dst, struct slice s, uint32_t n)
{
	n = min_u32(n, s.cap);
	if (n > 0)
		memcpy(dst, s.ptr, n);
	return n;
}

/* Where part, cut from whole by the functions above, starts in it, bytes. */
static inline uint32_t slice_offset(struct slice whole, struct slice part)
{
	return (uint32_t)(part.ptr - whole.ptr);
}

/* Are bytes [off, off + n) of s captured? */
static inline int slice_has(struct slice s, uint32_t off, uint32_t n)
{
	return off <= s.cap && n <= s.cap - off;
}

/* The n bytes of s from off on into dst; zeros where they were not all captured. */
static inline void slice_take(void *dst, struct slice s, uint32_t off, uint32_t n)
{
	if (slice_has(s, off, n))
		memcpy(dst, s.ptr + off, n);
	else
		memset(dst, 0, n);
}

/* The len bytes of s from off on; what of them is there. */
static inline struct slice slice_part(struct slice s, uint32_t off, uint32_t len)
{
	if (slice_has(s, off, len))
		return (struct slice){ s.ptr + off, len, len };
	return slice_clip(slice_skip(s, off), len);
}

/* The unsigned number in 1, 2, 4 or 8 bytes of s at off; 0 where they were not captured. */
static inline uint8_t slice_u8(struct slice s, uint32_t off)
{
	return slice_has(s, off, 1) ? s.ptr[off] : 0;
}

static inline uint16_t slice_u16(struct slice s, uint32_t off)
{
	uint16_t value = 0;

	if (slice_has(s, off, sizeof(value)))
		memcpy(&value, s.ptr + off, sizeof(value));
	return __builtin_bswap16(value);
}

static inline uint32_t slice_u32(struct slice s, uint32_t off)
{
	uint32_t value = 0;

	if (slice_has(s, off, sizeof(value)))
		memcpy(&value, s.ptr + off, sizeof(value));
	return __builtin_bswap32(value);
}

static inline uint64_t slice_u64(struct slice s, uint32_t off)
{
	uint64_t value = 0;

	if (slice_has(s, off, sizeof(value)))
		memcpy(&value, s.ptr + off, sizeof(value));
	return __builtin_bswap64(value);
}

/* As slice_u64(), but where s ends before, zeros stand behind it. */
static inline uint64_t slice_word(struct slice s, uint32_t off)
{
	uint32_t n = off < s.cap ? s.cap - off : 0;
	uint64_t value = 0;

	if (n >= 8)
		return slice_u64(s, off);
	if (n >= 4)	/* its first four and its last, which may be the same in part */
		return (uint64_t)slice_u32(s, off) << 32 | (uint64_t)slice_u32(s, s.cap - 4) << (8 - n) * 8;
	for (uint32_t i = 0; i < n; i++)
		value |= (uint64_t)s.ptr[off + i] << (56 - i * 8);
	return value;
}

/* The four 16-bit words from off on, added up in the order of bytes that this machine has; 0 where they were
 * not all captured. Of use where it is the same for any order: RFC 1071, section 2 (B).
 */
static inline uint64_t slice_sum8(struct slice s, uint32_t off)
{
	uint64_t value = 0;

	if (slice_has(s, off, sizeof(value)))
		memcpy(&value, s.ptr + off, sizeof(value));
	return (value & UINT32_MAX) + (value >> 32);
}

/* Bits [bit, bit + width) of s, network order; 0 where they were not all captured.
 * width: 1 to 57, or 64 where bit is a multiple of 8.
 */
static inline uint64_t slice_bits(struct slice s, uint32_t bit, uint32_t width)
{
	uint32_t first = bit / 8, end = (bit + width + 7) / 8;
	uint64_t value = 0;

	if (bit % 8 == 0 && width == 8)
		return slice_u8(s, first);
	if (bit % 8 == 0 && width == 16)
		return slice_u16(s, first);
	if (bit % 8 == 0 && width == 32)
		return slice_u32(s, first);
	if (end > s.cap)
		return 0;
	if (end - first == 1)
		return s.ptr[first] >> (end * 8 - bit - width) & 0xffu >> (8 - width);
	for (uint32_t i = first; i < end; i++)
		value = value << 8 | s.ptr[i];
	return value >> (end * 8 - bit - width) & UINT64_MAX >> (64 - width);
}

/* RFC 9000, section 16: the number at the start of s, 0 where it was not captured; how many bytes it takes. */
static inline uint32_t slice_varint62_len(struct slice s)
{
	return 1u << (slice_u8(s, 0) >> 6);
}

static inline uint64_t slice_varint62(struct slice s)
{
	uint32_t n = slice_varint62_len(s);
	uint64_t value = 0;

	if (!slice_has(s, 0, n))
		return 0;
	for (uint32_t i = 0; i < n; i++)
		value = value << 8 | (i ? s.ptr[i] : s.ptr[i] & 63);
	return value;
}

/* The same bytes? Only what was captured of both is compared. */
static inline int slice_equal(struct slice a, struct slice b)
{
	return a.cap == b.cap && (a.cap == 0 || memcmp(a.ptr, b.ptr, a.cap) == 0);
}

/* Does s begin with the n bytes at text? */
static inline int slice_starts(struct slice s, const void *text, uint32_t n)
{
	return s.cap >= n && memcmp(s.ptr, text, n) == 0;
}

/* Where byte is first in s; s.cap where it is not. */
static inline uint32_t slice_find(struct slice s, uint8_t byte)
{
	const uint8_t *at = s.cap > 0 ? memchr(s.ptr, byte, s.cap) : NULL;

	return at ? (uint32_t)(at - s.ptr) : s.cap;
}

/* Is a before b (negative), the same (0), or behind it, byte by byte, the shorter first? */
static inline int slice_order(struct slice a, struct slice b)
{
	uint32_t n = min_u32(a.cap, b.cap);
	int order = n > 0 ? memcmp(a.ptr, b.ptr, n) : 0;

	return order ? order : a.cap < b.cap ? -1 : a.cap > b.cap;
}

/* The same of the first so many bits; what is missing counts as zero. */
static inline int slice_prefix_order(struct slice a, struct slice b, uint32_t bits)
{
	for (uint32_t i = 0; i * 8 < bits; i++) {
		uint32_t mask = bits - i * 8 >= 8 ? 0xff : 0xff00u >> (bits - i * 8) & 0xff;
		uint32_t x = slice_u8(a, i) & mask, y = slice_u8(b, i) & mask;

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* Are the bytes of part, which has some, anywhere in s? */
static inline int slice_contains(struct slice s, struct slice part)
{
	if (part.cap == 0)
		return 0;
	for (uint32_t i = 0; i + part.cap <= s.cap; i++) {
		const uint8_t *at = memchr(s.ptr + i, part.ptr[0], s.cap - part.cap - i + 1);

		if (!at)
			return 0;
		if (memcmp(at, part.ptr, part.cap) == 0)
			return 1;
		i = (uint32_t)(at - s.ptr);
	}
	return 0;
}

#endif
