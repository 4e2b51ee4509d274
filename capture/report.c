/* SPDX-License-Identifier: BSD-2-Clause */
/* report.c - the counters are told while the capture runs: on standard error, and in a file for Prometheus */
#define _GNU_SOURCE
#include "capture/report.h"

#include <limits.h>

#include "capture/voice.h"

#define METRICS_EVERY INT64_C(5000000000)	/* ns, where no other interval was asked for: exporters are read less often */

static int write_metrics(struct report *r, const struct metrics_source *source, uint32_t n, struct error *e)
{
	return r->metrics ? metrics_write(r->metrics, &r->run, source, n, e) : 0;
}

/* Once: a disk that is full stays so for a while. */
static void try_metrics(struct report *r, const struct metrics_source *source, uint32_t n)
{
	struct error e;
	bool failed = write_metrics(r, source, n, &e);

	if (failed && !r->failed)
		error_say("%s", e.text);
	r->failed = failed;
}

int report_begin(struct report *r, const struct metrics_source *source, uint32_t n, int64_t now, struct error *e)
{
	r->next = r->every ? now + r->every : INT64_MAX;
	r->metrics_next = r->metrics ? now + (r->every ? r->every : METRICS_EVERY) : INT64_MAX;
	return write_metrics(r, source, n, e);
}

int64_t report_due(const struct report *r)
{
	return r->next < r->metrics_next ? r->next : r->metrics_next;
}

/* The time after now that is a multiple of the interval away from at. */
static int64_t after(int64_t at, int64_t every, int64_t now)
{
	return at + ((now - at) / every + 1) * every;
}

void report_tell(struct report *r, const struct metrics_source *source, uint32_t n, int64_t now)
{
	if (now >= r->next) {
		if (!r->silent)
			report_say(source, n);
		r->next = after(r->next, r->every, now);
	}
	if (now >= r->metrics_next) {
		try_metrics(r, source, n);
		r->metrics_next = after(r->metrics_next, r->every ? r->every : METRICS_EVERY, now);
	}
}

void report_end(struct report *r, const struct metrics_source *source, uint32_t n)
{
	if (r->metrics)
		try_metrics(r, source, n);
}

void report_say(const struct metrics_source *source, uint32_t n)
{
	char text[LINE_MAX];

	for (uint32_t i = 0; i < n; i++) {
		FILE *line = fmemopen(text, sizeof(text), "w");

		if (!line)
			return;
		fputs("ringtail: ", line);
		if (n > 1)
			fprintf(line, "%s: ", source[i].interface);
		ledger_print(line, source[i].ledger, ", ");
		fflush(line);
		voice_say(text, (size_t)ftell(line));
		fclose(line);
	}
}
