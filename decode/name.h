/* SPDX-License-Identifier: BSD-2-Clause */
/* name.h - domain names as messages carry them, RFC 1035 section 4.1.4 */
#ifndef DECODE_NAME_H
#define DECODE_NAME_H

#include <stdbool.h>

#include "decode/out.h"
#include "decode/slice.h"

/* How many bytes the name at the start of s takes: up to its root label or its pointer. 0 where it
 * does not end in s, or has a label of an unknown type.
 */
uint32_t dns_name_length(struct slice s);

/* Append the name at offset at of message: labels with dots between them, none behind the last;
 * what is no printable character escaped as \xNN. The root itself is nothing. Pointers are followed
 * as long as each leads further back than any before. Returns false, with what was good appended,
 * where the name is damaged or longer than 255 bytes (RFC 1035, section 2.3.4).
 */
bool dns_name_text(struct out *o, struct slice message, uint32_t at);

/* The same as tcpdump's lines have it: a dot behind each label, and one for the root; what is no
 * printable character as cat -v writes it; "<BAD PTR>" for a pointer that does not lead back.
 */
bool dns_name_line(struct out *o, struct slice message, uint32_t at);

#endif
