/* SPDX-License-Identifier: BSD-2-Clause */
/* talklist.h - who sends and receives the packets of a store, as it is looked at: counted and sorted bit by bit
 *
 * Of a stored file all packets are counted, once the list is opened. Live, rates of the last seconds are shown: they
 * are counted while the list is on the screen, beginning with what came in the minute before.
 */
#ifndef UI_SCREEN_TALKLIST_H
#define UI_SCREEN_TALKLIST_H

#include "decode/track/talkers.h"
#include "ui/bare.h"
#include "ui/screen/keys.h"
#include "ui/screen/pass.h"

#define TALK_ROWS 4096		/* so many are brought into order; the others are summed up */
#define TALK_WINDOW 10		/* seconds that live rates are of */

/* Of one talker: of a stored file all, live of the window. */
struct talk_numbers {
	uint64_t bytes, sent, packets;
};

struct talk_row {
	uint64_t key;			/* the higher stands first */
	uint32_t talker;		/* its number */
};

struct talklist {
	struct talkers *table;		/* NULL: the list was not opened. Owned, as all below. */
	struct pass pass;
	enum talker_kind kind;
	uint64_t serial;		/* no other table of this run has it */
	uint32_t order;			/* see talklist_order() */
	bool reverse;
	bool live;
	uint32_t second;		/* live: that is now, since 1970 */
	uint32_t window;		/* live: seconds before it that rates are of */
	struct talk_row *shown;		/* in order */
	uint32_t count;

	uint32_t cursor, top, page;
	bool chosen;			/* who is under the cursor is to stay there; else the first place is */

	/* private */
	void *memory;
	size_t size;
	struct bare bare;
	struct talk_row *rows;		/* twice as many as are shown: */
	struct talk_row *heap;		/* those found so far, the lowest first */
	uint32_t found, next;
	bool sorting, changed, wanted;	/* it was changed since it was sorted; at once */
	int64_t sorted_ns;
};

/* Begin to count by kind. False where there is no memory for it. */
bool talklist_open(struct talklist *f, const struct store *store, enum talker_kind kind);

/* Count some packets more. Returns whether there are more now. */
bool talklist_extend(struct talklist *f, const struct store *store);

/* Go on to bring them into order, at most once a second. Returns whether there is more to do now. */
bool talklist_sort(struct talklist *f, int64_t now_ns);

/* How full the table is, and what was lost, where that is to be said: "  table 3%  evicted 88 ". */
void talklist_losses(const struct talklist *f, char *text, size_t size);

/* Who is at place i, and under the cursor: NULL where nobody is. */
const struct talker *talklist_at(const struct talklist *f, uint32_t i);
const struct talker *talklist_selected(const struct talklist *f);

struct talk_numbers talklist_numbers(const struct talklist *f, const struct talker *t);

/* What all packets have together, in the window or at all: bytes. */
uint64_t talklist_all(const struct talklist *f);

/* By what they are sorted: "bytes". */
const char *talklist_order(const struct talklist *f);

/* Do what a key asks for, as far as it is about the list alone. False: it is not. */
bool talklist_act(struct talklist *f, enum action action);

void talklist_close(struct talklist *f);

#endif
