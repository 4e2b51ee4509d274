/* SPDX-License-Identifier: BSD-2-Clause */
/* datagram.h - bare UDP datagrams in IPv4, for tests that count them */
#ifndef TESTS_UNIT_DATAGRAM_H
#define TESTS_UNIT_DATAGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/checksum.h"
#include "tests/unit/wire.h"

static struct decoded own;
static uint8_t datagram[2048];

/* From port 1000 of 10.a.b.c to port 53 of another host, bytes long; in each of so many tunnels there is one more
 * IPv4 header.
 */
static inline struct slice datagram_make(uint32_t from, uint32_t to, uint32_t tunnels, uint32_t bytes)
{
	uint8_t *h = datagram;

	memset(datagram, 0, sizeof(datagram));
	for (uint32_t i = 0; i <= tunnels; i++, h += 20) {
		h[0] = 0x45;
		put16(h + 2, bytes - 20 * i);
		h[8] = 64;
		h[9] = i < tunnels ? 4 : 17;
		put32(h + 12, 10u << 24 | from);
		put32(h + 16, 10u << 24 | to);
		put16(h + 10, 0xffff & ~checksum_add(0, (struct slice){ h, 20, 20 }));
	}
	put16(h, 1000);
	put16(h + 2, 53);
	put16(h + 4, bytes - 20 * tunnels - 20);
	return (struct slice){ datagram, bytes, bytes };
}

static inline int know_protocols(void **state)
{
	(void)state;
	proto_init();
	return 0;
}

#endif
