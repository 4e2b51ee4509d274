/* SPDX-License-Identifier: BSD-2-Clause */
/* session.h - what a live capture consists of; for keeper.c, keep.c and session.c alone */
#ifndef CAPTURE_SESSION_H
#define CAPTURE_SESSION_H

#include "capture/keeper.h"
#include "capture/loan.h"
#include "capture/places.h"
#include "capture/privileges.h"
#include "capture/recorder.h"
#include "capture/report.h"
#include "capture/rotate.h"
#include "capture/tap.h"

#define MS 1000000LL		/* ns */

enum stage {
	STAGE_OPEN,		/* frames come */
	STAGE_GRACE,		/* told to stop: frames that are on their way may still come */
	STAGE_DRAIN,		/* the socket is silent: what is in the blocks is all */
	STAGE_FINISH,		/* the file is closed, the viewer prints the rest */
	STAGE_DONE,
};

#define REFUSED_MAX 64
#define FLUSH_DIRECT_MS 100	/* as a ring hands over what comes slowly */

/* What the main loop waits for. */
enum { EVENT_SOCKET, EVENT_SIGNALS, EVENT_VIEWER, EVENT_LINKS, EVENT_OTHERS, EVENTS };

struct shared {
	struct ledger sum;
	uint32_t count;			/* interfaces; 0: the sum is that of one */
	struct ledger each[TAPS_MAX];
};

struct capture {
	struct taps taps;
	uint64_t room;			/* so many more packets are captured */
	struct ledger ledger;
	struct rotate *writer;		/* NULL: none */
	struct hook hook;
	struct report report;
	struct metrics_source counted[TAPS_MAX];	/* for it */
	struct tape tape;		/* what is kept to be looked at; its head is NULL: nothing is */
	struct lender viewer;
	struct identity identity;	/* whom the processes become */
	struct places places;		/* where files will be made */
	struct worker *worker;		/* see struct capture_options */
	struct lender watcher;		/* who looks for the trigger's packets */
	struct ledger unwatched;	/* its packets, which are none of the capture's */
	struct recorder recorder;
	struct {
		const char *text;	/* see struct capture_options */
		capture_viewer *watcher;
		void *context;
		uint32_t files, pulled;	/* at most; so far */
	} trigger;
	bool records;			/* on SIGUSR2 */
	void (*closed)(void);		/* see struct capture_options */
	struct shared *shared;		/* copies of ledgers for the viewer */
	bool screen;			/* the viewer is one */
	int epoll;			/* -1: none yet */
	int signals;

	enum stage stage;
	int64_t stage_end;		/* ns of CLOCK_MONOTONIC: when the stage ends at the latest */
	int64_t until;			/* ns since 1970: later frames come too late; 0: there is no such time */
	int64_t stop_at;		/* ns: when the capture is to end by itself; INT64_MAX: never */
	int64_t tick_at;		/* ns: when the counters are to be read again */
	int64_t told_at;		/* ns: when the counters were last put into the file */
	int64_t moved_at;		/* ns: when the viewer last gave a block back */
	bool names;
	uint32_t named;		/* hosts, so far */
	bool stays;			/* see struct capture_options */
	bool hurried;			/* no waiting for a terminal that does not move */
	bool nudged;			/* the screen was told by a signal to end */
	bool dirty;			/* there is something to be flushed, */
	int64_t flush_at;		/* ns: at the earliest, where each flush costs the disk a turn, */
	int64_t flush_every;		/* ns: and the next one; 0: they are cheap */
	uint64_t dropped;		/* packets, as was said last */
	unsigned refused[REFUSED_MAX];	/* interfaces that do not join, the last of which that was said */
	uint32_t refusals;		/* so often it was */
	uint32_t fill;			/* of the ring, per cent: the most since the last tick */
	int status;			/* what capture_run() returns */
	struct error *error;		/* to be filled in with it, where negative */
};

/* Say one line on standard error. */
void session_say(const struct capture *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

int64_t session_now(void);	/* ns of CLOCK_MONOTONIC */

void session_enter(struct capture *c, enum stage stage, int64_t within_ms);

/* Take over what the kernel has counted, into the ledger and what the file tells. */
void session_count(struct capture *c);

/* The same at the end: what is left in a socket that could not be made silent came too late. */
void session_count_rest(struct capture *c);

/* Before anything is open: who makes the files that o has made while packets come? Returns 0, or as capture_open(). */
int session_prepare_files(struct capture *c, const struct capture_options *o, struct error *e);

/* Give up what the loop does not need; what the kernel lacks for that is said. Returns 0, or as capture_run(). */
int session_confine(struct capture *c, struct error *e);

/* Let nothing more in; what is in the blocks is taken. */
void session_drain(struct capture *c);

/* Is it? empty: there is no more block to be had now. */
bool session_is_drained(struct capture *c, bool empty);

/* The same after a moment for frames that are on their way. */
void session_stop(struct capture *c);

#endif
