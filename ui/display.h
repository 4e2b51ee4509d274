/* SPDX-License-Identifier: BSD-2-Clause */
/* display.h - the display filter of -Y, over packets as they come */
#ifndef UI_DISPLAY_H
#define UI_DISPLAY_H

#include "capture/error.h"
#include "decode/match_run.h"
#include "ui/line.h"

struct display;

/* Make d of the expression text; proto_init() included. Returns 0; STATUS_USAGE where what is wrong was
 * said, and shown; -STATUS_USAGE with e filled in.
 */
int display_open(struct display **d, const char *text, struct error *e);

/* The same for who says and shows it elsewhere: -1 with why filled in, which is empty where there is no memory. */
int display_compile(struct display **d, const char *text, struct match_error *why);

/* Decode packets into l, so that who prints them from there need not. */
void display_share(struct display *d, struct line *l);

/* Number p, and decode it. Is it wanted? Each packet of a run is asked for once, in order: what is known
 * of its time counts from the first, and from the one before.
 */
bool display_wants(struct display *d, struct packet *p);

/* d may be NULL. */
void display_close(struct display *d);

#endif
