/* SPDX-License-Identifier: BSD-2-Clause */
/* decode_as.h - what the reader says of ports and types: --decode-as */
#ifndef UI_DECODE_AS_H
#define UI_DECODE_AS_H

#include <stdio.h>

#include "capture/error.h"

/* Obey text, "tcp.port==8443,tls" or "udp.port==10000-20000,rtp", before anything is decoded; of several that
 * name one value, the last counts. Returns 0, or -STATUS_USAGE with e filled in.
 */
int decode_as(const char *text, struct error *e);

/* Print what can stand before the comma, and for each what can stand behind it. */
void decode_as_list(FILE *f);

#endif
