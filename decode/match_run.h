/* SPDX-License-Identifier: BSD-2-Clause */
/* match_run.h - does a compiled display filter hold for a packet? */
#ifndef DECODE_MATCH_RUN_H
#define DECODE_MATCH_RUN_H

#include "decode/match_program.h"

/* Does m hold for the decoded packet d, of which f is known besides? */
bool match_packet(const struct match *m, const struct decoded *d, const struct frame *f);

#endif
