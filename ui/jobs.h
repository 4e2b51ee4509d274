/* SPDX-License-Identifier: BSD-2-Clause */
/* jobs.h - what a run of the program can be */
#ifndef UI_JOBS_H
#define UI_JOBS_H

#include "ui/options.h"

/* Each returns an exit status, negative with e filled in where there is something to say. */
int job_read(const struct options *o, struct error *e);		/* -r: a stored file */
int job_view(const struct options *o, struct error *e);		/* -r on a terminal: on the screen */
int job_info(const struct options *o, struct error *e);		/* info: stored files, of themselves */
int job_live(const struct options *o, struct error *e);		/* -i: an interface */
int job_pick(const struct options *o, struct error *e);		/* on a terminal: an interface that is chosen there */
int job_list_interfaces(const struct options *o, struct error *e);	/* -D */
int job_list_linktypes(const struct options *o, struct error *e);	/* -L */
int job_dump_filter(const struct options *o, struct error *e);	/* -d */

struct feed;
struct capture;

/* Show what comes from feed, of the capture c. In a process of its own. Returns as a job, or VIEWER_HUNG_UP. */
int view_live(const struct options *o, struct feed *feed, const struct capture *c, struct error *e);

/* Can a screen be shown here? Returns 0, or -STATUS_USAGE with e filled in. */
int view_check(struct error *e);

/* Is what o asks for shown on the screen, rather than printed? */
bool view_fits(const struct options *o);

/* The same, and is the interface to be chosen there? */
bool pick_fits(const struct options *o);

/* Say "ringtail: " and text on stderr. */
void say(const char *text);

/* Show on stderr where in text, at so many bytes, something is wrong: the text, a caret below it. */
void say_place(const char *text, size_t at);

/* Print "1 packet" on stdout: what --count asks for. */
void print_count(uint64_t packets);

#endif
