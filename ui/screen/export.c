/* SPDX-License-Identifier: BSD-2-Clause */
/* export.c - a table as it is on the screen, into a CSV file */
#define _GNU_SOURCE
#include "ui/screen/export.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "capture/create.h"
#include "ui/csv.h"
#include "ui/plural.h"

#define AT_ONCE 128		/* rows: less than a millisecond */
#define LONGEST 8192		/* bytes of a value; what is longer is cut */

static void put(struct export *x, uint32_t column, const char *text)
{
	char value[2 * LONGEST + 2];
	struct out o = { value, value + sizeof(value) };
	size_t n = strlen(text);

	out_bytes(&o, text, n < LONGEST ? n : LONGEST);
	csv_quote(&o, value);
	fwrite(value, 1, (size_t)(o.at - value), x->file);
	putc(column + 1 < x->table.columns ? ',' : '\n', x->file);
}

int export_start(struct export *x, const struct export_table *table, const char *path, struct error *e)
{
	int fd = create_file(AT_FDCWD, path, e);

	if (fd < 0)
		return fd;
	x->file = fdopen(fd, "w");
	if (!x->file) {
		close(fd);
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(errno));
	}
	x->table = *table;
	x->at = table->begin;
	x->written = 0;
	snprintf(x->path, sizeof(x->path), "%s", path);
	for (uint32_t c = 0; c < table->columns; c++)
		put(x, c, table->title(table->of, c));
	return 0;
}

/* False where not all of it could be written. */
static bool finish(struct export *x)
{
	bool failed = ferror(x->file);

	failed = fclose(x->file) || failed;
	x->file = NULL;
	if (failed)
		snprintf(x->message, sizeof(x->message), "%.200s: %s", x->path, error_words(errno));
	return !failed;
}

bool export_extend(struct export *x)
{
	struct export_table *t = &x->table;

	for (int i = 0; i < AT_ONCE && x->at < t->end; i++, x->at++) {
		if (!t->row(t->of, x->at))
			continue;
		for (uint32_t c = 0; c < t->columns; c++)
			put(x, c, t->cell(t->of, x->at, c));
		x->written++;
	}
	if (x->at < t->end && !ferror(x->file))
		return true;
	if (finish(x))
		snprintf(x->message, sizeof(x->message), "%u row%s exported to %.200s", x->written, plural(x->written),
			 x->path);
	return false;
}

void export_stop(struct export *x, const char *why)
{
	if (x->file && finish(x))
		snprintf(x->message, sizeof(x->message), "%s; %.200s has the first %u row%s", why, x->path, x->written,
			 plural(x->written));
}
