/* SPDX-License-Identifier: BSD-2-Clause */
/* option_conflicts.c - what cannot be asked for together */
#include "ui/option_conflicts.h"

#include <string.h>

#include "capture/interface.h"
#include "ui/flow_sort.h"

/* A file is read, or interfaces are captured. */
static int conflicts_of_sources(const struct options *o, struct error *e)
{
	if (o->read && o->interfaces)
		return error_set(e, STATUS_USAGE, "-r: a file is read, so -i has no meaning");
	if (o->read && (o->fail_on_loss || o->report_every || o->metrics))
		return error_set(e, STATUS_USAGE, "%s: it is about a live capture, and -r reads a file",
				 o->metrics ? "--metrics" : o->report_every ? "--stats-interval" : "--fail-on-loss");
	if ((o->follow || o->salvage) && !o->read)
		return error_set(e, STATUS_USAGE, "%s: it is about a file that is read (-r)",
				 o->follow ? "--follow" : "--salvage");
	if (o->follow && o->salvage)
		return error_set(e, STATUS_USAGE, "--salvage: --follow is given too: a part at the end is no damage there");
	if (o->read && (o->netns || o->follow_interfaces))
		return error_set(e, STATUS_USAGE, "-r: a file is read, so %s has no meaning",
				 o->netns ? "--netns" : "--follow-interfaces");
	if (o->follow_interfaces && !o->interfaces)
		return error_set(e, STATUS_USAGE, "--follow-interfaces: which ones? (-i 'veth*')");
	for (int i = 0; o->interfaces > 1 && i < o->interfaces; i++)
		if (!strcmp(o->interface[i], "any"))
			return error_set(e, STATUS_USAGE, "-i: any is all of them, other names have no meaning beside it");
	if (o->stamp != STAMP_HOST && (o->read || o->no_ring || o->immediate || o->cooked))
		return error_set(e, STATUS_USAGE, "--time-stamp-type: the adapter's times are of a ring, and %s is given",
				 o->read ? "-r" : o->no_ring ? "--no-ring" : o->cooked ? "--cooked" : "--immediate-mode");
	return 0;
}

static int conflicts_of_filters(const struct options *o, struct error *e)
{
	if (o->filter && o->filter_file)
		return error_set(e, STATUS_USAGE,
				 "-F: the filter is in the file, or on the command line, not both");
	if (o->display && !o->read && (o->count || (o->write && !o->print)))
		return error_set(e, STATUS_USAGE, "-Y: live, it chooses the lines that are printed; what "
				 "is written or counted is chosen by a filter expression");
	return 0;
}

/* Workers write files, or count; all else of a packet is for one process. */
static int conflicts_of_workers(const struct options *o, struct error *e)
{
	const char *rotates = rotate_options_given(&o->rotate);
	const struct { bool given; const char *option; } alone[] = {
		{ o->read, "-r" }, { o->command, "a command" }, { o->follow_interfaces, "--follow-interfaces" },
		{ o->interfaces > 1, "more than one -i" }, { o->print, "--print" }, { rotates, rotates },
		{ o->recorder.bytes || o->recorder.span, "--keep" },
		{ o->recorder.trigger, "--trigger" }, { o->write && !strcmp(o->write, "-"), "-w -" },
		{ o->no_merge && o->packets, "-c with --no-merge" },
	};

	if (o->no_merge && (o->workers < 2 || !o->write))
		return error_set(e, STATUS_USAGE, "--no-merge: it is of the files that several --workers write (-w)");
	if (o->workers < 2)
		return 0;
	for (size_t i = 0; i < COUNT(alone); i++)
		if (alone[i].given)
			return error_set(e, STATUS_USAGE, "--workers: %s does not go with several of them", alone[i].option);
	if (o->interfaces && interface_is_pattern(o->interface[0]))
		return error_set(e, STATUS_USAGE, "--workers: they share one interface, and '%s' may be several",
				 o->interface[0]);
	if (!o->write && !o->count)
		return error_set(e, STATUS_USAGE, "--workers: they write files (-w) or count (--count); lines are printed by one");
	return 0;
}

/* How lines look. */
static int conflicts_of_lines(const struct options *o, struct error *e)
{
	if (o->nano && o->micro)
		return error_set(e, STATUS_USAGE, "--nano: --micro is given too");
	if (o->times > 5)
		return error_set(e, STATUS_USAGE, "-t: five of them at most");
	if (o->fields && o->tree)
		return error_set(e, STATUS_USAGE, "--fields: -V is given too");
	if (o->json && (o->fields || o->tree))
		return error_set(e, STATUS_USAGE, "--json: %s is given too", o->tree ? "-V" : "--fields");
	if ((o->json || o->fields) && (o->hex || o->both || o->ascii))
		return error_set(e, STATUS_USAGE, "%s: bytes (-x, -X, -A) have no place there",
				 o->json ? "--json" : "--fields");
	if (!o->fields && (o->header || o->separator != '\t'))
		return error_set(e, STATUS_USAGE, "%s: it says how --fields looks, which is not given",
				 o->header ? "--header" : "--separator");
	if (o->tree && (o->both || o->ascii))
		return error_set(e, STATUS_USAGE, "-V: -x adds the bytes of fields; -X and -A have no meaning");
	return 0;
}

