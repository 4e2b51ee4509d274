/* SPDX-License-Identifier: BSD-2-Clause */
/* options.h - the command line, taken apart */
#ifndef UI_OPTIONS_H
#define UI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "capture/error.h"
#include "capture/filter.h"
#include "capture/stamp.h"
#include "capture/writer.h"
#include "ui/recorder_options.h"
#include "ui/rotate_options.h"

#define DECODE_AS_MAX 64
#define INTERFACES_MAX 64

enum command {			/* the first word, where it is one */
	COMMAND_NONE,
	COMMAND_FLOWS,
	COMMAND_INFO,
	COMMAND_FOLLOW,
};

enum from { FROM_BOTH, FROM_CLIENT, FROM_SERVER };

struct options {
	uint8_t command;		/* enum command */

	/* what to do, when it is not capturing or reading */
	bool help, version, list_interfaces, list_linktypes;
	uint8_t dump_filter;		/* how many -d */

	char **files;			/* of info; borrowed from the command line */
	int file_count;

	/* where packets come from */
	const char *interface[INTERFACES_MAX];	/* as asked for; none: the default one */
	uint8_t interfaces;
	bool follow_interfaces;
	const char *netns;		/* the network namespace they are in; NULL: ours */
	const char *read;		/* the first of them; NULL: live */
	const char **reads;		/* -r FILE, in their order. Owned */
	uint32_t read_count;
	bool follow;			/* others still write it */
	bool salvage;			/* go on behind what is damaged */
	const char *filter_file;
	char *filter;			/* the expression; NULL: everything. Owned. */
	const char *display;		/* -Y: the display filter; NULL: everything */
	uint8_t stamp;			/* enum stamp */
	bool no_promiscuous, no_ring, no_segments, cooked, immediate;
	bool direct;			/* the file that is written goes past the page cache */
	const char *user;		/* -Z: whom to become once the sockets are open; NULL: see privileges.h */
	bool privileges;		/* say what each process holds */
	enum direction direction;
	uint32_t snaplen;		/* bytes */
	uint64_t buffer;		/* bytes; 0: the default */
	uint64_t packets;		/* stop after so many; 0: no limit */
	uint8_t workers;		/* so many capture together; 0: one */
	bool no_merge;			/* their files stay as they are */

	/* where they go */
	const char *write;
	const char *comment;		/* on the whole capture; NULL: none */
	int8_t format;			/* enum writer_format, of that file */
	bool nano_file;			/* it has nanoseconds */
	struct recorder_options recorder;	/* what is kept in memory, and when it is written */
	bool stays;			/* without its terminal, the capture goes on */
	struct rotate_options rotate;	/* when files end, and the capture: -C -G -W -z -b -a */
	int64_t report_every;		/* ns: --stats-interval; 0: never */
	const char *metrics;		/* a file for the counters; NULL: none */
	bool fail_on_loss;
	bool print, count, text;
	bool mouse, osc52, only_ascii;	/* in the view */
	bool nano, micro;		/* as asked; neither: what the source has */

	/* the table of flows */
	const char *sort;		/* by what; NULL: bytes */
	uint64_t limit;			/* print so many; 0: all */
	uint64_t memory;		/* bytes; 0: the default */

	/* what is followed */
	uint64_t flow;			/* its number; 0: the first */
	uint8_t from;			/* enum from */
	bool raw, escaped;		/* neither: text, or hex with -x */

	/* how packets are decoded */
	const char *decode_as[DECODE_AS_MAX];	/* --decode-as, in their order */
	uint8_t decode_as_count;

	/* how lines look */
	uint8_t times, hex, both, ascii, verbose, numeric;
	bool names, quiet, link, number, absolute, utc, line_buffered, flush_packets;
	bool no_checksums, no_desegment;
	uint8_t colour;			/* enum colour_when */
	bool tree, header, list_fields, json, schema;
	const char *fields;		/* names, commas between; NULL: no columns */
	char separator;
};

/* Fill o from the command line. Returns 0, or -STATUS_USAGE with e filled in. */
int options_parse(struct options *o, int argc, char **argv, struct error *e);

/* Does o ask for something that only text can be: lines of some form, a file, a number of packets? */
bool options_want_text(const struct options *o);

void options_help(FILE *f);
void options_version(FILE *f);
void options_free(struct options *o);

#endif
