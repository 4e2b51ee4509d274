/* SPDX-License-Identifier: BSD-2-Clause */
/* utf8.h - characters of text that may be any bytes */
#ifndef UI_UTF8_H
#define UI_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Take the next character off the n bytes of UTF-8 at text; returns how many bytes it takes, 1 of what is
 * none, for which *ch is 0.
 */
size_t utf8_next(const char *text, size_t n, uint32_t *ch);

/* Does ch steer a terminal, or change how others are shown? Those that do are told by name, for a C library
 * may give them a width.
 */
bool utf8_is_hidden(uint32_t ch);

#endif
