/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv6_options.h - options of the hop-by-hop and destination options headers */
#ifndef DECODE_IPV6_OPTIONS_H
#define DECODE_IPV6_OPTIONS_H

#include "decode/brief.h"

/* See struct proto. */
const struct record *ipv6_option(struct slice whole, uint32_t index, struct slice *rest,
				 struct slice *opt);

const struct record *ipv6_option_record(uint32_t n);

/* Does every option end where the header does, or before? */
bool ipv6_options_fit(struct slice options);

/* "(rtalert: 0x0000) (padn)" */
void ipv6_put_options(struct out *o, const struct brief *b, struct slice options);

/* The length in a jumbo payload option (RFC 2675), from behind the IPv6 header on; 0 where there is
 * none.
 */
uint32_t ipv6_jumbo(struct slice options);

#endif
