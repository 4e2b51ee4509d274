/* SPDX-License-Identifier: BSD-2-Clause */
/* tree.h - a packet's line, and below it every record and every field */
#ifndef UI_TREE_H
#define UI_TREE_H

#include "ui/line.h"
#include "ui/view.h"

/* How many bytes the line and the tree of p may take. What is beyond them is left out, and it says so. */
size_t tree_room(const struct line *l, const struct packet *p);

/* Append the tree of the packet whose line was put last, behind it in an o of tree_room() bytes; bytes: with
 * those of each field.
 */
void tree_put(struct line *l, struct out *o, bool bytes);

/* Has the record that v is at a line of its own, its title? */
static inline bool tree_has_title(const struct view *v)
{
	return v->record->title || view_starts_layer(v);
}

/* Append that line, or the one of value x of that record, whose name is in label: pieces of the tree. e: the
 * record's entry.
 */
void tree_put_title(struct out *o, const struct line *l, const struct view *v, const struct entry *e);
void tree_put_value(struct out *o, const struct line *l, const struct view *v, const struct value *x,
		    const struct label *label, bool bytes);

#endif
