/* SPDX-License-Identifier: BSD-2-Clause */
/* one_protocol.c - a fuzzer of one protocol: inputs are what its ports carry */
#include "tests/fuzz/one_protocol.h"

#include <stdbool.h>
#include <stdlib.h>

#include "capture/linktype.h"
#include "tests/fuzz/outputs.h"

enum { HEAD = 3, IP_HEADER = 20, UDP_HEADER = 8, TCP_HEADER = 20, LENGTH_MAX = 0xffff };

static void put_u16(uint8_t *at, size_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/* Headers of a packet from the carrier's port to it, without checksums; returns their length. */
static uint32_t put_headers(uint8_t *at, const struct carrier *c, size_t size)
{
	uint32_t header = IP_HEADER + (c->transport == UDP ? UDP_HEADER : TCP_HEADER);
	uint8_t *transport = at + IP_HEADER;

	memset(at, 0, header);
	at[0] = 0x45;
	put_u16(at + 2, header + size);
	at[8] = 64;
	at[9] = c->transport;
	memcpy(at + 12, "\xc0\0\2\1\xc0\0\2\2", 8);
	put_u16(transport, c->port);
	put_u16(transport + 2, c->port);
	if (c->transport == UDP)
		put_u16(transport + 4, UDP_HEADER + size);
	else
		memcpy(transport + 12, "\x50\x18", 2);
	return header;
}

int one_protocol(const struct carrier *carriers, uint32_t count, const uint8_t *data, size_t size)
{
	static bool ready;
	uint32_t header, all;
	struct packet p = { .linktype = LINKTYPE_IPV4, .sec = 1 };
	uint8_t *bytes;

	if (!ready)
		outputs_init();
	ready = true;
	if (size < HEAD || size > LENGTH_MAX - IP_HEADER - TCP_HEADER)
		return 0;
	bytes = malloc(IP_HEADER + TCP_HEADER + size);
	if (!bytes)
		abort();
	header = put_headers(bytes, &carriers[data[0] % count], size - HEAD);
	memcpy(bytes + header, data + HEAD, size - HEAD);
	all = header + (uint32_t)size - HEAD;
	bytes = realloc(bytes, all);	/* so that a byte too far is seen */
	if (!bytes)
		abort();
	p.bytes = (struct slice){ bytes, all, all + (data[2] & 1 ? 1000u : 0) };
	outputs_take(data[1], &p);
	free(bytes);
	return 0;
}
