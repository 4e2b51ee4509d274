/* SPDX-License-Identifier: BSD-2-Clause */
/* merge.h - packets of several stored files, in the order of their times */
#ifndef CAPTURE_MERGE_H
#define CAPTURE_MERGE_H

#include "capture/reader.h"

/* Open n paths: a file or folder each, or "-". One file alone is read as reader_open_with() does it. Of more, and of
 * those in a folder, packets come in the order of their times, as far as each file itself has that; at the same time,
 * those of the file first that is named first. Returns as reader_open_with(); what is no capture in a folder is said
 * by o->say and passed over. A file that is damaged ends there, and the others go on: reader_next() tells it at the
 * end, and o->say those behind the first.
 */
int merge_open(struct reader **r, const char *const *paths, uint32_t n, const struct reader_options *o, struct error *e);

#endif
