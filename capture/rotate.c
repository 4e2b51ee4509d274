/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate.c - which file now: the packets go into one file after the other, or just into one */
#define _GNU_SOURCE
#include "capture/rotate.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/create.h"
#include "capture/reader.h"
#include "capture/rotate_row.h"

#define SECOND INT64_C(1000000000)	/* ns */
#define LOOK_EVERY (1u << 23)		/* bytes written, until the disk is looked at again */

struct rotate {
	const struct rotate_plan *plan;
	const char *path;		/* as the user gave it */
	struct writer_options options;
	struct writer *writer;		/* NULL: no file has begun yet */
	struct hook *hook;
	struct rotate_row row;
	struct rotate_place place;
	uint64_t packets;		/* put into the present file */
	uint64_t before;		/* bytes of the files that have ended */
	uint64_t looked_at;		/* bytes of it when the disk was looked at */
	int names;			/* where the names of complete files go; -1: nowhere */
	int disk;			/* the folder of the files, where its room is looked at; else -1 */
	bool simple;			/* one file, and no limit to it */
	bool begun, open, full, over;
	bool warned;			/* that a file is replaced */
	char name[PATH_MAX];		/* of the present file */
};

static struct clocks now(void)
{
	return (struct clocks){ clock_now(CLOCK_MONOTONIC), clock_now(CLOCK_REALTIME) };
}

static struct clocks time_of(const struct packet *p)
{
	int64_t last = INT64_MAX / SECOND / 2, sec = p->sec < 0 ? 0 : p->sec < last ? p->sec : last;
	int64_t ns = sec * SECOND + (int64_t)(p->nsec % SECOND);

	return (struct clocks){ ns, ns };
}

/* Of the files that are there the oldest one goes. Somebody may have taken it away already. */
static void remove_oldest(struct rotate *r)
{
	struct rotate_file file = row_take(&r->row);
	char name[PATH_MAX];
	int err = rotate_plan_name(r->plan, &file, r->path, name, sizeof(name)) ? create_remove(name) : 0;

	if (err && err != -ENOENT)
		error_say("%s: cannot be removed: %s", name, error_words(-err));
}

/* One file goes at a time: a disk may need a while to give its room back, or somebody reads the file still. */
static int look_at_disk(struct rotate *r, struct error *e)
{
	struct statvfs disk;

	r->looked_at = r->open ? writer_size(r->writer) : 0;
	if (r->disk < 0 || fstatvfs(r->disk, &disk) ||
	    (uint64_t)disk.f_bavail * disk.f_frsize >= r->plan->keep_free)
		return 0;
	if (row_count(&r->row) > 1) {
		remove_oldest(r);
		return 0;
	}
	rotate_flush(r, e);
	return error_set(e, STATUS_WRITE, "%s: stopped: its disk has less free than is to be kept (--keep-free)",
			 r->name);
}

static bool is_source(const struct rotate *r)
{
	struct stat to;

	return r->plan->source && stat(r->name, &to) == 0 && S_ISREG(to.st_mode) && reader_reads(r->plan->source, &to);
}

/* tcpdump replaces a file whose name comes again, too; but it does not say it. */
static int choose_name(struct rotate *r, struct error *e)
{
	char before[PATH_MAX];

	strcpy(before, r->name);
	if (!rotate_plan_name(r->plan, &r->place.file, r->path, r->name, sizeof(r->name)))
		return error_set(e, STATUS_USAGE, "%s: makes no name of a file", r->path);
	if (is_source(r))
		return error_set(e, STATUS_USAGE, "%s: it is read and written at once", r->name);
	if (r->plan->period && !r->warned && !strcmp(before, r->name)) {
		error_say("%s: it is replaced now and with each file to come: its name has no (or too coarse a) time",
			  r->name);
		r->warned = true;
	}
	return 0;
}

static int begin(struct rotate *r, struct clocks at, struct error *e)
{
	int err;

	r->place = r->begun ? rotate_plan_next(r->plan, &r->place, at) : rotate_plan_first(r->plan, at);
	r->begun = true;
	err = choose_name(r, e);
	if (err)
		return err;
	if (r->plan->names == NAMES_NUMBERED && r->plan->ring && row_count(&r->row) >= r->plan->ring)
		remove_oldest(r);
	if (r->writer)
		err = writer_next(r->writer, AT_FDCWD, r->name, e);
	else
		err = writer_open(&r->writer, &r->options, AT_FDCWD, r->name, e);
	if (err)
		return err;
	r->open = true;
	r->packets = 0;
	if (r->plan->ring || r->plan->keep_free)
		row_add(&r->row, &r->place.file, r->name);
	return look_at_disk(r, e);
}

/* The file is complete. */
static int end(struct rotate *r, struct error *e)
{
	int err = writer_end(r->writer, e);

	r->before += writer_size(r->writer);
	r->open = false;
	r->full = false;
	if (err)
		return err;
	if (r->names >= 0 && dprintf(r->names, "%s\n", r->name) < 0)
		return error_set(e, STATUS_WRITE, "%s: the name of a file: %s", r->plan->print_name, error_words(errno));
	if (r->hook)
		hook_run(r->hook, r->name);
	r->over = r->plan->files && r->place.file.number + 1 >= r->plan->files;
	return 0;
}

static int end_by_time(struct rotate *r, struct clocks at, struct error *e)
{
	int err = r->open ? end(r, e) : 0;

	return err || r->over ? err : begin(r, at, e);
}

static int open_disk(struct rotate *r, struct error *e)
{
	char folder[PATH_MAX];

	if (!r->plan->keep_free)
		return 0;
	snprintf(folder, sizeof(folder), "%s", r->path);
	r->disk = open(dirname(folder), O_PATH | O_DIRECTORY | O_CLOEXEC);
	return r->disk < 0 ? error_set(e, STATUS_WRITE, "%s: %s", r->path, error_words(errno)) : 0;
}

