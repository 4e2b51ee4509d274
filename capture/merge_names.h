/* SPDX-License-Identifier: BSD-2-Clause */
/* merge_names.h - the interfaces of several files, each with a number of its own */
#ifndef CAPTURE_MERGE_NAMES_H
#define CAPTURE_MERGE_NAMES_H

#include "capture/reader.h"
#include "capture/source.h"

/* All of them. */
struct merge_names {
	struct sources sources;
	struct merge_key *key;		/* of each */
	uint32_t room;			/* there is memory for so many */
};

/* The number of each interface of one file; 0: not known yet, else one more. */
struct merge_map {
	uint32_t *number;
	uint32_t count;
};

/* Give p, a packet that r lent last, the number of its interface among all. Those of files of one group (a folder) are
 * the same where they have the same name and link type, those without names where they have the same place too. path:
 * of the file, which an interface without a name is described by. False: there are too many, or there is no memory.
 */
bool merge_map(struct merge_names *n, struct merge_map *map, const struct reader *r, uint32_t group, const char *path,
	       struct packet *p);

void merge_map_clear(struct merge_map *map);
void merge_names_free(struct merge_names *n);

#endif
