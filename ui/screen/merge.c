/* SPDX-License-Identifier: BSD-2-Clause */
/* merge.c - a million rows are sorted in pieces of less than a millisecond */
#include "ui/screen/merge.h"

#include <stdlib.h>
#include <string.h>

#define AT_ONCE 8192		/* rows that are merged at once */

static bool make_room(struct merge *m, uint32_t count, size_t size)
{
	if (count <= m->room && size == m->size)
		return true;
	merge_free(m);
	m->rows = malloc(count * size);
	m->spare = malloc(count * size);
	m->room = count;
	m->size = size;
	if (m->rows && m->spare)
		return true;
	merge_free(m);
	return false;
}

bool merge_begin(struct merge *m, uint32_t count, size_t size, int (*compare)(const void *a, const void *b))
{
	if (!make_room(m, count, size))
		return false;
	m->compare = compare;
	m->width = MERGE_RUN;
	m->count = m->at = 0;
	return true;
}

void merge_run(struct merge *m, uint32_t n)
{
	qsort(merge_row(m, m->count - n), n, m->size, m->compare);
}

static uint32_t end_of_run(const struct merge *m, uint64_t begin)
{
	return begin + m->width < m->count ? (uint32_t)(begin + m->width) : m->count;
}

/* Each two runs of rows become one of spare; when all have, the two change places. */
static void merge_some(struct merge *m)
{
	for (uint32_t i = 0; i < AT_ONCE && m->at < m->count; i++) {
		uint32_t begin = (uint32_t)(m->at - m->at % (2 * m->width));
		uint32_t middle = end_of_run(m, begin), end = end_of_run(m, middle);
		bool left;

		if (m->at == begin) {
			m->left = begin;
			m->right = middle;
		}
		left = m->right == end ||
		       (m->left < middle && m->compare(merge_row(m, m->left), merge_row(m, m->right)) <= 0);
		memcpy((char *)m->spare + m->at++ * m->size, merge_row(m, left ? m->left++ : m->right++), m->size);
	}
	if (m->at == m->count) {
		void *sorted = m->spare;

		m->spare = m->rows;
		m->rows = sorted;
		m->at = 0;
		m->width *= 2;
	}
}

bool merge_extend(struct merge *m)
{
	if (m->width < m->count)
		merge_some(m);
	return m->width < m->count;
}

void merge_free(struct merge *m)
{
	free(m->rows);
	free(m->spare);
	*m = (struct merge){ 0 };
}
