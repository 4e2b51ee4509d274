/* SPDX-License-Identifier: BSD-2-Clause */
/* match_token.h - the words and signs of a display filter */
#ifndef DECODE_MATCH_TOKEN_H
#define DECODE_MATCH_TOKEN_H

#include <stdbool.h>

#include "decode/slice.h"

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,		/* a name, a number, an address ... */
	TOKEN_STRING, TOKEN_RAW_STRING, TOKEN_CHAR,	/* text is what is between the quotes */
	TOKEN_OPEN, TOKEN_CLOSE, TOKEN_OPEN_SET, TOKEN_CLOSE_SET, TOKEN_OPEN_RANGE, TOKEN_COMMA,
	TOKEN_TO,		/* .. */
	TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_ANY, TOKEN_ALL, TOKEN_IN, TOKEN_BITS,
	TOKEN_EQ, TOKEN_NE, TOKEN_ALL_EQ, TOKEN_ANY_NE, TOKEN_LT, TOKEN_LE, TOKEN_GT, TOKEN_GE,
	TOKEN_CONTAINS, TOKEN_MATCHES,
	TOKEN_UNENDED,		/* a string without its last quote */
	TOKEN_UNKNOWN,		/* a character that has no meaning */
};

struct token {
	enum token_kind kind;
	uint32_t at;		/* in the expression, bytes */
	struct slice text;
};

/* Cut the next token off rest, which ends with the expression all. */
struct token token_next(struct slice all, struct slice *rest);

#endif
