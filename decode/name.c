/* SPDX-License-Identifier: BSD-2-Clause */
/* name.c - domain names, RFC 1035 section 4.1.4 */
#include "decode/name.h"

enum { LABEL_MAX = 63, NAME_MAX = 255, POINTER = 0xc0 };

uint32_t dns_name_length(struct slice s)
{
	for (uint32_t at = 0; at < s.cap && at < NAME_MAX;) {
		uint8_t n = slice_u8(s, at);

		if (n == 0)
			return at + 1;
		if (n >= POINTER)
			return slice_has(s, at, 2) ? at + 2 : 0;
		if (n > LABEL_MAX)
			return 0;
		at += 1 + n;
	}
	return 0;
}

bool dns_name_text(struct out *o, struct slice message, uint32_t at)
{
	uint32_t limit = at;	/* pointers must lead before it */
	uint32_t length = 0;	/* of the name so far, bytes */

	for (;;) {
		uint8_t n = slice_u8(message, at);

		if (!slice_has(message, at, 1))
			return false;
		if (n >= POINTER) {
			uint32_t to = slice_u16(message, at) & 0x3fff;

			if (!slice_has(message, at, 2) || to >= limit)
				return false;
			at = limit = to;
			continue;
		}
		if (n == 0)
			return true;
		if (n > LABEL_MAX || !slice_has(message, at + 1, n))
			return false;
		if (length > 0)
			out_char(o, '.');
		length += 1 + n;
		if (length >= NAME_MAX)
			return false;
		out_text(o, slice_part(message, at + 1, n));
		at += 1 + n;
	}
}
