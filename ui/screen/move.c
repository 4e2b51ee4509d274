/* SPDX-License-Identifier: BSD-2-Clause */
/* move.c - a cursor goes through a list */
#include "ui/screen/move.h"

void move_within(uint32_t *at, uint32_t begin, uint32_t end, int64_t by)
{
	int64_t to = (int64_t)*at + by;

	*at = to < begin || begin >= end ? begin : to >= end ? end - 1 : (uint32_t)to;
}

int64_t move_distance(enum action action, uint32_t page)
{
	int64_t whole = page > 1 ? page - 1 : 1, half = page > 1 ? page / 2 : 1;

	switch (action) {
	case ACTION_DOWN:
		return 1;
	case ACTION_UP:
		return -1;
	case ACTION_PAGE_DOWN:
		return whole;
	case ACTION_PAGE_UP:
		return -whole;
	case ACTION_HALF_DOWN:
		return half;
	case ACTION_HALF_UP:
		return -half;
	case ACTION_FIRST:
		return -MOVE_FAR;
	case ACTION_LAST:
		return MOVE_FAR;
	default:
		return 0;
	}
}
