/* SPDX-License-Identifier: BSD-2-Clause */
/* bundle.c - several engines as one: their frames in the order of time */
#define _GNU_SOURCE
#include "capture/bundle.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>

#include "capture/block.h"
#include "capture/clock.h"

#define BLOCK_SIZE (512u << 10)		/* bytes: more than a frame of SNAPLEN_MAX */
#define BLOCK_COUNT 16
#define BLOCK_FRAMES 1024		/* at most, so that a busy link's lines are not late */
#define TICK_MS 4			/* the kernel's timers are not finer, CONFIG_HZ */
#define MS INT64_C(1000000)		/* ns */

static_assert(BUNDLE_PARTS <= UINT8_MAX + 1, "a mark has room for the number of each");

/* Where in a part somebody is. */
struct lane {
	int64_t index;			/* of its block; -1: it has none to hand out */
	struct walk walk;		/* of the block: the frames that were not taken yet */
	bool lossy;			/* the kernel says that frames were lost before them */
};

struct bundle {
	struct lane lane[BUNDLE_PARTS];
	struct engine *part[BUNDLE_PARTS];
	int64_t hold;			/* ns: how long a frame waits for older ones */
	int64_t since;			/* ns of CLOCK_MONOTONIC: so long they have been waiting; 0: none does */
	int64_t due;			/* likewise: until then */
};

static int64_t time_of(const struct lane *l)
{
	return (int64_t)l->walk.frame->tp_sec * 1000 * MS + l->walk.frame->tp_nsec;
}

/* Have a frame of each part at hand, where it has one. */
static void look(struct engine *e, uint32_t n)
{
	struct lane *l = &e->bundle->lane[n];

	while (l->index < 0) {
		struct tpacket_block_desc *block;

		l->index = engine_next(e->part[n]);
		if (l->index < 0)
			return;
		block = engine_block(e->part[n], (uint32_t)l->index);
		l->walk = block_first(block);
		l->lossy = block->hdr.bh1.block_status & TP_STATUS_LOSING;
		if (l->walk.left > 0)
			return;
		engine_release(e->part[n], (uint32_t)l->index);
		l->index = -1;
	}
}

/* Frames out of order are better than lost ones: where a ring is half full, nothing waits. */
static bool is_pressed(const struct engine *e)
{
	for (uint32_t n = 0; n < e->parts; n++)
		if (engine_waiting(e->part[n]) > e->part[n]->block_count / 2)
			return true;
	return false;
}

/* The clock may have been set back: then nothing waits for it for long. */
static int64_t horizon(const struct engine *e)
{
	const struct bundle *m = e->bundle;

	if (is_pressed(e) || (m->since && clock_now(CLOCK_MONOTONIC) - m->since > 4 * m->hold))
		return INT64_MAX;
	return clock_now(CLOCK_REALTIME) - m->hold;
}

/* Which part's frame is the next; -1: none is, yet. Those of it that are not older than *until come behind others. */
static int choose(const struct engine *e, int64_t limit, int64_t *until)
{
	int64_t first = INT64_MAX;
	int best = -1;

	*until = INT64_MAX;
	for (uint32_t n = 0; n < e->parts; n++) {
		const struct lane *l = &e->bundle->lane[n];
		int64_t t = l->index < 0 ? e->part[n]->silent ? INT64_MAX : limit : time_of(l);

		if (l->index >= 0 && t < first) {
			*until = first < *until ? first : *until;
			first = t;
			best = (int)n;
		} else if (t < *until) {
			*until = t;
		}
	}
	return best >= 0 && first <= *until ? best : -1;
}

/* Copy frames of part n into block, until they are younger. Returns false where there is no more room. */
static bool take(struct engine *e, uint32_t n, struct tpacket_block_desc *block, int64_t until)
{
	struct lane *l = &e->bundle->lane[n];

	while (l->index >= 0 && time_of(l) <= until) {
		struct tpacket3_hdr *copy;

		if (l->lossy && block->hdr.bh1.num_pkts > 0)	/* a block begins with it */
			return false;
		if (block->hdr.bh1.num_pkts == BLOCK_FRAMES)
			return false;
		copy = block_append(block, e->block_size, l->walk.frame);
		if (!copy)
			return false;
		frame_mark(copy)->interface = (uint8_t)n;
		if (l->lossy)
			block->hdr.bh1.block_status = TP_STATUS_LOSING;
		l->lossy = false;
		walk_next(&l->walk);
		if (l->walk.left > 0)
			continue;
		engine_release(e->part[n], (uint32_t)l->index);
		l->index = -1;
		look(e, n);
	}
	return true;
}

