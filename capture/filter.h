/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.h - a pcap-filter(7) expression with one meaning, live and offline
 *
 * The expression is compiled for frames as they are written to a file, VLAN tags in place, and that
 * program, run in user space, decides. The kernel runs a superset of it, for speed.
 */
#ifndef CAPTURE_FILTER_H
#define CAPTURE_FILTER_H

#include "capture/error.h"
#include "capture/filter_kernel.h"
#include "capture/packet.h"

struct filter;

#define FILTER_LINKTYPES 8	/* of the interfaces of a capture, at most */

/* Compile text (NULL or empty: every packet) for packets of linktype cut at snaplen. Returns 0, or
 * -STATUS_USAGE with e filled in.
 */
int filter_open(struct filter **f, const char *text, uint16_t linktype, uint32_t snaplen,
		struct error *e);

/* The program of the first link type, which is f's, and how many instructions it has: as who shall run it elsewhere is
 * handed it.
 */
const struct sock_filter *filter_program(const struct filter *f, uint32_t *count);

/* The same the other way: a filter of a program for linktype alone, from whom nobody trusts. Returns 0; or
 * -STATUS_USAGE with e filled in, where it could do harm.
 */
int filter_open_program(struct filter **f, const struct sock_filter *insn, uint32_t count, uint16_t linktype,
			struct error *e);

/* Does the expression hold for p? Link types other than the first are compiled for when first met;
 * where the expression cannot be said of a link type, none of its packets match, and
 * filter_warning() says so.
 */
bool filter_match(struct filter *f, const struct packet *p);

/* What was to be said since the last call, or NULL. */
const char *filter_warning(struct filter *f);

/* Print the program for the first link type as tcpdump's -d (1), -dd (2) and -ddd (3) do, to stdout. */
void filter_dump(const struct filter *f, int style);

/* So many bytes of a frame, at most SNAPLEN_MAX, can f look at. */
uint32_t filter_reach(const struct filter *f);

/* Make k for a socket that shows link headers (SOCK_RAW) from f, which may be NULL: every frame. k
 * decides the direction exactly, and accepts a superset of what filter_match() accepts: the kernel
 * shows frames without their outermost VLAN tag, so tagged ones are all let through, and so is what
 * has another link header than f was compiled for. Accepted frames are cut at snaplen, bytes (before
 * the tag is put back).
 */
void filter_kernel(const struct filter *f, enum direction direction, uint32_t snaplen,
		   struct kernel_filter *k);

/* The expression in the file at path, as -F takes it: comments from "#" to the end of a line left
 * out. Returns 0 with text for the caller to free; -STATUS_USAGE with e filled in.
 */
int filter_read_file(const char *path, char **text, struct error *e);

void filter_close(struct filter *f);

#endif
