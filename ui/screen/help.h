/* SPDX-License-Identifier: BSD-2-Clause */
/* help.h - what the keys do, over what else is on the screen */
#ifndef UI_SCREEN_HELP_H
#define UI_SCREEN_HELP_H

#include <stdbool.h>

#include "ui/screen/grid.h"

/* Draw the help from line top on; returns from which on the next page is, 0 where this is the last. */
uint32_t help_draw(struct grid *g, uint32_t top);

#endif
