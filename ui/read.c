/* SPDX-License-Identifier: BSD-2-Clause */
/* read.c - a stored file: printed, copied or counted */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture/pcapng_copy.h"
#include "capture/merge.h"
#include "capture/codec.h"
#include "capture/rotate.h"
#include "capture/signals.h"
#include "ui/confined.h"
#include "ui/display.h"
#include "ui/flow_table.h"
#include "ui/follow_print.h"
#include "ui/jobs.h"
#include "ui/names.h"
#include "ui/printer.h"
#include "ui/tracking.h"

/* Where the packets of a file go; what was not asked for is NULL. */
struct sinks {
	struct filter *filter;
	struct display *display;
	struct line line;	/* for the display, where nothing is printed */
	struct rotate *writer;
	struct rotate_plan plan;	/* of its files */
	struct hook hook;
	struct copy *copy;	/* of a pcapng file into another */
	struct source source;	/* of the packets of a pcap file, */
	struct sources sources;	/* as a pcapng file tells of it */
	struct printer *printer;
	struct flow_table *flows;
	struct follow_print *follow;
	uint64_t left;		/* packets until -c is reached */
	int64_t duration, end;	/* ns: of -a, 0 where there is none; since 1970, once the first packet is there */
	uint64_t count;		/* packets taken */
	bool over;		/* -a has ended it */
	bool at_once;		/* lines are not held back */
	bool flush_packets;
	bool records;		/* see reader_has_records() */
};

#define STOP_S 5	/* seconds that a write(2) may hang after a signal to stop */

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	if (signals_again()) {
		signal(signal_number, SIG_DFL);
		raise(signal_number);
	}
	stopped = 1;
	alarm(STOP_S);
}

/* Without SA_RESTART: a read(2) that waits for a pipe comes back. A second signal ends the program at
 * once, and so does the alarm: a write(2) that waits for a pipe goes on.
 */
static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = stop }, old;

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	if (sigaction(SIGHUP, NULL, &old) == 0 && old.sa_handler != SIG_IGN)	/* nohup(1) */
		sigaction(SIGHUP, &action, NULL);
}

/* Move the packets of b that are wanted to its front. */
static void keep_matching(struct sinks *s, struct batch *b)
{
	uint32_t kept = 0;

	if (!s->filter)
		return;
	for (uint32_t i = 0; i < b->count; i++) {
		if (!filter_match(s->filter, &b->packet[i]))
			continue;
		if (kept != i)
			b->packet[kept] = b->packet[i];
		kept++;
	}
	b->count = kept;
}

/* Returns how many of n packets there was room for, or as rotate_put(). */
static int put_files(struct sinks *s, const struct packet *packet, uint32_t n, struct error *e)
{
	int put = rotate_put_many(s->writer, packet, n, s->records, e);

	s->over = s->over || rotate_over(s->writer);
	return put;
}

/* n packets that are wanted, as far as -c and -a let them. */
static int put(struct sinks *s, const struct packet *packet, uint32_t n, struct error *e)
{
	int rc = 0;

	if (n > s->left)
		n = (uint32_t)s->left;
	s->left -= n;
	if (s->writer) {
		rc = put_files(s, packet, n, e);
		if (rc < 0)
			return rc;
		n = (uint32_t)rc;
		rc = 0;
	}
	s->count += n;
	if (s->printer && !rc && n > 0)
		rc = printer_put(s->printer, packet, n, e);
	if (s->flows)
		flow_table_put(s->flows, packet, n);
	if (s->follow)
		rc = follow_print_put(s->follow, packet, n, e);
	return rc;
}

/* Packet by packet: what is known of the packets before, a later one changes. */
static int put_wanted(struct sinks *s, struct batch *b, struct error *e)
{
	int rc = 0;

	for (uint32_t i = 0; !rc && s->left > 0 && i < b->count; i++)
		if (display_wants(s->display, &b->packet[i]))
			rc = put(s, &b->packet[i], 1, e);
	return rc;
}

static int64_t time_of(const struct packet *p)
{
	return (int64_t)((uint64_t)p->sec * 1000000000 + p->nsec);
}

/* -a duration: by the clock of the packets. */
static void cut_late(struct sinks *s, struct batch *b)
{
	if (!s->end && b->count)
		s->end = time_of(&b->packet[0]) + s->duration;
	for (uint32_t i = 0; i < b->count; i++) {
		if (time_of(&b->packet[i]) < s->end)
			continue;
		b->count = i;
		s->over = true;
	}
}

