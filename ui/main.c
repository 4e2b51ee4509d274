/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c - command line -> one job */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capture/privileges.h"
#include "ui/decode_as.h"
#include "ui/fields.h"
#include "ui/jobs.h"
#include "ui/schema.h"

static int run(struct options *o, struct error *e)
{
	for (uint8_t i = 0; i < o->decode_as_count; i++) {
		int rc;

		if (!strcmp(o->decode_as[i], "help")) {
			decode_as_list(stdout);
			return 0;
		}
		rc = decode_as(o->decode_as[i], e);
		if (rc)
			return rc;
	}
	if (o->list_interfaces)
		return job_list_interfaces(o, e);
	if (o->list_fields) {
		fields_list(stdout);
		return 0;
	}
	if (o->schema) {
		schema_print(stdout, o->command);
		return 0;
	}
	if (o->command == COMMAND_INFO)
		return job_info(o, e);
	if (o->fields) {		/* said before any packet socket is there */
		int rc = columns_check(o->fields, e);

		if (rc)
			return rc;
	}
	if (o->list_linktypes)
		return job_list_linktypes(o, e);
	if (o->filter_file) {
		int rc = filter_read_file(o->filter_file, &o->filter, e);

		if (rc)
			return rc;
	}
	if (o->dump_filter)
		return job_dump_filter(o, e);
	if (o->read)
		return view_fits(o) ? job_view(o, e) : job_read(o, e);
	return pick_fits(o) ? job_pick(o, e) : job_live(o, e);
}

/* Help, versions and lists go through stdio: what it could not write is said here. */
static int close_stdout(struct error *e)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	if (errno == EPIPE)
		return 0;
	return error_set(e, STATUS_WRITE, "standard output: %s", error_words(errno));
}

/* Where one of the three is closed, the packet socket would take its number, and what is printed would
 * be sent as frames. In its place comes what can neither be read nor written: each use fails.
 */
static int fill_standard(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/", O_PATH) != fd)
			return -STATUS_USAGE;
	return 0;
}

int main(int argc, char **argv)
{
	struct options o;
	struct error e;
	int rc;

	if (fill_standard())
		return STATUS_USAGE;
	signal(SIGPIPE, SIG_IGN);	/* write(2) says it */
	signal(SIGXFSZ, SIG_IGN);
	rc = options_parse(&o, argc, argv, &e);
	if (o.privileges)
		privileges_tell();
	if (!rc && o.help)
		options_help(stdout);
	else if (!rc && o.version)
		options_version(stdout);
	else if (!rc)
		rc = run(&o, &e);
	if (!rc)
		rc = close_stdout(&e);
	if (rc < 0)
		say(e.text);
	options_free(&o);
	return rc < 0 ? -rc : rc;
}
