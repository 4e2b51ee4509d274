/* SPDX-License-Identifier: BSD-2-Clause */
/* pulse.h - how much comes each second */
#ifndef UI_SCREEN_PULSE_H
#define UI_SCREEN_PULSE_H

#include <stdbool.h>
#include <stdint.h>

enum { PULSE_SECONDS = 10 };

struct pulse {
	uint64_t packets, bits;			/* in the last second */
	uint64_t history[PULSE_SECONDS];	/* packets a second; the last one last */

	/* private: up to the last tick */
	int64_t at_ms;
	uint64_t packets_before, bytes_before;
};

/* So much has come up to now. Returns whether a second is over, and there are other numbers. */
bool pulse_tick(struct pulse *p, uint64_t packets, uint64_t bytes, int64_t now_ms);

/* How long until the next second is over, ms; -1 where nothing came for so long that nothing will change. packets: up
 * to now.
 */
int pulse_timeout(const struct pulse *p, uint64_t packets, int64_t now_ms);

#endif