static int take(struct sinks *s, struct batch *b, struct error *e)
{
	int rc;

	if (s->duration)
		cut_late(s, b);
	keep_matching(s, b);
	rc = s->display ? put_wanted(s, b, e) : put(s, b->packet, b->count, e);
	if (s->writer && s->flush_packets && !rc)
		rc = rotate_flush(s->writer, e);
	if (s->printer && s->at_once && !rc)
		rc = printer_flush(s->printer, e);
	return rc;
}

/* As reader_next(); of a file that others still write, more is waited for. */
static int next(struct reader *r, struct batch *b, struct error *e)
{
	int n = reader_next(r, b, e);

	while (n == 0 && reader_follows(r) && !stopped) {
		n = reader_wait(r, e);
		if (n == 0)
			n = reader_next(r, b, e);
	}
	return n;
}

/* Until the end of the file, of what is wanted of it, or of who reads the lines. What is wrong with
 * the file is said last: what was good of it is processed then.
 */
static int run(struct reader *r, struct sinks *s, struct error *e)
{
	struct error damage;
	struct batch b;
	int n = 1, rc = 0;

	while (!rc && !stopped && !s->over && s->left > 0) {
		n = next(r, &b, &damage);
		if (n <= 0)
			break;
		rc = take(s, &b, e);
	}
	if (!rc && s->printer)
		rc = printer_flush(s->printer, e);
	if (rc == 0 && n < 0 && !stopped) {
		*e = damage;
		return n;
	}
	return rc == PRINTER_CLOSED ? 0 : rc;
}

static int look_at(const char *path, int standard, struct stat *st)
{
	return strcmp(path, "-") == 0 ? fstat(standard, st) : stat(path, st);
}

/* A copy of a file into itself would be the end of it. */
static bool is_read(const struct reader *r, const char *to)
{
	struct stat st;

	return look_at(to, STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode) && reader_reads(r, &st);
}

static int open_writer(const struct options *o, const struct reader *r, struct sinks *s,
		       struct error *e)
{
	struct writer_options options = {
		.format = (enum writer_format)o->format,
		.nano = o->nano || o->nano_file || (reader_nano(r) && !o->micro),
		.linktype = reader_linktype(r),
		.snaplen = reader_snaplen(r),
		.codec = codec_of_name(o->write),
		.direct = o->direct,
	};
	struct container c;

	if (is_read(r, o->write))
		return error_set(e, STATUS_USAGE, "%s: it is read and written at once", o->write);
	reader_container(r, &c);
	if (c.ng && o->comment)
		return error_set(e, STATUS_USAGE, "--capture-comment: a copy of a pcapng file has the comments of that file");
	if (c.ng) {
		options.copy = s->copy;
	} else if (reader_sources(r)) {
		options.sources = reader_sources(r);
	} else {
		s->source = (struct source){ .linktype = options.linktype, .snaplen = options.snaplen };
		s->sources = (struct sources){ &s->source, 1, o->comment };
		options.sources = &s->sources;
	}
	s->plan = o->rotate.plan;
	s->plan.stored = true;
	s->plan.source = r;
	return rotate_open(&s->writer, &s->plan, &options, o->write, &s->hook, e);
}

/* From a pipe lines come as their packets do; from files in large pieces. */
static bool are_files(const struct options *o)
{
	struct stat st;

	for (uint32_t i = 0; i < o->read_count; i++)
		if (look_at(o->reads[i], STDIN_FILENO, &st) || !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)))
			return false;
	return true;
}

static bool interface_of(struct out *o, const void *source, const struct packet *p)
{
	const char *name = reader_interface(source, p);

	if (name)
		out_str(o, name);
	return name;
}

static int open_sinks(const struct options *o, const struct reader *r, struct sinks *s,
		      struct printer *printer, struct error *e)
{
	int rc = 0;

