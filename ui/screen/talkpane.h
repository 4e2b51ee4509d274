/* SPDX-License-Identifier: BSD-2-Clause */
/* talkpane.h - the screen of talkers */
#ifndef UI_SCREEN_TALKPANE_H
#define UI_SCREEN_TALKPANE_H

#include "ui/screen/frame.h"
#include "ui/screen/talklist.h"

/* Draw who sends and receives v's packets into the rows of a list. */
void talkpane_draw(struct talklist *f, const struct packets *v, struct grid *g, const struct rows *r);

#endif
