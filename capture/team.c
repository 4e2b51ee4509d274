/* SPDX-License-Identifier: BSD-2-Clause */
/* team.c - what a capture by several workers consists of: its files and counters */
#define _GNU_SOURCE
#include "capture/team.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/clock.h"
#include "capture/codec.h"
#include "capture/confine.h"
#include "capture/create.h"
#include "capture/session.h"
#include "capture/signals.h"

/* Beside a pipe or a device no files are made. */
static int name_parts(struct team *t)
{
	const char *path = t->o->capture.write_path;
	struct stat st;

	if (path && stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return error_set(t->error, STATUS_USAGE, "%s: is no file; of what several workers write a file is made", path);
	t->removable[0] = path;
	for (unsigned n = 0; n < t->o->workers; n++) {
		t->part[n].fd = -1;
		t->part[n].path = path ? gather_name(path, n + 1) : NULL;
		t->removable[n + 1] = t->part[n].path;
		if (path && !t->part[n].path)
			return error_set(t->error, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
	}
	return 0;
}

int team_open(struct team *t)
{
	const struct capture_options *o = &t->o->capture;
	struct filer_policy policy = { .removable = t->o->separate ? NULL : t->removable, .metrics = o->metrics };
	int ret = identity_find(&t->identity, o->user, t->error);

	t->name = o->interfaces ? o->interface[0] : "default interface";
	t->report = (struct report){
		.every = o->report_every,
		.next = INT64_MAX,
		.metrics = o->metrics,
		.metrics_next = INT64_MAX,
		.run = { t->name, &t->sum },
	};
	if (!ret)
		ret = name_parts(t);
	if (!ret)
		ret = places_prepare(&t->places, &policy, &t->identity, t->error);
	if (ret)
		return ret;
	t->seat = mmap(NULL, t->o->workers * sizeof(*t->seat), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (t->seat == MAP_FAILED) {
		t->seat = NULL;
		return error_set(t->error, STATUS_INTERFACE, "out of memory");
	}
	t->signals = signals_open(!o->stays);
	return t->signals >= 0 ? 0 : error_set(t->error, STATUS_INTERFACE, "cannot wait for signals: %s",
					       error_words(-t->signals));
}

static int open_writer(struct team *t)
{
	const struct capture_options *o = &t->o->capture;
	const struct writer_options options = {
		.format = o->format,
		.nano = o->nano,
		.linktype = t->source.linktype,
		.snaplen = t->source.snaplen,
		.codec = codec_of_name(o->write_path),
		.direct = o->direct,
		.sources = &t->sources,
	};

	return writer_open(&t->writer, &options, AT_FDCWD, o->write_path, t->error);
}

int team_meet(struct team *t)
{
	const struct seat *first = &t->seat[0];

	t->name = first->interface.name;
	t->source = first->source;
	t->source.name = first->interface.name;
	t->source.description = *first->alias ? first->alias : NULL;
	t->source.mac = first->interface.has_mac ? first->interface.mac : NULL;
	t->sources = (struct sources){ .source = &t->source, .count = 1, .comment = t->o->capture.comment };
	t->report.run.interface = t->name;
	return t->o->capture.write_path && !t->o->separate ? open_writer(t) : 0;
}

int team_open_part(struct team *t, unsigned n)
{
	struct part *p = &t->part[n];

	if (!t->writer)
		return 0;
	p->fd = open(p->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	return p->fd >= 0 ? 0 : error_set(t->error, STATUS_WRITE, "%s: %s", p->path, error_words(errno));
}

int team_confine(struct team *t)
{
	int ret = report_begin(&t->report, &t->report.run, 1, session_now(), t->error);

	t->began = !ret;
	if (!ret)
		ret = places_confine(&t->places, &t->identity, WORK_PARENT, t->name, t->error);
	if (!ret)
		privileges_print("who started them");
	return ret;
}

void team_greet(struct team *t)
{
	error_say("%u workers share %s", t->members, t->name);
	fprintf(stderr, "listening on %s, link-type %s (%s), snapshot length %u bytes\n", t->name,
		linktype_name(t->source.linktype), linktype_words(t->source.linktype), t->source.snaplen);
}

void team_count(struct team *t)
{
	t->sum = (struct ledger){ .writes = t->o->capture.write_path };
	for (unsigned n = 0; n < t->members; n++)
		ledger_add(&t->sum, &t->seat[n].ledger);
}

void team_say(const struct team *t)
{
	struct metrics_source each[WORKERS_MAX];
	char name[WORKERS_MAX][20];	/* worker 4294967295 */

	if (!t->o->each)
		return;
	for (unsigned n = 0; n < t->members; n++) {
		snprintf(name[n], sizeof(name[n]), "worker %u", n + 1);
		each[n] = (struct metrics_source){ name[n], &t->seat[n].ledger };
	}
	report_say(each, t->members);
}

/* One that was killed could not tell the last, but its file, where so many packets are, does. What lay in its ring went
 * with it.
 */
static void mend(struct ledger *l, uint64_t stored)
{
	uint64_t rest = ledger_waiting(l), *captured = &l->fate[FATE_CAPTURED];

	if (!l->writes) {
		l->dropped += rest;
		return;
	}
	*captured += rest;
	if (*captured < stored) {
		l->seen += stored - *captured;
		*captured = stored;
	}
	l->written = stored;
	l->unwritten = *captured - stored;
}

/* read: the parts were. */
static void mend_killed(struct team *t, bool read)
{
	for (unsigned n = 0; n < t->members; n++)
		if (t->member[n].killed)
			mend(&t->seat[n].ledger, read ? t->part[n].packets : t->seat[n].ledger.written);
	team_count(t);
}

/* What the one file tells of the interface. */
static void tell_counts(struct team *t, uint64_t put)
{
	t->source.missed = t->seat[0].source.missed;
	t->source.received = t->sum.seen;
	t->source.dropped = t->sum.dropped;
	t->source.accepted = t->sum.fate[FATE_CAPTURED];
	t->source.delivered = put;
	t->source.ledger = &t->sum;
	t->source.counted_at = clock_now(CLOCK_REALTIME);
}

/* Put the parts into the one file, and end it. Returns 0, or -STATUS_WRITE with e filled in. */
static int make_one(struct team *t, struct error *e)
{
	uint64_t most = t->o->capture.count ? t->o->capture.count : UINT64_MAX, put;
	int ret = gather(t->part, t->members, t->writer, most, &put, signals_alive, e), closed;
	struct error last;

	if (!ret)
		mend_killed(t, true);
	tell_counts(t, put);
	closed = writer_close(t->writer, &last);
	t->writer = NULL;
	if (!ret && closed)
		*e = last;
	return ret ? ret : closed;
}

static void remove_parts(const struct team *t)
{
	for (unsigned n = 0; n < t->members; n++) {
		const struct part *p = &t->part[n];

		if (p->damaged && !t->member[n].killed)
			error_say("%s: stays: not all of it could be read", p->path);
		else if (create_remove(p->path))
			error_say("%s: is still there, though its packets are in %s", p->path, t->o->capture.write_path);
	}
}

/* The run could not begin. */
static void undo(const struct team *t)
{
	for (unsigned n = 0; n < t->members; n++)
		if (t->member[n].ready && t->part[n].path)
			create_remove(t->part[n].path);
}

/* The one file could not be made, or there is no time for it: what it has is in the parts too. */
static void keep_parts(struct team *t)
{
	const char *path = t->o->capture.write_path;
	struct error ignored;

	if (t->writer)
		writer_close(t->writer, &ignored);
	t->writer = NULL;
	create_remove(path);
	error_say("%s: is not made; the packets are in %s%s%s, which 'ringtail -r FILE -r FILE -w FILE' makes one", path,
		  t->part[0].path, t->members > 1 ? " to " : "", t->members > 1 ? t->part[t->members - 1].path : "");
}

/* A disk that is full has no room for a second file with the same packets. */
static void gather_all(struct team *t)
{
	struct error why;
	int ret = t->leaves || t->status == -STATUS_WRITE ? 0 : make_one(t, &why);

	if (ret && t->status < 0)
		error_say("%s", t->error->text);
	if (ret) {
		t->status = ret;
		*t->error = why;
	}
	if (t->leaves && !t->status)
		t->status = STATUS_WRITE;
	if (ret || t->writer)
		keep_parts(t);
	else
		remove_parts(t);
}

/* So many packets were asked for. */
static void limit(struct ledger *l, uint64_t most)
{
	uint64_t over = l->fate[FATE_CAPTURED] > most ? l->fate[FATE_CAPTURED] - most : 0;

	l->fate[FATE_CAPTURED] -= over;
	l->fate[FATE_LATE] += over;
	if (!l->writes)
		return;
	l->written = l->written > most ? most : l->written;
	l->unwritten = l->fate[FATE_CAPTURED] - l->written;
}

int team_end(struct team *t)
{
	if (!t->began) {
		undo(t);
		return t->status;
	}
	if (t->writer)
		gather_all(t);
	mend_killed(t, false);
	if (t->o->capture.count)
		limit(&t->sum, t->o->capture.count);
	report_end(&t->report, &t->report.run, 1);
	team_say(t);
	ledger_print(stderr, &t->sum, "\n");
	if (!ledger_adds_up(&t->sum))
		error_say("%s: the counters do not add up", t->name);
	return t->status;
}

void team_close(struct team *t)
{
	struct error ignored;

	if (t->writer)
		writer_close(t->writer, &ignored);
	for (unsigned n = 0; n < t->o->workers; n++) {
		if (t->part[n].fd > 0)
			close(t->part[n].fd);
		free(t->part[n].path);
	}
	places_close(&t->places);
	if (t->seat)
		munmap(t->seat, t->o->workers * sizeof(*t->seat));
}
