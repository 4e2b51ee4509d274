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

static void click_flows(struct flowlist *f, const struct rows *r, uint32_t row)
{
	uint32_t at = f->top + row - r->at[PANE_LIST];

	if (is_in(r, PANE_LIST, row) && row - r->at[PANE_LIST] < f->page && at < f->count) {
		f->cursor = at;
		f->chosen = true;
	}
}

void pointer_click(struct screen *s, uint32_t row)
{
	struct packets list = { .layout = LAYOUT_LIST };
	struct rows r;

	if (s->help || s->bar.purpose != ASK_NOTHING)
		return;
	if (s->at == SCREEN_PACKETS) {
		r = frame_rows(&s->v, s->height);
		click_packets(&s->v, &r, row);
	} else if (s->at == SCREEN_FLOWS) {
		r = frame_rows(&list, s->height);
		click_flows(&s->flows, &r, row);
	}
}
