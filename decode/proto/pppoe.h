/* SPDX-License-Identifier: BSD-2-Clause */
/* pppoe.h - what both stages of PPP over Ethernet share, RFC 2516 section 4 */
#ifndef DECODE_PROTO_PPPOE_H
#define DECODE_PROTO_PPPOE_H

#include "decode/brief.h"

enum { PPPOE_VERSION, PPPOE_TYPE, PPPOE_CODE, PPPOE_SESSION, PPPOE_LENGTH, PPPOE_FIELDS };

#define PPPOE_HEAD 6	/* bytes */

extern const struct field pppoe_fields[PPPOE_FIELDS];

/* "PPPoE PADS [ses 0x11]"; false where the header is not all there. */
bool pppoe_put(struct out *o, const struct brief *b, uint32_t i);

#endif
