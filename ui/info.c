/* SPDX-License-Identifier: BSD-2-Clause */
/* info.c - what capture files say of themselves: facts over their packets, and what else is in them */
#define _GNU_SOURCE
#include "ui/info.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ui/jobs.h"

#define NS 1000000000

struct packet info_moment(__int128 ns)
{
	__int128 sec = ns / NS - (ns % NS < 0);

	return (struct packet){
		.sec = sec > INT64_MAX ? INT64_MAX : sec < INT64_MIN ? INT64_MIN : (int64_t)sec,
		.nsec = (uint64_t)(ns - sec * NS),
	};
}

double info_seconds(__int128 ns)
{
	return (double)ns / NS;
}

const char *info_why(const struct info *i)
{
	char name[sizeof(i->damage.text)];
	size_t n;

	error_clean(name, sizeof(name), strcmp(i->path, "-") ? i->path : "standard input");
	n = strlen(name);
	if (strncmp(i->damage.text, name, n) || strncmp(i->damage.text + n, ": ", 2))
		return i->damage.text;
	return i->damage.text + n + 2;
}

static uint64_t size_of(const struct reader *r)
{
	struct stat st;

	if (fstat(reader_descriptor(r), &st) == 0 && S_ISREG(st.st_mode))
		return (uint64_t)st.st_size;
	return reader_position(r);
}

/* Link types are those of packets and of interfaces without any. */
static void sum_up(struct info *i, const struct reader *r)
{
	const struct details *d = i->details;

	reader_container(r, &i->box);
	i->size = size_of(r);
	i->nano = reader_nano(r);
	if (!i->box.ng)
		facts_linktype(&i->facts, reader_linktype(r));
	for (uint32_t n = 0; n < d->interfaces && n < DETAILS_INTERFACES; n++) {
		facts_linktype(&i->facts, d->interface[n].linktype);
		i->nano |= d->interface[n].units > 1000000;
	}
	if (i->options->nano || i->options->micro)
		i->nano = i->options->nano;
}

int info_begin(struct info *i, struct reader **r, struct error *e)
{
	int rc;

	i->details = details_new();
	if (!i->details)
		return error_set(e, STATUS_USAGE, "%s: no memory", i->path);
	rc = reader_open_with(r, i->path, &(struct reader_options){ .watch = &i->details->watch }, e);
	if (rc)
		info_free(i);
	return rc;
}

bool info_go_on(struct info *i, struct reader *r)
{
	struct batch b;
	int n = reader_next(r, &b, &i->damage);

	if (n > 0) {
		facts_put(&i->facts, &b);
		details_put(i->details, &b);
		return true;
	}
	i->damaged = n < 0;
	sum_up(i, r);
	reader_close(r);
	return false;
}

void info_free(struct info *i)
{
	free(i->details);
	i->details = NULL;
}

/* A closed pipe is a normal end: 1, and nobody reads what would come next. */
static int flush(struct error *e)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	if (errno != EPIPE)
		return error_set(e, STATUS_WRITE, "standard output: %s", error_words(errno));
	clearerr(stdout);
	return 1;
}

/* One file. Returns as a job; its damage is said, as everywhere, once its facts are printed. */
static int one(struct info *i, bool *closed, struct error *e)
{
	struct reader *r = NULL;
	int rc = info_begin(i, &r, e);

	if (rc)
		return rc;
	while (info_go_on(i, r))
		;
	errno = 0;
	if (i->options->json)
		info_json(i);
	else
		info_text(i, stdout);
	rc = flush(e);
	*closed = rc == 1;
	if (i->damaged && rc >= 0) {
		*e = i->damage;
		rc = -STATUS_INPUT;
	}
	info_free(i);
	return rc < 0 ? rc : 0;
}

int job_info(const struct options *o, struct error *e)
{
	int worst = 0, count = o->read ? 1 : o->file_count;
	bool closed = false;

	for (int n = 0; n < count && !closed; n++) {
		struct info i = { .options = o, .path = o->read ? o->read : o->files[n] };
		int rc = one(&i, &closed, e);

		if (rc == -STATUS_WRITE)
			return rc;
		if (rc)
			say(e->text);
		if (-rc > worst)
			worst = -rc;
		if (!o->json && !closed && n + 1 < count && rc != -STATUS_USAGE)
			putchar('\n');
	}
	return worst;
}
