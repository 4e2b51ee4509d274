/* SPDX-License-Identifier: BSD-2-Clause */
/* tree.h - a packet's line, and below it every record and every field */
#ifndef UI_TREE_H
#define UI_TREE_H

#include "ui/line.h"

/* How many bytes the line and the tree of p may take. What is beyond them is left out, and it says so. */
size_t tree_room(const struct line *l, const struct packet *p);

/* Append the tree of the packet whose line was put last, behind it in an o of tree_room() bytes; bytes: with
 * those of each field.
 */
void tree_put(struct line *l, struct out *o, bool bytes);

#endif
