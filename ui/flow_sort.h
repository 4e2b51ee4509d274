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

/* Is there such an order? key NULL is that by bytes. */
bool flow_sort_known(const char *key);

/* All flows of f sorted by key, which is known: an array that is the caller's to be freed, *n long. What
 * is equal stands in the order of time, then of addresses. NULL where there is no memory.
 */
struct flow_row *flow_sort(const struct flows *f, const char *key, uint32_t *n);

#endif
