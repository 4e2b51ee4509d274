/* SPDX-License-Identifier: BSD-2-Clause */
/* track.h - bare IPv4 packets, one after the other through a tracker */
#ifndef TESTS_UNIT_TRACK_H
#define TESTS_UNIT_TRACK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/track/track.h"
#include "tests/unit/wire.h"

static struct track track;
static struct decoded own;
static uint8_t packet[2][1 << 17]; /* the tracker may not look at the one before */
static uint64_t number;
static int64_t now_s;

static int setup(void **state)
{
	(void)state;
	proto_init();
	memset(&track, 0, sizeof(track));
	track_init(&track, (const uint64_t[]){ 0x243f6a8885a308d3, 0x13198a2e03707344 });
	number = 0;
	now_s = 1700000000;
	return 0;
}

/* Of how many bytes the last packet was cut by the snap length. */
static uint32_t cut_by;

/* An IPv4 packet of n bytes behind its header, which stand there already; what it says with the others. */
static const struct decoded *send4(uint8_t *p, uint32_t proto, uint32_t ident, uint32_t offset,
				   uint32_t n)
{
	const struct decoded *line;
	struct arrival now = { ++number, now_s * 1000000000 };

	memset(p, 0, 20);
	p[0] = 0x45;
	put16(p + 2, 20 + n);
	put16(p + 4, ident);
	put16(p + 6, offset);
	p[8] = 64;
	p[9] = (uint8_t)proto;
	memcpy(p + 12, "\x0a\0\0\1\x0a\0\0\2", 8);
	decode(&own, (struct slice){ p, 20 + n - cut_by, 20 + n }, PROTO_RAW);
	return track_wants(&track, &own) ? track_packet(&track, &own, now, &line) : &own;
}

static inline uint8_t *fresh_packet(void)
{
	uint8_t *p = packet[number % 2];

	memset(packet[(number + 1) % 2], 0xee, 2048);
	return p;
}

/* The first layer of proto in d; NULL where there is none. */
static inline const struct layer *layer_of(const struct decoded *d, enum proto_id proto)
{
	for (uint32_t i = 0; i < d->count; i++)
		if (d->layer[i].proto == proto)
			return &d->layer[i];
	return NULL;
}

static inline uint32_t count_of(const struct decoded *d, enum proto_id proto)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->count; i++)
		n += d->layer[i].proto == proto;
	return n;
}

#endif
