/* SPDX-License-Identifier: BSD-2-Clause */
/* feed.c - the viewer's end of a live capture */
#include "capture/feed.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "capture/block.h"
#include "capture/channel.h"
#include "capture/filter.h"

static void give_back(struct feed *f)
{
	struct loan back = { f->loan.index, f->taken };

	/* Where the keeper has gone, nobody waits for the block. */
	send(f->channel, &back, sizeof(back), MSG_NOSIGNAL);
	f->borrowed = false;
}

/* Take the next loan. Returns 1; 0 where there is none and wait is not set; -1 at the end. */
static int borrow(struct feed *f, bool wait)
{
	struct walk w;
	ssize_t n;

	do
		n = recv(f->channel, &f->loan, sizeof(f->loan), wait ? 0 : MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 0;
	if (n != sizeof(f->loan) || f->loan.index >= f->block_count)
		return -1;
	w = block_first((struct tpacket_block_desc *)
			(f->blocks + (size_t)f->loan.index * f->block_size));
	f->frame = w.frame;
	f->left = w.left;
	f->taken = 0;
	f->borrowed = true;
	return 1;
}

int feed_next(struct feed *f, struct batch *b)
{
	for (;;) {
		struct walk w = { f->frame, f->left };
		bool wait = f->idle;
		int got;

		if (f->borrowed) {
			block_batch(&w, b);
			f->frame = w.frame;
			f->left = w.left;
			f->taken += b->count;
			if (b->count)
				return (int)b->count;
			give_back(f);
		}
		f->idle = false;
		got = borrow(f, wait);
		if (got < 0)
			return -1;
		if (got == 0) {
			f->idle = true;
			return 0;
		}
	}
}

const struct tape *feed_tape(const struct feed *f)
{
	return f->tape;
}

void feed_seen(struct feed *f, uint64_t n)
{
	struct word word = { WORD_SEEN, n };

	if (n != f->seen && send(f->channel, &word, sizeof(word), MSG_NOSIGNAL | MSG_DONTWAIT) > 0)
		f->seen = n;
}

void feed_record(const struct feed *f, uint64_t n)
{
	struct word word = { WORD_RECORD, n };

	send(f->channel, &word, sizeof(word), MSG_NOSIGNAL);
}

void feed_name(const struct feed *f, const uint8_t *address, uint16_t n, const char *name)
{
	struct new_name said = { .what = WORD_NAME, .n = n };

	memcpy(said.address, address, n);
	snprintf(said.text, sizeof(said.text), "%s", name);
	send(f->channel, &said, sizeof(said), MSG_NOSIGNAL);
}

int feed_filter(struct feed *f, struct filter *const filter[], const uint16_t linktype[], uint32_t n, const char *text)
{
	struct new_filter *said = calloc(1, sizeof(*said));
	uint32_t used = 0;
	int rc = 0;

	if (!said)
		return -ENOMEM;
	said->what = WORD_FILTER;
	said->programs = n;
	snprintf(said->text, sizeof(said->text), "%s", text);
	for (uint32_t i = 0; i < n && !rc; i++) {
		uint32_t count;
		const struct sock_filter *insn = filter_program(filter[i], &count);

		if (count > BPF_MAXINSNS - used) {
			rc = -E2BIG;
			break;
		}
		said->program[i].linktype = linktype[i];
		said->program[i].count = count;
		memcpy(said->insn + used, insn, count * sizeof(*insn));
		used += count;
	}
	if (!rc && send(f->channel, said, offsetof(struct new_filter, insn) + used * sizeof(said->insn[0]),
			MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		rc = -errno;
	free(said);
	return rc;
}

int feed_descriptor(const struct feed *f)
{
	return f->channel;
}

bool feed_is_over(struct feed *f)
{
	uint8_t byte;
	ssize_t n;

	do
		n = recv(f->channel, &byte, sizeof(byte), MSG_DONTWAIT);
	while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}
