/* SPDX-License-Identifier: BSD-2-Clause */
/* outputs.h - a packet through every output, for the fuzzers */
#ifndef FUZZ_OUTPUTS_H
#define FUZZ_OUTPUTS_H

#include "capture/packet.h"

/* Once, before any packet. */
void outputs_init(void);

/* Print p as a line, a tree and an object, and walk its fields; the bits of form choose how. Aborts at a
 * control character.
 */
void outputs_take(uint8_t form, const struct packet *p);

#endif
