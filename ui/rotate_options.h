/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate_options.h - the options that say when a file ends, and when the capture does */
#ifndef UI_ROTATE_OPTIONS_H
#define UI_ROTATE_OPTIONS_H

#include "capture/error.h"
#include "capture/rotate_plan.h"

struct rotate_options {
	struct rotate_plan plan;	/* once it is settled */
	int64_t duration;		/* ns: stop after so long; 0: no limit */
	uint64_t packets;		/* stop after so many; 0: no limit */

	/* what the plan is made of */
	bool tcpdump_size, dumpcap_ring;	/* -C, -b was given */
	uint32_t tcpdump_files;		/* -W; 0: no limit */
	uint64_t stop_bytes;		/* -a filesize; 0: no limit */
};

enum rotate_option {
	ROTATE_SIZE,		/* -C */
	ROTATE_PERIOD,		/* -G */
	ROTATE_FILES,		/* -W */
	ROTATE_RING,		/* -b */
	ROTATE_STOP,		/* -a */
	ROTATE_KEEP_FREE,
};

/* Take the argument of an option. Returns 0, or -STATUS_USAGE with e filled in. */
int rotate_options_set(struct rotate_options *o, enum rotate_option which, const char *arg, struct error *e);

/* The first of those that were given and are about files; NULL: none. */
const char *rotate_options_given(const struct rotate_options *o);

/* Make one plan of them all; write: the name of the files, NULL where there are none. Returns the same, where they do
 * not fit together.
 */
int rotate_options_settle(struct rotate_options *o, const char *write, struct error *e);

#endif
