/* SPDX-License-Identifier: BSD-2-Clause */
/* verbs.h - the commands that are typed behind ":" */
#ifndef UI_SCREEN_VERBS_H
#define UI_SCREEN_VERBS_H

#include <stdint.h>

enum verb { VERB_GO_TO, VERB_SAVE, VERB_EXPORT, VERB_FILTER, VERB_SET, VERB_QUIT, VERBS };

struct verb_words {
	const char *word;	/* "" for a number alone */
	const char *takes;	/* what is to stand behind it; NULL: nothing */
	const char *does;
};

extern const struct verb_words verbs[VERBS];

/* Which one text begins with, and what is behind it; VERBS: none. */
enum verb verb_of(const char *text, const char **rest);

#endif
