/* SPDX-License-Identifier: BSD-2-Clause */
/* snmp_text.c - a message of SNMP on one line */
#include "decode/ber.h"
#include "decode/proto/snmp.h"

const struct name snmp_errors[] = {
	/* RFC 3416, section 3 */
	{ 0, "noError" },
	{ 1, "tooBig" },
	{ 2, "noSuchName" },
	{ 3, "badValue" },
	{ 4, "readOnly" },
	{ 5, "genErr" },
	{ 6, "noAccess" },
	{ 7, "wrongType" },
	{ 8, "wrongLength" },
	{ 9, "wrongEncoding" },
	{ 10, "wrongValue" },
	{ 11, "noCreation" },
	{ 12, "inconsistentValue" },
	{ 13, "resourceUnavailable" },
	{ 14, "commitFailed" },
	{ 15, "undoFailed" },
	{ 16, "authorizationError" },
	{ 17, "notWritable" },
	{ 18, "inconsistentName" },
	{ 0, NULL },
};
const struct name snmp_traps[] = {
	/* RFC 1157, section 4.1.6 */
	{ 0, "coldStart" },
	{ 1, "warmStart" },
	{ 2, "linkDown" },
	{ 3, "linkUp" },
	{ 4, "authenticationFailure" },
	{ 5, "egpNeighborLoss" },
	{ 6, "enterpriseSpecific" },
	{ 0, NULL },
};
static const struct name types[] = {
	{ 0, "GetRequest" }, { 1, "GetNextRequest" }, { 2, "GetResponse" },
	{ 3, "SetRequest" }, { SNMP_TRAP, "Trap" },   { SNMP_GET_BULK, "GetBulk" },
	{ 6, "Inform" },     { 7, "V2Trap" },	      { 8, "Report" },
	{ 0, NULL },
};

#define LINE_MAX_ 110 /* characters: no further variable is begun behind them */

static void put_octets(struct out *o, struct slice s)
{
	bool text = true;

	for (uint32_t i = 0; i < s.cap; i++)
		text = text && slice_u8(s, i) >= 0x20 && slice_u8(s, i) < 0x7f;
	if (!text) {
		out_hexbytes(o, s, '_', 24);
		return;
	}
	out_char(o, '"');
	out_text(o, slice_clip(s, 60));
	out_char(o, '"');
}

static void put_value(struct out *o, uint8_t tag, struct slice s)
{
	switch (tag) {
	case SNMP_NULL: break;
	case SNMP_INTEGER: out_signed(o, (int64_t)ber_number(s)); break;
	case SNMP_OID:
		out_char(o, '.');
		oid_put(o, s);
		break;
	case SNMP_OCTETS: put_octets(o, s); break;
	case SNMP_IPADDRESS: out_ipv4(o, slice_u32(s, 0)); break;
	case SNMP_NO_OBJECT: out_str(o, "[noSuchObject]"); break;
	case SNMP_NO_INSTANCE: out_str(o, "[noSuchInstance]"); break;
	case SNMP_END_OF_VIEW: out_str(o, "[endOfMibView]"); break;
	case SNMP_OPAQUE:
		out_str(o, "[P/A/Opaque]_");
		out_hexbytes(o, s, '_', 24);
		break;
	default: out_dec(o, ber_number(s));
	}
}

/* " .1.3.6.1=5": a question of unset values names them only. False where something is missing. */
static bool put_variables(struct out *o, struct slice list, bool question)
{
	const char *start = o->at;
	struct slice pair, part;
	uint8_t tag;

	while (list.wire > 0) {
		if (o->at - start > LINE_MAX_) {
			out_str(o, " ...");
			return true;
		}
		if (!ber_take(&list, &tag, &pair) || tag != SNMP_SEQUENCE ||
		    !ber_take(&pair, &tag, &part) || tag != SNMP_OID || part.cap < part.wire)
			return false;
		out_str(o, " .");
		oid_put(o, part);
		if (!ber_take(&pair, &tag, &part) || part.cap < part.wire)
			return false;
		if (tag != SNMP_NULL || !question)
			out_char(o, '=');
		put_value(o, tag, part);
	}
	return true;
}

static bool take_number(struct slice *pdu, uint64_t *value)
{
	struct slice content;
	uint8_t tag;

	if (!ber_take(pdu, &tag, &content) || content.cap < content.wire)
		return false;
	*value = ber_number(content);
	return true;
}

/* " .1.3.6.1.4.1.8072 10.0.0.1 enterpriseSpecific s=17 500" */
static bool put_trap(struct out *o, struct slice *pdu)
{
	uint64_t generic, specific, stamp;
	struct slice enterprise, addr;
	const char *word;
	uint8_t tag;

	if (!ber_take(pdu, &tag, &enterprise) || !ber_take(pdu, &tag, &addr) ||
	    !take_number(pdu, &generic) || !take_number(pdu, &specific) ||
	    !take_number(pdu, &stamp))
		return false;
	out_str(o, " .");
	oid_put(o, enterprise);
	out_char(o, ' ');
	out_ipv4(o, slice_u32(addr, 0));
	word = name_of(snmp_traps, (uint32_t)generic);
	out_str(o, word ? " " : " #");
	if (word)
		out_str(o, word);
	else
		out_dec(o, generic);
	if (generic == 6) {
		out_str(o, " s=");
		out_signed(o, (int64_t)specific);
	}
	out_char(o, ' ');
	out_dec(o, stamp);
	return true;
}

/* " noSuchName@1", or " N=0 M=10" of a bulk request; nothing where nothing is wrong */
static bool put_status(struct out *o, uint32_t type, struct slice *pdu)
{
	uint64_t id, status, index;
	const char *word;

	if (!take_number(pdu, &id) || !take_number(pdu, &status) || !take_number(pdu, &index))
		return false;
	if (type == SNMP_GET_BULK) {
		out_str(o, " N=");
		out_signed(o, (int64_t)status);
		out_str(o, " M=");
		out_signed(o, (int64_t)index);
	} else if (status != 0) {
		word = name_of(snmp_errors, (uint32_t)status);
		out_char(o, ' ');
		out_str(o, word ? word : "ErrorStatus#");
		if (!word)
			out_dec(o, status);
		out_char(o, '@');
		out_signed(o, (int64_t)index);
	}
	return true;
}

uint32_t snmp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice s = layer_whole(b->d, &b->d->layer[i]), list = { 0 };
	struct snmp m;
	bool good = snmp_read(s, &m);
	const char *type = name_of(types, m.type);
	uint8_t tag;

	if (good && m.version > 1) {
		out_str(o, "SNMPv");
		out_dec(o, m.version == 3 ? 3 : m.version + 1);
		out_str(o, ", length ");
		out_dec(o, s.wire);
		return b->d->count;
	}
	if (good && m.community.cap > 0 &&
	    !slice_equal(m.community, (struct slice){ (const uint8_t *)"public", 6, 6 })) {
		out_str(o, " C=\"");
		out_text(o, slice_clip(m.community, 32));
		out_char(o, '"');
	}
	if (good && type) {
		out_char(o, ' ');
		out_str(o, type);
		out_char(o, '(');
		out_dec(o, m.pdu.wire);
		out_str(o, ") ");
		good = (m.type == SNMP_TRAP ? put_trap(o, &m.pdu)
					    : put_status(o, m.type, &m.pdu)) &&
		       ber_take(&m.pdu, &tag, &list) && put_variables(o, list, m.type != 2);
	}
	if (!good || !type)
		out_str(o, " [|snmp]");
	return b->d->count;
}