/* When will those that wait be older than any that may come? */
static void wait_for_others(struct engine *e, int64_t limit)
{
	struct bundle *m = e->bundle;
	int64_t first = INT64_MAX;

	for (uint32_t n = 0; n < e->parts; n++)
		if (m->lane[n].index >= 0 && time_of(&m->lane[n]) < first)
			first = time_of(&m->lane[n]);
	if (first == INT64_MAX) {
		m->since = 0;
		return;
	}
	if (!m->since)
		m->since = clock_now(CLOCK_MONOTONIC);
	m->due = clock_now(CLOCK_MONOTONIC) + (first - limit < m->hold ? first - limit : m->hold);
}

static bool bundle_full(struct engine *e, uint32_t index)
{
	struct tpacket_block_desc *block = engine_block(e, index);
	struct epoll_event seen[16];
	int64_t limit = horizon(e), until;
	int n;

	epoll_wait(e->fd, seen, 16, 0);		/* or the next event is none */
	block_clear(block);
	for (uint32_t i = 0; i < e->parts; i++)
		look(e, i);
	while ((n = choose(e, limit, &until)) >= 0)
		if (!take(e, (uint32_t)n, block, until))
			break;
	if (block->hdr.bh1.num_pkts > 0)
		e->bundle->since = 0;
	e->bundle->due = INT64_MAX;
	if (n < 0)
		wait_for_others(e, limit);
	return block->hdr.bh1.num_pkts > 0;
}

static void bundle_release(struct engine *e, uint32_t index)
{
	(void)e;
	(void)index;
}

static void bundle_close(struct engine *e)
{
	for (uint32_t n = 0; n < e->parts; n++) {
		engine_close(e->part[n]);
		free(e->part[n]);
	}
	if (e->blocks)
		munmap(e->blocks, (size_t)BLOCK_SIZE * BLOCK_COUNT);
	free(e->bundle);
}

static const struct engine_ops engine_bundle = {
	.full = bundle_full,
	.release = bundle_release,
	.close = bundle_close,
};

int bundle_open(struct engine *e, unsigned timeout_ms, struct error *error)
{
	void *map = mmap(NULL, (size_t)BLOCK_SIZE * BLOCK_COUNT, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	*e = (struct engine){
		.ops = &engine_bundle,
		.fd = epoll_create1(EPOLL_CLOEXEC),
		.blocks = map == MAP_FAILED ? NULL : map,
		.block_size = BLOCK_SIZE,
		.block_count = BLOCK_COUNT,
		.lent = calloc(BLOCK_COUNT, sizeof(*e->lent)),
		.bundle = calloc(1, sizeof(*e->bundle)),
	};
	if (e->fd < 0 || !e->blocks || !e->lent || !e->bundle) {
		engine_close(e);
		return error_set(error, STATUS_INTERFACE, "out of memory");
	}
	e->part = e->bundle->part;
	e->bundle->due = INT64_MAX;
	e->bundle->hold = timeout_ms ? 2 * MS * (timeout_ms > TICK_MS ? timeout_ms : TICK_MS) + TICK_MS * MS : 2 * MS;
	return 0;
}

int bundle_add(struct engine *e, struct engine *part, struct error *error)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };

	if (e->parts == BUNDLE_PARTS)
		return error_set(error, STATUS_INTERFACE, "%s: more than %u interfaces", part->interface.name,
				 BUNDLE_PARTS);
	if (epoll_ctl(e->fd, EPOLL_CTL_ADD, part->fd, &event))
		return error_set(error, STATUS_INTERFACE, "%s: cannot wait for packets: %s", part->interface.name,
				 error_words(errno));
	e->bundle->lane[e->parts].index = -1;
	e->part[e->parts++] = part;
	return 0;
}

int64_t bundle_due(const struct engine *e)
{
	return e->bundle && !e->lent[e->at] ? e->bundle->due : INT64_MAX;
}
