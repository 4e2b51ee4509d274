/* SPDX-License-Identifier: BSD-2-Clause */
/* dhcp.h - options of DHCP, between the dhcp files */
#ifndef DECODE_PROTO_DHCP_H
#define DECODE_PROTO_DHCP_H

#include "decode/brief.h"

enum { DHCP_SERVER_NAME = 44, DHCP_FILE = 108, DHCP_HEADER = 236, DHCP_OPTIONS = 240 };	/* bytes */

enum {
	DHCP_PAD = 0, DHCP_HOSTNAME = 12, DHCP_REQUESTED = 50, DHCP_LEASE_TIME = 51, DHCP_OVERLOAD = 52,
	DHCP_MESSAGE_TYPE = 53, DHCP_SERVER_ID = 54, DHCP_MESSAGE = 56, DHCP_END = 255,
};

/* What option 52 says holds options, RFC 2132 section 9.3. */
enum { DHCP_FILE_USED = 1, DHCP_NAME_USED = 2 };

/* The value of the first option code of the message; empty where there is none. */
struct slice dhcp_find(struct slice msg, uint8_t code);

/* Cut the next option off rest, which is part of head: see struct proto. */
const struct record *dhcp_cut(struct slice head, struct slice *rest, struct slice *item);

/* The n-th of the options' records, see struct proto. */
const struct record *dhcp_any_option(uint32_t n);

/* The same for those that hold others, in dhcp_nested.c. */
const struct record *dhcp_nested(uint8_t code, struct slice option);
const struct record *dhcp_any_nested(uint32_t n);

#endif
