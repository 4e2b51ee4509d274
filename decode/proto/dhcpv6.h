/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcpv6.h - options of DHCPv6, between the dhcpv6 files */
#ifndef DECODE_PROTO_DHCPV6_H
#define DECODE_PROTO_DHCPV6_H

#include "decode/brief.h"

/* RFC 8415, section 7.3. */
enum { DHCPV6_RELAY_FORW = 12, DHCPV6_RELAY_REPL };

enum { DHCPV6_IA_NA = 3, DHCPV6_IA_ADDR = 5, DHCPV6_STATUS = 13, DHCPV6_IA_PD = 25, DHCPV6_IA_PREFIX };

/* How long a message is before its options, bytes: section 8 and 9. */
uint32_t dhcpv6_header(struct slice msg);

/* What is behind the type of a message, and then its options: see struct record. rest begins behind the
 * type; msg is the message.
 */
const struct record *dhcpv6_cut(struct slice msg, uint32_t index, struct slice *rest, struct slice *item);

/* Cut an option off rest; its code, and its value. False at the end. */
bool dhcpv6_take(struct slice *rest, uint32_t *code, struct slice *value);

/* The n-th of all these records, see struct proto. */
const struct record *dhcpv6_any_record(uint32_t n);

#endif
