/* SPDX-License-Identifier: BSD-2-Clause */
/* choosers.h - the screens where columns and colours are chosen */
#ifndef UI_SCREEN_CHOOSERS_H
#define UI_SCREEN_CHOOSERS_H

#include "ui/screen/state.h"

/* Go to that screen. */
void choosers_open(struct screen *s, enum choice choice);

/* Do what a key asks for there. False: it does nothing there. */
bool choosers_act(struct screen *s, enum action action);

void choosers_draw(struct screen *s, struct grid *g);

#endif