static int open_names(struct rotate *r, struct error *e)
{
	const char *to = r->plan->print_name;

	if (!to)
		return 0;
	if (!strcmp(to, "-") || !strcmp(to, "stdout"))
		r->names = STDOUT_FILENO;
	else if (!strcmp(to, "stderr"))
		r->names = STDERR_FILENO;
	else
		r->names = create_file(AT_FDCWD, to, e);
	return r->names < 0 ? r->names : 0;
}

char *rotate_folder(const char *path)
{
	char *names = strndup(path, strcspn(path, "%")), *slash = names ? strrchr(names, '/') : NULL, *folder = NULL;

	if (slash)
		slash[slash == names] = '\0';
	if (names)
		folder = strdup(slash ? names : ".");
	free(names);
	return folder;
}

int rotate_open(struct rotate **out, const struct rotate_plan *plan, const struct writer_options *o, const char *path,
		struct hook *hook, struct error *e)
{
	struct rotate *r = calloc(1, sizeof(*r));
	struct error ignored;
	int err;

	*out = NULL;
	if (!r)
		return error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
	*r = (struct rotate){ .plan = plan, .path = path, .options = *o, .hook = hook, .names = -1,
			     .disk = -1 };
	r->simple = !plan->bytes && !plan->packets && !plan->keep_free && !(plan->stored && rotate_plan_timed(plan));
	err = open_names(r, e);
	if (!err)
		err = open_disk(r, e);
	if (!err && !(plan->stored && rotate_plan_rotates(plan)))
		err = begin(r, now(), e);
	r->over = err;
	if (err)
		rotate_close(r, &ignored);
	else
		*out = r;
	return err;
}

/* See that there is a file, and that it is the one where p belongs. */
static int turn_to(struct rotate *r, const struct packet *p, struct error *e)
{
	struct clocks at;

	if (r->open && !r->plan->stored)
		return 0;
	at = r->plan->stored ? time_of(p) : now();
	if (r->plan->stored && r->begun && at.steady >= r->place.end)
		return end_by_time(r, at, e);
	return r->open ? 0 : begin(r, at, e);
}

static int after_put(struct rotate *r, struct error *e)
{
	r->packets++;
	r->full = rotate_plan_full(r->plan, writer_size(r->writer), r->packets);
	return writer_size(r->writer) - r->looked_at < LOOK_EVERY ? 0 : look_at_disk(r, e);
}

bool rotate_is_full(const struct rotate *r)
{
	return r->full;
}

int rotate_end_full(struct rotate *r, struct error *e)
{
	return r->full ? end(r, e) : 0;
}

int rotate_put(struct rotate *r, const struct packet *p, struct error *e)
{
	int err = rotate_end_full(r, e);

	if (!err && !r->over && !(r->open && r->simple))
		err = turn_to(r, p, e);
	if (err || r->over)
		return err;
	err = writer_put(r->writer, p, e);
	if (!err && !r->simple)
		err = after_put(r, e);
	return err ? err : 1;
}

int rotate_put_many(struct rotate *r, const struct packet *p, uint32_t n, bool stored, struct error *e)
{
	int done = 0, got = 1;

	if (stored && r->simple && r->open) {
		got = writer_put_stored(r->writer, p, n, e);
		return got ? got : (int)n;
	}
	for (; got > 0 && (uint32_t)done < n; done += got)
		got = rotate_put(r, &p[done], e);
	if (got > 0)
		got = rotate_end_full(r, e);
	return got < 0 ? got : done;
}

int rotate_statistics(struct rotate *r, struct error *e)
{
	return r->open ? writer_statistics(r->writer, e) : 0;
}

int rotate_name(struct rotate *r, const uint8_t *address, uint16_t n, const char *name, struct error *e)
{
	return r->open ? writer_name(r->writer, address, n, name, e) : 0;
}

int rotate_flush(struct rotate *r, struct error *e)
{
	return r->open ? writer_flush(r->writer, e) : 0;
}

void rotate_hurry(struct rotate *r, bool hurry)
{
	if (r->open)
		writer_hurry(r->writer, hurry);
}

int rotate_tick(struct rotate *r, struct error *e)
{
	int err = 0;

	if (r->hook)
		hook_listen(r->hook);
	if (r->over)
		return 0;
	if (!r->plan->stored && rotate_due(r) != INT64_MAX) {
		struct clocks at = now();

		if (at.steady >= r->place.end)
			err = end_by_time(r, at, e);
	}
	return err || r->over ? err : look_at_disk(r, e);
}

int64_t rotate_due(const struct rotate *r)
{
	return r->over || r->plan->stored ? INT64_MAX : r->place.end;
}

bool rotate_over(const struct rotate *r)
{
	return r->over;
}

int rotate_errno(const struct rotate *r)
{
	return r->writer ? writer_errno(r->writer) : 0;
}

uint64_t rotate_written(const struct rotate *r)
{
	return r->writer ? writer_written(r->writer) : 0;
}

uint64_t rotate_size(const struct rotate *r)
{
	return r->before + (r->open ? writer_size(r->writer) : 0);
}

int rotate_close(struct rotate *r, struct error *e)
{
	struct error first;
	int err = 0, closed;

	if (!r->begun && !r->over)
		err = begin(r, now(), e);
	if (!err && r->open)
		err = end(r, e);
	if (err)
		first = *e;
	closed = r->writer ? writer_close(r->writer, e) : 0;
	if (err)
		*e = first;
	if (r->names > STDERR_FILENO)
		close(r->names);
	if (r->disk >= 0)
		close(r->disk);
	row_free(&r->row);
	free(r);
	return err ? err : closed;
}
