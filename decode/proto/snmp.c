/* SPDX-License-Identifier: BSD-2-Clause */
/* snmp.c - Simple Network Management Protocol, versions 1 and 2c: RFC 1157, 1901, 3416
 *
 * How it works: a message is BER elements inside each other. Each value is a record of its own, laid over
 * the content of its element; of each variable there are two, its name and its value.
 */
#include "decode/proto/snmp.h"

#include "decode/ber.h"

#define RECORD(id, title, ...)                                    \
	static const struct field id##_field[] = { __VA_ARGS__ }; \
	static const struct record id = { "snmp", id##_field, 1, title }

static const struct name versions[] = {
	{ 0, "version-1" }, { 1, "v2c" }, { 3, "snmpv3" }, { 0, NULL }
};
static const struct name types[] = {
	{ 0, "get-request" },	{ 1, "get-next-request" },
	{ 2, "get-response" },	{ 3, "set-request" },
	{ 4, "trap" },		{ 5, "getBulkRequest" },
	{ 6, "informRequest" }, { 7, "snmpV2-trap" },
	{ 8, "report" },	{ 0, NULL },
};

static uint64_t type_of(struct slice s)
{
	return slice_u8(s, 0) & 0x1f;
}

/* How many elements there are in the list, which is one too. */
static uint64_t count_of(struct slice list)
{
	struct slice s, content;
	uint64_t count = 0;
	uint8_t tag;

	ber_take(&list, &tag, &s);
	for (; s.wire > 0 && ber_take(&s, &tag, &content); count++)
		;
	return count;
}

RECORD(version, NULL, { "version", 0, 0, INT, .names = versions, .number = ber_number });
RECORD(secure_version, NULL, { "msgVersion", 0, 0, INT, .names = versions, .number = ber_number });
RECORD(community, NULL, { "community", 0, 0, TEXT });
RECORD(data, NULL, { "data", 0, 0, UINT, .names = types, .number = type_of });
RECORD(request_id, NULL, { "request_id", 0, 0, INT, .number = ber_number });
RECORD(error_status, NULL,
       { "error_status", 0, 0, INT, .names = snmp_errors, .number = ber_number });
RECORD(error_index, NULL, { "error_index", 0, 0, INT, .number = ber_number });
RECORD(non_repeaters, NULL, { "non_repeaters", 0, 0, UINT, .number = ber_number });
RECORD(max_repetitions, NULL, { "max_repetitions", 0, 0, UINT, .number = ber_number });
RECORD(enterprise, NULL, { "enterprise", 0, 0, OID });
RECORD(agent_addr, NULL, { "agent_addr", 0, 32, IPV4 });
RECORD(generic_trap, NULL,
       { "generic_trap", 0, 0, INT, .names = snmp_traps, .number = ber_number });
RECORD(specific_trap, NULL, { "specific_trap", 0, 0, INT, .number = ber_number });
RECORD(time_stamp, NULL, { "time_stamp", 0, 0, UINT, .number = ber_number });
RECORD(bindings, NULL, { "variable_bindings", 0, 0, UINT, .number = count_of });
RECORD(name, "Variable binding", { "name", 0, 0, OID });

RECORD(integer, "Value", { "value.int", 0, 0, INT, .number = ber_number });
RECORD(octets, "Value", { "value.octets", 0, 0, BYTES });
RECORD(null, "Value", { "value.null", 0, 0, PRESENT });
RECORD(oid, "Value", { "value.oid", 0, 0, OID });
RECORD(ipv4, "Value", { "value.ipv4", 0, 32, IPV4 });
RECORD(counter, "Value", { "value.counter", 0, 0, UINT, .number = ber_number });
RECORD(gauge, "Value", { "value.g32", 0, 0, UINT, .number = ber_number });
RECORD(timeticks, "Value", { "value.timeticks", 0, 0, UINT, .number = ber_number });
RECORD(opaque, "Value", { "value.opaque", 0, 0, BYTES });
RECORD(no_object, "Value", { "noSuchObject", 0, 0, PRESENT });
RECORD(no_instance, "Value", { "noSuchInstance", 0, 0, PRESENT });
RECORD(end_of_view, "Value", { "endOfMibView", 0, 0, PRESENT });
RECORD(unknown, "Value", { "value.unk", 0, 0, BYTES });

static RECORD_LIST(snmp_record, &version, &secure_version, &community, &data, &request_id,
		   &error_status, &error_index, &non_repeaters, &max_repetitions, &enterprise,
		   &agent_addr, &generic_trap, &specific_trap, &time_stamp, &bindings, &name,
		   &integer, &octets, &null, &oid, &ipv4, &counter, &gauge, &timeticks, &opaque,
		   &no_object, &no_instance, &end_of_view, &unknown)

	/* RFC 3416, section 3: what a value of each tag is. */
	static const struct record *value_of(uint8_t tag)
{
	switch (tag) {
	case SNMP_INTEGER: return &integer;
	case SNMP_OCTETS: return &octets;
	case SNMP_NULL: return &null;
	case SNMP_OID: return &oid;
	case SNMP_IPADDRESS: return &ipv4;
	case SNMP_COUNTER32:
	case SNMP_COUNTER64: return &counter;
	case SNMP_GAUGE32: return &gauge;
	case SNMP_TIMETICKS: return &timeticks;
	case SNMP_OPAQUE: return &opaque;
	case SNMP_NO_OBJECT: return &no_object;
	case SNMP_NO_INSTANCE: return &no_instance;
	case SNMP_END_OF_VIEW: return &end_of_view;
	default: return &unknown;
	}
}

#define PDU_FIRST 3 /* records before those of the PDU */

static const struct record *const usual[] = { &request_id, &error_status, &error_index };
static const struct record *const bulk[] = { &request_id, &non_repeaters, &max_repetitions };
static const struct record *const trap[] = {
	&enterprise, &agent_addr, &generic_trap, &specific_trap, &time_stamp,
};

/* The records before the variables, which depend on the type. */
static const struct record *const *pdu_records(uint32_t type, uint32_t *count)
{
	*count = type == SNMP_TRAP ? 5 : 3;
	return type == SNMP_TRAP ? trap : type == SNMP_GET_BULK ? bulk : usual;
}

bool snmp_read(struct slice message, struct snmp *m)
{
	struct slice all = message, content;
	uint8_t tag;

	*m = (struct snmp){ .type = 0x1f };
	if (!ber_take(&all, &tag, &content) || tag != SNMP_SEQUENCE)
		return false;
	all = content;
	if (!ber_take(&all, &tag, &content) || tag != SNMP_INTEGER)
		return false;
	m->version = ber_number(content);
	if (m->version > 1)
		return true;
	if (!ber_take(&all, &tag, &m->community) || tag != SNMP_OCTETS)
		return false;
	if (!ber_take(&all, &tag, &m->pdu) || tag < 0xa0)
		return false;
	m->type = tag & 0x1f;
	return true;
}

static enum proto_id snmp_parse(struct step *s)
{
	struct slice all = s->in, content;
	struct snmp m;
	uint8_t tag;

	if (slice_u8(s->in, 0) != SNMP_SEQUENCE)
		return step_decline(s);
	if (!ber_take(&all, &tag, &content))
		step_note(s, NOTE_LENGTH_LIES);
	else if (!snmp_read(s->in, &m))
		step_note(s, NOTE_BAD_OPTION);
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

/* Go on with what is in the next element. */
static void enter(struct slice *rest)
{
	struct slice content;
	uint8_t tag;

	ber_take(rest, &tag, &content);
	*rest = content;
}

/* A record over the content of the next element, which rest is skipped behind. */
static const struct record *take(const struct record *r, struct slice *rest, struct slice *opt)
{
	uint8_t tag;

	return ber_take(rest, &tag, opt) && opt->wire > 0 ? r : NULL;
}

static const struct record *take_value(struct slice *rest, struct slice *opt)
{
	struct slice all = *rest;
	const struct record *r;
	uint8_t tag;

	if (!ber_take(rest, &tag, opt))
		return NULL;
	r = value_of(tag);
	/* What is empty is there by its tag. */
	if (opt->wire == 0)
		*opt = slice_clip(all, slice_offset(all, *rest));
	return r;
}

/* The head of the message, which has the same form in each. */
static const struct record *take_head(const struct snmp *m, uint32_t index, struct slice *rest,
				      struct slice *opt)
{
	uint8_t tag;

	switch (index) {
	case 0: enter(rest); return take(m->version > 1 ? &secure_version : &version, rest, opt);
	case 1: return ber_take(rest, &tag, opt) ? &community : NULL;
	default:
		*opt = slice_clip(*rest, 1);
		enter(rest);
		return &data;
	}
}

static const struct record *snmp_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	const struct record *const *records;
	uint32_t count;
	struct snmp m;

	if (rest->cap == 0 || !snmp_read(head, &m) || (index > 0 && m.version > 1))
		return NULL;
	if (index < PDU_FIRST)
		return take_head(&m, index, rest, opt);
	index -= PDU_FIRST;
	records = pdu_records(m.type, &count);
	if (index < count)
		return take(records[index], rest, opt);
	index -= count;
	if (index == 0) {
		*opt = *rest;
		enter(rest);
		return &bindings;
	}
	if (index % 2 == 0)
		return take_value(rest, opt);
	if (slice_u8(*rest, 0) != SNMP_SEQUENCE)
		return NULL;
	*rest = slice_skip(*rest, slice_u8(*rest, 1) & 0x80 ? 2u + (slice_u8(*rest, 1) & 3) : 2);
	return take(&name, rest, opt);
}

const struct proto proto_snmp = {
	.head = { "snmp", NULL, 0, NULL },
	.title = "Simple Network Management Protocol",
	.over = { { BY_UDPPORT, 161 }, { BY_UDPPORT, 162 } },
	.parse = snmp_parse,
	.option = snmp_option,
	.record = snmp_record,
	.summary = snmp_summary,
};
