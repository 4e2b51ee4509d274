/* SPDX-License-Identifier: BSD-2-Clause */
/* merge.h - a million rows are sorted in pieces of less than a millisecond
 *
 * How it works: short runs of rows are sorted while they are taken; then each two runs are merged to one, until there
 * is one.
 */
#ifndef UI_SCREEN_MERGE_H
#define UI_SCREEN_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MERGE_RUN 1024		/* rows that are sorted at once */

struct merge {
	void *rows, *spare;	/* owned; of room rows each */
	uint32_t count, room;
	size_t size;		/* of a row, bytes */
	int (*compare)(const void *a, const void *b);

	/* private */
	uint64_t width;			/* of the sorted runs, rows */
	uint32_t at, left, right;	/* what is merged next: where to, and where from */
};

/* Begin with no row, and room for count of that size. False where there is no memory. */
bool merge_begin(struct merge *m, uint32_t count, size_t size, int (*compare)(const void *a, const void *b));

/* The place of row i. */
static inline void *merge_row(const struct merge *m, uint32_t i)
{
	return (char *)m->rows + i * m->size;
}

/* The last n rows, a whole run but at the end, were put there: sort them. */
void merge_run(struct merge *m, uint32_t n);

/* Merge some of them. Returns whether there is more to do; else all rows are in order. */
bool merge_extend(struct merge *m);

void merge_free(struct merge *m);

#endif
