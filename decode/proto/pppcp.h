/* SPDX-License-Identifier: BSD-2-Clause */
/* pppcp.h - what the control protocols of PPP share, RFC 1661 section 5 */
#ifndef DECODE_PROTO_PPPCP_H
#define DECODE_PROTO_PPPCP_H

#include "decode/brief.h"

enum { PPPCP_CODE, PPPCP_IDENTIFIER, PPPCP_LENGTH, PPPCP_FIELDS };

#define PPPCP_HEAD 4		/* bytes */
#define PPPCP_CONFIGURES 4	/* codes up to here have options */

extern const struct field pppcp_fields[PPPCP_FIELDS];

/* The parse() of them all. */
enum proto_id pppcp_parse(struct step *s);

/* Cut the next option, which says its length, off rest. */
void pppcp_take(struct slice *rest, struct slice *opt);

/* "LCP, Conf-Request (0x01), id 1, length 20"; returns what a summary returns. */
uint32_t pppcp_summary(struct out *o, const struct brief *b, uint32_t i, const char *who);

#endif
