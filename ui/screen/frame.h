/* SPDX-License-Identifier: BSD-2-Clause */
/* frame.h - what is around the panes, and which rows each has */
#ifndef UI_SCREEN_FRAME_H
#define UI_SCREEN_FRAME_H

#include "ui/screen/state.h"

/* The rows of what is on the screen; ROW_NONE where it is not. */
struct rows {
	uint32_t title, filter, head, status, keys;
	uint32_t at[PANES], height[PANES];	/* height 0: not there */
	uint32_t divider[PANES];		/* above the pane */
};

#define ROW_NONE UINT32_MAX

/* Share the rows out for packets. */
struct rows frame_rows(const struct packets *v, uint32_t height);

/* Draw what belongs to the panes of packets: the filter, titles, dividers. */
void frame_draw(struct screen *s, struct grid *g, const struct rows *r);

/* Draw what the keys do on a screen. */
void frame_keys(struct grid *g, enum screen_id screen, uint32_t row);

/* Draw what is around each screen: the first line, the status, the keys, what is asked for. */
void frame_draw_around(struct screen *s, struct grid *g, const struct rows *r);

#endif
