/* SPDX-License-Identifier: BSD-2-Clause */
/* info.h - what a capture file says of itself, gathered; as text, and as a JSON object */
#ifndef UI_INFO_H
#define UI_INFO_H

#include <stdio.h>

#include "capture/details.h"
#include "capture/facts.h"
#include "capture/reader.h"
#include "ui/options.h"

struct info {
	const struct options *options;
	const char *path;
	struct container box;
	struct facts facts;
	struct details *details;
	uint64_t size;			/* of the file, bytes; of a pipe, what was read of it */
	bool nano;			/* are there times finer than microseconds? */
	struct error damage;		/* where damaged is set */
	bool damaged;
};

/* Begin with i, whose options and path are set, and open its file as *r. Returns 0; as reader_open() else. */
int info_begin(struct info *i, struct reader **r, struct error *e);

/* Gather from the next packets of r. Returns whether there are more; if not, r is closed, and i is complete. */
bool info_go_on(struct info *i, struct reader *r);

/* Release what i holds. */
void info_free(struct info *i);

/* Print i on to, or on stdout. */
void info_text(const struct info *i, FILE *to);
void info_json(const struct info *i);

/* A time in ns since 1970 as seconds, rounded down, and the rest. */
struct packet info_moment(__int128 ns);

/* Seconds, from ns, for rates. */
double info_seconds(__int128 ns);

/* The reason of i's damage, without the file's name before it. */
const char *info_why(const struct info *i);

#endif
