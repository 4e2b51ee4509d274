/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_sort.h - flows in the order that is asked for */
#ifndef UI_FLOW_SORT_H
#define UI_FLOW_SORT_H

#include <stdbool.h>
#include <stdint.h>

struct flow;
struct flows;

struct flow_row {
	uint64_t key, start;		/* the higher stands first, and the earlier */
	const struct flow *flow;
};

struct flow_order {
	const char *name;
	uint64_t (*key)(const struct flow *f);		/* NULL: its rate now, which is the table's latest time */
	int (*compare)(const void *x, const void *y);	/* two rows, as qsort(3) wants it */
};

/* The order of that name, NULL where there is none; name NULL is that by bytes. And the one behind it, around. */
const struct flow_order *flow_order(const char *name);
const struct flow_order *flow_order_next(const struct flow_order *order);

/* The row of f, one of t, to be sorted in that order. */
struct flow_row flow_row(const struct flow_order *order, const struct flows *t, const struct flow *f);

/* Is there such an order? key NULL is that by bytes. */
bool flow_sort_known(const char *key);

/* All flows of f sorted by key, which is known: an array that is the caller's to be freed, *n long. What
 * is equal stands in the order of time, then of addresses. NULL where there is no memory.
 */
struct flow_row *flow_sort(const struct flows *f, const char *key, uint32_t *n);

#endif
