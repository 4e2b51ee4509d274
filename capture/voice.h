/* SPDX-License-Identifier: BSD-2-Clause */
/* voice.h - what is said on standard error, also by who may not wait until it can be
 *
 * How it works: a terminal that is stopped (^S), or whose other end reads nothing, takes no more once its buffer is full,
 * and write(2) waits. Who captures keeps what cannot be said now until it can.
 */
#ifndef CAPTURE_VOICE_H
#define CAPTURE_VOICE_H

#include <stdbool.h>
#include <stddef.h>

/* To be called while standard error may be opened: without it, a terminal that has room for half a line is waited for. */
void voice_open(void);

/* Say n bytes, whole lines. */
void voice_say(const char *text, size_t n);

/* Does nothing that is said wait any more? What was kept until now is said first, however long that takes. */
void voice_hurry(bool on);

/* Say what was kept, if it can be said now. */
void voice_retry(void);

#endif
