/* SPDX-License-Identifier: BSD-2-Clause */
/* trigger.h - who looks for the packets that are a reason to record */
#ifndef UI_TRIGGER_H
#define UI_TRIGGER_H

#include "capture/keeper.h"
#include "ui/options.h"

struct trigger {
	struct options options;		/* a copy: a child may not change them */
	struct display *display;	/* owned */
	const struct capture *capture;	/* once it is open */
};

/* Make t of the display filter in o. Returns as display_open(). */
int trigger_open(struct trigger *t, const struct options *o, struct error *e);

/* A capture_viewer: look at each packet once, until the end, and tell the keeper of those that the filter of the
 * trigger lets through, at most one for each file.
 */
int trigger_watch(void *trigger, struct feed *feed);

void trigger_close(struct trigger *t);

#endif
