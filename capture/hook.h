/* SPDX-License-Identifier: BSD-2-Clause */
/* hook.h - a command that is run with the name of each file that is complete (-z)
 *
 * How it works: a child, forked before anything is opened, is told names over a socket and starts the command, a
 * few at a time, the others wait their turn there. It holds no descriptor but the standard ones and no capability,
 * and neither do the commands. Nobody ever waits for it: not to take a name, and at the end a moment only.
 */
#ifndef CAPTURE_HOOK_H
#define CAPTURE_HOOK_H

#include <stdbool.h>

#include "capture/error.h"

struct hook {
	const char *command;	/* borrowed; NULL: there is none */
	int channel;
	unsigned lost;		/* names that it was not told, for it took none */
};

/* Start the child. quiet: what the commands print goes nowhere. Returns 0, or -STATUS_USAGE where there is no such
 * command; -STATUS_WRITE.
 */
int hook_open(struct hook *h, const char *command, bool quiet, struct error *e);

/* The file name is complete. */
void hook_run(struct hook *h, const char *name);

/* Say which commands have failed since the last call. */
void hook_listen(struct hook *h);

/* No more names. Wait for the commands, but not for more than two seconds: the child sees those through that take
 * longer, and says itself how they end.
 */
void hook_close(struct hook *h);

#endif
