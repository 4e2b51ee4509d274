/* SPDX-License-Identifier: BSD-2-Clause */
/* pass.h - something looks at each packet of a store once, bit by bit, and at live ones as they come */
#ifndef UI_SCREEN_PASS_H
#define UI_SCREEN_PASS_H

#include "capture/store.h"

struct pass {
	struct window window;
	uint32_t next;			/* the first packet of the store that was not looked at */
	uint32_t goal;			/* packets that were there when it began */
	uint64_t missed;		/* packets that were gone before they were */
};

/* What looks at them. */
typedef void pass_packet(void *context, const struct packet *p);

/* Begin with the first packet. False where there is no memory for it. */
bool pass_open(struct pass *p);

/* Let put look at some packets more, less than a millisecond. Returns whether there are more now. */
bool pass_extend(struct pass *p, const struct store *store, pass_packet *put, void *context);

/* The same of the packets before number end, which are there or were. */
bool pass_extend_to(struct pass *p, const struct store *store, uint32_t end, pass_packet *put, void *context);

/* Has it not looked at all yet that were there when it began? */
bool pass_is_filling(const struct pass *p);

/* Has it looked at all that will ever be in a file? Live, at all that there are. */
bool pass_is_done(const struct pass *p, const struct store *store);

/* How much of the store was looked at, per cent: 100 only where all is. */
uint32_t pass_progress(const struct pass *p, const struct store *store);

void pass_close(struct pass *p);

#endif
