/* SPDX-License-Identifier: BSD-2-Clause */
/* move.h - a cursor goes through a list */
#ifndef UI_SCREEN_MOVE_H
#define UI_SCREEN_MOVE_H

#include "ui/screen/keys.h"

#define MOVE_FAR ((int64_t)1 << 40)

/* How far an action goes in a list of which page rows are in sight; MOVE_FAR: to its end; 0: it is no move. */
int64_t move_distance(enum action action, uint32_t page);

/* By so many of those there are, from begin to end; far is as far as it goes. */
void move_within(uint32_t *at, uint32_t begin, uint32_t end, int64_t by);

#endif
