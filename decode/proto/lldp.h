/* SPDX-License-Identifier: BSD-2-Clause */
/* lldp.h - what the TLVs of LLDP share */
#ifndef DECODE_PROTO_LLDP_H
#define DECODE_PROTO_LLDP_H

#include "decode/proto.h"

/* Every TLV begins so. */
#define LLDP_TLV { "tlv.type", 0, 7, UINT }, { "tlv.len", 7, 9, UINT }

#define LLDP_RECORD(id, title_, ...)						\
	static const struct field id##_fields[] = { LLDP_TLV, __VA_ARGS__ };	\
	static const struct record id = RECORD_OF("lldp", id##_fields, title_)

/* The record of an organisation's own TLV, by its value: organisation, subtype, and what they say. */
const struct record *lldp_org(struct slice value);

/* The n-th of these records; NULL behind the last. */
const struct record *lldp_org_record(uint32_t n);

#endif
