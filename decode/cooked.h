/* SPDX-License-Identifier: BSD-2-Clause */
/* cooked.h - what both versions of Linux cooked headers share */
#ifndef DECODE_COOKED_H
#define DECODE_COOKED_H

#include "decode/link.h"

/* The record over an address of len bytes in its 8 (packet(7), sll_addr). */
const struct record *cooked_address(uint32_t len);

/* The n-th record that cooked_address() can return, see struct proto. */
const struct record *cooked_record(uint32_t n);

/* Who has the protocol that the kernel names so: ethertypes, and ETH_P_802_2 of if_ether.h. */
enum proto_id cooked_next(uint32_t protocol);

/* "In", "Out" and the like, filled to 3 characters on the left or on the right. */
void cooked_put_direction(struct out *o, uint32_t pkttype, bool left);

/* "00:11:22:33:44:55 ethertype IPv4 (0x0800), length 100: ", of a header h and its layer. */
void cooked_put_rest(struct out *o, const struct brief *b, const struct layer *l,
		     struct slice address, uint32_t len);

#endif
