/* SPDX-License-Identifier: BSD-2-Clause */
/* list.h - the list of packets */
#ifndef UI_SCREEN_LIST_H
#define UI_SCREEN_LIST_H

#include "ui/screen/packets.h"

/* Draw the line above the columns. */
void list_draw_head(const struct packets *v, struct grid *g, uint32_t row);

/* Draw the packets into height rows, the one selected among them. */
void list_draw(struct packets *v, struct grid *g, uint32_t row, uint32_t height);

/* How wide column c is on a screen of that width, where there is room for it. Info is not asked for. */
uint32_t list_width(const struct packets *v, const struct list_column *c, uint32_t width);

#endif
