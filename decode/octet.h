/* SPDX-License-Identifier: BSD-2-Clause */
/* octet.h - tables that have a text for each value of a byte */
#ifndef DECODE_OCTET_H
#define DECODE_OCTET_H

#include <stdint.h>

/* The 256 values, each given to F. */
#define EACH4(F, n) F(n), F((n) + 1), F((n) + 2), F((n) + 3)
#define EACH16(F, n) EACH4(F, n), EACH4(F, (n) + 4), EACH4(F, (n) + 8), EACH4(F, (n) + 12)
#define EACH64(F, n) EACH16(F, n), EACH16(F, (n) + 16), EACH16(F, (n) + 32), EACH16(F, (n) + 48)
#define EACH256(F) EACH64(F, 0), EACH64(F, 64), EACH64(F, 128), EACH64(F, 192)

/* A text, and how much of it counts. */
struct octet {
	char text[4];
	uint8_t length;
};

#define NIBBLE(n) (char)((n) < 10 ? '0' + (n) : 'a' + (n) - 10)
#define HEX_PAIR(n) { NIBBLE((n) / 16), NIBBLE((n) % 16) }

extern const char hex_pairs[256][2];

#endif
