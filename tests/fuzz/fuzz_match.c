/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_match.c - display filters of any text: an expression, a zero byte, and a packet for it */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "decode/match.h"
#include "ui/regex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct match m;
	const uint8_t *end = size ? memchr(data, 0, size) : NULL;
	size_t length = end ? (size_t)(end - data) : size, rest = end ? size - length - 1 : 0;
	struct slice packet = { end ? end + 1 : data, (uint32_t)rest, (uint32_t)rest };
	struct frame f = { .number = 1 };
	struct match_error e;
	struct decoded d;

	proto_init();
	if (match_open(&m, (const char *)data, length, &regex_engine, &e) == 0) {
		decode(&d, packet, PROTO_ETH);
		match_packet(&m, &d, &f);
	} else if (e.at > length || strlen(e.text) >= sizeof(e.text)) {
		__builtin_trap();
	}
	match_close(&m);
	return 0;
}
