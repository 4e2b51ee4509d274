/* SPDX-License-Identifier: BSD-2-Clause */
/* places.h - the folders in which a process will make, replace or remove files once it has given up its rights */
#ifndef CAPTURE_PLACES_H
#define CAPTURE_PLACES_H

#include "capture/error.h"
#include "capture/filer.h"
#include "capture/privileges.h"

#define PLACES_MAX 3

struct places {
	char *folder[PLACES_MAX + 1];	/* ended by NULL */
	int filer;			/* who makes them, see filer.h; -1: the process itself */
};

/* Before anything is open: who makes the files of policy for who, whom this process will become? Its folders are filled
 * in here. Returns 0; or -STATUS_WRITE with e filled in.
 */
int places_prepare(struct places *p, struct filer_policy *policy, const struct identity *who, struct error *e);

/* Become who, and do from now on what is in work (confine.h), and nothing else but the files of p. What the kernel lacks
 * for that is said, of name. Returns 0, or -STATUS_INTERFACE with e filled in.
 */
int places_confine(const struct places *p, const struct identity *who, unsigned work, const char *name, struct error *e);

void places_close(struct places *p);

#endif
