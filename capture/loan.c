/* SPDX-License-Identifier: BSD-2-Clause */
/* loan.c - the keeper's side: start the viewer, lend it blocks, take them back */
#define _GNU_SOURCE
#include "capture/loan.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "capture/channel.h"
#include "capture/signals.h"

#define LENT_MAX 128		/* blocks: more messages than this may not fit into the channel */

/* The child may read the packets, and nothing else: no socket, no file. */
static int child(struct feed *feed, struct tape *tape, pid_t keeper,
		 int (*viewer)(void *context, struct feed *feed), void *context)
{
	int channel = feed->channel, status;

	signals_in_viewer();
	if (getppid() != keeper)
		return STATUS_DONE;
	if (tape && tape_follow(tape))
		return STATUS_WRITE;
	if (channel > 3)
		close_range(3, (unsigned)channel - 1, 0);
	close_range((unsigned)channel + 1, ~0u, 0);
	if (feed->blocks && mprotect(feed->blocks, (size_t)feed->block_size * feed->block_count, PROT_READ))
		return STATUS_WRITE;
	status = viewer(context, feed);
	return fflush(stdout) && status == STATUS_DONE && errno != EPIPE ? STATUS_WRITE : status;
}

static int choose_blocks(struct lender *l, bool copies, struct error *e)
{
	int ret = copies ? shelf_open(&l->shelf, e) : 0;

	if (ret)
		return ret;
	l->blocks = copies ? l->shelf.blocks : l->engine->blocks;
	l->block_size = copies ? SHELF_BLOCK_SIZE : l->engine->block_size;
	l->block_count = copies ? SHELF_BLOCKS : l->engine->block_count;
	l->most = l->block_count < LENT_MAX ? l->block_count : LENT_MAX;
	l->packets = calloc(l->block_count, sizeof(*l->packets));
	if (l->packets)
		return 0;
	return error_set(e, STATUS_WRITE, "cannot start the viewer: %s", error_words(ENOMEM));
}

int lender_start(struct lender *l, const struct lending *lending, int (*viewer)(void *context, struct feed *feed),
		 void *context, struct error *e)
{
	pid_t keeper = getpid();
	int ends[2], ret = 0;

	*l = (struct lender){ .engine = lending->engine, .tape = lending->tape, .waits = true };
	if (!l->tape)
		ret = choose_blocks(l, lending->copies, e);
	if (ret)
		return ret;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return error_set(e, STATUS_WRITE, "cannot start the viewer: %s",
				 error_words(errno));
	l->pid = fork();
	if (l->pid == 0) {
		struct feed feed = {
			.channel = ends[1],
			.tape = l->tape,
			.blocks = l->blocks,
			.block_size = l->block_size,
			.block_count = l->block_count,
		};

		_exit(child(&feed, l->tape, keeper, viewer, context));
	}
	close(ends[1]);
	l->channel = ends[0];
	if (l->pid > 0)
		return 0;
	l->pid = 0;
	return error_set(e, STATUS_WRITE, "cannot start the viewer: %s", error_words(errno));
}

