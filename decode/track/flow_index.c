/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_index.c - numbers found by a hash, in memory that others hand out */
#include "decode/track/flow_index.h"

#include <string.h>

static bool put_in(struct flow_bucket *b, uint32_t tag, uint32_t number)
{
	for (uint32_t i = 0; i < FLOW_SLOTS; i++) {
		if (b->number[i])
			continue;
		b->tag[i] = tag;
		b->number[i] = number;
		return true;
	}
	return false;
}

bool flow_index_put(struct flow_index *x, uint64_t hash, uint32_t number)
{
	uint32_t way = 0;

	while (way < FLOW_WAY && !put_in(flow_bucket(x, hash, way), (uint32_t)(hash >> 32), number))
		way++;
	if (way == FLOW_WAY)
		return false;
	while (way-- > 0)
		flow_bucket(x, hash, way)->passed++;
	x->count++;
	return true;
}

void flow_index_drop(struct flow_index *x, uint64_t hash, uint32_t number)
{
	for (uint32_t way = 0; way < FLOW_WAY; way++) {
		struct flow_bucket *b = flow_bucket(x, hash, way);

		for (uint32_t i = 0; i < FLOW_SLOTS; i++) {
			if (b->number[i] != number)
				continue;
			b->number[i] = 0;
			x->count--;
			while (way-- > 0)
				flow_bucket(x, hash, way)->passed--;
			return;
		}
	}
}

void flow_index_double(struct flow_index *x)
{
	memset(x->bucket, 0, (x->mask + 1) * sizeof(*x->bucket));
	x->mask = 2 * x->mask + 1;
	x->count = 0;
}
