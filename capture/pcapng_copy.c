/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_copy.c - the packets of a pcapng file, and all that is around them, into another
 *
 * How it works: blocks are told of when they are read, which is before the packets that were read together with
 * them are put. So they wait, where they lie in the reader's window, for the first packet behind them, or until the
 * window moves. What packets of the section depend on is remembered for the next file, if there is one; and what is
 * told before there is a file, for the first.
 */
#include "capture/pcapng_copy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WAITING 1024			/* blocks; with more, some are passed before packets they stand behind */
#define REMEMBERED (16u << 20)		/* bytes */
#define SECTION_LENGTH 16		/* where in its block, 8 bytes */

struct copy {
	struct watch watch;
	struct pcapng_writer *writer;	/* NULL: there is no file yet */
	struct block waiting[WAITING];
	uint32_t first, count;		/* the first that waits still, how many there are */
	bool swapped;			/* the section's byte order is not ours */

	uint8_t *head;			/* remembered blocks */
	uint32_t used, room;		/* bytes */
	bool forgotten;			/* there was no room for one of them */
	bool part;			/* of a long block; it is remembered, */
	bool kept;			/* or not */
};

static void remember(struct copy *c, const uint8_t *p, uint32_t n)
{
	uint32_t room = c->room ? c->room : 4096;
	uint8_t *more;

	while (room - c->used < n && room < REMEMBERED)
		room *= 2;
	more = room > c->room && room - c->used >= n ? realloc(c->head, room) : c->head;
	if (!more || room - c->used < n) {
		c->forgotten = true;
		return;
	}
	c->head = more;
	c->room = room;
	memcpy(c->head + c->used, p, n);
	c->used += n;
}

/* What cannot be written is said when the next packet is put, or the file is closed. */
static void pass(struct copy *c, const uint8_t *p, uint32_t n, uint64_t rest)
{
	struct error later;

	if (c->writer)
		pcapng_writer_pass(c->writer, p, n, rest, c->swapped, &later);
}

/* A section's packets need its interfaces, and whoever reads them wants the names and secrets. */
static bool is_needed(uint32_t type)
{
	return type == SECTION_HEADER || type == INTERFACE || type == NAME_RESOLUTION || type == DECRYPTION_SECRETS;
}

/* Pass what waits before here, a place in the reader's window; NULL: all. */
static void pass_waiting(struct copy *c, const uint8_t *here)
{
	for (; c->first < c->count && (!here || c->waiting[c->first].body < here); c->first++) {
		struct block b = c->waiting[c->first];

		pass(c, b.body, b.len, 0);
		if (!c->writer || is_needed(stored_u32(b.body, c->swapped)))
			remember(c, b.body, b.len);
	}
	if (c->first == c->count)
		c->first = c->count = 0;
}

static void moving(void *who)
{
	pass_waiting(who, NULL);
}

/* No packet waits when a section begins: what is about the one before is of no use any more. */
static void begin_section(struct copy *c, const struct watched *w)
{
	uint32_t at;

	moving(c);
	if (c->writer) {
		c->used = 0;
		c->forgotten = false;
	}
	at = c->used;
	c->swapped = w->swapped;
	remember(c, w->whole.body, w->whole.len);
	if (c->forgotten)
		return;
	memset(c->head + at + SECTION_LENGTH, 0xff, sizeof(uint64_t));
	pass(c, c->head + at, w->whole.len, 0);
}

static void told(void *who, const struct watched *w)
{
	struct copy *c = who;

	if (w->whole.len == 0 || w->type == PACKET || w->type == ENHANCED_PACKET)
		return;
	if (w->type == SECTION_HEADER) {
		begin_section(c, w);
		return;
	}
	if (!c->writer) {
		remember(c, w->whole.body, w->whole.len);
		return;
	}
	if (c->count == WAITING)
		moving(c);
	c->waiting[c->count++] = w->whole;
}

static void piece(void *who, const uint8_t *p, uint32_t n, uint64_t rest)
{
	struct copy *c = who;

	if (!c->part)
		c->kept = !c->writer || (n >= 4 && is_needed(stored_u32(p, c->swapped)));
	c->part = rest > 0;
	if (c->kept)
		remember(c, p, n);
	pass(c, p, n, rest);
}

struct copy *copy_new(void)
{
	struct copy *c = calloc(1, sizeof(*c));

	if (c)
		c->watch = (struct watch){ .told = told, .piece = piece, .moving = moving, .who = c };
	return c;
}

const struct watch *copy_watch(const struct copy *c)
{
	return &c->watch;
}

/* Remembered sections may have either byte order. */
static uint32_t length_at(const struct copy *c, uint32_t at, bool *swapped)
{
	if (stored_u32(c->head + at, false) == SECTION_HEADER)
		*swapped = stored_u32(c->head + at + 8, true) == BYTE_ORDER_MAGIC;
	return stored_u32(c->head + at + 4, *swapped);
}

int copy_begin(struct copy *c, struct pcapng_writer *w, struct error *e)
{
	bool swapped = c->swapped;
	uint32_t len;
	int err = 0;

	c->writer = w;
	if (c->forgotten)
		return error_set(e, STATUS_WRITE, "a copy: more than %u MiB of interfaces, names and secrets",
				 REMEMBERED >> 20);
	for (uint32_t at = 0; !err && at < c->used; at += len) {
		len = length_at(c, at, &swapped);
		err = pcapng_writer_pass(w, c->head + at, min_u32(len, c->used - at), 0, swapped, e);
	}
	return err;
}

/* Where the block of p begins: data stand behind 28 bytes of it, sections 4.3 and A, in a simple one behind 12. */
static const uint8_t *block_of(const struct packet *p)
{
	return p->bytes.ptr - (p->flags & PACKET_TIMELESS ? 12 : 28);
}

int copy_put(struct copy *c, const struct packet *p, struct error *e)
{
	const uint8_t *block = block_of(p);

	if (c->first < c->count)
		pass_waiting(c, block);
	return pcapng_writer_pass(c->writer, block, stored_u32(block + 4, c->swapped), 0, c->swapped, e);
}

void copy_end(struct copy *c)
{
	c->writer = NULL;
}

void copy_free(struct copy *c)
{
	if (c)
		free(c->head);
	free(c);
}
