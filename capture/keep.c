/* SPDX-License-Identifier: BSD-2-Clause */
/* keep.c - what the keeper does with a block: count, write, lend */
#include "capture/keep.h"

#include <errno.h>

#include "capture/channel.h"

#define BLOCKS_AT_ONCE 16	/* until signals and viewer are looked at again */
#define NAMES_MAX 4096		/* as a viewer remembers */
#define FILL_MAX 15		/* per cent of the ring, until nobody waits for the disk any more */

/* The file is as far as it came: close it, and take no more. A reader of a pipe who has had enough is
 * a normal end.
 */
static void fail_write(struct capture *c, int ret)
{
	struct error ignored;

	c->status = rotate_errno(c->writer) == EPIPE ? STATUS_DONE : ret;
	c->ledger.file_failed = true;
	c->ledger.written = rotate_written(c->writer);
	c->ledger.unwritten = c->ledger.fate[FATE_CAPTURED] - c->ledger.written;
	for (uint32_t n = 0; n < c->taps.count; n++)
		c->taps.tap[n].ledger.file_failed = true;
	rotate_close(c->writer, &ignored);
	c->writer = NULL;
	c->room = 0;
	session_drain(c);
}

void keep_flush(struct capture *c)
{
	int ret;

	if (!c->writer || !c->dirty)
		return;
	c->dirty = false;
	c->flush_at = c->flush_every ? session_now() + c->flush_every : 0;
	ret = rotate_flush(c->writer, c->error);
	if (ret)
		fail_write(c, ret);
}

void keep_tell(struct capture *c)
{
	int ret = c->writer ? rotate_statistics(c->writer, c->error) : 0;

	c->told_at = session_now();
	c->dirty = true;
	if (ret)
		fail_write(c, ret);
}

/* What a viewer may be made to say has a bound. */
void keep_name(void *capture, const struct new_name *name)
{
	struct capture *c = capture;
	int ret;

	if (!c->writer || c->named++ >= NAMES_MAX)
		return;
	ret = rotate_name(c->writer, name->address, name->n, name->text, c->error);
	if (ret)
		fail_write(c, ret);
}

static void mark_loss(struct tap *tap, struct tpacket3_hdr *frame, struct packet *p)
{
	frame->tp_status |= TP_STATUS_LOSING;
	p->flags |= PACKET_LOSING;
	p->lost = tap->due < UINT32_MAX ? (uint32_t)tap->due : UINT32_MAX;
	tap->due = 0;
}

/* The file tells what was counted, so far. */
static void end_file(struct capture *c)
{
	int ret;

	session_count(c);
	ret = rotate_end_full(c->writer, c->error);
	if (ret)
		fail_write(c, ret);
	else if (rotate_over(c->writer))
		c->room = 0;
}

/* Write a captured frame, and make the copy that the viewer gets or that is kept. */
static void keep_frame(struct capture *c, struct tap *tap, struct tpacket3_hdr *frame, struct packet *p)
{
	int ret;

	if (tap->due)
		mark_loss(tap, frame, p);
	p->interface = tap->source;
	ret = c->writer ? rotate_put(c->writer, p, c->error) : 0;
	if (ret < 0) {
		fail_write(c, ret);
	} else if (c->writer) {
		tap->ledger.written++;
		c->ledger.written++;
	}
	c->ledger.bytes += p->bytes.wire;
	tap->ledger.bytes += p->bytes.wire;
	if (p->segments > 1) {
		c->ledger.more += p->segments - 1u;
		tap->ledger.more += p->segments - 1u;
	}
	if (c->tape.head)
		tape_put(&c->tape, p);
	if (c->writer && rotate_is_full(c->writer))
		end_file(c);
	if (!c->viewer.shelf.blocks)
		return;
	if (!c->viewer.pid || !lender_shelve(&c->viewer, frame))
		c->ledger.skipped++;
}

/* Did it come after until, ns since 1970? */
static bool is_late(const struct tpacket3_hdr *frame, int64_t until)
{
	return (int64_t)frame->tp_sec * 1000 * MS + frame->tp_nsec > until;
}

