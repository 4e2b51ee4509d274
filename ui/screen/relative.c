/* SPDX-License-Identifier: BSD-2-Clause */
/* relative.c - the packets of a store are counted, so that rows have the relative sequence numbers that lines have */
#define _GNU_SOURCE
#include "ui/screen/relative.h"

#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

static void count(void *context, const struct packet *p, uint64_t number)
{
	struct relative *r = context;

	line_decode(&r->line, p);
	bases_put(r->bases, &r->line.decoded, number);
}

static void count_live(void *context, const struct packet *p)
{
	count(context, p, p->number);
}

void relative_open(struct relative *r, struct store *store)
{
	uint64_t seed[2] = { 0 };

	r->bases = calloc(1, sizeof(*r->bases));
	if (!r->bases || (store_is_live(store) && !pass_open(&r->pass))) {
		relative_close(r);
		return;
	}
	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) < 0)
		seed[0] = (uint64_t)getpid();
	bases_init(r->bases, seed);
	if (!store_is_live(store))
		store_watch(store, count, r);
}

bool relative_extend(struct relative *r, const struct store *store, bool looked_at)
{
	bool more = false;

	if (!r->bases)
		return false;
	if (store_is_live(store) && looked_at)
		more = pass_extend(&r->pass, store, count_live, r);
	bases_settle(r->bases);
	return more;
}

void relative_close(struct relative *r)
{
	free(r->bases);
	pass_close(&r->pass);
	r->bases = NULL;
}
