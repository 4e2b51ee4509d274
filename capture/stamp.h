/* SPDX-License-Identifier: BSD-2-Clause */
/* stamp.h - whose clock gives packets their times */
#ifndef CAPTURE_STAMP_H
#define CAPTURE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "capture/error.h"

/* Words of pcap-tstamp(7). */
enum stamp {
	STAMP_HOST,			/* the kernel's, as the packet comes to it: the default */
	STAMP_ADAPTER,			/* the card's, set by the kernel to the host's time */
	STAMP_ADAPTER_UNSYNCED,		/* the card's own */
};

/* Have the card of the interface called name stamp packets, and the ring of the packet socket fd take its times.
 * Returns 0, or -STATUS_INTERFACE with e filled in where the kernel or the card cannot: never other times instead.
 */
int stamp_open(int fd, const char *name, enum stamp stamp, struct error *e);

/* Did the card stamp a frame of this tp_status, packet(7)? Those that it did not have the host's time. */
static inline bool stamp_is_of_card(uint32_t status)
{
	return status & 1u << 31;	/* TP_STATUS_TS_RAW_HARDWARE, which is no constant of uint32_t in all headers */
}

#endif
