/* SPDX-License-Identifier: BSD-2-Clause */
/* followkeys.h - the screen of what the ends of a flow say: its keys, and what is done for it */
#ifndef UI_SCREEN_FOLLOWKEYS_H
#define UI_SCREEN_FOLLOWKEYS_H

#include "ui/screen/frame.h"

/* Go there, with the flow that is selected, or that of the packet that is. */
void followkeys_open(struct screen *s);

/* Do what a key asks for there. False: it does nothing there. */
bool followkeys_act(struct screen *s, enum action action);

void followkeys_draw(struct screen *s, struct grid *g);

/* Go on, while it is looked at. Returns whether there is more to do now. */
bool followkeys_work(struct screen *s);

/* Is a file being gone through? */
bool followkeys_are_filling(const struct screen *s);

/* What was typed: look for it, write what is shown to it. */
void followkeys_find(struct screen *s, const char *text);
void followkeys_save(struct screen *s, const char *path);

#endif
