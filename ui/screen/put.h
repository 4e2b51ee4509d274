/* SPDX-License-Identifier: BSD-2-Clause */
/* put.h - numbers as a reader takes them in */
#ifndef UI_SCREEN_PUT_H
#define UI_SCREEN_PUT_H

#include "ui/screen/grid.h"

/* "7.3 kB" */
void put_size(struct span *s, uint64_t bytes);

/* "1.223 s", "4m11s", "26h03m"; 0 where it is negative: in the size bytes at text, or into s. */
void short_duration(char *text, size_t size, int64_t ns);
void put_duration(struct span *s, int64_t ns);

/* "12.3k", in the size bytes at text with a unit behind it, or into s. */
void short_number(char *text, size_t size, uint64_t n, const char *unit);
void put_short(struct span *s, uint64_t n);

/* What stands at the right end of a row; what is below it goes. */
void grid_right(struct grid *g, uint32_t row, const char *text, uint8_t style);

/* The same in the row of s, where there is room behind what it has. */
void put_behind(const struct span *s, const char *text, uint8_t style);

#endif
