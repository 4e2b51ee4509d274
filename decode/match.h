/* SPDX-License-Identifier: BSD-2-Clause */
/* match.h - display filters: "tcp.flags.syn == 1 && ip.ttl < 5"
 *
 * The syntax and the meaning are those of Wireshark 4.0, over the fields of the protocols' tables.
 */
#ifndef DECODE_MATCH_H
#define DECODE_MATCH_H

#include "decode/match_run.h"

/* Compile the length bytes of text into m, which is about 90 KiB and the caller's. engine, which must
 * outlive m, is for "matches"; NULL: there is none. Returns 0; -1 with e filled in. What m holds then
 * is released by match_close(), in both cases; proto_init() comes before.
 */
int match_open(struct match *m, const char *text, size_t length, const struct match_regex *engine,
	       struct match_error *e);

void match_close(struct match *m);

#endif
