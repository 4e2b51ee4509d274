/* SPDX-License-Identifier: BSD-2-Clause */
/* sieve.h - which packets of a store a display filter lets through, found bit by bit */
#ifndef UI_SCREEN_SIEVE_H
#define UI_SCREEN_SIEVE_H

#include "capture/store.h"
#include "decode/match_run.h"
#include "ui/options.h"

struct flows;

struct sieve {
	uint64_t serial;	/* no other one of this run has it */
	char *text;		/* the expression; owned, as all below */
	uint32_t *number;	/* of the packets that it lets through, in order, from the base-th on */
	uint32_t base, count;	/* those before are gone; all, those too */
	uint32_t next;		/* the first packet that was not looked at */
	uint64_t missed;	/* live packets that were gone before they were */
	bool full;		/* there is no memory for more */

	/* private */
	uint32_t room;
	struct display *display;
	struct line *line;
	struct window window;
	const struct flows *flows;	/* NULL: not needed */
};

/* Make a sieve of the expression text; what it holds for is what -Y with the options o prints. NULL with why
 * filled in, which is empty where there is no memory.
 */
struct sieve *sieve_open(const char *text, const struct options *o, struct match_error *why);

/* Flows are numbered by t, which counts packets before they are looked at here. Is it needed? */
bool sieve_asks_flows(const struct sieve *s);
void sieve_flows(struct sieve *s, const struct flows *t);

/* Look at some packets more, and forget those that the store has no more. Returns 1; 0 where all that the store has now were looked at. */
int sieve_extend(struct sieve *s, const struct store *store);

/* Where the first packet from n on is among all that were let through. */
uint32_t sieve_position(const struct sieve *s, uint32_t n);

void sieve_close(struct sieve *s);

#endif