void lender_lend(struct lender *l, uint32_t index, uint32_t packets)
{
	struct loan loan = { index, packets };

	l->packets[index] = packets;
	l->lent++;
	/* Where the viewer has gone, lender_take_back() will find the block with it. */
	send(l->channel, &loan, sizeof(loan), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void lender_lend_shelf(struct lender *l)
{
	int index = shelf_take(&l->shelf);

	if (index >= 0)
		lender_lend(l, (uint32_t)index,
			    shelf_block(&l->shelf, (uint32_t)index)->hdr.bh1.num_pkts);
}

bool lender_shelve(struct lender *l, const struct tpacket3_hdr *frame)
{
	if (shelf_put(&l->shelf, frame))
		return true;
	lender_lend_shelf(l);
	return shelf_put(&l->shelf, frame);
}

static void back(struct lender *l, uint32_t index, uint32_t printed, struct ledger *ledger)
{
	ledger->printed += printed;
	ledger->skipped += l->packets[index] - printed;
	l->packets[index] = 0;
	l->lent--;
	if (l->shelf.blocks)
		shelf_release(&l->shelf, index);
	else
		engine_release(l->engine, index);
}

/* Up to packet n all was seen, or went before it was. */
static void pass_by(struct lender *l, uint64_t n, struct ledger *ledger)
{
	uint64_t shown = n < l->seen ? n : l->seen;

	if (n <= l->gone)
		return;
	if (shown > l->gone) {
		ledger->printed += shown - l->gone;
		l->gone = shown;
	}
	ledger->skipped += n - l->gone;
	l->gone = n;
}

void lender_wake(const struct lender *l)
{
	if (l->pid && l->tape)
		send(l->channel, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void lender_show(struct lender *l, struct ledger *ledger)
{
	uint64_t first = l->tape->first, count = l->tape->count;

	pass_by(l, first > l->seen ? first : l->seen, ledger);
	if (l->waits && count > l->seen) {
		l->waits = false;
		lender_wake(l);
	}
}

static void hear(struct lender *l, const struct word *word)
{
	if (word->what == WORD_RECORD) {
		l->asks = true;
		l->asks_for = word->packet;
	}
	if (word->what != WORD_SEEN || !l->tape || word->packet > l->tape->count || word->packet < l->seen)
		return;
	l->seen = word->packet;
	l->waits = true;
}

/* A filter of so many bytes, the last one asked for. */
static bool hear_filter(struct lender *l, const struct new_filter *said, size_t size)
{
	size_t head = offsetof(struct new_filter, insn);
	uint64_t count = 0;

	if (!l->tape || size < head || said->what != WORD_FILTER || said->programs > FILTER_LINKTYPES ||
	    said->text[FILTER_TEXT - 1])
		return false;
	for (uint32_t n = 0; n < said->programs; n++)
		count += said->program[n].count;
	if (count > BPF_MAXINSNS || size != head + count * sizeof(said->insn[0]))
		return false;
	if (!l->asked)
		l->asked = malloc(sizeof(*l->asked));
	if (l->asked)
		memcpy(l->asked, said, size);
	return true;
}

static bool hear_name(const struct lender *l, const struct new_name *said, size_t size)
{
	if (!l->named || size != sizeof(*said) || said->what != WORD_NAME || said->text[HOST_TEXT - 1] ||
	    (said->n != 4 && said->n != 16))
		return false;
	l->named(l->who, said);
	return true;
}

/* A keeper that has become nobody may not signal a viewer that is root still, and does not wait for it then: it will be
 * told by the keeper's own end.
 */
static void end_by_force(struct lender *l)
{
	l->out_of_reach = kill(l->pid, SIGKILL) && errno == EPERM;
}

static void ended(struct lender *l, struct ledger *ledger)
{
	if (l->tape)
		pass_by(l, l->tape->count, ledger);
	if (l->shelf.blocks)
		lender_lend_shelf(l);	/* what lies there goes the same way */
	for (uint32_t i = 0; i < l->block_count; i++)
		if (l->packets[i])
			back(l, i, 0, ledger);
	while (!l->out_of_reach && waitpid(l->pid, &l->status, 0) < 0 && errno == EINTR)
		;
	if (l->out_of_reach)
		l->status = SIGKILL;	/* as if it had worked: wait(2) */
	close(l->channel);
	l->pid = 0;
}

/* Whatever else a viewer says is not to be trusted. */
static bool is_good(const struct lender *l, const struct loan *loan)
{
	return loan->index < l->block_count && l->packets[loan->index] &&
	       loan->packets <= l->packets[loan->index];
}

void lender_take_back(struct lender *l, struct ledger *ledger)
{
	union { struct loan loan; struct word word; struct new_filter filter; struct new_name name; } said;

	while (l->pid) {
		ssize_t n = recv(l->channel, &said, sizeof(said), MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n == sizeof(said.word)) {
			hear(l, &said.word);
		} else if (n == sizeof(said.loan) && is_good(l, &said.loan)) {
			back(l, said.loan.index, said.loan.packets, ledger);
		} else if (n <= 0 || !(hear_name(l, &said.name, (size_t)n) || hear_filter(l, &said.filter, (size_t)n))) {
			/* Who has closed the channel ends, and SIGKILL changes nothing of how; or it never would. */
			if (n > 0)
				end_by_force(l);
			else
				kill(l->pid, SIGKILL);
			ended(l, ledger);
			return;
		}
	}
}

void lender_finish(struct lender *l)
{
	if (l->pid)
		shutdown(l->channel, SHUT_WR);
}

void lender_nudge(struct lender *l)
{
	if (l->pid)
		kill(l->pid, SIGALRM);
}

void lender_kill(struct lender *l, struct ledger *ledger)
{
	if (!l->pid)
		return;
	end_by_force(l);
	lender_take_back(l, ledger);
	if (l->pid)
		ended(l, ledger);
}

void lender_close(struct lender *l)
{
	shelf_close(&l->shelf);
	free(l->packets);
	free(l->asked);
}
