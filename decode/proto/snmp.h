/* SPDX-License-Identifier: BSD-2-Clause */
/* snmp.h - what snmp.c and its one-line text share */
#ifndef DECODE_PROTO_SNMP_H
#define DECODE_PROTO_SNMP_H

#include "decode/brief.h"

enum snmp_tag {			/* RFC 2578, section 7.1, and X.680 */
	SNMP_INTEGER = 2, SNMP_OCTETS = 4, SNMP_NULL, SNMP_OID, SNMP_SEQUENCE = 0x30,
	SNMP_IPADDRESS = 0x40, SNMP_COUNTER32, SNMP_GAUGE32, SNMP_TIMETICKS, SNMP_OPAQUE, SNMP_COUNTER64 = 0x46,
	SNMP_NO_OBJECT = 0x80, SNMP_NO_INSTANCE, SNMP_END_OF_VIEW,
};

enum { SNMP_TRAP = 4, SNMP_GET_BULK = 5 };	/* types of messages */

struct snmp {
	uint64_t version;	/* 0 and 1, of 1 and 2c, have what follows */
	struct slice community;
	struct slice pdu;	/* its content */
	uint32_t type;
};

/* Read the head of message; false where it is none. */
bool snmp_read(struct slice message, struct snmp *m);

extern const struct name snmp_errors[], snmp_traps[];

uint32_t snmp_summary(struct out *o, const struct brief *b, uint32_t i);

#endif
