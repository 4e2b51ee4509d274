/* SPDX-License-Identifier: BSD-2-Clause */
/* pointer.c - what the mouse does */
#include "ui/screen/pointer.h"

#include "ui/screen/frame.h"

static bool is_in(const struct rows *r, enum pane pane, uint32_t row)
{
	return row >= r->at[pane] && row - r->at[pane] < r->height[pane];
}

static void click_packets(struct packets *v, const struct rows *r, uint32_t row)
{
	uint32_t node;

	if (is_in(r, PANE_LIST, row)) {
		packets_focus(v, PANE_LIST);
		packets_select(v, v->top + row - r->at[PANE_LIST]);
		v->follow = false;
	} else if (is_in(r, PANE_DETAIL, row)) {
		packets_focus(v, PANE_DETAIL);
		node = v->detail.top + row - r->at[PANE_DETAIL];
		if (node < v->detail.shown_count)
			v->detail.cursor = node;
	} else if (is_in(r, PANE_HEX, row)) {
		packets_focus(v, PANE_HEX);
	}
}

/* In a table that shows the rows from top on, page of count: the cursor goes there. Returns whether it does. */
static bool click_row(const struct rows *r, uint32_t row, uint32_t top, uint32_t page, uint32_t count, uint32_t *cursor)
{
	uint32_t at = row - r->at[PANE_LIST];

	if (!is_in(r, PANE_LIST, row) || at >= page || top + at >= count)
		return false;
	*cursor = top + at;
	return true;
}

static void click_table(struct screen *s, const struct rows *r, uint32_t row)
{
	struct flowlist *f = &s->flows;
	struct talklist *t = &s->talkers;
	struct statlist *p = &s->stats;
	struct linklist *l = &s->links;
	struct filelinks *n = &s->filelinks;

	if (s->at == SCREEN_FLOWS)
		f->chosen = click_row(r, row, f->top, f->page, f->count, &f->cursor) || f->chosen;
	else if (s->at == SCREEN_TALKERS)
		t->chosen = click_row(r, row, t->top, t->page, t->count, &t->cursor) || t->chosen;
	else if (s->at == SCREEN_STATS)
		click_row(r, row, p->top, p->page, p->count, &p->cursor);
	else if (s->at == SCREEN_INTERFACES && s->ledger)
		click_row(r, row, l->top, l->page, l->rates, &l->cursor);
	else if (s->at == SCREEN_INTERFACES)
		click_row(r, row, n->top, n->page, n->count, &n->cursor);
}

void pointer_click(struct screen *s, uint32_t row)
{
	struct packets list = { .layout = LAYOUT_LIST };
	struct rows r = frame_rows(s->at == SCREEN_PACKETS ? &s->v : &list, s->height);

	if (s->help || s->bar.purpose != ASK_NOTHING)
		return;
	if (s->at == SCREEN_PACKETS)
		click_packets(&s->v, &r, row);
	else
		click_table(s, &r, row);
}
