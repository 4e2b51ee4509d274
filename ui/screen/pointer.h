/* SPDX-License-Identifier: BSD-2-Clause */
/* pointer.h - what the mouse does */
#ifndef UI_SCREEN_POINTER_H
#define UI_SCREEN_POINTER_H

#include "ui/screen/state.h"

/* Select what is in that row of the screen. */
void pointer_click(struct screen *s, uint32_t row);

#endif
