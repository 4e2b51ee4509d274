/* SPDX-License-Identifier: BSD-2-Clause */
/* display.h - the display filter of -Y, over packets as they come */
#ifndef UI_DISPLAY_H
#define UI_DISPLAY_H

#include "capture/error.h"
#include "capture/packet.h"

struct display;

/* Make d of the expression text; proto_init() included. Returns 0; STATUS_USAGE where what is wrong was
 * said, and shown; -STATUS_USAGE with e filled in.
 */
int display_open(struct display **d, const char *text, struct error *e);

/* Number the packets of b, and move those that are wanted to its front. Each packet of a run is shown
 * once, in order: what is known of its time counts from the first, and from the one before.
 */
void display_keep(struct display *d, struct batch *b);

/* d may be NULL. */
void display_close(struct display *d);

#endif