/* Find the fate of each frame of the block at index. Returns how many were captured. */
static uint32_t keep_frames(struct capture *c, uint32_t index)
{
	struct tpacket_block_desc *block = engine_block(&c->taps.engine, index);
	struct walk w = block_first(block);
	uint64_t before = c->ledger.fate[FATE_CAPTURED];
	struct packet p;

	if (block->hdr.bh1.block_status & TP_STATUS_LOSING && w.left > 0)
		taps_lose(&c->taps, w.frame, &c->ledger);
	for (; w.left > 0; walk_next(&w)) {
		struct tap *tap;
		enum fate fate;

		if (w.frame->tp_status & TP_STATUS_LOSING)
			taps_lose(&c->taps, w.frame, &c->ledger);
		tap = taps_of(&c->taps, w.frame);
		if (c->until && is_late(w.frame, c->until))
			c->room = 0;
		fate = block_prepare(w.frame, &tap->rules, &p);
		tap->ledger.fate[fate]++;
		c->ledger.fate[fate]++;
		if (fate == FATE_CAPTURED)
			keep_frame(c, tap, w.frame, &p);
	}
	c->dirty = true;
	return (uint32_t)(c->ledger.fate[FATE_CAPTURED] - before);
}

/* Does the viewer get the engine's blocks themselves? */
static bool lends(const struct capture *c)
{
	return c->viewer.pid && !c->viewer.shelf.blocks && !c->viewer.tape;
}

static void keep_block(struct capture *c, uint32_t index)
{
	uint32_t captured = keep_frames(c, index);

	if (captured && lends(c)) {
		lender_lend(&c->viewer, index, captured);
		return;
	}
	/* Of the tape the viewer has the counts, as long as it is there. */
	if (c->ledger.prints && !c->viewer.shelf.blocks && !c->viewer.pid)
		c->ledger.skipped += captured;
	engine_release(&c->taps.engine, index);
}

bool keep_may_take(const struct capture *c)
{
	return !lends(c) || c->viewer.lent < c->viewer.most;
}

/* Per cent of the ring. */
static uint32_t fill_of(struct capture *c)
{
	return engine_waiting(&c->taps.engine) * 100 / c->taps.engine.block_count;
}

/* The highest of this second, and of the one before. */
static void note_fill(struct capture *c)
{
	uint32_t fill = fill_of(c);

	if (fill > c->fill)
		c->fill = fill;
	if (fill > c->ledger.ring_fill)
		c->ledger.ring_fill = fill;
}

bool keep_blocks(struct capture *c)
{
	note_fill(c);
	for (int i = 0; i < BLOCKS_AT_ONCE; i++) {
		int64_t index = keep_may_take(c) ? engine_next(&c->taps.engine) : -1;

		if (index < 0) {
			if (!c->flush_every || session_now() >= c->flush_at)
				keep_flush(c);
			return true;
		}
		if (c->writer)
			rotate_hurry(c->writer, fill_of(c) > FILL_MAX);
		keep_block(c, (uint32_t)index);
		if (c->room == 0)
			session_drain(c);
	}
	return false;
}

void keep_tick(struct capture *c)
{
	int ret = 0;

	if (c->writer && session_now() >= keep_due(c))
		session_count(c);	/* which the file tells that ends */
	if (c->writer)
		ret = rotate_tick(c->writer, c->error);
	if (ret)
		fail_write(c, ret);
	if (!c->writer || !rotate_over(c->writer))
		return;
	c->room = 0;	/* what waits in the ring still has no file to go to */
	session_drain(c);
}

int64_t keep_due(const struct capture *c)
{
	int64_t due;

	if (!c->writer || c->stage >= STAGE_DRAIN)
		return INT64_MAX;
	due = rotate_due(c->writer);
	return c->flush_every && c->dirty && c->flush_at < due ? c->flush_at : due;
}

void keep_close(struct capture *c)
{
	int ret;

	c->dirty = true;
	keep_flush(c);
	if (!c->writer)
		return;
	ret = rotate_close(c->writer, c->error);
	c->writer = NULL;
	if (ret)
		c->status = ret;
}
