/* SPDX-License-Identifier: BSD-2-Clause */
/* ring.c - the engine that the kernel fills: TPACKET_V3, packet(7)
 *
 * How it works: the kernel writes frames into the blocks of a shared mapping, one block after the
 * other. A block is ours when it is full or its timeout is over (TP_STATUS_USER), until we give it
 * back (TP_STATUS_KERNEL). Where the next block is not given back yet, the kernel drops frames.
 *
 * In a silenced socket the block that the kernel was filling is complete too, and is taken without
 * waiting for its timeout. That needs the number of frames in a block that was given back to be 0
 * until the kernel writes it anew.
 */
#include <errno.h>
#include <linux/if_packet.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/block.h"
#include "capture/engine.h"

#define BUFFER_DEFAULT (32u << 20)	/* bytes: 0.15 s of 1.2 million small frames a second */
#define BUFFER_MAX (16ull << 30)	/* bytes */
#define BLOCK_MAX (1u << 20)		/* bytes: what a cache can hold, and seldom handed over */
#define BLOCK_MIN (128u << 10)		/* bytes: room for the largest frame of a TCP offload */
#define BLOCKS_MIN 4
#define BLOCKS_FEW 16			/* where blocks are full when they are handed over */
#define BLOCKS_MANY 256			/* where their timeout ends them: then each is a timeout's time to catch up in */
#define TIMEOUT_SHORT 100		/* ms: below, most of a block is empty on all but the busiest links */

static uint64_t buffer_size(uint64_t asked)
{
	uint64_t memory = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);

	if (asked)
		return asked < BUFFER_MAX ? asked : BUFFER_MAX;
	return memory / 4 < BUFFER_DEFAULT ? memory / 4 : BUFFER_DEFAULT;
}

static void divide(struct engine *e, uint64_t buffer, unsigned timeout_ms)
{
	uint32_t wanted = timeout_ms < TIMEOUT_SHORT ? BLOCKS_MANY : BLOCKS_FEW;

	e->block_size = BLOCK_MAX;
	while (e->block_size > BLOCK_MIN && buffer / e->block_size < wanted)
		e->block_size /= 2;
	e->block_count = (uint32_t)(buffer / e->block_size);
	if (e->block_count < BLOCKS_MIN)
		e->block_count = BLOCKS_MIN;
}

static int ask(const struct engine *e, unsigned timeout_ms)
{
	struct tpacket_req3 request = {
		.tp_block_size = e->block_size,
		.tp_block_nr = e->block_count,
		.tp_frame_size = 2048,	/* of no meaning for V3, but checked */
		.tp_frame_nr = e->block_size / 2048 * e->block_count,
		.tp_retire_blk_tov = timeout_ms,
	};

	return setsockopt(e->fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)) ? -errno : 0;
}

/* Where the kernel has no memory for buffer bytes, half of it may do. */
static int make_ring(struct engine *e, uint64_t buffer, unsigned timeout_ms, struct error *error)
{
	uint64_t size = buffer;
	int ret;

	for (;; size /= 2) {
		divide(e, size, timeout_ms);
		ret = ask(e, timeout_ms);
		if (ret != -ENOMEM || e->block_count == BLOCKS_MIN)
			break;
	}
	if (ret)
		return error_set(error, STATUS_INTERFACE, "%s: no ring of %llu KiB: %s",
				 e->interface.name, (unsigned long long)(buffer >> 10),
				 error_words(-ret));
	if (size < buffer)
		dprintf(STDERR_FILENO, "ringtail: %s: no memory for a ring of %llu KiB, it has %llu\n",
			e->interface.name, (unsigned long long)(buffer >> 10),
			(unsigned long long)e->block_size * e->block_count >> 10);
	return 0;
}

static int ring_open(struct engine *e, const struct engine_options *o, struct error *error)
{
	int version = TPACKET_V3, reserve = TAG_LEN, ret;
	void *map;

	if (setsockopt(e->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) ||
	    setsockopt(e->fd, SOL_PACKET, PACKET_RESERVE, &reserve, sizeof(reserve)))
		return error_set(error, STATUS_INTERFACE, "%s: no TPACKET_V3: %s; try --no-ring",
				 e->interface.name, error_words(errno));
	ret = make_ring(e, buffer_size(o->buffer), o->timeout_ms, error);
	if (ret)
		return ret;
	map = mmap(NULL, (size_t)e->block_size * e->block_count, PROT_READ | PROT_WRITE, MAP_SHARED,
		   e->fd, 0);
	if (map == MAP_FAILED)
		return error_set(error, STATUS_INTERFACE, "%s: cannot map the ring: %s",
				 e->interface.name, error_words(errno));
	e->blocks = map;
	return 0;
}

static bool ring_full(struct engine *e, uint32_t index)
{
	struct tpacket_block_desc *block = engine_block(e, index);
	uint32_t status = __atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE);

	if (status & TP_STATUS_USER)
		return true;
	return e->silent && __atomic_load_n(&block->hdr.bh1.num_pkts, __ATOMIC_ACQUIRE) > 0;
}

static void ring_release(struct engine *e, uint32_t index)
{
	struct tpacket_block_desc *block = engine_block(e, index);

	block->hdr.bh1.num_pkts = 0;
	__atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
}

static void ring_close(struct engine *e)
{
	if (e->blocks)
		munmap(e->blocks, (size_t)e->block_size * e->block_count);
}

const struct engine_ops engine_ring = {
	.open = ring_open,
	.full = ring_full,
	.release = ring_release,
	.close = ring_close,
};
