/* SPDX-License-Identifier: BSD-2-Clause */
/* one_protocol.h - a fuzzer of one protocol: inputs are what its ports carry */
#ifndef FUZZ_ONE_PROTOCOL_H
#define FUZZ_ONE_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

enum transport { UDP = 17, TCP = 6 };

/* Where the protocol is found. seeds.py reads these from the table in the fuzzer's file. */
struct carrier {
	uint8_t transport;		/* enum transport */
	uint16_t port;
};

/* Put the input behind IP and transport headers, and take that packet through every output. Its first byte
 * chooses one of the count carriers, the second how to print it, the lowest bit of the third whether the
 * snap length cut it; the payload is behind them. Returns 0, for LLVMFuzzerTestOneInput().
 */
int one_protocol(const struct carrier *carriers, uint32_t count, const uint8_t *data, size_t size);

/* Define a fuzzer of what the carriers carry. */
#define FUZZ_ONE_PROTOCOL(...)								\
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);			\
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)			\
	{										\
		static const struct carrier carriers[] = { __VA_ARGS__ };		\
											\
		return one_protocol(carriers, sizeof(carriers) / sizeof(*carriers),	\
				    data, size);					\
	}

#endif
