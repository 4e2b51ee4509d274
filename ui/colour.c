/* SPDX-License-Identifier: BSD-2-Clause */
/* colour.c - lines and trees in colours by meaning
 *
 * How it works: a text is walked word by word. What a word means is told by its form and its place: the
 * first words are the time, the next the protocol, those around ">" are addresses, and problems have words
 * of their own.
 */
#define _GNU_SOURCE
#include "ui/colour.h"

#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>

enum meaning { PLAIN, TIME, PROTOCOL, ADDRESS, PROBLEM, LABEL };

/* ECMA-48, section 8.3.117. */
static const char *const sgr[] = {
	[TIME] = "\033[2m", [PROTOCOL] = "\033[1m", [ADDRESS] = "\033[36m", [PROBLEM] = "\033[1;31m",
	[LABEL] = "\033[2m",
};

#define RESET "\033[0m"

/* What begins so is a problem, as far as the character given, or the end of the word. */
static const struct {
	const char *begin;
	char last;
} problems[] = {
	{ "[|", ']' }, { "[bad ", ']' }, { "(bad", ')' }, { "(incorrect", ')' }, { "(invalid)", ')' },
	{ "(none, but", ')' }, { "[R", ']' }, { "[RST", ']' }, { "bad cksum", ')' }, { "bad length", '\0' },
	{ "bad-len", '\0' }, { "bad-hlen", '\0' }, { "truncated-", '\0' }, { "unreachable", '\0' },
	{ "exceeded", '\0' }, { "(tcp ", ')' }, { "[length lies", ']' }, { "[truncated", ']' }, { "[too deep", ']' },
};

bool colour_wanted(enum colour_when when)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != COLOUR_AUTO)
		return when == COLOUR_ALWAYS;
	return !(no && *no) && !(term && strcmp(term, "dumb") == 0) && isatty(STDOUT_FILENO);
}

/* Text being copied, coloured. */
struct brush {
	struct out *o;
	const char *at, *end;	/* of the text */
};

/* Copy the n characters at hand, with the escapes of their meaning where there is room for both. */
static void paint(struct brush *b, size_t n, enum meaning meaning)
{
	const char *limit = b->at >= b->o->at && b->at < b->o->end ? b->at : b->o->end;
	bool coloured = n > 0 && meaning != PLAIN &&
			(size_t)(limit - b->o->at) >= sizeof("\033[1;31m" RESET);
	uint32_t room;

	if (coloured)
		out_str(b->o, sgr[meaning]);
	room = min_u32((uint32_t)n, out_room(b->o));
	memmove(b->o->at, b->at, room);
	b->o->at += room;
	b->at += n;
	if (coloured)
		out_str(b->o, RESET);
}

static size_t left(const struct brush *b)
{
	return (size_t)(b->end - b->at);
}

/* How many characters there are up to the next blank. */
static size_t word_length(const struct brush *b)
{
	size_t n = 0;

	while (n < left(b) && !isspace((unsigned char)b->at[n]))
		n++;
	return n;
}

static void skip_blanks(struct brush *b)
{
	size_t n = 0;

	while (n < left(b) && isspace((unsigned char)b->at[n]))
		n++;
	paint(b, n, PLAIN);
}

static bool begins(const struct brush *b, const char *text)
{
	size_t n = strlen(text);

	return left(b) >= n && memcmp(b->at, text, n) == 0;
}

/* How long the problem at hand is; 0 where there is none. */
static size_t problem_length(const struct brush *b)
{
	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++) {
		const char *last;

		if (!begins(b, problems[i].begin))
			continue;
		if (!problems[i].last)
			return strlen(problems[i].begin);
		last = memchr(b->at, problems[i].last, left(b));
		return last ? (size_t)(last - b->at) + 1 : word_length(b);
	}
	return 0;
}

size_t colour_problem(const char *text, size_t n)
{
	struct brush b = { .at = text, .end = text + n };

	return problem_length(&b);
}

