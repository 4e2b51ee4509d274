/* SPDX-License-Identifier: BSD-2-Clause */
/* report.h - the counters are told while the capture runs: on standard error, and in a file for Prometheus */
#ifndef CAPTURE_REPORT_H
#define CAPTURE_REPORT_H

#include "capture/metrics.h"

/* What is asked for; all times in ns of CLOCK_MONOTONIC. */
struct report {
	int64_t every;		/* 0: it is said at the end only */
	bool silent;		/* nothing is said on standard error: the viewer says it */
	int64_t next;
	const char *metrics;	/* the file; NULL: none */
	int64_t metrics_next;
	struct metrics_source run;	/* what the file is told of all interfaces together */
	bool failed;		/* the file could not be written, which was said */
};

/* The first report comes after the first interval; the file is there at once. Returns as metrics_write(). */
int report_begin(struct report *r, const struct metrics_source *source, uint32_t n, int64_t now, struct error *e);

/* When something is to be told next; INT64_MAX: never. */
int64_t report_due(const struct report *r);

/* Tell what is due. */
void report_tell(struct report *r, const struct metrics_source *source, uint32_t n, int64_t now);

/* The last counters into the file. */
void report_end(struct report *r, const struct metrics_source *source, uint32_t n);

/* On standard error, on one line. */
void report_say(const struct metrics_source *source, uint32_t n);

#endif
