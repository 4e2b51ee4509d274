/* SPDX-License-Identifier: BSD-2-Clause */
/* rules.c - which packets of the list have which colour, by display filters */
#define _GNU_SOURCE
#include "ui/screen/rules.h"

#include <stdlib.h>
#include <string.h>

#include "decode/match.h"
#include "ui/regex.h"
#include "ui/screen/grid.h"

static const struct { const char *word; uint8_t style; } words[] = {
	{ "red", INK_RED }, { "green", INK_GREEN }, { "yellow", INK_YELLOW }, { "blue", INK_BLUE },
	{ "magenta", INK_MAGENTA }, { "cyan", INK_CYAN }, { "bold", STYLE_BOLD }, { "dim", STYLE_DIM },
	{ "underline", STYLE_UNDERLINE }, { "reverse", STYLE_REVERSE },
};

/* The style that a word adds; 0: it is none. */
static uint8_t style_of(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncmp(words[i].word, word, n) == 0 && !words[i].word[n])
			return words[i].style;
	return 0;
}

static int take_style(struct rule *r, const char *text, size_t end, uint32_t *at, struct error *e)
{
	for (size_t i = 0; i < end;) {
		size_t n = strcspn(text + i, " \t:");
		uint8_t style = n ? style_of(text + i, n) : 0;

		if (n > 0 && !style) {
			*at = (uint32_t)i;
			return error_set(e, STATUS_USAGE, "'%.*s' is not one of red, green, yellow, blue, magenta, cyan, "
					 "bold, dim, underline, reverse", (int)n, text + i);
		}
		if (style & STYLE_INK)
			r->style &= (uint8_t)~STYLE_INK;
		r->style |= style;
		i += n + (n == 0);
	}
	return 0;
}

static int take_filter(struct rule *r, const char *text, uint32_t from, uint32_t *at, struct error *e)
{
	struct match_error why = { 0 };

	r->match = calloc(1, sizeof(*r->match));
	if (!r->match)
		return error_set(e, STATUS_USAGE, "no memory for a rule of colours");
	if (match_open(r->match, text + from, strlen(text + from), &regex_engine, &why) == 0)
		return 0;
	*at = from + why.at;
	return error_set(e, STATUS_USAGE, "%s", why.text);
}

static void release(struct rule *r)
{
	if (r->match)
		match_close(r->match);
	free(r->match);
	free(r->text);
}

int rules_add(struct rules *all, const char *text, uint32_t *at, struct error *e)
{
	struct rule r = { .text = strdup(text) };
	size_t colon = strcspn(text, ":");
	int rc;

	*at = UINT32_MAX;
	if (all->count == RULES_MAX)
		rc = error_set(e, STATUS_USAGE, "%d rules of colours at most", RULES_MAX);
	else if (!r.text)
		rc = error_set(e, STATUS_USAGE, "no memory for a rule of colours");
	else
		rc = take_style(&r, text, colon, at, e);
	if (!rc && (!text[colon] || !r.style)) {
		*at = (uint32_t)strlen(text);
		rc = error_set(e, STATUS_USAGE, "a rule is a colour, a colon, and a display filter, as in red: tcp.flags.reset == 1");
	}
	if (!rc)
		rc = take_filter(&r, text, (uint32_t)colon + 1, at, e);
	if (rc)
		release(&r);
	else
		all->rule[all->count++] = r;
	return rc;
}

uint8_t rules_style(const struct rules *r, const struct decoded *d, const struct frame *f)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (match_packet(r->rule[i].match, d, f))
			return r->rule[i].style;
	return 0;
}

void rules_close(struct rules *r)
{
	while (r->count > 0)
		release(&r->rule[--r->count]);
}
