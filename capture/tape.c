/* SPDX-License-Identifier: BSD-2-Clause */
/* tape.c - the last live packets, in shared memory */
#define _GNU_SOURCE
#include "capture/tape.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE	/* of linux/fcntl.h since 5.1 */
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

#define NS 1000000000
#define PAGE 4096
#define EACH 104		/* bytes for an entry and a packet: with shorter ones entries run out first */

enum { AT_BITS = 45, CAP_BITS = 19 };

struct tape_entry {
	uint64_t at : AT_BITS;	/* in the ring, bytes */
	uint64_t cap : CAP_BITS;
	int64_t time;		/* ns since 1970 */
	uint32_t wire;		/* bytes */
	uint16_t flags;		/* enum packet_flag */
	uint16_t interface;
	uint16_t linktype;
	uint16_t segment_size, segments;
};

static_assert(sizeof(struct tape_entry) == 32, "which EACH is made for");
static_assert(SNAPLEN_MAX < 1 << CAP_BITS, "each length that is captured can be kept");

/* What the keeper says. */
struct tape_head {
	uint64_t count, first;
	uint64_t wire, used;
	int64_t began;
};

static void say(uint64_t *where, uint64_t value)
{
	__atomic_store_n(where, value, __ATOMIC_RELAXED);
}

static uint64_t said(const uint64_t *where)
{
	return __atomic_load_n(where, __ATOMIC_RELAXED);
}

static struct tape_entry *entry_of(const struct tape *t, uint64_t n)
{
	return &t->entry[n & (t->room - 1)];
}

static int map(struct tape *t, int protection)
{
	uint8_t *at = mmap(NULL, t->whole, protection, MAP_SHARED | MAP_NORESERVE, t->fd, 0);

	if (at == MAP_FAILED)
		return -errno;
	t->head = (struct tape_head *)at;
	t->entry = (struct tape_entry *)(at + PAGE);
	t->bytes = (uint8_t *)(t->entry + t->room);
	return 0;
}

