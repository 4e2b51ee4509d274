/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp_options.h - behind the fixed part of a header, shared by tcp.c, tcp_options.c, mptcp.c */
#ifndef DECODE_PROTO_TCP_OPTIONS_H
#define DECODE_PROTO_TCP_OPTIONS_H

#include "decode/proto.h"

#define TCP_FIXED 20	/* bytes before the options */

/* What the text of an option depends on besides its own bytes. */
struct tcp_context {
	uint32_t sack_start;	/* from where SACK blocks count */
	bool syn, ack;
};

/* The option() and record() of struct proto for TCP. */
const struct record *tcp_option(struct slice head, uint32_t index, struct slice *rest,
				struct slice *opt);

const struct record *tcp_option_record(uint32_t n);

/* Do all options in rest end within it, with the lengths that their kinds have? */
bool tcp_options_sound(struct slice rest);

/* Is there one of Multipath TCP in rest? */
bool tcp_options_multipath(struct slice rest);

/* Append "nop,nop,TS val 1 ecr 2" for the options in rest. Returns false where the snap length cut
 * them.
 */
bool tcp_options_put(struct out *o, struct slice rest, const struct tcp_context *c);

/* The record of a Multipath TCP option, by its subtype and flags; the n-th there is; the text of an
 * option. The latter returns false where its length is not one of its subtype's.
 */
const struct record *mptcp_record(struct slice opt);
const struct record *mptcp_any_record(uint32_t n);
bool mptcp_put(struct out *o, struct slice opt, const struct tcp_context *c);

#endif
