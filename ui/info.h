/* SPDX-License-Identifier: BSD-2-Clause */
/* info.h - what a capture file says of itself, gathered; as text, and as a JSON object */
#ifndef UI_INFO_H
#define UI_INFO_H

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

/* Print i on stdout. */
void info_text(const struct info *i);
void info_json(const struct info *i);

/* A time in ns since 1970 as seconds, rounded down, and the rest. */
struct packet info_moment(__int128 ns);

/* Seconds, from ns, for rates. */
double info_seconds(__int128 ns);

/* The reason of i's damage, without the file's name before it. */
const char *info_why(const struct info *i);

#endif
