/* SPDX-License-Identifier: BSD-2-Clause */
/* live.c - an interface: printed, written or counted; and what is known of interfaces */
#define _GNU_SOURCE
#include <inttypes.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/interface.h"
#include "capture/keeper.h"
#include "capture/merge.h"
#include "capture/netns.h"
#include "capture/voice.h"
#include "capture/workers.h"
#include "ui/confined.h"
#include "ui/counts.h"
#include "ui/display.h"
#include "ui/flow_table.h"
#include "ui/jobs.h"
#include "ui/names.h"
#include "ui/printer.h"
#include "ui/ssh.h"
#include "ui/tracking.h"
#include "ui/trigger.h"

/* While there is a screen, messages on its terminal are kept for later. Here is what standard error was before;
 * -1: it is as it was.
 */
static int errors_before = -1;

static void hold_errors(void)
{
	int held = isatty(STDERR_FILENO) ? memfd_create("messages", MFD_CLOEXEC) : -1;

	if (held < 0)
		return;
	errors_before = dup(STDERR_FILENO);
	if (errors_before >= 0)
		dup2(held, STDERR_FILENO);
	close(held);
}

static void release_errors(void)
{
	char text[4096];
	ssize_t n;
	int held;

	if (errors_before < 0)
		return;
	fflush(stderr);
	held = dup(STDERR_FILENO);
	dup2(errors_before, STDERR_FILENO);
	for (off_t at = 0; (n = pread(held, text, sizeof(text), at)) > 0; at += n)
		voice_say(text, (size_t)n);
	close(held);
	close(errors_before);
	errors_before = -1;
}

static bool prints_lines(const struct options *o)
{
	return !o->count && (!o->write || o->print);
}

static struct capture_options capture_options(const struct options *o, bool screen)
{
	return (struct capture_options){
		.interface = o->interface,
		.interfaces = o->interfaces,
		.follow = o->follow_interfaces,
		.netns = o->netns,
		.no_promiscuous = o->no_promiscuous,
		.cooked = o->cooked,
		.no_ring = o->no_ring,
		.no_segments = o->no_segments,
		.direct = o->direct,
		.immediate = o->immediate,
		.format = (enum writer_format)o->format,
		.comment = o->comment,
		.nano = o->nano || o->nano_file,
		.stamp = (enum stamp)o->stamp,
		.direction = o->direction,
		.snaplen = o->snaplen,
		.buffer = o->buffer,
		.keep_bytes = o->recorder.bytes,
		.keep_ns = o->recorder.span,
		.record_after = o->recorder.after,
		.trigger = o->recorder.trigger,
		.trigger_files = o->recorder.files,
		.stays = o->stays,
		.count = o->packets,
		.timeout_ms = o->print || o->flush_packets ? 1 : screen ? 10 : 0,
		.screen = screen,
		.closed = screen ? release_errors : NULL,
		.names = o->names && !screen,
		.user = o->user,
		.filter = o->filter,
		.write_path = o->write,
		.plan = &o->rotate.plan,
		.duration = o->rotate.duration,
		.report_every = o->report_every,
		.report_silent = o->json && prints_lines(o),
		.metrics = o->metrics,
	};
}

/* What the viewer is given. */
struct viewer {
	struct options options;		/* a copy: it may not change them */
	struct display *display;	/* NULL: all packets */
	const struct capture *capture;
};

/* The index in the link header of "any", from its fifth byte on. */
#define SLL2_INDEX 4

static bool interface_of(struct out *o, const void *source, const struct packet *p)
{
	const struct interface *i = capture_interface(source, p->interface);

	if (i->index == 0)
		return p->linktype == LINKTYPE_LINUX_SLL2 &&
		       interface_name(o, slice_u32(p->bytes, SLL2_INDEX));
	out_str(o, i->name);
	return true;
}

/* Packet by packet: what is known of the packets before, a later one changes. */
static int print_wanted(struct printer *p, struct display *d, struct batch *b, struct error *e)
{
	int rc = 0;

	for (uint32_t i = 0; !rc && i < b->count; i++)
		if (display_wants(d, &b->packet[i]))
			rc = printer_put(p, &b->packet[i], 1, e);
	return rc;
}

