/* SPDX-License-Identifier: BSD-2-Clause */
/* metrics.h - the counters as a file in Prometheus' text format, for node_exporter's textfile collector */
#ifndef CAPTURE_METRICS_H
#define CAPTURE_METRICS_H

#include "capture/error.h"
#include "capture/ledger.h"

/* An interface, and what was counted there. */
struct metrics_source {
	const char *interface;
	const struct ledger *ledger;
};

/* Replace the file path by one with the counters of n sources, and of the run what is not counted by interface, at once:
 * whoever reads it sees the old or the new one whole. Returns 0, or -STATUS_WRITE with e filled in.
 */
int metrics_write(const char *path, const struct metrics_source *run, const struct metrics_source *source, uint32_t n,
		  struct error *e);

#endif
