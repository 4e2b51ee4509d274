/* SPDX-License-Identifier: BSD-2-Clause */
/* find.h - text, bytes or fields, looked for in the packets that are shown */
#ifndef UI_SCREEN_FIND_H
#define UI_SCREEN_FIND_H

#include "decode/match_run.h"
#include "ui/screen/packets.h"

enum { NEEDLE_MAX = 256 };

struct find {
	char text[NEEDLE_MAX];	/* as it was typed; "": nothing was looked for */
	uint8_t bytes[NEEDLE_MAX];
	uint32_t count;		/* of the bytes */
	bool hex;		/* only bytes are looked for; else the row too, whatever its case */
	struct match *match;	/* what the fields of a packet are asked instead; owned; NULL: nothing */

	bool running;
	bool backwards;
	uint32_t at;		/* among those shown: the next to look at */
	uint32_t left;		/* how many are left to look at */
	struct window window;
};

/* Is text something to look for: hex digits behind "0x", or any text? Fills f in, which was filled with zeros once.
 * Returns NULL, or what is wrong.
 */
const char *find_parse(struct find *f, const char *text);

/* Does text ask for fields: a display filter behind "="? The same for such a one: 0; or -1 with why filled in, which is
 * empty where there is no memory.
 */
bool find_asks_fields(const char *text);
int find_parse_fields(struct find *f, const char *text, struct match_error *why);

/* Begin behind, or before, the packet selected, and go around once. */
void find_start(struct find *f, const struct packets *v, bool backwards);

/* Look at some packets more. One that is found is selected; where there is none, v says so. Returns 1 where there
 * are more to look at.
 */
int find_extend(struct find *f, struct packets *v);

void find_close(struct find *f);

#endif
