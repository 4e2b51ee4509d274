/* SPDX-License-Identifier: BSD-2-Clause */
/* rotate_plan.h - when a file is full, and what the next one is called; no file is touched here */
#ifndef CAPTURE_ROTATE_PLAN_H
#define CAPTURE_ROTATE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rotate_names {
	NAMES_AS_GIVEN,
	NAMES_COUNTED,		/* tcpdump's -C: x.pcap x.pcap1 x.pcap2; in a ring of 12, x.pcap00 x.pcap01 */
	NAMES_NUMBERED,		/* dumpcap's -b: x_00001_20261121194447.pcap */
};

/* What was asked for; what is zero was not. */
struct rotate_plan {
	enum rotate_names names;
	bool dated;		/* the name is for strftime(3) */
	bool stored;		/* the packets' times are the clock, not the time of day */
	uint64_t bytes;		/* a file that has so many is full */
	uint64_t packets;	/* the same */
	int64_t period;		/* ns: files of so long, counted from the first one's begin (-G) */
	int64_t duration;	/* ns: files of so long, counted from their own */
	int64_t interval;	/* ns: the next file when the time of day is a multiple of it */
	uint32_t ring;		/* so many files are kept */
	uint32_t files;		/* the end comes after so many */
	uint64_t keep_free;	/* bytes of the disk: older files go */
	const struct reader *source;	/* which reads the stored packets: its files are never to be written */
	const char *hook;	/* run with the name of each file that is complete */
	const char *print_name;	/* where to print it */
};

/* What two clocks show, ns: one that goes on evenly, and since 1970. */
struct clocks {
	int64_t steady, wall;
};

/* A file, as far as its name tells. */
struct rotate_file {
	int64_t named;		/* seconds since 1970 */
	uint32_t number;	/* from 0 on */
	uint32_t count;		/* from 0 on: of its period, and of the ring */
};

/* Where in the row of files we are. */
struct rotate_place {
	struct rotate_file file;
	int64_t period_end;	/* steady ns; INT64_MAX: never */
	int64_t end;		/* of this file by time */
};

/* Is there a next file at all? */
bool rotate_plan_rotates(const struct rotate_plan *p);

/* Does time end a file? */
bool rotate_plan_timed(const struct rotate_plan *p);

/* Is a file of so much full? */
static inline bool rotate_plan_full(const struct rotate_plan *p, uint64_t bytes, uint64_t packets)
{
	return (p->bytes && bytes >= p->bytes) || (p->packets && packets >= p->packets);
}

/* The first file, and the one that comes after the one at place, begun now. */
struct rotate_place rotate_plan_first(const struct rotate_plan *p, struct clocks now);
struct rotate_place rotate_plan_next(const struct rotate_plan *p, const struct rotate_place *place, struct clocks now);

/* Put the name of f into the size bytes at to; path is what the user gave. Returns false where it is too long. */
bool rotate_plan_name(const struct rotate_plan *p, const struct rotate_file *f, const char *path, char *to, size_t size);

/* Is name one that p could make of path, at some time? */
bool rotate_plan_makes(const struct rotate_plan *p, const char *path, const char *name);

#endif
