/* SPDX-License-Identifier: BSD-2-Clause */
/* regex.h - the regular expressions of display filters: PCRE2, as in Wireshark */
#ifndef UI_REGEX_H
#define UI_REGEX_H

#include "decode/match_run.h"

/* Upper and lower case are the same unless the pattern says (?-i). */
extern const struct match_regex regex_engine;

#endif
