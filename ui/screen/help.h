/* SPDX-License-Identifier: BSD-2-Clause */
/* help.h - what the keys do, over what else is on the screen */
#ifndef UI_SCREEN_HELP_H
#define UI_SCREEN_HELP_H

#include <stdbool.h>

#include "ui/screen/grid.h"
#include "ui/screen/keys.h"

/* Draw the help for a screen from line top on; returns from which on the next page is, 0 where this is the last. */
uint32_t help_draw(struct grid *g, enum screen_id screen, uint32_t top);

#endif
