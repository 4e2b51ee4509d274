/* SPDX-License-Identifier: BSD-2-Clause */
/* filer.h - a process that makes, replaces and removes files for a keeper that may not, and does nothing else
 *
 * How it works: where only root can make the files that follow each other, or they are to be root's, the keeper becomes
 * nobody all the same. This process, forked before any packet socket is there, stays root without capabilities, in the
 * folders of the files and nowhere else. It gets its orders over a channel (create.h gives them), and carries out
 * those alone that concern this run's files: names that the plan makes, and the file of the counters.
 */
#ifndef CAPTURE_FILER_H
#define CAPTURE_FILER_H

#include "capture/error.h"
#include "capture/rotate_plan.h"

/* What may be asked for. */
struct filer_policy {
	const struct rotate_plan *plan;
	const char *path;		/* that the plan makes names of; NULL: no such files */
	const char *const *removable;	/* that may be removed, all in one folder; ended by NULL; NULL: none */
	const char *metrics;		/* NULL: no such file */
	const char *const *folders;	/* of them; ended by NULL */
};

/* Start it, and see that it may make files in its folders. Returns the channel to it, or a negative status with e filled
 * in. It ends when the channel is closed.
 */
int filer_open(const struct filer_policy *policy, struct error *e);

#endif
