/* SPDX-License-Identifier: BSD-2-Clause */
/* statlist.c - sums over the packets of a store, as they are looked at */
#include "ui/screen/statlist.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "ui/screen/move.h"

#define SECOND UINT64_C(1000000000)	/* ns */

bool statlist_open(struct statlist *f, const struct store *store, bool verify)
{
	if (f->tally)
		return true;
	f->tally = calloc(1, sizeof(*f->tally));
	if (!f->tally || !pass_open(&f->pass)) {
		statlist_close(f);
		return false;
	}
	tally_open(f->tally);
	f->live = store_is_live(store);
	f->verify = verify;
	return true;
}

/* A card that is to fill in checksums, or has verified them, leaves nothing to be told. */
static void count(void *context, const struct packet *p)
{
	struct statlist *f = context;
	bool verify = f->verify && !(p->flags & (PACKET_CSUM_PENDING | PACKET_CSUM_VALID));

	tally_packet(f->tally, bare_decode(&f->bare, p), bare_time(p), verify);
}

bool statlist_extend(struct statlist *f, const struct store *store)
{
	return pass_extend(&f->pass, store, count, f);
}

void statlist_losses(const struct statlist *f, char *text, size_t size)
{
	*text = '\0';
	if (f->pass.missed)
		snprintf(text, size, "  packets not counted %" PRIu64 " ", f->pass.missed);
}

void statlist_settle(struct statlist *f)
{
	struct hierarchy *h = &f->tally->hierarchy;
	uint32_t selected = f->cursor < f->count ? f->shown[f->cursor] : 0;

	hierarchy_sort(h);
	f->count = 0;
	for (uint32_t i = hierarchy_next(h, 0, false); i; i = hierarchy_next(h, i, f->folded[i])) {
		if (i == selected)
			f->cursor = f->count;
		f->shown[f->count++] = (uint16_t)i;
	}
	move_within(&f->cursor, 0, f->count, 0);
}

const struct hierarchy_node *statlist_selected(const struct statlist *f)
{
	return f->cursor < f->count ? &f->tally->hierarchy.node[f->shown[f->cursor]] : NULL;
}

uint64_t statlist_rate(const struct statlist *f, const struct hierarchy_node *n, uint32_t second, uint64_t ns)
{
	uint64_t window = ns < SECOND ? 1 : ns / SECOND < STAT_WINDOW ? ns / SECOND : STAT_WINDOW;

	if (f->live)
		return recent_before(&n->recent, second, (uint32_t)window) * 8 / window;
	return ns ? (uint64_t)((double)n->bytes * 8 * (double)SECOND / (double)ns) : 0;
}

uint64_t statlist_graph(const struct statlist *f, uint64_t *amount, uint32_t n, uint32_t second)
{
	const struct series *s = &f->tally->series;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t from = (uint32_t)((uint64_t)i * s->used / n), to = (uint32_t)((uint64_t)(i + 1) * s->used / n);
		double sum = 0;

		if (f->live) {
			amount[i] = (uint64_t)recent_at(&f->tally->hierarchy.node[0].recent, second - n + i) * 8;
			continue;
		}
		to = to > from ? to : from + 1;
		for (uint32_t part = from; part < to && part < s->used; part++)
			sum += (double)s->amount[part];
		amount[i] = s->width ? (uint64_t)(sum * 8 * (double)SECOND / ((double)s->width * (to - from))) : 0;
	}
	return f->live ? n * SECOND : s->used * s->width;
}

/* A protocol that is folded already, or has nothing in it: the one around it. */
static void fold(struct statlist *f)
{
	const struct hierarchy_node *n = statlist_selected(f);

	if (!n)
		return;
	if (n->child && !f->folded[f->shown[f->cursor]]) {
		f->folded[f->shown[f->cursor]] = true;
		return;
	}
	while (f->cursor > 0 && f->tally->hierarchy.node[f->shown[f->cursor]].depth >= n->depth)
		f->cursor--;
}

static void fold_all(struct statlist *f, bool folded)
{
	for (uint32_t i = 0; i < HIERARCHY_MAX; i++)
		f->folded[i] = folded;
}

bool statlist_act(struct statlist *f, enum action action)
{
	int64_t by = move_distance(action, f->page);

	if (by != 0)
		move_within(&f->cursor, 0, f->count, by);
	else if (action == ACTION_NEXT_PANE)
		f->part = f->part == STAT_ALL && f->narrow ? STAT_SIZES : (f->part + 1) % STAT_PARTS;
	else if (action == ACTION_RIGHT && f->cursor < f->count)
		f->folded[f->shown[f->cursor]] = false;
	else if (action == ACTION_LEFT)
		fold(f);
	else if (action == ACTION_FOLD_ALL || action == ACTION_UNFOLD_ALL)
		fold_all(f, action == ACTION_FOLD_ALL);
	else
		return action == ACTION_RIGHT;
	return true;
}

void statlist_close(struct statlist *f)
{
	free(f->tally);
	pass_close(&f->pass);
	*f = (struct statlist){ 0 };
}