static int flush_and_wait(struct counts *c, const struct feed *feed, struct printer *p, struct error *e)
{
	int rc = printer_flush(p, e);

	return rc ? rc : counts_wait(c, feed, p, e);
}

static int tell_name(void *feed, const uint8_t *address, uint16_t n, const char *name)
{
	feed_name(feed, address, n, name);
	return 0;
}

/* The viewer: it runs in a process of its own, where no packet socket is. What cannot be printed ends
 * it; the keeper goes on if there is a file to write.
 */
static int print_lines(void *context, struct feed *feed)
{
	const struct viewer *v = context;
	const struct options *o = &v->options;
	struct counts counts = {
		.every = o->json ? o->report_every : 0,
		.capture = v->capture,
	};
	struct printer printer;
	struct error e;
	struct batch b;
	int n, rc = printer_open(&printer, o, o->nano, &e);

	if (!rc)
		rc = viewer_confine(o, capture_identity(v->capture), false, &e);
	printer.line.brief.interface = interface_name;
	printer.line.interface = interface_of;
	printer.line.source = v->capture;
	printer.line.named = capture_several(v->capture);
	if (v->display)
		display_share(v->display, &printer.line);
	rc = rc ? rc : counts_tell(&counts, &printer, &e);
	while (!rc && (n = feed_next(feed, &b)) >= 0) {
		if (n == 0)
			rc = flush_and_wait(&counts, feed, &printer, &e);
		else if (v->display)
			rc = print_wanted(&printer, v->display, &b, &e);
		else
			rc = printer_put(&printer, b.packet, b.count, &e);
		if (!rc)
			rc = counts_tell(&counts, &printer, &e);
	}
	if (!rc)
		rc = printer_flush(&printer, &e);
	if (!rc)
		rc = counts_last(&counts, &printer, &e);
	tracking_report(printer.line.track, o);
	if (!rc && o->names && o->write)
		names_each(tell_name, feed);
	printer_close(&printer);
	if (rc < 0)
		say(e.text);
	return rc < 0 ? -rc : STATUS_DONE;
}

/* The same, where flows are counted instead. */
static int count_flows(void *context, struct feed *feed)
{
	const struct viewer *v = context;
	const struct options *o = &v->options;
	static struct line line;	/* of the display filter */
	struct flow_table *t;
	struct error e;
	struct batch b;
	int n, rc = flow_table_open(&t, o, &e);

	if (!rc)
		rc = viewer_confine(o, capture_identity(v->capture), false, &e);
	if (!rc && v->display) {
		line.track = tracking_open(o);
		display_share(v->display, &line);
		t->line = &line;
	}
	while (!rc && (n = feed_next(feed, &b)) >= 0) {
		for (int i = 0; i < n; i++)
			if (!v->display || display_wants(v->display, &b.packet[i]))
				flow_table_put(t, &b.packet[i], 1);
	}
	if (!rc)
		rc = flow_table_print(t, o, &e);
	flow_table_close(t);
	if (rc < 0)
		say(e.text);
	return rc < 0 ? -rc : STATUS_DONE;
}

/* The same on a screen. */
static int watch(void *context, struct feed *feed)
{
	const struct viewer *v = context;
	struct error e;
	int rc = view_live(&v->options, feed, v->capture, &e);

	if (rc < 0)
		say(e.text);
	return rc < 0 ? -rc : rc;
}

static int look_for_loss(const struct ledger *l, struct error *e)
{
	uint64_t lost = ledger_lost(l);

	return lost ? error_set(e, STATUS_LOSS, "%" PRIu64 " packet%s lost (--fail-on-loss)", lost,
				lost == 1 ? " was" : "s were") : 0;
}

/* Where each line that is printed makes packets that are printed, there is no end; and in a file they are in the way.
 * A screen leaves the choice to its reader.
 */
static void warn_of_own_ssh(const struct options *o)
{
	char filter[128];

	if (!o->filter && !o->display && ssh_filter(filter, sizeof(filter)))
		error_say("this ssh session may be captured too; the filter that leaves it out: %s", filter);
}

