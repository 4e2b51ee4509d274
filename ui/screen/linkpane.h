/* SPDX-License-Identifier: BSD-2-Clause */
/* linkpane.h - the interfaces of this machine as a table */
#ifndef UI_SCREEN_LINKPANE_H
#define UI_SCREEN_LINKPANE_H

#include "ui/screen/grid.h"
#include "ui/screen/linklist.h"

#define LINK_DETAIL 2		/* rows of what is known of one */

/* "up"; "Ethernet" */
const char *linkpane_state(const struct link *k);
const char *linkpane_kind(const struct link *k);

/* Draw the titles, and the interfaces into so many rows: those that are captured or marked with a star, and what became
 * of each one's packets.
 */
void linkpane_head(const struct linklist *l, struct grid *g, uint32_t row);
void linkpane_draw(struct linklist *l, struct grid *g, uint32_t row, uint32_t height);

/* Draw what else is known of the one under the cursor, into LINK_DETAIL rows. */
void linkpane_detail(const struct linklist *l, struct grid *g, uint32_t row);

#endif
