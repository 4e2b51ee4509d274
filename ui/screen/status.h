/* SPDX-License-Identifier: BSD-2-Clause */
/* status.h - the line of status: what goes on, else how the file or the capture does, and where the reader is */
#ifndef UI_SCREEN_STATUS_H
#define UI_SCREEN_STATUS_H

#include "ui/screen/grid.h"
#include "ui/screen/state.h"

/* Draw it into a row. */
void status_draw(const struct screen *s, struct grid *g, uint32_t row);

#endif
