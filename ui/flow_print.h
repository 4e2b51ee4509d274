/* SPDX-License-Identifier: BSD-2-Clause */
/* flow_print.h - flows as a table of text, and as JSON objects */
#ifndef UI_FLOW_PRINT_H
#define UI_FLOW_PRINT_H

#include "capture/error.h"
#include "decode/track/flows.h"
#include "ui/options.h"

/* Print the flows of f on standard output, sorted, as many as o says; begin: when the first packet came,
 * ns since 1970. Returns 0, also where nobody reads any more; or -STATUS_WRITE with e filled in.
 */
int flow_print(const struct flows *f, int64_t begin, const struct options *o, struct error *e);

#endif