/* There is no viewer: packets are written, or counted. */
static int capture_by_workers(const struct options *o, struct error *e)
{
	const struct workers_options options = {
		.capture = capture_options(o, false),
		.workers = o->workers,
		.separate = o->no_merge,
		.each = o->verbose,
	};
	struct ledger sum;
	int rc = workers_run(&options, &sum, e);

	if (rc == 0 && o->count)
		print_count(sum.fate[FATE_CAPTURED]);
	return rc == 0 && o->fail_on_loss ? look_for_loss(&sum, e) : rc;
}

int job_live(const struct options *o, struct error *e)
{
	bool screen = view_fits(o);
	struct capture_options options = capture_options(o, screen);
	struct viewer viewer = { .options = *o };
	struct trigger trigger = { 0 };
	struct capture *c;
	int rc = screen ? view_check(e) : 0;

	if (o->workers > 1) {
		warn_of_own_ssh(o);
		return capture_by_workers(o, e);
	}
	if (!rc && o->display)
		rc = display_open(&viewer.display, "-Y", o->display, e);
	if (!rc && viewer.display && !screen)
		rc = display_count_flows(viewer.display, o, e);
	if (!rc && o->recorder.trigger) {
		rc = trigger_open(&trigger, o, e);
		options.watcher = trigger_watch;
		options.watcher_context = &trigger;
	}
	if (!rc)
		rc = capture_open(&c, &options, e);
	if (rc) {
		trigger_close(&trigger);
		display_close(viewer.display);
		return rc;
	}
	viewer.capture = trigger.capture = c;
	if (screen)
		hold_errors();
	else
		warn_of_own_ssh(o);
	rc = capture_run(c, o->command == COMMAND_FLOWS ? count_flows : screen ? watch : prints_lines(o) ? print_lines : NULL,
			 &viewer, e);
	release_errors();
	if (o->count)
		print_count(capture_ledger(c)->fate[FATE_CAPTURED]);
	if (rc == 0 && o->fail_on_loss)
		rc = look_for_loss(capture_ledger(c), e);
	capture_close(c);
	trigger_close(&trigger);
	display_close(viewer.display);
	return rc;
}

int job_list_interfaces(const struct options *o, struct error *e)
{
	struct netns n;
	int rc = netns_open(&n, o->netns, e);

	if (!rc)
		rc = netns_enter(&n, e);
	if (!rc)
		rc = interface_print_list(stdout, e);
	netns_close(&n);
	return rc;
}

/* The first that -i names, where --netns says. */
static int find_first(struct interface *i, const struct options *o, struct error *e)
{
	struct netns n;
	int rc = netns_open(&n, o->netns, e);

	if (!rc)
		rc = netns_enter(&n, e);
	if (!rc) {
		rc = interface_find_all(i, 1, o->interface, o->interfaces, false, e);
		rc = rc < 0 ? rc : netns_leave(&n, e);
	}
	netns_close(&n);
	return rc;
}

int job_list_linktypes(const struct options *o, struct error *e)
{
	struct interface i;
	int rc = find_first(&i, o, e);

	if (!rc)
		interface_print_linktypes(stdout, &i);
	return rc;
}

/* The link type of what -r or -i names; snaplen becomes that of a file. */
static int linktype(const struct options *o, uint16_t *type, uint32_t *snaplen, struct error *e)
{
	struct interface i;
	struct reader *r;
	int rc;

	if (o->read) {
		rc = merge_open(&r, o->reads, o->read_count, &(struct reader_options){ 0 }, e);
		if (rc)
			return rc;
		*type = reader_linktype(r);
		*snaplen = reader_snaplen(r);
		reader_close(r);
		return 0;
	}
	rc = find_first(&i, o, e);
	if (!rc)
		*type = o->cooked ? LINKTYPE_LINUX_SLL2 : i.linktype;
	return rc;
}

int job_dump_filter(const struct options *o, struct error *e)
{
	struct filter *f;
	uint16_t type;
	uint32_t snaplen = o->snaplen;
	int rc = linktype(o, &type, &snaplen, e);

	if (!rc)
		rc = filter_open(&f, o->filter, type, snaplen, e);
	if (rc)
		return rc;
	filter_dump(f, o->dump_filter > 3 ? 3 : o->dump_filter);
	filter_close(f);
	return 0;
}
