/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_block.h - the blocks of a pcapng file, draft-ietf-opsawg-pcapng, and who is told of them */
#ifndef CAPTURE_PCAPNG_BLOCK_H
#define CAPTURE_PCAPNG_BLOCK_H

#include "capture/input.h"

enum block_type {
	SECTION_HEADER = 0x0a0d0d0a,	/* the same in both byte orders */
	INTERFACE = 1,
	PACKET = 2,			/* obsolete */
	SIMPLE_PACKET = 3,
	NAME_RESOLUTION = 4,
	INTERFACE_STATISTICS = 5,
	ENHANCED_PACKET = 6,
	SYSTEMD_JOURNAL = 9,
	DECRYPTION_SECRETS = 10,
	CUSTOM = 0xbad,
	CUSTOM_NOT_COPIED = 0x40000bad,
};

#define BYTE_ORDER_MAGIC 0x1a2b3c4d	/* of a section, as it reads in its own byte order */

enum option_code {
	OPTION_COMMENT = 1,		/* of any block */
	OPTION_FLAGS = 2,		/* of a packet */
	OPTION_DROPCOUNT = 4,
	OPTION_SEGMENTS = 0x8067,	/* ours: codes from 0x8000 on are for local use, section 3.5.1. See below */
	OPTION_NAME = 2,		/* of an interface */
	OPTION_DESCRIPTION = 3,
	OPTION_MAC = 6,
	OPTION_TSRESOL = 9,
	OPTION_FILTER = 11,
	OPTION_TSOFFSET = 14,
};

/* The value of OPTION_SEGMENTS: others may use its code too, so it begins with a word that tells ours. */
#define SEGMENTS_WORD 0x67736f31	/* "gso1" */

struct segments_option {
	uint32_t word;
	uint16_t size;		/* bytes */
	uint16_t count;
};

/* A block in the window, or what is left of it. */
struct block {
	const uint8_t *body;
	uint32_t len;		/* of the body, bytes */
};

struct option {
	const uint8_t *value;
	uint16_t code, len;
};

/* Take the next option out of rest. Options that do not fit the block end the list. */
static inline bool option_next(struct block *rest, struct option *o, bool swapped)
{
	uint32_t used;

	if (rest->len < 4)
		return false;
	o->code = stored_u16(rest->body, swapped);
	o->len = stored_u16(rest->body + 2, swapped);
	o->value = rest->body + 4;
	used = 4 + ((o->len + 3u) & ~3u);
	if (o->code == 0 || used > rest->len)
		return false;
	rest->body += used;
	rest->len -= used;
	return true;
}

/* What a file says besides its packets: a block that is none, or a packet's options. */
struct watched {
	uint32_t type;		/* of the block, as it stands in the file */
	struct block block;	/* of a packet: its options. Borrowed until told() returns; empty where too long */
	struct block whole;	/* the same block from its type to its second length */
	uint32_t interface;	/* the packet's, the new one's, else the section's first; from 0 in the file */
	uint32_t interfaces;	/* that the section has so far */
	uint32_t index;		/* of a packet: its place in the batch that is lent next */
	uint16_t drops;		/* an obsolete packet block's count; else 0 */
	bool swapped;		/* the section's byte order is not ours */
};

/* Who is told of it, as it is read. What is NULL is not called. */
struct watch {
	void (*told)(void *who, const struct watched *w);
	/* n bytes of a block that is too long for told(), and that has so many more */
	void (*piece)(void *who, const uint8_t *p, uint32_t n, uint64_t rest);
	/* what was told since the last time, and the packets lent, are about to go */
	void (*moving)(void *who);
	void *who;
};

#endif
