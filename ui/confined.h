/* SPDX-License-Identifier: BSD-2-Clause */
/* confined.h - what the process that decodes gives up before it sees the first packet */
#ifndef UI_CONFINED_H
#define UI_CONFINED_H

#include "capture/privileges.h"
#include "ui/options.h"

/* From here on this process, which prints or has a screen (that saves files where its reader works), is who, NULL:
 * who it was; it opens nothing else than what o's outputs need, and sends nothing. Returns 0; or -STATUS_INTERFACE
 * with e filled in.
 */
int viewer_confine(const struct options *o, const struct identity *who, bool screen, struct error *e);

/* The same for who reads stored files, prints, and writes: only files are taken from it, for that takes no time. */
int reader_confine(const struct options *o, struct error *e);

#endif
