/* SPDX-License-Identifier: BSD-2-Clause */
/* recorder_options.h - the options that say which packets are kept in memory, and when they are written to a file */
#ifndef UI_RECORDER_OPTIONS_H
#define UI_RECORDER_OPTIONS_H

#include <stdint.h>

#include "capture/error.h"

struct recorder_options {
	uint64_t bytes;			/* --keep; 0: not given */
	int64_t span;			/* ns: the same, by time; 0: not given */
	const char *trigger;		/* a display filter; NULL: none */
	int64_t after;			/* ns that are recorded after the reason */
	uint32_t files;			/* that the trigger may have written */
};

enum recorder_option {
	RECORDER_KEEP,
	RECORDER_AFTER,
	RECORDER_FILES,
};

#define RECORDER_AFTER_DEFAULT INT64_C(5000000000)
#define RECORDER_FILES_DEFAULT 10

/* Take the argument of an option. Returns 0, or -STATUS_USAGE with e filled in. */
int recorder_options_set(struct recorder_options *o, enum recorder_option which, const char *arg, struct error *e);

#endif
