/* SPDX-License-Identifier: BSD-2-Clause */
/* ifpane.h - the screen of interfaces: those of this machine, or of a file */
#ifndef UI_SCREEN_IFPANE_H
#define UI_SCREEN_IFPANE_H

#include "ui/screen/frame.h"

/* Draw those of this machine, of which one is captured. */
void ifpane_draw_live(struct screen *s, struct grid *g, const struct rows *r);

/* Draw those that the packets of the file came from. */
void ifpane_draw_stored(struct screen *s, struct grid *g, const struct rows *r);

#endif
