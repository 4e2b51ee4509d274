/* SPDX-License-Identifier: BSD-2-Clause */
/* flight.h - what the keeper does for the flight recorder; for keeper.c alone */
#ifndef CAPTURE_FLIGHT_H
#define CAPTURE_FLIGHT_H

#include "capture/session.h"

/* Where packets are kept, start who writes them to files, and who looks for the trigger's packets, if there is one. Returns
 * 0, or -STATUS_WRITE with e filled in.
 */
int flight_start(struct capture *c, struct error *e);

/* Begin a file for that reason, unless one is being written: that is said. */
void flight_record(struct capture *c, const char *why);

/* Hear who asks for a file, and what became of the last. */
void flight_look(struct capture *c);

/* Let the trigger come to its end, and then the file; is that so? */
void flight_finish(struct capture *c);
bool flight_is_over(struct capture *c);

/* Wait for neither. */
void flight_leave(struct capture *c);

#endif
