/* SPDX-License-Identifier: BSD-2-Clause */
/* checksum.h - the second look at a decoded packet: are its checksums right?
 *
 * Off the hot path: called only where the verdict is shown.
 */
#ifndef DECODE_CHECKSUM_H
#define DECODE_CHECKSUM_H

#include "decode/decode.h"

/* Verify the checksum in the header of layer i, its field "checksum": by its protocol's own verify(), or
 * the Internet checksum (RFC 1071) of IPv4, TCP, UDP, UDP-Lite, ICMP, ICMPv6, IGMP. *expected becomes
 * what the field should hold; untouched where the verdict is CSUM_UNVERIFIED or CSUM_ABSENT. expected
 * may be NULL.
 */
enum csum checksum_verify(const struct decoded *d, uint32_t i, uint32_t *expected);

/* For those who verify their own: is covered all there, and no length on the way to layer i lies? Else it
 * cannot be told.
 */
bool checksum_covers(const struct decoded *d, uint32_t i, struct slice covered);

/* Add the pseudo header of RFC 9293, section 3.1, or RFC 8200, section 8.1: the addresses that layer i goes
 * between, the length, and the protocol that layer i was found by. False where they cannot be told.
 */
bool checksum_pseudo(const struct decoded *d, uint32_t i, uint32_t length, uint32_t *sum);

/* Is the Internet checksum value right, when the sum of all that it covers, itself included, is sum? */
enum csum checksum_judge(uint32_t value, uint32_t sum, uint32_t *expected);

/* The folded one's complement sum of s, as far as it was captured, added to sum. */
uint32_t checksum_add(uint32_t sum, struct slice s);

#endif
