/* SPDX-License-Identifier: BSD-2-Clause */
/* quantity.h - numbers and sizes of the command line */
#ifndef UI_QUANTITY_H
#define UI_QUANTITY_H

#include <stdint.h>

#include "capture/error.h"

/* A whole number in arg from min to max; the text behind it in *rest (NULL: none is allowed). option is named where
 * it is none: returns -STATUS_USAGE then, else 0.
 */
int quantity_number(uint64_t *value, const char *option, const char *arg, uint64_t min, uint64_t max,
		    const char **rest, struct error *e);

/* A size in bytes. A plain number counts KiB, as tcpdump's -B does; K, M and G may follow, KiB or MB mean the same.
 * Returns the same.
 */
int quantity_size(uint64_t *bytes, const char *option, const char *arg, struct error *e);

/* A time in ns: seconds, also parts of one, or with a unit: 500ms, 10s, 5m, 1h. Returns the same. */
int quantity_time(int64_t *ns, const char *option, const char *arg, struct error *e);

#endif
