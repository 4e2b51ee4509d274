/* SPDX-License-Identifier: BSD-2-Clause */
/* find.h - text or bytes, looked for in the packets that are shown */
#ifndef UI_SCREEN_FIND_H
#define UI_SCREEN_FIND_H

#include "ui/screen/packets.h"

enum { NEEDLE_MAX = 256 };

struct find {
	char text[NEEDLE_MAX];	/* as it was typed; "": nothing was looked for */
	uint8_t bytes[NEEDLE_MAX];
	uint32_t count;		/* of the bytes */
	bool hex;		/* only bytes are looked for; else the row too, whatever its case */

	bool running;
	bool backwards;
	uint32_t at;		/* among those shown: the next to look at */
	uint32_t left;		/* how many are left to look at */
	struct window window;
};

/* Is text something to look for: hex digits behind "0x", or any text? Fills f in. Returns NULL, or what is wrong. */
const char *find_parse(struct find *f, const char *text);

/* Begin behind, or before, the packet selected, and go around once. */
void find_start(struct find *f, const struct packets *v, bool backwards);

/* Look at some packets more. One that is found is selected; where there is none, v says so. Returns 1 where there
 * are more to look at.
 */
int find_extend(struct find *f, struct packets *v);

void find_close(struct find *f);

#endif
