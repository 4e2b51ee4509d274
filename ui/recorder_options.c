/* SPDX-License-Identifier: BSD-2-Clause */
/* recorder_options.c - the options that say which packets are kept in memory, and when they are written to a file */
#include "ui/recorder_options.h"

#include <stdio.h>
#include <string.h>

#include "capture/tape.h"
#include "ui/quantity.h"

#define FILES_MAX 1000000

/* "64MiB", "30s", or one of each, as "30s,512M". */
static int set_keep(struct recorder_options *o, const char *arg, struct error *e)
{
	for (const char *part = arg; part; part = strchr(part, ',') ? strchr(part, ',') + 1 : NULL) {
		char text[32];
		bool bytes;
		int rc;

		snprintf(text, sizeof(text), "%.*s", (int)strcspn(part, ","), part);
		bytes = strpbrk(text, "KMGkmg") && !strstr(text, "min") && !strstr(text, "ms");
		if (bytes ? o->bytes > 0 : o->span > 0)
			return error_set(e, STATUS_USAGE, "--keep: '%s' has two %s", arg, bytes ? "sizes" : "times");
		rc = bytes ? quantity_size(&o->bytes, "--keep", text, e) : quantity_time(&o->span, "--keep", text, e);
		if (rc)
			return rc;
	}
	if (o->bytes && o->bytes < TAPE_MIN)
		return error_set(e, STATUS_USAGE, "--keep: '%s' is less than 2 MiB", arg);
	return 0;
}

static int set_files(struct recorder_options *o, const char *arg, struct error *e)
{
	uint64_t value;
	int rc = quantity_number(&value, "--trigger-files", arg, 1, FILES_MAX, NULL, e);

	if (!rc)
		o->files = (uint32_t)value;
	return rc;
}

int recorder_options_set(struct recorder_options *o, enum recorder_option which, const char *arg, struct error *e)
{
	switch (which) {
	case RECORDER_KEEP:
		return set_keep(o, arg, e);
	case RECORDER_AFTER:
		return quantity_time(&o->after, "--trigger-after", arg, e);
	default:
		return set_files(o, arg, e);
	}
}
