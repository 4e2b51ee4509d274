/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate_row.c - the files that this run has made and that are there still, the oldest first */
#include "capture/rotate_row.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 64	/* files */

struct row_entry {
	struct rotate_file file;
	uint32_t hash;		/* of its name */
};

/* FNV-1a. Where two names have the same, a file stays that could have gone: no harm. */
static uint32_t hash_of(const char *name)
{
	uint32_t hash = 2166136261u;

	while (*name)
		hash = (hash ^ (uint8_t)*name++) * 16777619u;
	return hash;
}

static void forget(struct rotate_row *r, uint32_t hash)
{
	for (uint32_t i = r->first; i < r->end; i++) {
		if (r->entry[i].hash != hash)
			continue;
		memmove(&r->entry[i], &r->entry[i + 1], (r->end - i - 1) * sizeof(*r->entry));
		r->end--;
		return;
	}
}

/* Room for one more at the end: that of files long gone, or new. */
static bool make_room(struct rotate_row *r)
{
	uint32_t room = r->room ? 2 * r->room : ROOM_FIRST;
	struct row_entry *entry;

	if (r->end < r->room)
		return true;
	if (r->first > r->room / 2) {
		memmove(r->entry, r->entry + r->first, row_count(r) * sizeof(*r->entry));
		r->end -= r->first;
		r->first = 0;
		return true;
	}
	entry = realloc(r->entry, room * sizeof(*entry));
	if (!entry)
		return false;
	r->entry = entry;
	r->room = room;
	return true;
}

void row_add(struct rotate_row *r, const struct rotate_file *f, const char *name)
{
	uint32_t hash = hash_of(name);

	forget(r, hash);
	if (make_room(r))
		r->entry[r->end++] = (struct row_entry){ *f, hash };
}

struct rotate_file row_take(struct rotate_row *r)
{
	return r->entry[r->first++].file;
}

void row_free(struct rotate_row *r)
{
	free(r->entry);
	*r = (struct rotate_row){ 0 };
}
