/* SPDX-License-Identifier: BSD-2-Clause */
/* tap.h - the interfaces of a live capture: each with its socket, filter, rules and counters
 *
 * How it works: of one interface the engine is its ring or socket; of several, or where others may join, it is one
 * that merges theirs (bundle.h). Frames are marked by the number of the interface, which is its place in all lists.
 */
#ifndef CAPTURE_TAP_H
#define CAPTURE_TAP_H

#include "capture/block.h"
#include "capture/keeper.h"
#include "capture/bundle.h"
#include "capture/worker.h"

#define TAPS_MAX BUNDLE_PARTS
#define SPARES 16

struct new_filter;

struct tap {
	struct interface *interface;
	struct rules rules;
	struct ledger ledger;		/* seen, dropped, fates, written */
	struct ledger before;		/* the same when its filter was changed last */
	uint32_t source;		/* its place among the sources: another one with each filter */
	uint64_t due;			/* packets that were lost before the next one that is captured */
	int card;			/* counts what the card missed (nic.h); -1: nobody does */
	uint64_t missed;		/* it had missed so many before */
	char alias[128];		/* "": it has none */
	bool down, gone;		/* the interface is */
	char renamed[IF_NAMESIZE];	/* what it is called by now; "": as at the begin */
};

struct tap_filters {
	struct {
		struct filter *filter;
		uint16_t linktype;
		bool refuses;	/* all: what was asked for has no meaning for it */
	} of[FILTER_LINKTYPES];
	uint32_t count;
};

struct taps {
	struct engine engine;		/* hands out the frames of all */
	bool any;			/* and of interfaces that come to be: it is bound to none, see tap_any.c */
	uint32_t last;			/* then: by which one the last frame came */
	struct tap tap[TAPS_MAX];
	uint32_t count;
	struct interface *interface;	/* of each; memory that children share, so that they know who joins */
	struct source source[TAPS_MAX];	/* as a file tells of them */
	struct sources sources;
	char *text[TAPS_MAX];		/* of filters that were asked for while packets came; owned */
	char name[64];			/* of all together, for messages: "eth0", "3 interfaces", "any" */
	unsigned timeout_ms;		/* of a block */
	const struct capture_options *options;
	uint64_t *room;			/* see struct rules */
	struct tap_filters filters;	/* for each link type that there is */
	int links;			/* tells of interfaces (newcomers.h); -1: nobody joins */
	struct engine *spare[SPARES];	/* for who joins */
	uint32_t spares;
};

/* Say one line on standard error about name. */
void tap_say(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Are they all interfaces, each with its link header? */
bool taps_are_any(const struct capture_options *o);

/* By which one frame came, where t->any. */
struct tap *taps_find(struct taps *t, struct tpacket3_hdr *frame);

static inline struct tap *taps_of(struct taps *t, struct tpacket3_hdr *frame)
{
	return t->any ? taps_find(t, frame) : &t->tap[frame_mark(frame)->interface];
}

/* Has each of several its own counters? */
static inline bool taps_are_several(const struct taps *t)
{
	return t->engine.bundle || t->any;
}

/* i has the next number, and the frames of an engine that is there. Returns 0, or the negative of an exit status. */
int taps_describe(struct taps *t, const struct interface *i, struct error *e);
void taps_include(struct taps *t);

/* Find and open what o asks for; nothing comes yet. o and room outlive t. Returns 0; or the negative of an exit status:
 * STATUS_INTERFACE, STATUS_USAGE (filter; link types that one file cannot hold).
 */
int taps_open(struct taps *t, const struct capture_options *o, uint64_t *room, struct error *e);

/* From now on frames come. Returns 0, or -STATUS_INTERFACE. */
int taps_bind(struct taps *t, struct error *e);

/* Add what the kernel has counted to each one's ledger and to sum, and tell the sources. */
void taps_count(struct taps *t, struct ledger *sum);

/* Before frame, which is the next to be taken, others were lost. */
void taps_lose(struct taps *t, struct tpacket3_hdr *frame, struct ledger *sum);

/* The program for tap's frames in the kernel, with that filter (NULL: every frame): to be freed, NULL: no memory. */
struct kernel_filter *taps_program(const struct taps *t, const struct tap *tap, const struct filter *filter);

/* May the viewer ask for another filter? */
bool taps_refilter(const struct taps *t);

/* Choose packets by what the viewer asked for, from now on. Where that is not possible, they are chosen as before, and
 * sum counts that.
 */
void taps_filter(struct taps *t, const struct new_filter *asked, struct ledger *sum);

/* Interface n is gone: what came before is still handed out. */
void taps_end(struct taps *t, uint32_t n);

/* How do the interfaces do? Says who went down, came up, or is gone. Returns how many are not gone. */
uint32_t taps_look(struct taps *t);

/* Is one of them down? */
bool taps_are_down(const struct taps *t);

/* Take i in, where interfaces may join. Returns 0, or the negative of an exit status. */
int taps_add(struct taps *t, const struct interface *i, struct error *e);

/* Is the interface of that number one of t, and not gone? */
bool taps_know(const struct taps *t, unsigned index);

/* What a filter has to say about itself, once; NULL: nothing. */
const char *taps_warning(const struct taps *t);

void taps_close(struct taps *t);

#endif
