/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate_options.c - the options that say when a file ends, and when the capture does
 *
 * Units are those of the program that the option is from: -C counts millions of bytes, filesize thousands.
 */
#include "ui/rotate_options.h"

#include <string.h>

#include "ui/quantity.h"

#define FILES_MAX 1000000

/* tcpdump ends a file that is larger than so much; one byte more is the same as at least. */
static int set_size(struct rotate_options *o, const char *arg, struct error *e)
{
	static const char units[] = "kmg";
	uint64_t value, unit = 1000000;
	const char *rest, *at;
	int rc = quantity_number(&value, "-C", arg, 1, 1 << 20, &rest, e);

	if (rc)
		return rc;
	if (*rest) {
		at = strchr(units, *rest | 0x20);
		if (!at || rest[1])
			return error_set(e, STATUS_USAGE, "-C: '%s' is not a size such as 10 (millions of bytes), 500k, 2g",
					 arg);
		unit = UINT64_C(1) << (10 * (at - units + 1));
	}
	o->tcpdump_size = true;
	o->plan.bytes = value * unit + 1;
	return 0;
}

static int set_period(struct rotate_options *o, const char *arg, struct error *e)
{
	o->plan.dated = true;
	return quantity_time(&o->plan.period, "-G", arg, e);
}

static int files(uint32_t *number, const char *option, const char *arg, struct error *e)
{
	uint64_t value;
	int rc = quantity_number(&value, option, arg, 1, FILES_MAX, NULL, e);

	*number = rc ? 0 : (uint32_t)value;
	return rc;
}

static int set_files(struct rotate_options *o, const char *arg, struct error *e)
{
	return files(&o->tcpdump_files, "-W", arg, e);
}

static int thousands(uint64_t *bytes, const char *option, const char *arg, struct error *e)
{
	uint64_t value;
	int rc = quantity_number(&value, option, arg, 1, UINT32_MAX, NULL, e);

	if (!rc)
		*bytes = value * 1000;
	return rc;
}

static int ring_filesize(struct rotate_options *o, const char *value, struct error *e)
{
	return thousands(&o->plan.bytes, "-b filesize", value, e);
}

static int ring_duration(struct rotate_options *o, const char *value, struct error *e)
{
	return quantity_time(&o->plan.duration, "-b duration", value, e);
}

static int ring_interval(struct rotate_options *o, const char *value, struct error *e)
{
	return quantity_time(&o->plan.interval, "-b interval", value, e);
}

static int ring_packets(struct rotate_options *o, const char *value, struct error *e)
{
	return quantity_number(&o->plan.packets, "-b packets", value, 1, UINT64_MAX / 2, NULL, e);
}

static int ring_files(struct rotate_options *o, const char *value, struct error *e)
{
	return files(&o->plan.ring, "-b files", value, e);
}

static int ring_printname(struct rotate_options *o, const char *value, struct error *e)
{
	(void)e;
	o->plan.print_name = value;
	return 0;
}

static int stop_duration(struct rotate_options *o, const char *value, struct error *e)
{
	return quantity_time(&o->duration, "-a duration", value, e);
}

static int stop_filesize(struct rotate_options *o, const char *value, struct error *e)
{
	return thousands(&o->stop_bytes, "-a filesize", value, e);
}

static int stop_packets(struct rotate_options *o, const char *value, struct error *e)
{
	return quantity_number(&o->packets, "-a packets", value, 1, UINT64_MAX / 2, NULL, e);
}

static int stop_files(struct rotate_options *o, const char *value, struct error *e)
{
	return files(&o->plan.files, "-a files", value, e);
}

struct criterion {
	const char *key;
	int (*take)(struct rotate_options *o, const char *value, struct error *e);
};

/* KEY:VALUE, by the table of option, which ends with a key of NULL. */
static int take(const struct criterion *c, const char *option, struct rotate_options *o, const char *arg, struct error *e)
{
	char known[200] = "";

	for (; c->key; c++) {
		size_t len = strlen(c->key);

		if (!strncmp(arg, c->key, len) && arg[len] == ':' && arg[len + 1])
			return c->take(o, arg + len + 1, e);
		strcat(strcat(strcat(known, *known ? ", " : ""), c->key), ":");
	}
	return error_set(e, STATUS_USAGE, "%s: '%s' is not one of %s with a value", option, arg, known);
}

