/* SPDX-License-Identifier: BSD-2-Clause */
/* flowrank.c - flows are sorted in pieces */
#include "ui/screen/flowrank.h"

#include <stdlib.h>

#include "ui/flow_text.h"

bool flowrank_start(struct flowrank *r, const struct flows *t, const struct flow_order *order, bool only_active)
{
	r->running = merge_begin(&r->rows, t->count + t->count / 4 + MERGE_RUN, sizeof(struct flow_row), order->compare);
	r->order = order;
	r->taken = false;
	r->last = NULL;
	r->now = t->latest;
	r->only_active = only_active;
	r->active = 0;
	return r->running;
}

/* Flows that come while rows are taken have a place too, as far as there is room. */
static void take_some(struct flowrank *r, const struct flows *t)
{
	uint32_t looked_at = 0;

	while (r->rows.count < r->rows.room && looked_at < MERGE_RUN) {
		bool active;

		r->last = flows_next(t, r->last);
		if (!r->last)
			break;
		looked_at++;
		active = flow_is_active(r->last, r->now);
		r->active += active;
		if (r->only_active && !active)
			continue;
		*(struct flow_row *)merge_row(&r->rows, r->rows.count++) = flow_row(r->order, t, r->last);
		if (r->rows.count % MERGE_RUN == 0)
			merge_run(&r->rows, MERGE_RUN);
	}
	r->taken = looked_at < MERGE_RUN || r->rows.count == r->rows.room;
	if (r->taken)
		merge_run(&r->rows, r->rows.count % MERGE_RUN);
}

void flowrank_extend(struct flowrank *r, const struct flows *t)
{
	if (!r->running)
		return;
	if (!r->taken)
		take_some(r, t);
	else
		r->running = merge_extend(&r->rows);
}

void flowrank_free(struct flowrank *r)
{
	merge_free(&r->rows);
	*r = (struct flowrank){ 0 };
}
