/* SPDX-License-Identifier: BSD-2-Clause */
/* pulse.c - how much comes each second */
#include "ui/screen/pulse.h"

#include <string.h>

static void remember(struct pulse *p, uint64_t packets, int64_t seconds)
{
	for (; seconds > 0; seconds--) {
		memmove(p->history, p->history + 1, sizeof(p->history) - sizeof(p->history[0]));
		p->history[PULSE_SECONDS - 1] = packets;
	}
}

static bool is_idle(const struct pulse *p)
{
	uint64_t all = 0;

	for (uint32_t i = 0; i < PULSE_SECONDS; i++)
		all += p->history[i];
	return all == 0;
}

bool pulse_tick(struct pulse *p, uint64_t packets, uint64_t bytes, int64_t now_ms)
{
	int64_t ms = now_ms - p->at_ms;

	if (p->at_ms && ms < 1000)
		return false;
	if (p->at_ms && ms >= 2000 && is_idle(p)) {	/* nobody looked: what has come now came in this second */
		p->at_ms = now_ms;
		return false;
	}
	if (p->at_ms) {
		p->packets = (packets - p->packets_before) * 1000 / (uint64_t)ms;
		p->bits = (bytes - p->bytes_before) * 8000 / (uint64_t)ms;
		remember(p, p->packets, ms / 1000 < PULSE_SECONDS ? ms / 1000 : PULSE_SECONDS);
	}
	p->at_ms = now_ms;
	p->packets_before = packets;
	p->bytes_before = bytes;
	return true;
}

int pulse_timeout(const struct pulse *p, uint64_t packets, int64_t now_ms)
{
	int64_t left = p->at_ms + 1000 - now_ms;

	return is_idle(p) && packets == p->packets_before ? -1 : left < 0 ? 0 : (int)left;
}