static int set_ring(struct rotate_options *o, const char *arg, struct error *e)
{
	static const struct criterion criteria[] = {
		{ "filesize", ring_filesize }, { "duration", ring_duration }, { "interval", ring_interval },
		{ "packets", ring_packets }, { "files", ring_files }, { "printname", ring_printname }, { NULL, NULL },
	};

	o->dumpcap_ring = true;
	return take(criteria, "-b", o, arg, e);
}

static int set_stop(struct rotate_options *o, const char *arg, struct error *e)
{
	static const struct criterion criteria[] = {
		{ "duration", stop_duration }, { "filesize", stop_filesize }, { "packets", stop_packets },
		{ "files", stop_files }, { NULL, NULL },
	};

	return take(criteria, "-a", o, arg, e);
}

static int set_keep_free(struct rotate_options *o, const char *arg, struct error *e)
{
	return quantity_size(&o->plan.keep_free, "--keep-free", arg, e);
}

int rotate_options_set(struct rotate_options *o, enum rotate_option which, const char *arg, struct error *e)
{
	static int (*const set[])(struct rotate_options *, const char *, struct error *) = {
		[ROTATE_SIZE] = set_size, [ROTATE_PERIOD] = set_period, [ROTATE_FILES] = set_files,
		[ROTATE_RING] = set_ring, [ROTATE_STOP] = set_stop, [ROTATE_KEEP_FREE] = set_keep_free,
	};

	return set[which](o, arg, e);
}

const char *rotate_options_given(const struct rotate_options *o)
{
	const struct { bool given; const char *option; } all[] = {
		{ o->tcpdump_size, "-C" }, { o->plan.period, "-G" }, { o->tcpdump_files, "-W" },
		{ o->dumpcap_ring, "-b" }, { o->plan.files, "-a files" }, { o->stop_bytes, "-a filesize" },
		{ o->plan.hook, "-z" }, { o->plan.keep_free, "--keep-free" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].given)
			return all[i].option;
	return NULL;
}

static int contradictions(const struct rotate_options *o, const char *write, struct error *e)
{
	const struct rotate_plan *p = &o->plan;
	bool ends = p->bytes || p->packets || rotate_plan_timed(p);
	const char *option = rotate_options_given(o);

	if (option && !write)
		return error_set(e, STATUS_USAGE, "%s: it is about files that are written, and there is no -w", option);
	if (option && (!strcmp(write, "-") || !strcmp(write, "/dev/stdout")))
		return error_set(e, STATUS_USAGE, "%s: it is about files, and packets go to standard output (-w -)", option);
	if (o->dumpcap_ring && (o->tcpdump_size || p->period || o->tcpdump_files))
		return error_set(e, STATUS_USAGE, "-b: %s says the same in other words: one of the two", option);
	if (o->tcpdump_files && !o->tcpdump_size && !p->period)
		return error_set(e, STATUS_USAGE, "-W: it counts the files of -C or -G, and neither is given");
	if (p->ring && !ends)
		return error_set(e, STATUS_USAGE, "-b files: and when does a file end? (-b filesize, duration, interval, "
				 "packets)");
	if (p->files && !ends)
		return error_set(e, STATUS_USAGE, "-a files: and when does a file end? (-C, -G, -b)");
	return 0;
}

/* -W is the size of a ring for -C, and where the capture ends for -G. The size at which dumpcap stops is, where there
 * are several files, that of each.
 */
int rotate_options_settle(struct rotate_options *o, const char *write, struct error *e)
{
	struct rotate_plan *p = &o->plan;
	int rc = contradictions(o, write, e);

	if (rc)
		return rc;
	p->names = o->tcpdump_size ? NAMES_COUNTED : o->dumpcap_ring ? NAMES_NUMBERED : NAMES_AS_GIVEN;
	if (o->tcpdump_files && o->tcpdump_size)
		p->ring = o->tcpdump_files;
	else if (o->tcpdump_files)
		p->files = o->tcpdump_files;
	if (o->stop_bytes && !rotate_plan_rotates(p))
		p->files = 1;
	if (o->stop_bytes && (!p->bytes || o->stop_bytes < p->bytes))
		p->bytes = o->stop_bytes;
	return 0;
}
