/* SPDX-License-Identifier: BSD-2-Clause */
/* workers.h - one interface, captured by several keepers at once
 *
 * How it works: each worker is a keeper (keeper.h) in a process of its own, with a ring and a file of its own, confined
 * as any keeper is; the kernel shares the interface's frames out among them (fanout.h). Who started them holds no packet
 * socket: it takes the signals, passes them on, adds the counters up, and at the end makes one file of theirs, in the
 * order of time (gather.h). To write one file while packets come, all of them had to go through one process again,
 * which is what one keeper cannot do fast enough. The workers' files are removed once the one is whole: whatever goes
 * wrong before, they are there. A worker that is killed leaves what it had flushed, and its flows go to the others.
 */
#ifndef CAPTURE_WORKERS_H
#define CAPTURE_WORKERS_H

#include "capture/workers_options.h"

/* Capture as capture_open() and capture_run() do. Returns as they do; sum is filled in then. */
int workers_run(const struct workers_options *o, struct ledger *sum, struct error *e);

#endif
