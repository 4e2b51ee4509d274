/* SPDX-License-Identifier: BSD-2-Clause */
/* match_program.h - a compiled display filter
 *
 * How it works: an expression is a list of tests, each with the number of the test to go on with where
 * it holds and where not; always a later one, so a run ends. A test compares what its operand finds in
 * the packet: any number of values, of one class, from the tables of the protocols.
 */
#ifndef DECODE_MATCH_PROGRAM_H
#define DECODE_MATCH_PROGRAM_H

#include "decode/decode.h"

enum {				/* what one expression can have at most; one with more is refused */
	MATCH_TESTS = 256,
	MATCH_OPERANDS = 2 * MATCH_TESTS,
	MATCH_TARGETS = 1024,
	MATCH_FIELDS = 2048,
	MATCH_LITERALS = 1024,
	MATCH_BYTES = 16384,
	MATCH_RANGES = 4,	/* in one pair of brackets */
};

/* What is known of a packet besides its bytes. */
struct frame {
	uint64_t number;	/* from 1 */
	int64_t time;		/* since 1970, ns */
	int64_t since_first;	/* since the first packet, ns */
	int64_t since_last;	/* since the packet before, ns */
	uint32_t interface;	/* by which it came, from 0 */
	uint16_t segments;	/* packets of the wire that it stands for, and what each has */
	uint16_t segment_size;	/* of payload, bytes; both 0: it is one */
	uint32_t flows;		/* that it is of, */
	const uint32_t *flow;	/* and their numbers */
};

struct match_error {
	char text[160];		/* what is wrong, and what could be meant */
	uint32_t at;		/* where in the expression, bytes */
};

/* The engine behind "matches", which is handed in: decode/ has none. */
struct match_regex {
	/* The pattern of length bytes, ready to be looked for; or NULL, with a reason of at most size
	 * bytes, its end included, in why.
	 */
	void *(*compile)(const char *pattern, uint32_t length, char *why, uint32_t size);
	bool (*found)(void *compiled, const void *bytes, uint32_t length);
	void (*release)(void *compiled);
};

enum class { CLASS_NUMBER, CLASS_TIME, CLASS_BYTES, CLASS_TEXT };

/* How literals of an operand are written, and what can be compared with what. */
enum form {
	FORM_NUMBER, FORM_BOOL, FORM_TIME, FORM_DATE, FORM_IPV4, FORM_IPV6, FORM_MAC, FORM_BYTES, FORM_TEXT,
};

/* How a target's values are found: those up to WAY_FRAME once a packet, the others in each layer. */
enum way {
	WAY_NUMBER, WAY_LEN, WAY_CAP_LEN, WAY_INTERFACE, WAY_SEGMENTS, WAY_SEGMENT_SIZE, WAY_SINCE_FIRST, WAY_SINCE_LAST, WAY_EPOCH,
	WAY_FRAME,
	WAY_FLOW,		/* for each of its flows */
	WAY_HEAD,		/* the field is at a fixed place of the header */
	WAY_WALK,		/* it is looked for among all values of the layer */
	WAY_LAYER,		/* the protocol itself */
	WAY_CHECKSUM,		/* what checksum_verify() says */
	WAY_PAYLOAD, WAY_PAYLOAD_LEN,
};

struct target {
	uint8_t way;			/* enum way */
	uint8_t proto;			/* enum proto_id */
	uint16_t first, count;		/* fields of the match */
};

struct range {
	int32_t start;			/* bytes; negative: from the end */
	int32_t length;			/* bytes; 0: to the end */
	bool to;			/* length is the last byte, which may be negative too */
};

enum function { FUNCTION_NONE, FUNCTION_LEN, FUNCTION_COUNT, FUNCTION_LOWER, FUNCTION_UPPER };

struct operand {
	uint16_t first, count;		/* targets of the match */
	uint8_t class, form;		/* of its values at last */
	uint8_t from;			/* enum form, of the field itself */
	uint8_t function;		/* enum function */
	uint8_t width;			/* bits, of numbers */
	uint8_t ranges;
	bool host;			/* addresses as text */
	bool masked;
	uint16_t mask;			/* literal that it is masked with */
	struct range range[MATCH_RANGES];
};

struct literal {
	uint64_t number;		/* a time's: signed, ns */
	uint64_t mask;			/* a network's, of an IPv4 address */
	uint16_t at, length;		/* bytes of the match */
	uint16_t bits;			/* of an IPv6 network's prefix, and 1; 0: no IPv6 address */
	bool range;			/* from this literal to the next */
};

enum op { OP_EXISTS, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_CONTAINS, OP_MATCHES, OP_IN };

struct test {
	uint8_t op;			/* enum op */
	bool all;			/* it must hold for all values; else for any */
	bool field;			/* right is an operand; else a literal, or several */
	uint16_t left, right, count;
	uint16_t yes, no;		/* the next test; MATCH_YES, MATCH_NO */
	void *regex;
};

enum { MATCH_YES = UINT16_MAX, MATCH_NO = UINT16_MAX - 1 };

struct match {
	uint16_t start;			/* the first test */
	uint16_t tests, operands, targets, fields, literals, bytes;
	bool flows;			/* is a packet to be known by its flows? */
	const struct match_regex *engine;
	struct test test[MATCH_TESTS];
	struct operand operand[MATCH_OPERANDS];
	struct target target[MATCH_TARGETS];
	const struct field *field[MATCH_FIELDS];
	struct literal literal[MATCH_LITERALS];
	uint8_t byte[MATCH_BYTES];
};

#endif
