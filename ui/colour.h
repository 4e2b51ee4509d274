/* SPDX-License-Identifier: BSD-2-Clause */
/* colour.h - lines and trees in colours by meaning, for terminals
 *
 * Text is made without colours, and coloured as it is copied: without the escapes it is the same to the
 * byte, and none of them comes from a packet.
 */
#ifndef UI_COLOUR_H
#define UI_COLOUR_H

#include <stdbool.h>

#include "decode/out.h"

enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* Are colours wanted on standard output? By themselves on a terminal that is not dumb, and never there
 * where NO_COLOR is set and not empty (no-color.org).
 */
bool colour_wanted(enum colour_when when);

/* Append the n characters of a packet's line at text, whose number and time are its first so many words.
 * text may stand behind o->at in the same buffer: escapes are left out where they would reach it.
 */
void colour_line(struct out *o, const char *text, size_t n, uint32_t head_words);

/* The same for the lines of a tree below it. */
void colour_tree(struct out *o, const char *text, size_t n);

/* How many of the n characters at text, a part of a line, are a problem that begins there; 0: none does. */
size_t colour_problem(const char *text, size_t n);

#endif
