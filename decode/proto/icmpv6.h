/* SPDX-License-Identifier: BSD-2-Clause */
/* icmpv6.h - what icmpv6.c shares with neighbour discovery and listener discovery */
#ifndef DECODE_PROTO_ICMPV6_H
#define DECODE_PROTO_ICMPV6_H

#include "decode/brief.h"

/* A table of fields behind the head; see struct icmpv6_message. */
#define ICMPV6_RECORD(id, fields_, title_) \
	const struct record id = RECORD_OF("icmpv6", fields_, title_)

/* What a message's text is made from. */
struct icmpv6_text {
	const struct brief *b;
	uint32_t i;			/* the ICMPv6 layer */
	uint32_t code;
	uint32_t length;		/* of the message, bytes */
	struct slice body;		/* what follows the head, to the end of the message */
};

/* Appends a message's text behind its name; false where a part of it was not captured. */
typedef bool icmpv6_say(struct out *o, const struct icmpv6_text *t);

/* nd.c */
extern const struct record nd_solicit_router, nd_router, nd_solicit, nd_neighbor, nd_redirect;
icmpv6_say nd_say_options, nd_say_router, nd_say_solicit, nd_say_neighbor, nd_say_redirect;

/* nd_options.c: cut the next option off rest. One without length is the last: RFC 4861, section 4.6. */
const struct record *nd_option(struct slice *rest, struct slice *opt);

/* The n-th of the options' records. */
const struct record *nd_option_record(uint32_t n);

/* Is every option of the list at s as long as it says, and at least one unit? */
bool nd_options_sound(struct slice s);

/* With -v, a line or more for each option in rest. Returns false where one was cut, or has no length:
 * that spoils the message.
 */
bool nd_put_options(struct out *o, const struct brief *b, struct slice rest);

/* " [router, solicited]": the names of those of the count first flags in s that are set. */
void nd_put_flags(struct out *o, struct slice s, const struct field *f, const char *const *names,
		  uint32_t count);

/* How much a router is to be preferred: RFC 4191, section 2.1. */
extern const struct name nd_preferences[];

/* icmpv6_ni.c */
extern const struct record ni_message;
icmpv6_say ni_say_query, ni_say_reply;

/* mld.c */
extern const struct record mld_v1, mld_query, mld_report;
icmpv6_say mld_say_query, mld_say_v1, mld_say_report;

/* Is a query of so many bytes, head included, one of version 2? RFC 3810, section 8.1. */
bool mld_is_query_v2(uint32_t wire);

/* How long a version 2 query or report with this body is at the least, by its counts, bytes. */
uint32_t mld_least(const struct record *body, struct slice s);

/* Cut the next multicast address record of the report with this body off rest; NULL at the end.
 * The n-th of their records; there is one.
 */
const struct record *mld_option(struct slice body, uint32_t index, struct slice *rest,
				struct slice *opt);

const struct record *mld_option_record(uint32_t n);

/* How long the body of a version 2 query is with its sources, bytes. */
uint32_t mld_query_len(struct slice body);

#endif
