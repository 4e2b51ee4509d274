/* SPDX-License-Identifier: BSD-2-Clause */
/* display.h - the display filter of -Y, over packets as they come */
#ifndef UI_DISPLAY_H
#define UI_DISPLAY_H

#include "capture/error.h"
#include "decode/match_run.h"
#include "decode/track/flows.h"
#include "ui/line.h"
#include "ui/options.h"

struct display;

/* Make d of the expression text, which is option's; proto_init() included. Returns 0; STATUS_USAGE where what is wrong was
 * said, and shown; -STATUS_USAGE with e filled in.
 */
int display_open(struct display **d, const char *option, const char *text, struct error *e);

/* The same for who says and shows it elsewhere: -1 with why filled in, which is empty where there is no memory. */
int display_compile(struct display **d, const char *text, struct match_error *why);

/* Decode packets into l, so that who prints them from there need not. */
void display_share(struct display *d, struct line *l);

/* Does the expression ask for the flows of packets? If it does, they are numbered by flows, which has counted each
 * packet before it is asked for here; or by d itself, in a table as large as o says. Returns as display_open().
 */
bool display_asks_flows(const struct display *d);
void display_flows(struct display *d, const struct flows *flows);
int display_count_flows(struct display *d, const struct options *o, struct error *e);

/* Number p, unless it is, and decode it. Is it wanted? Each packet of a run is asked for once, in order: what is known
 * of its time counts from the first, and from the one before.
 */
bool display_wants(struct display *d, struct packet *p);

/* d may be NULL. */
void display_close(struct display *d);

#endif
