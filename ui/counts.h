/* SPDX-License-Identifier: BSD-2-Clause */
/* counts.h - among the objects of --json, now and then one with the counters of the capture */
#ifndef UI_COUNTS_H
#define UI_COUNTS_H

#include "capture/feed.h"
#include "capture/keeper.h"
#include "capture/ledger.h"
#include "ui/printer.h"

struct counts {
	int64_t every;			/* ns; 0: never */
	int64_t next;			/* ns of CLOCK_MONOTONIC */
	const struct capture *capture;	/* whose they are */
};

/* Print what is due. Returns as printer_flush(). */
int counts_tell(struct counts *c, struct printer *p, struct error *e);

/* The same until there are packets in feed, or its end. */
int counts_wait(struct counts *c, const struct feed *feed, struct printer *p, struct error *e);

/* Print the counters at the end. */
int counts_last(struct counts *c, struct printer *p, struct error *e);

#endif
