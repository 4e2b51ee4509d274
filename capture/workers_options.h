/* SPDX-License-Identifier: BSD-2-Clause */
/* workers_options.h - what is asked of several workers */
#ifndef CAPTURE_WORKERS_OPTIONS_H
#define CAPTURE_WORKERS_OPTIONS_H

#include "capture/fanout.h"
#include "capture/keeper.h"

#define WORKERS_MAX FANOUT_MAX

struct workers_options {
	struct capture_options capture;	/* of all together: without a viewer, one file or none, one interface */
	unsigned workers;
	bool separate;			/* their files stay; there is no other one */
	bool each;			/* tell each one's counters too */
};

#endif
