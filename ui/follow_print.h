/* SPDX-License-Identifier: BSD-2-Clause */
/* follow_print.h - what the ends of a flow say to each other, printed as their packets come */
#ifndef UI_FOLLOW_PRINT_H
#define UI_FOLLOW_PRINT_H

#include "capture/error.h"
#include "capture/packet.h"
#include "ui/options.h"

struct follow_print;

/* Follow the flow that o names, or the first one that can be followed. Returns 0, or -STATUS_USAGE with e filled in. */
int follow_print_open(struct follow_print **p, const struct options *o, struct error *e);

/* The next n packets. Returns 0; 1 where nobody reads any more; -STATUS_WRITE with e filled in. */
int follow_print_put(struct follow_print *p, const struct packet *packet, uint32_t n, struct error *e);

/* Print what is left, and the sum on standard error. Returns as above, or STATUS_CHECK where there was no such flow. */
int follow_print_end(struct follow_print *p, struct error *e);

/* p may be NULL. */
void follow_print_close(struct follow_print *p);

#endif
