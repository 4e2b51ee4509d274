/* SPDX-License-Identifier: BSD-2-Clause */
/* channel.h - what passes between keeper and viewer; feed.h says how it works */
#ifndef CAPTURE_CHANNEL_H
#define CAPTURE_CHANNEL_H

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <stdbool.h>
#include <stdint.h>

#include "capture/filter.h"

/* What the two say to each other: this block, lent or given back. */
struct loan {
	uint32_t index;
	uint32_t packets;	/* captured ones, or those that were taken from the feed */
};

/* What a viewer says besides. One byte, the other way, is the answer to WORD_SEEN: there are more packets. */
enum word_kind {
	WORD_SEEN,		/* all before this packet */
	WORD_RECORD,		/* this packet is a reason to write what is kept to a file; the reader of a screen is one */
	WORD_FILTER,		/* see struct new_filter */
	WORD_NAME,		/* see struct new_name */
};

struct word {
	uint64_t what;		/* enum word_kind */
	uint64_t packet;
};

enum { FILTER_TEXT = 1024, HOST_TEXT = 256 };

/* These programs are to choose packets from now on, each those of its link type; none: all are chosen. Their instructions
 * follow each other, and the message ends behind the last.
 */
struct new_filter {
	uint64_t what;
	uint32_t programs;
	struct {
		uint32_t linktype;
		uint32_t count;		/* of instructions */
	} program[FILTER_LINKTYPES];
	char text[FILTER_TEXT];		/* what they were compiled from, ended by '\0' */
	struct sock_filter insn[BPF_MAXINSNS];
};

/* A host that had a name in lines. */
struct new_name {
	uint64_t what;
	uint8_t address[16];
	uint16_t n;			/* bytes of it: 4 or 16 */
	char text[HOST_TEXT];		/* ended by '\0' */
};

/* The viewer's end of the channel, and the blocks, or the tape. */
struct feed {
	int channel;
	const struct tape *tape;	/* NULL: packets are lent in blocks */
	uint8_t *blocks;
	uint32_t block_size, block_count;
	uint64_t seen;			/* packets of the tape, as the keeper was told */
	bool idle;		/* the caller knows that there is nothing for now */
	bool borrowed;		/* is there a loan? */
	struct loan loan;
	uint32_t taken;		/* packets of the loan */
	uint32_t left;		/* frames of the block not looked at, and the first of them */
	struct tpacket3_hdr *frame;
};

#endif
