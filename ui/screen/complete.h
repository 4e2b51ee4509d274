/* SPDX-License-Identifier: BSD-2-Clause */
/* complete.h - the names that a display filter can go on with */
#ifndef UI_SCREEN_COMPLETE_H
#define UI_SCREEN_COMPLETE_H

#include <stddef.h>
#include <stdint.h>

enum { COMPLETE_MAX = 64, COMPLETE_NAME = 64 };

struct completion {
	uint32_t count;		/* of names, in order; COMPLETE_MAX: and there may be more */
	char name[COMPLETE_MAX][COMPLETE_NAME];
	uint32_t common;	/* how many characters they share */
};

/* The length of the name, or its begin, that ends at byte at of text. */
uint32_t complete_length(const char *text, uint32_t at);

/* Begin a list, put a name into it, which is cut where it is too long, and end it. */
void complete_begin(struct completion *c);
void complete_add(struct completion *c, const char *name);
void complete_end(struct completion *c);

/* Fields and protocols whose names begin with the n characters at text. */
void complete(struct completion *c, const char *text, uint32_t n);

#endif
