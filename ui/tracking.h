/* SPDX-License-Identifier: BSD-2-Clause */
/* tracking.h - what a run keeps of packets that say something together */
#ifndef UI_TRACKING_H
#define UI_TRACKING_H

#include "decode/track/track.h"
#include "ui/options.h"

/* The tracker of this run, as o asks for it, empty; NULL where each packet is decoded alone. */
struct track *tracking_open(const struct options *o);

/* The same for a run beside others, which release it by free(3); NULL also where there is no memory. */
struct track *tracking_new(const struct options *o, bool fragments);

/* With -v, say on stderr what t could not put together; t may be NULL. */
void tracking_report(const struct track *t, const struct options *o);

#endif
