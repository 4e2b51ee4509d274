/* SPDX-License-Identifier: BSD-2-Clause */
/* recorder.h - the flight recorder: what the tape has, and what comes next, into a file of its own
 *
 * How it works: a child of the keeper, which may make files in one folder and nothing else, waits until it is told to. Then it
 * copies packets from the tape, which it can read only, to the file. So a slow disk costs the capture nothing: what is
 * overwritten before it was copied is counted, and told where it is missing.
 */
#ifndef CAPTURE_RECORDER_H
#define CAPTURE_RECORDER_H

#include <sys/types.h>

#include "capture/interface.h"
#include "capture/privileges.h"
#include "capture/source.h"
#include "capture/tape.h"

#define RECORDER_NONE UINT64_MAX
#define RECORDER_NAME 64	/* bytes of a file's name, with the zero: as the ledger has it */

struct recorder {
	struct tape *tape;
	const struct sources *sources;
	const struct interface *interface;	/* of each, in shared memory: also those that come later */
	struct source later;	/* what those have in common that come later; linktype 0: each its interface's */
	uint32_t most;		/* there is room for so many sources */
	int64_t after;		/* ns that are recorded after the reason */

	pid_t pid;		/* 0: none (any more) */
	int channel;		/* readable when there is something to be heard */
	bool busy;		/* a file is being written */
	char name[RECORDER_NAME];	/* of that, or the last one */
	uint32_t files;		/* that are complete */
	uint64_t packets;	/* in the last of them */
	bool failed;		/* one could not be written */
};

/* Start the child, which becomes who, unless only root may make files where we are. Returns 0, or -STATUS_WRITE with e
 * filled in.
 */
int recorder_open(struct recorder *r, const struct identity *who, struct error *e);

/* Have it write a file, named after the time, in the folder that we are in, with reason in its comment, and in that of the
 * packet of this number on the tape (RECORDER_NONE: of no packet). No packet is in two files. False where one is being written, or nobody is there to do it.
 */
bool recorder_start(struct recorder *r, const char *reason, uint64_t packet);

/* Hear what has become of it. True where there is something else to be shown. */
bool recorder_look(struct recorder *r);

/* No packets come any more: the file ends with those that are there, and then the child. */
void recorder_finish(struct recorder *r);

/* End it now. */
void recorder_leave(struct recorder *r);

#endif
