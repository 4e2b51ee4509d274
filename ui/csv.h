/* SPDX-License-Identifier: BSD-2-Clause */
/* csv.h - comma-separated values, RFC 4180 */
#ifndef UI_CSV_H
#define UI_CSV_H

#include "decode/out.h"

/* Quote the value that stands in o from start on, where that is needed. It goes where there is no room for that. */
void csv_quote(struct out *o, char *start);

#endif
