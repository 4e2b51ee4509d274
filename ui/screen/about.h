/* SPDX-License-Identifier: BSD-2-Clause */
/* about.h - the screen of what the capture is: what its file says of itself, or what became of live packets */
#ifndef UI_SCREEN_ABOUT_H
#define UI_SCREEN_ABOUT_H

#include "ui/screen/frame.h"

/* Go there: a file is read once more for it, bit by bit. */
void about_open(struct screen *s);

/* Do what a key asks for there. False: it does nothing there. */
bool about_act(struct screen *s, enum action action);

void about_draw(struct screen *s, struct grid *g);

/* Read some more, while it is looked at. Returns whether there is more to do now. */
bool about_work(struct screen *s);

void about_close(struct about *a);

#endif
