/* SPDX-License-Identifier: BSD-2-Clause */
/* flowpane.h - the screen of flows */
#ifndef UI_SCREEN_FLOWPANE_H
#define UI_SCREEN_FLOWPANE_H

#include "ui/screen/flowlist.h"
#include "ui/screen/frame.h"

/* Draw the flows of v's packets into the rows of a list, with what is known of the one under the cursor below them. */
void flowpane_draw(struct flowlist *f, const struct packets *v, struct grid *g, const struct rows *r);

#endif
