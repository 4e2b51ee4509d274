/* SPDX-License-Identifier: BSD-2-Clause */
/* source.h - what a file is to tell of where its packets come from */
#ifndef CAPTURE_SOURCE_H
#define CAPTURE_SOURCE_H

#include <stdint.h>

struct ledger;

#define SOURCE_UNKNOWN UINT64_MAX

/* An interface. Texts are borrowed; what is NULL is not told. */
struct source {
	const char *name, *description, *comment, *filter;
	const uint8_t *mac;	/* 6 bytes */
	uint32_t snaplen;	/* bytes; 0: no limit */
	uint16_t linktype;

	/* Packets since the capture began; whoever counts them keeps them up to date. */
	uint64_t received;	/* by the socket, dropped ones included */
	uint64_t missed;	/* by the card, or SOURCE_UNKNOWN */
	uint64_t dropped;	/* by the kernel: no room */
	uint64_t accepted;	/* by the user's filter */
	uint64_t delivered;	/* to the file */
	const struct ledger *ledger;	/* what else was counted; NULL: nobody tells */
	int64_t began, counted_at;	/* ns since 1970; 0: nothing is counted */
};

/* All of them: packet.interface counts them from 0. The list may grow while packets are written: an interface is
 * told of at the latest before its first packet.
 */
struct sources {
	struct source *source;	/* owned by who makes the list */
	uint32_t count;
	const char *comment;	/* on the whole capture; NULL: none */
};

#endif
