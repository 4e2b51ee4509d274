/* SPDX-License-Identifier: BSD-2-Clause */
/* plural.h - "1 packet", "2 packets" */
#ifndef UI_PLURAL_H
#define UI_PLURAL_H

#include <stdint.h>

/* What stands behind the word for n of them. */
static inline const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

#endif