	s->left = o->packets ? o->packets : UINT64_MAX;
	s->duration = o->rotate.duration;
	s->at_once = o->line_buffered || reader_follows(r) || !are_files(o);
	s->flush_packets = o->flush_packets || reader_follows(r);
	s->records = reader_has_records(r);
	if (o->filter)
		rc = filter_open(&s->filter, o->filter, reader_linktype(r), reader_snaplen(r), e);
	if (!rc && o->display)
		rc = display_open(&s->display, "-Y", o->display, e);
	if (!rc && o->display)
		rc = display_count_flows(s->display, o, e);
	if (!rc && o->write && o->rotate.plan.hook)
		rc = hook_open(&s->hook, o->rotate.plan.hook, false, e);
	if (!rc && o->write)
		rc = open_writer(o, r, s, e);
	if (!rc && o->command == COMMAND_FLOWS) {
		rc = flow_table_open(&s->flows, o, e);
	} else if (!rc && o->command == COMMAND_FOLLOW) {
		rc = follow_print_open(&s->follow, o, e);
	} else if (!rc && !o->count && (!o->write || o->print)) {
		s->printer = printer;
		rc = printer_open(printer, o, o->nano, e);
		printer->line.interface = interface_of;
		printer->line.source = r;
	}
	if (!rc && o->display) {
		s->line.track = s->printer ? NULL : tracking_open(o);
		display_share(s->display, s->printer ? &printer->line : &s->line);
		if (s->flows)
			s->flows->line = &s->line;
	}
	return rc;
}

struct naming_of {
	struct rotate *writer;
	struct error *e;
};

static int write_name(void *who, const uint8_t *address, uint16_t n, const char *name)
{
	const struct naming_of *w = who;

	return rotate_name(w->writer, address, n, name, w->e);
}

/* The names that lines had go with the packets. */
static int close_writer(struct sinks *s, const struct options *o, struct error *e)
{
	struct error last;
	int named = o->names ? names_each(write_name, &(struct naming_of){ s->writer, e }) : 0;
	int closed = rotate_close(s->writer, &last);

	if (!named && closed)
		*e = last;
	return named ? named : closed;
}

/* What is written last can fail too; the first thing that went wrong is said. */
static int close_sinks(struct sinks *s, const struct options *o, int rc, struct error *e)
{
	struct error last;
	int closed = s->writer ? close_writer(s, o, &last) : 0;

	if (closed && (rc == 0 || rc == -STATUS_INPUT)) {
		*e = last;
		rc = closed;
	}
	hook_close(&s->hook);
	if (s->filter) {
		const char *warning = filter_warning(s->filter);

		if (warning)
			say(warning);
		filter_close(s->filter);
	}
	display_close(s->display);
	tracking_report(s->printer ? s->printer->line.track : s->line.track, o);
	if (s->printer)
		printer_close(s->printer);
	return rc;
}

/* Also of a damaged file: what was good of it is counted. */
static int print_flows(const struct sinks *s, const struct options *o, int rc, struct error *e)
{
	struct error last;
	int printed = rc == 0 || rc == -STATUS_INPUT ? flow_table_print(s->flows, o, &last) : 0;

	if (printed) {
		*e = last;
		return printed;
	}
	return rc;
}

/* The same of what an end says. */
static int end_follow(const struct sinks *s, int rc, struct error *e)
{
	struct error last;
	int ended = rc == 0 || rc == -STATUS_INPUT ? follow_print_end(s->follow, &last) : 0;

	if (ended < 0)
		*e = last;
	return ended < 0 ? ended : rc;
}

int job_read(const struct options *o, struct error *e)
{
	struct reader_options options = { .follow = o->follow, .salvage = o->salvage, .say = say, .comment = o->comment };
	struct sinks s = { 0 };
	struct printer printer;
	struct reader *r;
	struct identity who;
	int rc = o->user ? identity_find(&who, o->user, e) : 0;

	if (rc)
		return rc;
	if (o->follow)
		catch_signals();	/* that wait for its begin */
	if (o->write && o->format == WRITER_PCAPNG)
		s.copy = copy_new();
	options.watch = s.copy ? copy_watch(s.copy) : NULL;
	rc = merge_open(&r, o->reads, o->read_count, &options, e);
	if (rc) {
		copy_free(s.copy);
		return stopped ? 0 : rc;
	}
	if (!o->follow)
		catch_signals();
	rc = open_sinks(o, r, &s, &printer, e);
	if (!rc)
		rc = reader_confine(o, e);
	if (!rc)
		rc = run(r, &s, e);
	if (o->count && (rc == 0 || rc == -STATUS_INPUT))
		print_count(s.count);
	if (s.flows)
		rc = print_flows(&s, o, rc, e);
	if (s.follow)
		rc = end_follow(&s, rc, e);
	rc = close_sinks(&s, o, rc, e);
	flow_table_close(s.flows);
	copy_free(s.copy);
	follow_print_close(s.follow);
	reader_close(r);
	return rc;
}
