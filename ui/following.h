/* SPDX-License-Identifier: BSD-2-Clause */
/* following.h - one flow's packets, among all that come, and what its ends say in them */
#ifndef UI_FOLLOWING_H
#define UI_FOLLOWING_H

#include "decode/track/flows.h"
#include "decode/track/follow.h"
#include "ui/line.h"
#include "ui/options.h"

struct following {
	const struct flows *flows;	/* have counted each packet before it is looked at here */
	uint32_t id;			/* of the flow; 0: wanted, or if that is 0 the first that can be followed, did not come yet */
	uint32_t wanted;
	uint64_t packets;		/* of it, so far */

	/* private */
	struct flow_eye eye;
	struct line line;		/* fragments are put together */
	struct follow *follow;		/* owned */
};

/* Make f, which is filled with zeros, ready to follow a flow of flows: take is called with what its ends say. False where
 * there is no memory.
 */
bool following_open(struct following *f, const struct options *o, const struct flows *flows, follow_take *take,
		    void *context);

/* Can it be followed? TCP and datagrams can, where their ports are known. */
bool following_can(const struct flow *flow);

/* The number of the innermost flow of p that can be followed; 0: there is none. p has the number by which it was
 * counted. This is instead of following_put(), not before it.
 */
uint32_t following_find(struct following *f, const struct packet *p);

/* The next packet, with its number. */
void following_put(struct following *f, const struct packet *p);

/* There is no more: tell what waited for what is missing. */
void following_finish(struct following *f);

void following_close(struct following *f);

#endif
