/* SPDX-License-Identifier: BSD-2-Clause */
/* flowrank.c - a million flows are sorted in pieces of less than a millisecond */
#include "ui/screen/flowrank.h"

#include <stdlib.h>

#define RUN	1024		/* rows that are sorted at once */
#define AT_ONCE 8192		/* rows that are merged at once */

static bool make_room(struct flowrank *r, uint32_t count)
{
	struct flow_row *rows, *spare;

	if (count <= r->room)
		return true;
	rows = malloc(count * sizeof(*rows));
	spare = malloc(count * sizeof(*spare));
	if (!rows || !spare) {
		free(rows);
		free(spare);
		return false;
	}
	free(r->rows);
	free(r->spare);
	r->rows = rows;
	r->spare = spare;
	r->room = count;
	return true;
}

bool flowrank_start(struct flowrank *r, const struct flows *t, const struct flow_order *order)
{
	r->running = make_room(r, t->count + t->count / 4 + RUN);
	r->order = order;
	r->taken = false;
	r->last = NULL;
	r->width = RUN;
	r->count = r->at = 0;
	return r->running;
}

/* Flows that come while rows are taken have a place too, as far as there is room. */
static void take_some(struct flowrank *r, const struct flows *t)
{
	uint32_t from = r->count;

	while (r->count < r->room && r->count - from < RUN) {
		r->last = flows_next(t, r->last);
		if (!r->last)
			break;
		r->rows[r->count++] = flow_row(r->order, r->last);
	}
	qsort(r->rows + from, r->count - from, sizeof(*r->rows), r->order->compare);
	r->taken = r->count - from < RUN || r->count == r->room;
}

static uint32_t end_of_run(const struct flowrank *r, uint64_t begin)
{
	return begin + r->width < r->count ? (uint32_t)(begin + r->width) : r->count;
}

/* Each two runs of rows become one of spare; when all have, the two change places. */
static void merge_some(struct flowrank *r)
{
	for (uint32_t i = 0; i < AT_ONCE && r->at < r->count; i++) {
		uint32_t begin = (uint32_t)(r->at - r->at % (2 * r->width));
		uint32_t middle = end_of_run(r, begin), end = end_of_run(r, middle);
		bool left;

		if (r->at == begin) {
			r->left = begin;
			r->right = middle;
		}
		left = r->right == end ||
		       (r->left < middle && r->order->compare(&r->rows[r->left], &r->rows[r->right]) <= 0);
		r->spare[r->at++] = r->rows[left ? r->left++ : r->right++];
	}
	if (r->at == r->count) {
		struct flow_row *sorted = r->spare;

		r->spare = r->rows;
		r->rows = sorted;
		r->at = 0;
		r->width *= 2;
	}
}

void flowrank_extend(struct flowrank *r, const struct flows *t)
{
	if (!r->running)
		return;
	if (!r->taken)
		take_some(r, t);
	else if (r->width < r->count)
		merge_some(r);
	if (r->taken && r->width >= r->count)
		r->running = false;
}

void flowrank_free(struct flowrank *r)
{
	free(r->rows);
	free(r->spare);
	*r = (struct flowrank){ 0 };
}
