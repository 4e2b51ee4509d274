/* SPDX-License-Identifier: BSD-2-Clause */
/* rules.h - which packets of the list have which colour, by display filters */
#ifndef UI_SCREEN_RULES_H
#define UI_SCREEN_RULES_H

#include "capture/error.h"
#include "decode/match_run.h"

enum { RULES_MAX = 32 };

struct rule {
	uint8_t style;
	char *text;		/* as it was given; owned, as is: */
	struct match *match;
};

struct rules {
	uint32_t count;
	struct rule rule[RULES_MAX];
};

/* Add "red bold: tcp.flags.reset == 1" behind the others. Returns 0, or -STATUS_USAGE with e filled in; *at is then the
 * byte of text where it is wrong, UINT32_MAX where that is not known.
 */
int rules_add(struct rules *r, const char *text, uint32_t *at, struct error *e);

/* The style that the first rule that holds for the packet gives its row; 0: none holds. */
uint8_t rules_style(const struct rules *r, const struct decoded *d, const struct frame *f);

void rules_close(struct rules *r);

#endif