/* A child gets no mapping by fork(2), and by the seal none that could be written to. */
static int make(struct tape *t)
{
	int ret;

	t->fd = memfd_create("packets", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (t->fd < 0 || ftruncate(t->fd, (off_t)t->whole))
		return -errno;
	ret = map(t, PROT_READ | PROT_WRITE);
	if (ret)
		return ret;
	madvise(t->head, t->whole, MADV_DONTFORK);
	fcntl(t->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE);
	return 0;
}

int tape_open(struct tape *t, uint64_t bytes, int64_t span, struct error *e)
{
	int ret;

	if (bytes < TAPE_MIN)
		bytes = TAPE_MIN;
	*t = (struct tape){ .room = 1, .whole = bytes / PAGE * PAGE, .span = span, .fd = -1 };
	while (2 * t->room * EACH <= t->whole)
		t->room *= 2;
	t->size = t->whole - PAGE - t->room * sizeof(struct tape_entry);
	ret = make(t);
	if (ret) {
		tape_close(t);
		return error_set(e, STATUS_WRITE, "no memory to keep packets in: %s", error_words(-ret));
	}
	return 0;
}

static void forget_oldest(struct tape *t)
{
	t->used -= entry_of(t, t->first)->cap;
	t->first++;
}

/* Is the oldest packet from begin on, before end? In order of their places none that is older comes between. */
static bool oldest_is_in(const struct tape *t, uint64_t begin, uint64_t end)
{
	uint64_t at;

	if (t->first == t->count)
		return false;
	at = entry_of(t, t->first)->at;
	return at >= begin && at < end;
}

/* Make room for cap bytes in one piece, and for an entry. Returns where. */
static uint64_t make_room(struct tape *t, uint32_t cap)
{
	if (t->count - t->first == t->room)
		forget_oldest(t);
	if (cap > t->size - t->at) {
		while (oldest_is_in(t, t->at, t->size))
			forget_oldest(t);
		t->at = 0;
	}
	while (oldest_is_in(t, t->at, t->at + cap))
		forget_oldest(t);
	return t->at;
}

static void forget_old(struct tape *t, int64_t now)
{
	while (t->first < t->count && now - entry_of(t, t->first)->time > t->span)
		forget_oldest(t);
}

/* Readers have to know what is gone before anything stands in its place. */
static void say_first(struct tape *t)
{
	say(&t->head->first, t->first);
	__atomic_thread_fence(__ATOMIC_RELEASE);
}

/* The same the other way round: what is there has to stand there. */
static void say_count(struct tape *t)
{
	say(&t->head->wire, t->wire);
	say(&t->head->used, t->used);
	__atomic_store_n(&t->head->count, t->count, __ATOMIC_RELEASE);
}

void tape_put(struct tape *t, const struct packet *p)
{
	uint32_t cap = min_u32(p->bytes.cap, SNAPLEN_MAX);
	int64_t time = (int64_t)((uint64_t)p->sec * NS + p->nsec);
	uint64_t before = t->first, at = make_room(t, cap);

	if (t->span)
		forget_old(t, time);
	if (t->first != before)
		say_first(t);
	slice_copy(t->bytes + at, p->bytes, cap);
	*entry_of(t, t->count) = (struct tape_entry){
		.at = at, .cap = cap, .time = time, .wire = p->bytes.wire,
		.interface = (uint16_t)p->interface, .linktype = p->linktype, .flags = p->flags,
		.segment_size = p->segment_size, .segments = p->segments,
	};
	if (t->count++ == 0)
		t->head->began = time;
	t->at += cap;
	t->used += cap;
	t->wire += p->bytes.wire;
	say_count(t);
}

int tape_follow(struct tape *t)
{
	int ret = map(t, PROT_READ);

	close(t->fd);
	t->fd = -1;
	return ret;
}

uint64_t tape_count(const struct tape *t)
{
	return __atomic_load_n(&t->head->count, __ATOMIC_ACQUIRE);
}

uint64_t tape_first(const struct tape *t)
{
	return said(&t->head->first);
}

int64_t tape_began(const struct tape *t)
{
	return t->head->began;
}

uint64_t tape_wire(const struct tape *t)
{
	return said(&t->head->wire);
}

uint32_t tape_fill(const struct tape *t)
{
	uint64_t bytes = said(&t->head->used) * 100 / t->size;
	uint64_t entries = (tape_count(t) - tape_first(t)) * 100 / t->room;

	return (uint32_t)(bytes > entries ? bytes : entries);
}

int64_t tape_time(const struct tape *t, uint64_t n)
{
	return entry_of(t, n)->time;
}

/* Was packet n there up to here? What was read of it before may be believed then. */
static bool is_there(const struct tape *t, uint64_t n)
{
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	return n >= tape_first(t);
}

bool tape_copy(const struct tape *t, uint64_t n, uint8_t *to, struct packet *p)
{
	struct tape_entry entry = *entry_of(t, n);

	*p = (struct packet){ .linktype = entry.linktype, .number = n + 1 };
	if (!is_there(t, n))
		return false;
	memcpy(to, t->bytes + entry.at, entry.cap);
	if (!is_there(t, n))
		return false;
	p->bytes = (struct slice){ to, entry.cap, entry.wire };
	p->sec = entry.time / NS - (entry.time % NS < 0);
	p->nsec = (uint64_t)entry.time - (uint64_t)p->sec * NS;
	p->interface = entry.interface;
	p->flags = entry.flags;
	p->segment_size = entry.segment_size;
	p->segments = entry.segments;
	return true;
}

void tape_close(struct tape *t)
{
	if (t->head)
		munmap(t->head, t->whole);
	if (t->fd >= 0)
		close(t->fd);
	*t = (struct tape){ .fd = -1 };
}
