/* SPDX-License-Identifier: BSD-2-Clause */
/* hexpane.h - the bytes of the packet selected */
#ifndef UI_SCREEN_HEXPANE_H
#define UI_SCREEN_HEXPANE_H

#include "ui/screen/packets.h"

/* Draw the bytes into height rows; those of the field selected stand out, and are in sight. */
void hexpane_draw(struct packets *v, struct grid *g, uint32_t row, uint32_t height);

#endif
