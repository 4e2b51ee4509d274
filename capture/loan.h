/* SPDX-License-Identifier: BSD-2-Clause */
/* loan.h - the keeper's side of the viewer: blocks on loan, or how far it has seen the tape; feed.h says how it works */
#ifndef CAPTURE_LOAN_H
#define CAPTURE_LOAN_H

#include <sys/types.h>

#include "capture/engine.h"
#include "capture/shelf.h"
#include "capture/tape.h"

struct feed;
struct new_filter;
struct new_name;

/* The keeper's books. */
struct lender {
	struct engine *engine;
	struct tape *tape;	/* what a screen sees; NULL: blocks are lent */
	uint64_t seen;		/* packets of it */
	uint64_t gone;		/* the same, or gone before they were seen */
	bool waits;		/* to be told of more */
	bool asks;		/* for a file of what is kept */
	uint64_t asks_for;	/* this packet */
	struct shelf shelf;	/* where there is one, its blocks are lent; else the engine's */
	uint8_t *blocks;
	uint32_t block_size, block_count;
	uint32_t *packets;	/* by index: lent ones */
	uint32_t lent, most;	/* blocks; how many may be */
	struct new_filter *asked;	/* for, by a screen, and not done yet; owned; NULL: nothing */
	void (*named)(void *who, const struct new_name *name);	/* hears of hosts; NULL: nobody does */
	void *who;
	pid_t pid;		/* 0: no viewer (any more) */
	int channel;
	int status;		/* of waitpid(2), once it has ended */
	bool out_of_reach;	/* it is another user's, and could not be ended */
};

/* What the viewer is given. */
struct lending {
	struct engine *engine;	/* its blocks, or copies on a shelf */
	struct tape *tape;	/* this instead; NULL: none */
	bool copies;
};

/* Start the viewer in a child. Returns 0, or -STATUS_WRITE. */
int lender_start(struct lender *l, const struct lending *lending, int (*viewer)(void *context, struct feed *feed),
		 void *context, struct error *e);

/* Lend the block at index with so many captured packets. Only where l->lent < l->most. */
void lender_lend(struct lender *l, uint32_t index, uint32_t packets);

/* Put a captured frame on the shelf, and lend what is full. Returns false where there is no room. */
bool lender_shelve(struct lender *l, const struct tpacket3_hdr *frame);

/* Lend what is on the shelf. */
void lender_lend_shelf(struct lender *l);

/* Count what of the tape was seen and what went unseen, and tell the viewer of more, if it waits. */
void lender_show(struct lender *l, struct ledger *ledger);

/* Have a screen look at the ledger. */
void lender_wake(const struct lender *l);

/* Hear what the viewer says: release what was given back, and count it. Where the viewer has ended, its blocks are released,
 * their packets counted as skipped, and l->pid is 0.
 */
void lender_take_back(struct lender *l, struct ledger *ledger);

/* Tell the viewer that there is nothing more to come. */
void lender_finish(struct lender *l);
/* A screen that does not come to its end by that, since its terminal hangs: have it leave, and put the terminal right. */
void lender_nudge(struct lender *l);
/* End it now. */
void lender_kill(struct lender *l, struct ledger *ledger);

void lender_close(struct lender *l);

#endif