/* "10.0.0.1" or "10.0.0.1.80", and not a number or a version. */
static bool is_dotted(const char *text, size_t n)
{
	unsigned dots = 0;

	for (size_t i = 0; i < n; i++) {
		dots += text[i] == '.';
		if (text[i] != '.' && !isdigit((unsigned char)text[i]))
			return false;
	}
	return dots == 3 || dots == 4;
}

/* The word of n characters without the punctuation behind it. */
static size_t bare(const char *text, size_t n)
{
	while (n > 0 && strchr(",:;()", text[n - 1]))
		n--;
	return n;
}

/* What the words before say of the next one. */
struct expected {
	bool address;		/* they end in ">" */
	bool length;		/* in "length" */
	bool protocol;		/* in "> 10.0.0.2.53:" or "length 12:" */
};

static bool ends_in(const struct brush *b, size_t n, char c)
{
	return n > 0 && b->at[n - 1] == c;
}

/* A word that is not the first. */
static void paint_word(struct brush *b, struct expected *e)
{
	size_t n = word_length(b), problem = problem_length(b), inner = bare(b->at, n);
	bool address = e->address || is_dotted(b->at, inner) ||
		       (left(b) > n + 3 && memcmp(b->at + n, " > ", 3) == 0);
	struct expected next = {
		.address = n == 1 && *b->at == '>',
		.length = n == 6 && begins(b, "length"),
		.protocol = (e->address || e->length) && ends_in(b, n, ':'),
	};

	if (address && (ends_in(b, n, ':') || ends_in(b, n, ',')))
		inner = n - 1;		/* one of IPv6 may end in colons of its own */
	if (problem > 0) {
		paint(b, problem, PROBLEM);
	} else if (address) {
		paint(b, inner, ADDRESS);
		paint(b, n - inner, PLAIN);
	} else if (e->protocol && isupper((unsigned char)*b->at) && !begins(b, "Flags")) {
		paint(b, inner, PROTOCOL);
		paint(b, n - inner, PLAIN);
	} else {
		paint(b, n, PLAIN);
	}
	*e = next;
}

void colour_line(struct out *o, const char *text, size_t n, uint32_t head_words)
{
	struct brush b = { o, text, text + n };
	struct expected e = { 0 };

	for (uint32_t i = 0; i < head_words; i++) {
		skip_blanks(&b);
		paint(&b, word_length(&b), TIME);
	}
	skip_blanks(&b);
	if (word_length(&b) > 0 && isupper((unsigned char)*b.at))
		paint(&b, bare(b.at, word_length(&b)), PROTOCOL);
	while (left(&b) > 0) {
		if (begins(&b, "\n\t0x0")) {		/* a dump is as it is */
			paint(&b, left(&b), PLAIN);
			return;
		}
		if (isspace((unsigned char)*b.at))
			paint(&b, 1, PLAIN);
		else
			paint_word(&b, &e);
	}
}

/* "    Title [note]", "        ip.ttl: 64", "        ip.checksum: 0x1234 (bad, right is 0x4321)" */
static void paint_row(struct brush *b)
{
	const char *feed = memchr(b->at, '\n', left(b)), *end = feed ? feed + 1 : b->end, *colon;
	struct brush row = { b->o, b->at, end };
	size_t indent = 0;

	while (indent < left(&row) && row.at[indent] == ' ')
		indent++;
	paint(&row, indent, PLAIN);
	colon = memmem(row.at, left(&row), ": ", 2);
	if (colon) {
		paint(&row, (size_t)(colon - row.at) + 1, LABEL);
	} else {
		const char *note = memmem(row.at, left(&row), " [", 2);

		paint(&row, note ? (size_t)(note - row.at) + 1 : left(&row) - (feed ? 1 : 0), PROTOCOL);
		paint(&row, note ? left(&row) - (feed ? 1 : 0) : 0, PROBLEM);
	}
	while (left(&row) > 0) {
		size_t problem = *row.at == '(' ? problem_length(&row) : 0;

		paint(&row, problem > 0 ? problem : 1, problem > 0 ? PROBLEM : PLAIN);
	}
	b->at = row.at;
}

void colour_tree(struct out *o, const char *text, size_t n)
{
	struct brush b = { o, text, text + n };

	while (left(&b) > 0)
		paint_row(&b);
}
