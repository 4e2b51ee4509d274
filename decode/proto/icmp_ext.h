/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp_ext.h - what ICMP error messages carry behind their quotation, RFC 4884 */
#ifndef DECODE_PROTO_ICMP_EXT_H
#define DECODE_PROTO_ICMP_EXT_H

#include "decode/brief.h"

/* Append the extension structure that follows the quotation, its header and one line or more for
 * each object; nothing where there is none. quoted: the quotation and all behind it; length: of the
 * quotation as the ICMP header says it, bytes, 0 where the header says nothing.
 */
void icmp_ext_summary(struct out *o, struct slice quoted, uint32_t length);

#endif
