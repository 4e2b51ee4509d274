/* SPDX-License-Identifier: BSD-2-Clause */
/* pass.c - something looks at each packet of a store once, bit by bit */
#include "ui/screen/pass.h"

#define AT_ONCE 1024		/* packets: less than a millisecond */
#define AHEAD (1u << 19)	/* bytes that are read at once */

bool pass_open(struct pass *p)
{
	*p = (struct pass){ 0 };
	return window_open(&p->window, AHEAD);
}

bool pass_extend(struct pass *p, const struct store *store, pass_packet *put, void *context)
{
	return pass_extend_to(p, store, store_count(store), put, context);
}

bool pass_extend_to(struct pass *p, const struct store *store, uint32_t all, pass_packet *put, void *context)
{
	uint32_t first = store_first(store), end;

	if (p->goal == 0)
		p->goal = all;
	if (p->next < first) {
		p->missed += first - p->next;
		p->next = first;
	}
	if (all < p->next)
		return false;
	end = all - p->next > AT_ONCE ? p->next + AT_ONCE : all;
	for (; p->next < end; p->next++) {
		struct packet packet;

		if (store_packet(store, &p->window, p->next, &packet) || !store_is_live(store))
			put(context, &packet);
		else
			p->missed++;
	}
	return p->next < all;
}

bool pass_is_filling(const struct pass *p)
{
	return p->next < p->goal;
}

bool pass_is_done(const struct pass *p, const struct store *store)
{
	return p->next == store_count(store) && store_progress(store) == 100;
}

uint32_t pass_progress(const struct pass *p, const struct store *store)
{
	uint32_t all = store_count(store);

	return all ? (uint32_t)((uint64_t)p->next * store_progress(store) / all) : store_progress(store);
}

void pass_close(struct pass *p)
{
	window_close(&p->window);
	*p = (struct pass){ 0 };
}
