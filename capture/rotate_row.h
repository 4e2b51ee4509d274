/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate_row.h - the files that this run has made and that are there still, the oldest first
 *
 * Of a file what its name is made of is kept, not the name: a capture may make a million of them.
 */
#ifndef CAPTURE_ROTATE_ROW_H
#define CAPTURE_ROTATE_ROW_H

#include "capture/rotate_plan.h"

struct rotate_row {
	struct row_entry *entry;	/* owned */
	uint32_t first, end, room;	/* the oldest one, behind the newest, and how many fit */
};

static inline uint32_t row_count(const struct rotate_row *r)
{
	return r->end - r->first;
}

/* f is the newest file now. One of the same name that was there is forgotten: it was replaced. Where there is no
 * memory f is not kept, and so never removed.
 */
void row_add(struct rotate_row *r, const struct rotate_file *f, const char *name);

/* Take the oldest file out. Only where row_count() is not 0. */
struct rotate_file row_take(struct rotate_row *r);

void row_free(struct rotate_row *r);

#endif
