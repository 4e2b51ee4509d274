/* SPDX-License-Identifier: BSD-2-Clause */
/* out.h - append text to a fixed buffer; what does not fit is dropped
 *
 * Total like slice.h: appending can never overrun. No printf: formatting is the dearest part of a
 * packet's way to the terminal.
 */
#ifndef DECODE_OUT_H
#define DECODE_OUT_H

#include "decode/slice.h"

/* Invariant: at <= end. */
struct out {
	char *at;
	char *end;
};

static inline uint32_t out_room(const struct out *o)
{
	return (uint32_t)(o->end - o->at);
}

static inline void out_char(struct out *o, char c)
{
	if (o->at < o->end)
		*o->at++ = c;
}

/* As out_bytes(), where s does not fit. */
void out_clipped(struct out *o, const char *s, size_t n);

/* Copied inline where n is a constant, which it is for most of a line. */
static inline void out_bytes(struct out *o, const char *s, size_t n)
{
	if (n > out_room(o)) {
		out_clipped(o, s, n);
		return;
	}
	memcpy(o->at, s, n);
	o->at += n;
}

/* Inline, so that the length of a literal is known to the compiler. */
static inline void out_str(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
}

/* The first n of the size characters at s, which all can be read: size is a constant, n is not. */
static inline void out_padded(struct out *o, const char *s, size_t size, size_t n)
{
	if (out_room(o) < size) {
		out_clipped(o, s, n);
		return;
	}
	memcpy(o->at, s, size);
	o->at += n;
}

/* A word whose length is kept beside it, for tables of words: copied as a whole, it needs no strlen(3). */
struct word {
	char text[15];
	uint8_t length;
};

#define WORD(literal) { literal, sizeof(literal) - 1 }

static inline void out_word(struct out *o, const struct word *w)
{
	out_padded(o, w->text, sizeof(w->text), w->length);
}

/* Write value in decimal at text, where there is room for ten digits, or in lower-case hexadecimal, zero-filled
 * to digits, where there is room for eight; return the end.
 */
char *out_dec_at(char *text, uint32_t value);
char *out_hex_at(char *text, uint32_t value, unsigned digits);

void out_dec(struct out *o, uint64_t value);
void out_signed(struct out *o, int64_t value);
/* value in decimal, zero-filled to digits (at most 20). */
void out_dec_pad(struct out *o, uint64_t value, unsigned digits);
/* ".123456", the millionths of a second; of more than six digits where there are. */
void out_micros(struct out *o, uint64_t value);
/* value in lower-case hexadecimal without prefix, zero-filled to digits (at most 16). */
void out_hex(struct out *o, uint64_t value, unsigned digits);

/* "10.0.0.1" */
void out_ipv4(struct out *o, uint32_t addr);
/* The 16 bytes at s as RFC 5952 writes them; IPv4-mapped addresses with dots. */
void out_ipv6(struct out *o, struct slice s);
/* The bytes of s, at most max, as "00:11:22"; sep 0: none. */
void out_hexbytes(struct out *o, struct slice s, char sep, uint32_t max);
/* The 6 bytes at s as "00:11:22:33:44:55". */
void out_mac(struct out *o, struct slice s);
/* The text in s, safe for a terminal: what is not printable ASCII as \t, \n, \r, \xNN, the
 * backslash doubled. */
void out_text(struct out *o, struct slice s);
/* The same as cat -v writes it: ^A, M-^A, and the backslash as it is. */
void out_visible(struct out *o, struct slice s);
/* The bytes of s as they are; for what is known to be safe for a terminal. */
static inline void out_slice(struct out *o, struct slice s)
{
	o->at += slice_copy(o->at, s, out_room(o));
}

/* Rows of 16 bytes, "\n\t0x0000:  4500 0054 ...", with the printable characters beside them where
 * ascii is set. Offsets count from first, bytes.
 */
void out_hexdump(struct out *o, struct slice s, uint32_t first, int ascii);

/* The same for a part of a packet's text: without characters, further in by indent. */
void out_hexdump_in(struct out *o, struct slice s, const char *indent);

#endif