/* What is written, and kept to be written. */
static int conflicts_of_files(const struct options *o, struct error *e)
{
	if (o->print && o->write && !strcmp(o->write, "-"))
		return error_set(e, STATUS_USAGE, "--print: standard output takes the packets (-w -)");
	if (o->comment && o->format != WRITER_PCAPNG)
		return error_set(e, STATUS_USAGE, "--capture-comment: only a pcapng file has room for it: -w FILE.pcapng");
	if (o->read && (o->recorder.bytes || o->recorder.span || o->recorder.trigger || o->stays))
		return error_set(e, STATUS_USAGE, "%s: it is of live captures", o->stays ? "--on-hangup" :
				 o->recorder.trigger ? "--trigger" : "--keep");
	if (o->stays && !o->write && !o->recorder.trigger)
		return error_set(e, STATUS_USAGE, "--on-hangup: nothing goes on where no file is written (-w, --trigger)");
	if (o->direct && !o->write)
		return error_set(e, STATUS_USAGE, "--direct: it is about a file that is written (-w)");
	if (o->count && o->write)
		return error_set(e, STATUS_USAGE, "--count: nothing is written then, so -w has no meaning");
	return 0;
}

/* Packets are neither chosen, printed nor written. */
static int conflicts_of_info(const struct options *o, struct error *e)
{
	const struct { bool given; const char *option; } useless[] = {
		{ o->interfaces, "-i" }, { o->write, "-w" }, { o->print, "--print" },
		{ o->count, "--count" }, { o->packets, "-c" }, { o->display, "-Y" }, { o->filter_file, "-F" },
		{ o->dump_filter, "-d" }, { o->fields, "--fields" }, { o->tree, "-V" }, { o->hex, "-x" },
		{ o->both, "-X" }, { o->ascii, "-A" }, { o->sort, "--sort" }, { o->limit, "--limit" },
		{ o->memory, "--memory" }, { o->rotate.duration, "-a" }, { o->follow, "--follow" }, { o->salvage, "--salvage" },
	};

	for (size_t i = 0; i < COUNT(useless); i++)
		if (useless[i].given)
			return error_set(e, STATUS_USAGE, "info: %s has no meaning: files are named, and read whole",
					 useless[i].option);
	if (o->read && (o->file_count || o->read_count > 1))
		return error_set(e, STATUS_USAGE, "info: -r names one file, and others are named besides");
	if (!o->read && o->file_count == 0 && !o->schema && !o->help && !o->version)
		return error_set(e, STATUS_USAGE, "info: of which file? (ringtail info FILE...)");
	return 0;
}

/* Bytes of one flow are printed, and in one form. */
static int conflicts_of_follow(const struct options *o, struct error *e)
{
	const struct { bool given; const char *option; } useless[] = {
		{ o->interfaces, "-i" }, { o->write, "-w" }, { o->print, "--print" }, { o->count, "--count" },
		{ o->display, "-Y" }, { o->fields, "--fields" }, { o->tree, "-V" }, { o->both, "-X" }, { o->ascii, "-A" },
		{ o->json, "--json" }, { o->schema, "--schema" }, { o->sort, "--sort" }, { o->limit, "--limit" },
	};

	for (size_t i = 0; i < COUNT(useless); i++)
		if (useless[i].given)
			return error_set(e, STATUS_USAGE, "follow: %s has no meaning", useless[i].option);
	if (!o->read && !o->help && !o->version)
		return error_set(e, STATUS_USAGE, "follow: of which file? (ringtail follow -r FILE)");
	if (o->raw + o->escaped + (o->hex > 0) > 1)
		return error_set(e, STATUS_USAGE, "follow: one of -x, --escaped and --raw");
	return 0;
}

/* What a command has no use for, or what only a command has. */
static int conflicts_of_commands(const struct options *o, struct error *e)
{
	if (o->command == COMMAND_FOLLOW)
		return conflicts_of_follow(o, e);
	if (o->flow || o->from || o->raw || o->escaped)
		return error_set(e, STATUS_USAGE, "%s: it is of the command follow",
				 o->flow ? "--flow" : o->from ? "--from" : o->raw ? "--raw" : "--escaped");
	if (o->command == COMMAND_INFO)
		return conflicts_of_info(o, e);
	if (o->command != COMMAND_FLOWS) {
		if (o->sort || o->limit || o->memory)
			return error_set(e, STATUS_USAGE, "%s: it is of the command flows",
					 o->sort ? "--sort" : o->limit ? "--limit" : "--memory");
		return 0;
	}
	if (!flow_sort_known(o->sort))
		return error_set(e, STATUS_USAGE, "--sort: '%s' is not one of bytes, packets, rate, start, last, "
				 "duration, client, server, proto, state", o->sort);
	if (o->write || o->count || o->print)
		return error_set(e, STATUS_USAGE, "flows: packets are neither written nor printed (%s)",
				 o->write ? "-w" : o->count ? "--count" : "--print");
	if (o->fields || o->tree || o->hex || o->both || o->ascii)
		return error_set(e, STATUS_USAGE, "flows: %s is about packets",
				 o->fields ? "--fields" : o->tree ? "-V" : o->hex ? "-x" : o->both ? "-X" : "-A");
	return 0;
}

int option_conflicts(const struct options *o, struct error *e)
{
	static int (*const looks[])(const struct options *o, struct error *e) = {
		conflicts_of_sources, conflicts_of_filters, conflicts_of_lines, conflicts_of_files, conflicts_of_workers,
		conflicts_of_commands,
	};
	int rc = 0;

	for (size_t i = 0; !rc && i < COUNT(looks); i++)
		rc = looks[i](o, e);
	return rc;
}
