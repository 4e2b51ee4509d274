/* SPDX-License-Identifier: BSD-2-Clause */
/* linklist.h - the interfaces of this machine as they are looked at, with what comes each second */
#ifndef UI_SCREEN_LINKLIST_H
#define UI_SCREEN_LINKLIST_H

#include "capture/keeper.h"
#include "capture/links.h"
#include "decode/out.h"
#include "ui/screen/keys.h"

#define LINK_SECONDS 20		/* that are remembered */
#define LINK_MARKS   64		/* interfaces that can be marked */

/* What comes and goes on an interface. */
struct link_rate {
	unsigned index;
	uint64_t packets, bytes;	/* so far */
	uint64_t pps, bps;		/* packets and bits, in the last second */
	uint64_t history[LINK_SECONDS];	/* bytes a second; the last one last */
};

struct linklist {
	struct links *links;		/* NULL: the list was not opened. Owned, as all below. */
	struct link_rate *rate;		/* of each of them, in their order */
	uint32_t rates;
	unsigned marked[LINK_MARKS];	/* indexes of those that will be captured */
	uint32_t marks;
	const struct capture *live;	/* what is captured now; NULL: nothing is yet */
	int64_t read_ns;		/* when the kernel was asked last; 0: never */
	uint32_t cursor, top, page;
};

/* Ask the kernel for the interfaces; netns: of that network namespace, see netns.h. Returns 0, or -STATUS_INTERFACE
 * with e filled in.
 */
int linklist_open(struct linklist *l, const char *netns, struct error *e);

/* Ask again, if a second is over. Returns whether there are other numbers. */
bool linklist_tick(struct linklist *l, int64_t now_ns);

/* Number i of them, and the one under the cursor: NULL where there is none. */
const struct link *linklist_at(const struct linklist *l, uint32_t i);
const struct link *linklist_selected(const struct linklist *l);

/* Put the cursor on the interface of that name, if there is one. */
void linklist_select(struct linklist *l, const char *name);

/* What became of the packets of the interface with that index; NULL: it is not captured. */
const struct ledger *linklist_ledger(const struct linklist *l, unsigned index);

/* Append a display filter for the packets of the interface with that index, which is several where its capture filter was
 * changed. False: it is not captured.
 */
bool linklist_filter(const struct linklist *l, unsigned index, struct out *o);

/* Is that interface captured, or will it be? And mark it for that, or do not; false: there are too many. */
bool linklist_marked(const struct linklist *l, unsigned index);
bool linklist_mark(struct linklist *l, unsigned index, bool marked);

/* Do what a key asks for, as far as it is about the list alone. False: it is not. */
bool linklist_act(struct linklist *l, enum action action);

void linklist_close(struct linklist *l);

#endif
