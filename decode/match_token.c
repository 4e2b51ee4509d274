/* SPDX-License-Identifier: BSD-2-Clause */
/* match_token.c - the words and signs of a display filter */
#include "decode/match_token.h"

/* The longer of those that begin alike comes first. */
static const struct {
	const char *text;
	enum token_kind kind;
} signs[] = {
	{ "===", TOKEN_ALL_EQ }, { "!==", TOKEN_ANY_NE }, { "==", TOKEN_EQ }, { "!=", TOKEN_NE },
	{ "~=", TOKEN_ANY_NE }, { "<=", TOKEN_LE }, { ">=", TOKEN_GE }, { "<", TOKEN_LT },
	{ ">", TOKEN_GT }, { "~", TOKEN_MATCHES }, { "&&", TOKEN_AND }, { "&", TOKEN_BITS },
	{ "||", TOKEN_OR }, { "!", TOKEN_NOT }, { "(", TOKEN_OPEN }, { ")", TOKEN_CLOSE },
	{ "{", TOKEN_OPEN_SET }, { "}", TOKEN_CLOSE_SET }, { "[", TOKEN_OPEN_RANGE },
	{ ",", TOKEN_COMMA }, { "..", TOKEN_TO },
}, words[] = {
	{ "and", TOKEN_AND }, { "or", TOKEN_OR }, { "not", TOKEN_NOT }, { "any", TOKEN_ANY },
	{ "all", TOKEN_ALL }, { "in", TOKEN_IN }, { "eq", TOKEN_EQ }, { "any_eq", TOKEN_EQ },
	{ "ne", TOKEN_NE }, { "all_ne", TOKEN_NE }, { "all_eq", TOKEN_ALL_EQ },
	{ "any_ne", TOKEN_ANY_NE }, { "lt", TOKEN_LT }, { "le", TOKEN_LE }, { "gt", TOKEN_GT },
	{ "ge", TOKEN_GE }, { "contains", TOKEN_CONTAINS }, { "matches", TOKEN_MATCHES },
	{ "bitwise_and", TOKEN_BITS },
};

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(uint8_t c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ':' ||
	       c == '.' || c == '-' || c == '/';
}

/* A range's two dots end a word. */
static uint32_t word_length(struct slice s)
{
	uint32_t n = 0;

	while (n < s.cap && is_word(slice_u8(s, n)) &&
	       !slice_starts(slice_skip(s, n), "..", 2))
		n++;
	return n;
}

/* The text between quotes, at the start of s; a backslash takes the next character in. */
static bool quoted(struct slice s, struct slice *text)
{
	uint8_t quote = slice_u8(s, 0);

	for (uint32_t n = 1; n < s.cap; n++) {
		if (slice_u8(s, n) == '\\') {
			n++;
		} else if (slice_u8(s, n) == quote) {
			*text = slice_part(s, 1, n - 1);
			return true;
		}
	}
	return false;
}

static void take_word(struct token *t, struct slice *rest)
{
	uint32_t n = word_length(*rest);

	t->kind = n > 0 ? TOKEN_WORD : TOKEN_UNKNOWN;
	t->text = slice_clip(*rest, n > 0 ? n : 1);
	*rest = slice_skip(*rest, t->text.cap);
	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i].text) == n && slice_starts(t->text, words[i].text, n))
			t->kind = words[i].kind;
}

struct token token_next(struct slice all, struct slice *rest)
{
	struct token t = { .kind = TOKEN_END };
	bool raw;

	while (rest->cap > 0 && is_blank(slice_u8(*rest, 0)))
		*rest = slice_skip(*rest, 1);
	t.at = slice_offset(all, *rest);
	t.text = slice_clip(*rest, 0);
	if (rest->cap == 0)
		return t;
	raw = slice_starts(*rest, "r\"", 2) || slice_starts(*rest, "R\"", 2);
	if (raw || slice_u8(*rest, 0) == '"' || slice_u8(*rest, 0) == '\'') {
		t.kind = raw ? TOKEN_RAW_STRING :
			 slice_u8(*rest, 0) == '"' ? TOKEN_STRING : TOKEN_CHAR;
		*rest = slice_skip(*rest, raw);
		if (!quoted(*rest, &t.text))
			t.kind = TOKEN_UNENDED;
		*rest = slice_skip(*rest, t.text.cap + 2);
		return t;
	}
	for (size_t i = 0; i < COUNT(signs); i++) {
		uint32_t n = (uint32_t)strlen(signs[i].text);

		if (!slice_starts(*rest, signs[i].text, n))
			continue;
		t.kind = signs[i].kind;
		t.text = slice_clip(*rest, n);
		*rest = slice_skip(*rest, n);
		return t;
	}
	take_word(&t, rest);
	return t;
}
