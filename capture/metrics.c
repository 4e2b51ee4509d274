/* SPDX-License-Identifier: BSD-2-Clause */
/* metrics.c - the counters as a file in Prometheus' text format, for node_exporter's textfile collector
 *
 * https://prometheus.io/docs/instrumenting/exposition_formats/: of each metric HELP and TYPE once, then a line for each
 * interface. The file is written beside its place, and put there by rename(2).
 */
#define _GNU_SOURCE
#include "capture/metrics.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/create.h"

/* In a label a backslash, a quote and an end of line are written with a backslash. */
static void put_label(FILE *f, const char *text)
{
	for (; *text; text++) {
		if (*text == '\\' || *text == '"')
			fputc('\\', f);
		if (*text == '\n')
			fputs("\\n", f);
		else
			fputc(*text, f);
	}
}

static void put_head(FILE *f, const char *name, const char *type, const char *help)
{
	fprintf(f, "# HELP ringtail_%s %s\n# TYPE ringtail_%s %s\n", name, help, name, type);
}

static void put_value(FILE *f, const char *name, const char *interface, double scale, uint64_t value)
{
	fprintf(f, "ringtail_%s{interface=\"", name);
	put_label(f, interface);
	if (scale < 1)
		fprintf(f, "\"} %g\n", (double)value * scale);
	else
		fprintf(f, "\"} %" PRIu64 "\n", value);
}

/* One that was removed and came back is there twice: a series has one value. Returns false where it was had before. */
static bool unite(const struct metrics_source *source, uint32_t n, uint32_t which, struct ledger *all)
{
	const char *name = source[which].interface;

	for (uint32_t s = 0; s < which; s++)
		if (strcmp(source[s].interface, name) == 0)
			return false;
	*all = *source[which].ledger;
	for (uint32_t s = which + 1; s < n; s++)
		if (strcmp(source[s].interface, name) == 0)
			ledger_add(all, source[s].ledger);
	return true;
}

static void put_counts(FILE *f, const struct metrics_source *run, const struct metrics_source *source, uint32_t n)
{
	struct ledger_count count[LEDGER_COUNTS];
	char name[64], help[128];
	struct ledger all;

	for (size_t i = 0; i < LEDGER_COUNTS; i++) {
		if (i >= ledger_counts(run->ledger, count))
			break;
		snprintf(name, sizeof(name), "%s_packets_total", count[i].key);
		snprintf(help, sizeof(help), "Packets %s.", count[i].words ? count[i].words : count[i].key);
		put_head(f, name, "counter", help);
		if (count[i].of_run)
			put_value(f, name, run->interface, 1, count[i].packets);
		for (uint32_t s = 0; s < n && !count[i].of_run; s++)
			if (unite(source, n, s, &all) && i < ledger_counts(&all, count))
				put_value(f, name, source[s].interface, 1, count[i].packets);
	}
}

static void put_gauges(FILE *f, const struct metrics_source *run, const struct metrics_source *source, uint32_t n)
{
	struct ledger all;

	put_head(f, "captured_bytes_total", "counter", "Bytes of the captured packets on the wire.");
	for (uint32_t s = 0; s < n; s++)
		if (unite(source, n, s, &all))
			put_value(f, "captured_bytes_total", source[s].interface, 1, all.bytes);
	put_head(f, "ring_freezes_total", "counter", "Times that the ring was full.");
	for (uint32_t s = 0; s < n; s++)
		if (unite(source, n, s, &all))
			put_value(f, "ring_freezes_total", source[s].interface, 1, all.freezes);
	put_head(f, "file_bytes_total", "counter", "Bytes put into files.");
	put_value(f, "file_bytes_total", run->interface, 1, run->ledger->file_bytes);
	put_head(f, "ring_fill_ratio", "gauge", "Of the kernel's ring, the most that waited within the last two seconds.");
	put_value(f, "ring_fill_ratio", run->interface, 0.01, run->ledger->ring_fill);
}

static int fail(const char *path, struct error *e)
{
	return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(errno));
}

int metrics_write(const char *path, const struct metrics_source *run, const struct metrics_source *source, uint32_t n,
		  struct error *e)
{
	char beside[PATH_MAX];
	FILE *f;
	int fd;

	if ((size_t)snprintf(beside, sizeof(beside), "%s.tmp", path) >= sizeof(beside))
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENAMETOOLONG));
	fd = create_file(AT_FDCWD, beside, e);
	if (fd < 0)
		return fd;
	f = fdopen(fd, "w");
	if (!f) {
		close(fd);
		return fail(path, e);
	}
	put_counts(f, run, source, n);
	put_gauges(f, run, source, n);
	fflush(f);
	if (ferror(f)) {	/* what closing it would not tell again */
		int failed = fail(path, e);

		fclose(f);
		return failed;
	}
	return fclose(f) ? fail(path, e) : create_rename(path, e);
}
