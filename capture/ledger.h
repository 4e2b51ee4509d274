/* SPDX-License-Identifier: BSD-2-Clause */
/* ledger.h - every packet's fate, counted: the sums always add up */
#ifndef CAPTURE_LEDGER_H
#define CAPTURE_LEDGER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What becomes of a packet that the kernel has delivered. */
enum fate {
	FATE_CAPTURED,
	FATE_DOUBLE,		/* the outgoing copy of what lo shows a second time */
	FATE_DIRECTION,		/* not the direction asked for */
	FATE_FILTERED,		/* let through by the kernel's filter, refused by the user's */
	FATE_LATE,		/* behind the limit, or after the stop */
	FATES,
};

/* All in packets, but what is below. */
struct ledger {
	uint64_t seen;		/* by the kernel's filter, dropped ones included */
	uint64_t dropped;	/* by the kernel: no room */
	uint64_t fate[FATES];	/* of the delivered ones */

	/* Of the captured ones: */
	bool writes, prints;	/* is there a file, a viewer? */
	uint64_t written, unwritten;
	uint64_t printed, skipped;
	uint64_t more;		/* packets that they stand for on the wire, but one each: see segments.h */

	/* Before the kernel saw them: */
	bool has_card;		/* that counts */
	uint64_t missed;	/* by the card, for want of room */

	/* How the capture does, for who watches it: */
	uint64_t freezes;	/* times that the kernel found no block of the ring free */
	uint64_t bytes;		/* of the captured ones, on the wire */
	uint64_t file_bytes;	/* in the files, with what is buffered */
	uint32_t ring_fill;	/* per cent of the kernel's ring: the most of this second and the last */
	bool file_failed;	/* no more is written; whose packets were in what was not, is not known */
	uint32_t recordings;	/* complete files of the flight recorder */
	uint64_t recorded;	/* in the last of them */
	bool recording;
	char record_name[64];	/* of the file that is being written, or was last */
	uint32_t refused;	/* so often another capture filter was asked for, and not taken */
};

/* Add the packets, bytes and files of another capture of the same interface to sum, and the fuller ring; the card's
 * count is of all of them.
 */
void ledger_add(struct ledger *sum, const struct ledger *l);

/* How many packets has the kernel counted that nobody has taken yet? */
uint64_t ledger_waiting(const struct ledger *l);

/* Do the sums add up? Once the socket is silent and the viewer has gone. */
bool ledger_adds_up(const struct ledger *l);

/* How many packets are neither where they were to go nor left out on purpose: dropped by the kernel, not written; where
 * there is no file, not printed.
 */
uint64_t ledger_lost(const struct ledger *l);

/* A counter, as programs and people call it. */
struct ledger_count {
	const char *key;
	const char *words;	/* behind "N packets"; NULL: people are not told */
	uint64_t packets;
	bool always;		/* they are also of zero */
	bool of_run;		/* of all interfaces together; which one such a packet came by is not counted */
};

#define LEDGER_COUNTS 13

/* All counters of packets, in the order in which they are told. Returns how many are known. */
size_t ledger_counts(const struct ledger *l, struct ledger_count count[LEDGER_COUNTS]);

/* Print l in tcpdump's words: three numbers always, the others where they are not zero. between is
 * put between them: "\n" at the end, ", " while running.
 */
void ledger_print(FILE *to, const struct ledger *l, const char *between);

/* The others alone, with before in front of the first, if there is any, and without an end of line. */
void ledger_note(FILE *to, const struct ledger *l, const char *before, const char *between);

#endif
