/* SPDX-License-Identifier: BSD-2-Clause */
/* statpane.h - the screen of statistics */
#ifndef UI_SCREEN_STATPANE_H
#define UI_SCREEN_STATPANE_H

#include "ui/screen/frame.h"
#include "ui/screen/statlist.h"

/* Draw the sums over v's packets into the rows of a list; ledger: of live packets, else NULL. */
void statpane_draw(struct statlist *f, const struct packets *v, const struct ledger *ledger, struct grid *g,
		   const struct rows *r);

#endif
