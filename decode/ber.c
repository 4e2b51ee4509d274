/* SPDX-License-Identifier: BSD-2-Clause */
/* ber.c - Basic Encoding Rules, X.690: elements, numbers, object identifiers */
#include "decode/ber.h"

/* Section 8.1.3: below 128 it is the length; else how many bytes that follow have it. */
bool ber_take(struct slice *rest, uint8_t *tag, struct slice *content)
{
	uint32_t len = slice_u8(*rest, 1), more = len > 0x80 ? len - 0x80 : 0, head = 2 + more;
	bool good = rest->wire >= 2 && len != 0x80 && more <= 4;

	*tag = slice_u8(*rest, 0);
	if (more > 0)
		len = 0;
	for (uint32_t i = 0; i < min_u32(more, 4); i++)
		len = len << 8 | slice_u8(*rest, 2 + i);
	good = good && rest->wire >= head && len <= rest->wire - head;
	*content = slice_clip(slice_skip(*rest, min_u32(head, 6)), good ? len : rest->wire);
	*rest = slice_skip(slice_skip(*rest, min_u32(head, 6)), good ? len : rest->wire);
	return good;
}

/* Section 8.3 */
uint64_t ber_number(struct slice content)
{
	uint64_t value = slice_u8(content, 0) & 0x80 ? UINT64_MAX : 0;

	for (uint32_t i = 0; i < min_u32(content.cap, 9); i++)
		value = value << 8 | slice_u8(content, i);
	return value;
}

/* Section 8.19: seven bits a byte, and the first number is two. */
void oid_put(struct out *o, struct slice content)
{
	uint64_t number = 0;
	bool first = true;

	for (uint32_t i = 0; i < content.cap; i++) {
		number = number << 7 | (slice_u8(content, i) & 0x7f);
		if (slice_u8(content, i) & 0x80)
			continue;
		if (first) {
			uint64_t top = number < 80 ? number / 40 : 2;

			out_dec(o, top);
			number -= top * 40;
		}
		out_char(o, '.');
		out_dec(o, number);
		first = false;
		number = 0;
	}
}
