/* SPDX-License-Identifier: BSD-2-Clause */
/* match_parse.h - the text of a display filter while it is read: fields and values */
#ifndef DECODE_MATCH_PARSE_H
#define DECODE_MATCH_PARSE_H

#include "decode/match_program.h"
#include "decode/match_token.h"

enum {
	DEPTH_MAX = 100,	/* parentheses and negations in each other */
	TEXT_MAX = 65536,	/* bytes of an expression */
	NODES_MAX = 4 * MATCH_TESTS + DEPTH_MAX,
};

enum node_kind { NODE_TEST, NODE_NOT, NODE_AND, NODE_OR };

struct node {
	uint8_t kind;			/* enum node_kind */
	uint16_t left, right;		/* nodes; of a test: left is its number */
};

struct parser {
	struct match *m;
	struct match_error *e;
	struct slice all, rest;
	struct token token;
	uint32_t depth, nodes;
	bool failed;
	char why[100];			/* of the engine for "matches" */
	struct node node[NODES_MAX];
};

/* Make the next token the one at hand. */
void parse_advance(struct parser *p);

/* Say what is wrong at the place at, bytes from the start: "'QUOTED' WHAT THEN"; what is said first stays.
 * Returns 0, which is some node.
 */
uint16_t parse_wrong(struct parser *p, uint32_t at, const char *what, struct slice quoted,
		     const char *then);

/* Say that the token is not what is wanted here: "a value should be". Returns 0. */
uint16_t parse_unexpected(struct parser *p, const char *wanted);

/* Step behind the token if it is of this kind; returns whether it was. */
bool parse_take(struct parser *p, enum token_kind kind);

/* Add the token as a literal of this form and width, bits, and step behind it; false where it is wrong. */
bool parse_literal(struct parser *p, enum form form, uint32_t width);

/* Add a field, or a function of one, cut and masked; NULL where it is wrong. */
struct operand *parse_operand(struct parser *p);

/* Is the token a field, rather than a value? */
bool parse_is_field(struct parser *p);

#endif
