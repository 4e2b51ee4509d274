/* SPDX-License-Identifier: BSD-2-Clause */
/* gauge.h - how a live capture does: what of it the first line and the status line say */
#ifndef UI_SCREEN_GAUGE_H
#define UI_SCREEN_GAUGE_H

#include "ui/screen/state.h"

/* Draw the first line: how much comes, is shown and was lost. Where there is little room, what was lost stays. */
void gauge_draw_title(const struct screen *s, struct grid *g, uint32_t row);

/* Append what becomes of the packets: the file, how full ring and memory are, whether the list follows. */
void gauge_put(const struct screen *s, struct span *line);

/* Has a recording begun or ended since this was asked last? What became of it is said. */
bool gauge_recorded(struct screen *s);

#endif
