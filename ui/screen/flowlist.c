/* SPDX-License-Identifier: BSD-2-Clause */
/* flowlist.c - the flows of a store's packets as they are looked at */
#define _GNU_SOURCE
#include "ui/screen/flowlist.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "ui/screen/move.h"

#define LIVE_MEMORY (UINT64_C(24) << 20)	/* bytes: a hundred thousand flows */
#define SECOND INT64_C(1000000000)
#define RESTS 16		/* times as long as sorting has taken, four seconds at most */

bool flowlist_open(struct flowlist *f, const struct store *store, const struct options *o)
{
	struct options sized = *o;
	struct error e;

	if (f->table)
		return true;
	if (store_is_live(store) && !o->memory)
		sized.memory = LIVE_MEMORY;
	if (flow_table_open(&f->table, &sized, &e))
		return false;
	if (!pass_open(&f->pass)) {
		flowlist_close(f);
		return false;
	}
	f->order = flow_order(NULL);
	return true;
}

static void count(void *table, const struct packet *p)
{
	struct flow_table *t = table;

	flows_skip(&t->flows, p->number - 1 - t->flows.number);
	flow_table_put(t, p, 1);
}

bool flowlist_extend(struct flowlist *f, const struct store *store)
{
	uint32_t before = f->pass.next;
	bool more = pass_extend(&f->pass, store, count, f->table);

	f->changed = f->changed || f->pass.next != before;
	flows_settle(&f->table->flows);
	if (pass_is_done(&f->pass, store) && !f->filled)
		f->filled = f->wanted = true;
	return more;
}

void flowlist_losses(const struct flowlist *f, const struct store *store, char *text, size_t size)
{
	const struct flows *t = &f->table->flows;
	uint64_t evicted = flows_evicted(t);
	int n = 0;

	*text = '\0';
	if (store_is_live(store) || evicted)
		n = snprintf(text, size, "  table %u%%", (unsigned)((uint64_t)t->count * 100 / t->most));
	if (evicted)
		n += snprintf(text + n, size - (size_t)n, "  evicted %" PRIu64, evicted);
	if (f->pass.missed)
		n += snprintf(text + n, size - (size_t)n, "  packets not counted %" PRIu64, f->pass.missed);
	if (n > 0)
		snprintf(text + n, size - (size_t)n, " ");
}

/* Show the new order. What is under the cursor stays there, if it was chosen. */
static void show(struct flowlist *f)
{
	const struct flow *selected = f->chosen ? flowlist_selected(f) : NULL;
	const struct flow **shown = f->shown;

	if (f->rank.rows.count > f->room) {
		shown = realloc(f->shown, f->rank.rows.room * sizeof(const struct flow *));
		if (!shown)
			return;
		f->shown = shown;
		f->room = f->rank.rows.room;
	}
	f->count = f->rank.rows.count;
	f->active = f->rank.active;
	for (uint32_t i = 0; i < f->count; i++) {
		shown[i] = flowrank_flow(&f->rank, i);
		if (shown[i] == selected)
			f->cursor = f->reverse ? f->count - 1 - i : i;
	}
	move_within(&f->cursor, 0, f->count, 0);
}

bool flowlist_sort(struct flowlist *f, int64_t now_ns)
{
	if (!f->rank.running && !f->wanted && (!f->changed || now_ns - f->sorted_ns < f->rest_ns))
		return false;
	if (!f->rank.running) {
		f->wanted = f->changed = false;
		f->sorted_ns = now_ns;
		if (!flowrank_start(&f->rank, &f->table->flows, f->order, f->only_active))
			return false;
	}
	flowrank_extend(&f->rank, &f->table->flows);
	if (!f->rank.running) {
		int64_t rest = (now_ns - f->sorted_ns) * RESTS;

		f->rest_ns = rest < SECOND ? SECOND : rest < 4 * SECOND ? rest : 4 * SECOND;
		show(f);
	}
	return f->rank.running || f->wanted;
}

const struct flow *flowlist_at(const struct flowlist *f, uint32_t i)
{
	return i < f->count ? f->shown[f->reverse ? f->count - 1 - i : i] : NULL;
}

const struct flow *flowlist_selected(const struct flowlist *f)
{
	return flowlist_at(f, f->cursor);
}

bool flowlist_act(struct flowlist *f, enum action action)
{
	int64_t by = move_distance(action, f->page);

	if (action == ACTION_SORT) {
		f->order = flow_order_next(f->order);
		f->rank.running = false;
		f->wanted = true;
	} else if (action == ACTION_ACTIVE) {
		f->only_active = !f->only_active;
		f->rank.running = false;
		f->wanted = true;
	} else if (action == ACTION_NAMES) {
		f->names = !f->names;
	} else if (action == ACTION_REVERSE) {
		f->reverse = !f->reverse;
		if (f->chosen && f->count > 0)
			f->cursor = f->count - 1 - f->cursor;
	} else if (by != 0) {
		f->chosen = action != ACTION_FIRST;
		move_within(&f->cursor, 0, f->count, by);
	} else {
		return false;
	}
	return true;
}

void flowlist_close(struct flowlist *f)
{
	flow_table_close(f->table);
	pass_close(&f->pass);
	flowrank_free(&f->rank);
	free(f->shown);
	*f = (struct flowlist){ 0 };
}
