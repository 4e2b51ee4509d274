/* SPDX-License-Identifier: BSD-2-Clause */
/* live.c - an interface: printed, written or counted */
#include "capture/keeper.h"
#include "ui/jobs.h"
#include "ui/printer.h"

#define FILE_TIMEOUT_MS 100
#define LINES_TIMEOUT_MS 1

/* The viewer: lines for whatever the keeper lends. Runs in a process of its own. */
static int print(void *context, struct feed *feed)
{
	const struct options *o = context;
	struct printer printer;
	struct error e;
	struct batch b;
	int n, rc = printer_open(&printer, o, o->nano, &e);

	while (!rc && (n = feed_next(feed, &b)) >= 0) {
		if (n > 0)
			rc = printer_put(&printer, b.packet, b.count, &e);
		if (!rc && (n == 0 || o->line_buffered))
			rc = printer_flush(&printer, &e);
	}
	if (!rc)
		rc = printer_flush(&printer, &e);
	if (rc >= 0)
		return STATUS_DONE;
	say(e.text);
	return -rc;
}

int job_live(const struct options *o, struct error *e)
{
	bool prints = !o->count && (!o->write || o->print);
	struct capture_options options = {
		.interface = o->interface,
		.no_promiscuous = o->no_promiscuous,
		.cooked = o->cooked,
		.no_ring = o->no_ring,
		.immediate = o->immediate,
		.nano = o->nano,
		.direction = o->direction,
		.snaplen = o->snaplen,
		.buffer = o->buffer,
		.count = o->packets,
		.timeout_ms = prints ? LINES_TIMEOUT_MS : FILE_TIMEOUT_MS,
		.filter = o->filter,
		.write_path = o->write,
	};
	struct capture *c;
	int rc = capture_open(&c, &options, e);

	return rc ? rc : capture_run(c, prints ? print : NULL, (void *)o, e);
}

int job_list_interfaces(const struct options *o, struct error *e)
{
	(void)o;
	return interface_print_list(stdout, e);
}

int job_list_linktypes(const struct options *o, struct error *e)
{
	struct interface i;
	int rc = interface_find(&i, o->interface, e);

	if (!rc)
		interface_print_linktypes(stdout, &i);
	return rc;
}

/* For the frames of an interface where there is one, else for Ethernet ones. */
int job_dump_filter(const struct options *o, struct error *e)
{
	struct interface i = { .linktype = LINKTYPE_ETHERNET };
	uint32_t snaplen = o->snaplen ? o->snaplen : SNAPLEN_MAX;
	struct filter *f;
	int rc = 0;

	if (!o->read)
		rc = interface_find(&i, o->interface, e);
	if (!rc)
		rc = filter_open(&f, o->filter, o->cooked ? LINKTYPE_LINUX_SLL2 : i.linktype,
				 snaplen, e);
	if (rc)
		return rc;
	filter_dump(f, o->dump_filter);
	filter_close(f);
	return 0;
}
