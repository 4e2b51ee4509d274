/* SPDX-License-Identifier: BSD-2-Clause */
/* ipv4_options.h - the options of IPv4: their records, and their text */
#ifndef DECODE_IPV4_OPTIONS_H
#define DECODE_IPV4_OPTIONS_H

#include "decode/proto.h"

/* See struct proto. */
const struct record *ipv4_option(struct slice whole, uint32_t index, struct slice *rest,
				 struct slice *opt);

const struct record *ipv4_option_record(uint32_t n);

/* Where the header h goes at last, see struct proto: the end of a source route that is not done. */
bool ipv4_final_dst(struct slice h, struct slice *dst);

/* ", options (RR 10.0.0.1, 10.0.0.2,EOL)" */
void ipv4_put_options(struct out *o, struct slice options);

#endif
