/* SPDX-License-Identifier: BSD-2-Clause */
/* worker.h - one of several keepers that share an interface: what it and who started it (workers.h) know of each other */
#ifndef CAPTURE_WORKER_H
#define CAPTURE_WORKER_H

#include "capture/error.h"
#include "capture/fanout.h"
#include "capture/interface.h"
#include "capture/ledger.h"
#include "capture/source.h"

/* What a worker tells, in memory that both share. */
struct seat {
	struct ledger ledger;		/* as it was a moment ago; once it has ended, at its end */
	struct source source;		/* likewise: as its file tells of it; of the texts these are here: */
	struct interface interface;
	char alias[128];		/* "": there is none */
	struct fanout fanout;
	int status;			/* as capture_run() returned it, */
	struct error error;		/* with why */
};

struct worker {
	unsigned number, of;		/* from 1; how many there are */
	struct fanout fanout;
	int channel;			/* it says a byte when it captures, and hears what to do (signals_from()) */
	struct seat *seat;
};

#endif
