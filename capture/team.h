/* SPDX-License-Identifier: BSD-2-Clause */
/* team.h - what a capture by several workers consists of; for workers.c and team.c alone */
#ifndef CAPTURE_TEAM_H
#define CAPTURE_TEAM_H

#include "capture/gather.h"
#include "capture/places.h"
#include "capture/report.h"
#include "capture/worker.h"
#include "capture/workers_options.h"

struct member {
	pid_t pid;		/* 0: it has ended */
	int channel;		/* see worker.h; -1: the same */
	bool ready;		/* it has captured, and so made its part anew */
	bool killed;		/* before it could sum up */
};

struct team {
	const struct workers_options *o;
	struct member member[WORKERS_MAX];
	struct part part[WORKERS_MAX];	/* without files, without paths */
	struct seat *seat;		/* of each, shared with it */
	unsigned members, running;	/* started; not ended yet */
	const char *name;		/* of the interface, for messages */
	struct identity identity;	/* whom all become */
	struct places places;		/* where files are removed, and that of the counters is made */
	const char *removable[WORKERS_MAX + 2];	/* the one file and the parts, ended by NULL */
	int signals;
	struct writer *writer;		/* of the one file; NULL: there is none */
	struct source source;		/* what that file tells of the interface */
	struct sources sources;
	struct ledger sum;
	struct report report;
	bool began;			/* all capture */
	bool stopping, leaves;		/* told to stop; to leave at once */
	int status;			/* what the run ends with, */
	struct error *error;		/* and why */
};

/* Each returns 0, or as capture_open(). */
int team_open(struct team *t);				/* before there are workers */
int team_meet(struct team *t);				/* the first one captures: open the one file */
int team_open_part(struct team *t, unsigned n);		/* which worker n, from 0, has made */
int team_confine(struct team *t);			/* all capture */

void team_greet(struct team *t);	/* say what is captured */
void team_count(struct team *t);	/* add the ledgers up */
void team_say(const struct team *t);	/* tell each one's on standard error, where that is asked for */

/* All workers have ended: make one file of theirs, sum up. Returns as capture_run(). */
int team_end(struct team *t);

void team_close(struct team *t);

#endif
