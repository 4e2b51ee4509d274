/* SPDX-License-Identifier: BSD-2-Clause */
/* verbs.c - the commands that are typed behind ":" */
#include "ui/screen/verbs.h"

#include <stddef.h>
#include <string.h>

const struct verb_words verbs[VERBS] = {
	[VERB_GO_TO] = { "", "a number", "to the packet of that number, from 1" },
	[VERB_SAVE] = { "w", "FILE", "save packets, as the key w does" },
	[VERB_EXPORT] = { "x", "FILE", "export the table as CSV, as the key x does" },
	[VERB_FILTER] = { "filter", "EXPRESSION", "apply a display filter" },
	[VERB_SET] = { "set", "KEY = VALUE", "what the configuration file can say, for this run" },
	[VERB_QUIT] = { "q", NULL, "quit" },
};

enum verb verb_of(const char *text, const char **rest)
{
	size_t n = strcspn(text, " ");

	*rest = text + n + strspn(text + n, " ");
	if (n > 0 && strspn(text, "0123456789") == n && !**rest) {
		*rest = text;
		return VERB_GO_TO;
	}
	for (enum verb v = VERB_SAVE; v < VERBS; v++)
		if (strlen(verbs[v].word) == n && strncmp(verbs[v].word, text, n) == 0)
			return v;
	return VERBS;
}
