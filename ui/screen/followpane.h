/* SPDX-License-Identifier: BSD-2-Clause */
/* followpane.h - the screen of what the ends of a flow say */
#ifndef UI_SCREEN_FOLLOWPANE_H
#define UI_SCREEN_FOLLOWPANE_H

#include "ui/screen/frame.h"

/* Draw what s follows into the rows of a list: each with a sign of who says it. */
void followpane_draw(struct screen *s, struct grid *g, const struct rows *r);

#endif
