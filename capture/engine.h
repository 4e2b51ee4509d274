/* SPDX-License-Identifier: BSD-2-Clause */
/* engine.h - a packet socket that hands out blocks of frames (block.h)
 *
 * How it works: the blocks lie in memory that a child shares, and are used in turn. engine_next()
 * hands a full one out, engine_release() takes it back, in any order. Start order: a socket of
 * protocol 0, which gets nothing, filter, blocks, and last engine_bind(): no foreign frame slips in.
 * Stop order: engine_silence(), then engine_next() until it hands out none: that was all.
 */
#ifndef CAPTURE_ENGINE_H
#define CAPTURE_ENGINE_H

#include <linux/if_packet.h>

#include "capture/error.h"
#include "capture/fanout.h"
#include "capture/interface.h"
#include "capture/ledger.h"
#include "capture/stamp.h"

struct engine;

struct engine_options {
	bool cooked;
	bool ring;
	bool promiscuous;
	bool sized;			/* segments are to be told (segments.h) */
	uint32_t snaplen;		/* bytes of a frame as the kernel shows it */
	uint64_t buffer;		/* bytes; 0: the default */
	unsigned timeout_ms;
	enum stamp stamp;		/* of a ring alone */
	struct sock_fprog *filter;	/* NULL: none */
	bool open;			/* engine_filter() may replace it */
	struct fanout *fanout;		/* it is one of several that share the interface; NULL: it is alone */
};

struct engine_ops {
	int (*open)(struct engine *, const struct engine_options *, struct error *);
	bool (*full)(struct engine *, uint32_t index);	/* is the block at index to be handed out? */
	void (*release)(struct engine *, uint32_t index);
	void (*close)(struct engine *);
};

extern const struct engine_ops engine_ring, engine_socket;

struct engine {
	const struct engine_ops *ops;
	struct interface interface;
	int fd;
	bool cooked;
	bool sized;			/* segments.h tells of each frame */
	uint64_t refused;		/* frames that the kernel dropped as it had no words for them */
	uint8_t *blocks;		/* block_count of block_size bytes each, shared with children */
	uint32_t block_size, block_count;
	uint32_t at;			/* the next one to be handed out */
	bool *lent;			/* which ones are */
	bool silent;			/* nothing comes any more */
	uint64_t taken;			/* blocks that were handed out */
	uint64_t *gap;			/* packets lost before block n, which is not handed out yet: see gap_before() */
	uint64_t due;			/* before those that were, and not told yet */
	bool losing;			/* what is counted now was lost before the block handed out last */
	struct fanout *fanout;		/* see struct engine_options */
	struct sock_fprog *later;	/* the filter that it gets as a member of that; owned; NULL: none */
	struct plain *plain;		/* of socket.c alone */
	struct bundle *bundle;		/* of bundle.c alone */
	struct engine **part;		/* of bundle.c: the engines of the interfaces; else there are none */
	uint32_t parts;
};

/* Open an engine for i; nothing comes yet. Returns 0, or -STATUS_INTERFACE. */
int engine_open(struct engine *e, const struct interface *i, const struct engine_options *o,
		struct error *error);

/* The kernel lets through what filter does, from now on; what is in stays. Returns 0 or -errno: the one before stays. */
int engine_filter(struct engine *e, const struct sock_fprog *filter);

/* Where the frames marked n come from: e itself, or a part of it. */
static inline struct engine *engine_part(struct engine *e, uint32_t n)
{
	return e->bundle ? e->part[n] : e;
}

/* From now on frames come. Returns 0, or -STATUS_INTERFACE. */
int engine_bind(struct engine *e, bool promiscuous, struct error *error);

static inline struct tpacket_block_desc *engine_block(const struct engine *e, uint32_t index)
{
	return (struct tpacket_block_desc *)(e->blocks + (size_t)index * e->block_size);
}

/* Hand out the next full block's index; -1 where there is none. Never waits: poll fd for that, edge
 * triggered, as the kernel calls a ring readable for as long as its last block is lent. TP_STATUS_LOSING
 * in its status or that of a frame says that others were lost right before its first frame, or that one.
 */
int64_t engine_next(struct engine *e);

/* How many blocks of a ring are full, or lent. */
uint32_t engine_waiting(struct engine *e);

void engine_release(struct engine *e, uint32_t index);

/* Let nothing in any more; what is in stays. Returns 0 or -errno: a member of a fanout cannot be made silent. */
int engine_silence(struct engine *e);

/* Add what the kernel has counted since the last call to l. What was lost is due with the block behind it. */
void engine_count(struct engine *e, struct ledger *l);

enum link_state { LINK_UP, LINK_DOWN, LINK_GONE };

/* How does the interface do, and what is it called by now? name is not touched where nobody knows. Clears the socket's
 * error.
 */
enum link_state engine_link(struct engine *e, char name[IF_NAMESIZE]);

void engine_close(struct engine *e);	/* e->ops is NULL from then on */

#endif
