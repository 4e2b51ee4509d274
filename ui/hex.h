/* SPDX-License-Identifier: BSD-2-Clause */
/* hex.h - the bytes of a packet, below its line */
#ifndef UI_HEX_H
#define UI_HEX_H

#include "decode/decode.h"

enum dump {			/* what -x, -xx, -X, -XX, -A and -AA add below the line */
	DUMP_NONE,
	DUMP_HEX,		/* what the link header carries */
	DUMP_HEX_LINK,		/* the whole frame */
	DUMP_BOTH,		/* with the characters beside the bytes */
	DUMP_BOTH_LINK,
	DUMP_ASCII,		/* characters only */
	DUMP_ASCII_LINK,
};

/* Append the dump of d's packet, a line feed first. */
void hex_put(struct out *o, const struct decoded *d, enum dump dump);

#endif
