/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp.h - what icmp.c shares with the errors, which quote a packet */
#ifndef DECODE_PROTO_ICMP_H
#define DECODE_PROTO_ICMP_H

#include "decode/brief.h"

/* A table of fields behind the head. */
#define ICMP_RECORD(id, fields_, title_) \
	const struct record id = RECORD_OF("icmp", fields_, title_)

/* What a message's text is made from. */
struct icmp_text {
	const struct brief *b;
	uint32_t i;			/* the ICMP layer */
	uint32_t type, code;
	struct slice body;		/* what follows the head */
};

/* Appends a message's text; false where a part of it was not captured. */
typedef bool icmp_say(struct out *o, const struct icmp_text *t);

enum { ICMP_UNREACHABLE = 3 };		/* a type */
enum { ICMP_CODE_TOO_BIG = 4 };		/* a code of it, RFC 1191, section 4 */

/* icmp_errors.c; the plain ones are for a quotation whose length is not said */
extern const struct record icmp_error, icmp_error_plain, icmp_too_big, icmp_too_big_plain, icmp_problem,
	icmp_problem_plain, icmp_redirect;
icmp_say icmp_say_unreachable, icmp_say_redirect, icmp_say_exceeded, icmp_say_problem;

/* How long the quotation in an error with this body is, bytes: RFC 4884, section 4; 0: the body does not say it. */
uint32_t icmp_quoted_len(struct slice body);

#endif
