/* SPDX-License-Identifier: BSD-2-Clause */
/* cell.h - what a column of the list says of a packet */
#ifndef UI_SCREEN_CELL_H
#define UI_SCREEN_CELL_H

#include "ui/screen/packets.h"

/* The text in column c of packet p, at place shown, of which r is the row; it lives until the next call. */
const char *cell_text(struct packets *v, const struct list_column *c, uint32_t shown, const struct packet *p,
		      const struct row *r);

/* What is known of packet n besides its bytes. */
struct frame cell_frame(const struct packets *v, uint32_t n, const struct packet *p);

#endif
