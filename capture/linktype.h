/* SPDX-License-Identifier: BSD-2-Clause */
/* linktype.h - link types by name */
#ifndef CAPTURE_LINKTYPE_H
#define CAPTURE_LINKTYPE_H

#include <stdint.h>

/* "EN10MB" and "Ethernet"; for a number without a name "linktype 77" in a static buffer. */
const char *linktype_name(uint16_t linktype);
const char *linktype_words(uint16_t linktype);

#endif
