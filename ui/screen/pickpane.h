/* SPDX-License-Identifier: BSD-2-Clause */
/* pickpane.h - the screen on which an interface is chosen */
#ifndef UI_SCREEN_PICKPANE_H
#define UI_SCREEN_PICKPANE_H

#include "ui/screen/picker.h"

/* Draw it all into g, which has its size. */
void pickpane_draw(struct picker *p, struct grid *g);

#endif
