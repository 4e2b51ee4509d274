/* SPDX-License-Identifier: BSD-2-Clause */
/* frames.h - packets for the tests of the decoders, and buffers of exactly their size */
#ifndef TESTS_UNIT_FRAMES_H
#define TESTS_UNIT_FRAMES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "decode/decode.h"
#include "tests/unit/decoding.h"

struct frame {
	const char *name;
	const char *hex;	/* blanks between bytes do not count */
	enum proto_id first;
};

/* The bytes that hex writes, into to; returns how many. */
static inline uint32_t frame_bytes(uint8_t *to, const char *hex)
{
	uint32_t digits = 0;

	for (; *hex; hex++) {
		uint8_t digit;

		if (*hex == ' ')
			continue;
		digit = (uint8_t)(*hex <= '9' ? *hex - '0' : *hex - 'a' + 10);
		to[digits / 2] = (uint8_t)(digits % 2 ? to[digits / 2] << 4 | digit : digit);
		digits++;
	}
	return digits / 2;
}

/* The first cap of n bytes in a buffer of that size: release with free((void *)s.ptr). */
static inline struct slice frame_cut(const uint8_t *bytes, uint32_t n, uint32_t cap)
{
	uint8_t *copy = malloc(cap);

	if (cap > 0)
		memcpy(copy, bytes, cap);
	return (struct slice){ copy, cap, n };
}

#define ETHERNET "020000000002 020000000001 "
#define IP4_TO(proto, total) "4500 00" total " 0001 0000 40" proto " 0000 0a000001 0a000002 "
#define IP6_TO(next, plen) "60000000 00" plen " " next "40 20010db8000000000000000000000001" \
	" 20010db8000000000000000000000002 "
#define UDP5 "03e8 07d0 000d 0000 68656c6c6f"

static const struct frame frames[] = {
	{ "udp4", ETHERNET "0800 " IP4_TO("11", "21") UDP5, PROTO_ETH },
	{ "udp6", ETHERNET "86dd " IP6_TO("11", "0d") UDP5, PROTO_ETH },
	{ "tcp4 with options", ETHERNET "0800 " IP4_TO("06", "3c")
	  "8000 0050 00000001 00000000 a002 ffff 0000 0000"
	  "020405b4 0402 080a 00000001 00000002 01 030307", PROTO_ETH },
	{ "ip options", ETHERNET "0800 4800 002d 0001 0000 4011 0000 0a000001 0a000002"
	  " 070b04 01020304 00000000 00 " UDP5, PROTO_ETH },
	{ "icmp quoting", ETHERNET "0800 " IP4_TO("01", "38") "0303 0000 00000000 "
	  IP4_TO("11", "40") "03e8 07d0 002c 0000", PROTO_ETH },
	{ "igmp", ETHERNET "0800 " IP4_TO("02", "1c") "1164 0000 e0000001", PROTO_ETH },
	{ "first fragment", ETHERNET "0800 4500 0024 0001 2000 4011 0000 0a000001 0a000002"
	  " 03e8 07d0 0100 0000 68656c6c 6f6f6f6f", PROTO_ETH },
	{ "later fragment", ETHERNET "0800 4500 001c 0001 0020 4011 0000 0a000001 0a000002"
	  " 6162636465666768", PROTO_ETH },
	{ "double tag", ETHERNET "88a8 0064 8100 2005 0800 " IP4_TO("11", "21") UDP5, PROTO_ETH },
	{ "arp", ETHERNET "0806 0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002",
	  PROTO_ETH },
	{ "arp of another kind", ETHERNET "0806 0006 86dd 0210 0002 0102"
	  " 20010db8000000000000000000000001 0304 20010db8000000000000000000000002", PROTO_ETH },
	{ "snap", ETHERNET "0029 aaaa03 000000 0800 " IP4_TO("11", "21") UDP5, PROTO_ETH },
	{ "llc", ETHERNET "0007 f0f1 010a 010203", PROTO_ETH },
	{ "extension headers", ETHERNET "86dd " IP6_TO("00", "3d") "2b00 0502 0000 0100 "
	  "2c02 0001 00000000 20010db8000000000000000000000005 3c00 0000 00000007 "
	  "1100 0104 00000000 " UDP5, PROTO_ETH },
	{ "segments", ETHERNET "86dd " IP6_TO("2b", "3d") "1105 0401 01000000"
	  "20010db8000000000000000000000005 20010db8000000000000000000000006"
	  "0406 000000000000 " UDP5, PROTO_ETH },
	{ "mobility", ETHERNET "86dd " IP6_TO("87", "10") "3b01 0500 0000 0001 f000 0010 0102 0000",
	  PROTO_ETH },
	{ "ah", ETHERNET "86dd " IP6_TO("33", "25") "1104 0000 00000100 00000005"
	  "000102030405060708090a0b " UDP5, PROTO_ETH },
	{ "esp", ETHERNET "86dd " IP6_TO("32", "0c") "00000100 00000005 01020304", PROTO_ETH },
	{ "neighbor", ETHERNET "86dd " IP6_TO("3a", "20") "8700 0000 00000000"
	  "20010db8000000000000000000000002 0101 020000000001", PROTO_ETH },
	{ "dns", ETHERNET "0800 " IP4_TO("11", "39") "03e8 0035 0025 0000 0001 0100 0001 0000 0000"
	  "0000 07 6578616d706c65 03 636f6d 00 0001 0001", PROTO_ETH },
	{ "cooked", "0004 0001 0006 020000000001 0000 0800 " IP4_TO("11", "21") UDP5, PROTO_SLL },
	{ "cooked 2", "0800 0000 00000007 0001 04 06 020000000001 0000 " IP4_TO("11", "21") UDP5,
	  PROTO_SLL2 },
	{ "null", "02000000 " IP4_TO("11", "21") UDP5, PROTO_NULL },
	{ "raw", IP6_TO("11", "0d") UDP5, PROTO_RAW },
	{ "udp-lite", IP4_TO("88", "21") "03e8 07d0 0008 0000 68656c6c6f", PROTO_RAW },
};

#define FRAMES COUNT(frames)

#endif
