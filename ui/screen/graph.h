/* SPDX-License-Identifier: BSD-2-Clause */
/* graph.h - amounts as bars: a cell high, a row long, or as large as there is room */
#ifndef UI_SCREEN_GRAPH_H
#define UI_SCREEN_GRAPH_H

#include "ui/screen/grid.h"

/* A bar for n of most in one cell, U+2581 to U+2588; a blank for nothing. */
uint32_t graph_cell(uint64_t n, uint64_t most);

/* The n amounts, as a cell each; the highest of them fills its cell. */
void graph_spark(struct span *s, const uint64_t *amount, uint32_t n);

/* A bar of n of most from left to right, which would fill s. */
void graph_bar(struct span *s, uint64_t n, uint64_t most);

/* Draw the n amounts into so many rows from row on, a column each from column on, with an axis before them that says
 * how much the top is, in unit.
 */
void graph_draw(struct grid *g, uint32_t row, uint32_t column, uint32_t height, const uint64_t *amount, uint32_t n,
		const char *unit);

#define GRAPH_AXIS 10		/* columns before the first amount */

#endif
