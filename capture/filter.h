/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.h - a pcap-filter(7) expression with one meaning, live and offline
 *
 * The expression is compiled for frames as they are written to a file, VLAN tags in place, and that
 * program, run in user space, decides. The kernel runs a superset of it, for speed.
 */
#ifndef CAPTURE_FILTER_H
#define CAPTURE_FILTER_H

#include <linux/filter.h>

#include "capture/error.h"
#include "capture/packet.h"

struct filter;

/* Compile text for packets of linktype cut at snaplen. Returns 0, or -STATUS_USAGE with e filled in. */
int filter_open(struct filter **f, const char *text, uint16_t linktype, uint32_t snaplen,
		struct error *e);

/* Does the expression hold for p? Link types other than the first are compiled for when first met;
 * where the expression cannot be said of a link type, none of its packets match, and
 * filter_warning() says so.
 */
bool filter_match(struct filter *f, const struct packet *p);

/* What was to be said since the last call, or NULL. */
const char *filter_warning(struct filter *f);

/* Print the program as tcpdump's -d (1), -dd (2) and -ddd (3) do, to stdout. */
void filter_dump(const struct filter *f, int style);

/* Fill program for SO_ATTACH_FILTER: the superset for the kernel, which takes the tags out of the
 * frames it shows to the program. Owned by f.
 */
int filter_kernel(struct filter *f, struct sock_fprog *program, struct error *e);

void filter_close(struct filter *f);

#endif
