/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate.h - which file now: the packets go into one file after the other, or just into one
 *
 * How it works: a file that is full, or whose time is over, is ended at once: complete, told to who waits for it. The
 * next one begins with its first packet where the last was full, and on time where time rules: a silent link makes
 * files without packets, which says that there were none. Where the packets are stored ones their own time rules, and
 * no file is made for a time that has none.
 */
#ifndef CAPTURE_ROTATE_H
#define CAPTURE_ROTATE_H

#include "capture/error.h"
#include "capture/hook.h"
#include "capture/packet.h"
#include "capture/rotate_plan.h"
#include "capture/writer.h"

struct rotate;

/* Begin to write files by plan, which is borrowed, called as path says; where packets' times are the clock, the first
 * one of several begins with the first packet. hook is run for each; NULL: none. Returns as writer_open(), and
 * -STATUS_USAGE where path makes no name.
 */
int rotate_open(struct rotate **r, const struct rotate_plan *plan, const struct writer_options *o, const char *path,
		struct hook *hook, struct error *e);

/* The folder that files called as path says are made in; what is in path for strftime(3) is a part of names. The
 * caller's; NULL: no memory.
 */
char *rotate_folder(const char *path);

/* Append p to the file whose turn it is. Returns 1; 0 where there are to be no more files; else as writer_put(). */
int rotate_put(struct rotate *r, const struct packet *p, struct error *e);

/* Is the file full now? Then rotate_end_full() ends it, once what it tells of the capture is up to date: at the latest
 * the next packet does. Returns as writer_put().
 */
bool rotate_is_full(const struct rotate *r);
int rotate_end_full(struct rotate *r, struct error *e);

/* Put n packets, and end what is full; stored: see writer_put_stored(). Returns how many were put; or as rotate_put(). */
int rotate_put_many(struct rotate *r, const struct packet *p, uint32_t n, bool stored, struct error *e);

int rotate_statistics(struct rotate *r, struct error *e);	/* as writer_statistics() */
int rotate_name(struct rotate *r, const uint8_t *address, uint16_t n, const char *name, struct error *e);
int rotate_flush(struct rotate *r, struct error *e);	/* as writer_flush() */
void rotate_hurry(struct rotate *r, bool hurry);	/* as writer_hurry(), of this file */

/* Look at the clock and the disk; to be called when rotate_due() has come, and now and then. Returns as writer_put(). */
int rotate_tick(struct rotate *r, struct error *e);
int64_t rotate_due(const struct rotate *r);	/* ns of CLOCK_MONOTONIC; INT64_MAX: never */

/* Were so many files written as the plan has? */
bool rotate_over(const struct rotate *r);

/* As of the writer, over all files. */
int rotate_errno(const struct rotate *r);
uint64_t rotate_written(const struct rotate *r);
uint64_t rotate_size(const struct rotate *r);

/* End the last file. Returns as writer_close(); r is gone in any case. */
int rotate_close(struct rotate *r, struct error *e);

#endif
