/* SPDX-License-Identifier: BSD-2-Clause */
/* signals.h - what a live capture is told by signals, signal(7) */
#ifndef CAPTURE_SIGNALS_H
#define CAPTURE_SIGNALS_H

#include <stdbool.h>

enum told {
	TOLD_STOP = 1,		/* SIGINT, SIGTERM, SIGHUP */
	TOLD_LEAVE = 2,		/* a second SIGINT */
	TOLD_HURRY = 4,		/* SIGTERM, SIGHUP: nobody is there to wait */
	TOLD_COUNTS = 8,	/* SIGUSR1 */
	TOLD_FLUSH = 16,	/* SIGUSR2 */
};

/* Take the signals over from here on; hangup: SIGHUP too, which is ignored else, as by nohup(1). Returns a descriptor that is readable when there is something
 * to be taken, or -errno.
 */
int signals_open(bool hangup);

/* In a child: what it is told comes over channel, bits of enum told a byte, from who takes the signals; its end is
 * TOLD_STOP and TOLD_HURRY. channel does not block.
 */
void signals_from(int channel);

/* What arrived since the last call: bits of enum told. */
unsigned signals_take(void);

/* In a handler of signals to stop: is it a second one? timeout(1) sends one to a process, and right then one to its group:
 * these are one.
 */
bool signals_again(void);

/* The main loop has come round: not stuck in write(2). What is stuck for HURRY_S after TOLD_HURRY, or
 * LEAVE_S after TOLD_LEAVE, is ended with STATUS_WRITE.
 */
void signals_alive(void);

/* In the viewer: leave the signals to the keeper, and end soon after it. */
void signals_in_viewer(void);

#endif
