/* SPDX-License-Identifier: BSD-2-Clause */
/* lcp.c - Link Control Protocol, RFC 1661 sections 5 and 6 */
#include "decode/proto/pppcp.h"

static const struct name codes[] = {
	{ 1, "Conf-Request" }, { 2, "Conf-Ack" }, { 3, "Conf-Nack" }, { 4, "Conf-Reject" },
	{ 5, "Term-Request" }, { 6, "Term-Ack" }, { 7, "Code-Reject" }, { 8, "Prot-Reject" },
	{ 9, "Echo-Request" }, { 10, "Echo-Reply" }, { 11, "Disc-Req" }, { 12, "Ident" },
	{ 13, "Time-Remaining" }, { 0, NULL },
};

const struct field pppcp_fields[PPPCP_FIELDS] = {
	[PPPCP_CODE]       = { "code",        0,  8, UINT, .names = codes },
	[PPPCP_IDENTIFIER] = { "identifier",  8,  8, UINT },
	[PPPCP_LENGTH]     = { "length",     16, 16, UINT },
};

enum proto_id pppcp_parse(struct step *s)
{
	uint32_t length = (uint32_t)get(s, &pppcp_fields[PPPCP_LENGTH]);

	step_total(s, length);
	step_header(s, length < PPPCP_HEAD ? PPPCP_HEAD : min_u32(length, s->in.wire));
	return PROTO_NONE;
}

void pppcp_take(struct slice *rest, struct slice *opt)
{
	uint32_t len = slice_u8(*rest, 1);

	*opt = slice_clip(*rest, len < 2 ? rest->wire : len);
	*rest = slice_skip(*rest, len < 2 ? rest->wire : len);
}

uint32_t pppcp_summary(struct out *o, const struct brief *b, uint32_t i, const char *who)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t code = (uint32_t)field_get(h, &pppcp_fields[PPPCP_CODE]);
	const char *name = name_of(codes, code);

	out_str(o, who);
	if (h.cap < PPPCP_HEAD) {
		out_str(o, " [|ppp]");
		return b->d->count;
	}
	out_str(o, ", ");
	out_str(o, name ? name : "Unknown Opcode");
	out_str(o, " (0x");
	out_hex(o, code, 2);
	out_str(o, "), id ");
	out_dec(o, field_get(h, &pppcp_fields[PPPCP_IDENTIFIER]));
	out_str(o, ", length ");
	out_dec(o, i > 0 ? b->d->layer[i - 1].wire : l->wire);
	return b->d->count;
}

#define OPTION { "opt.type", 0, 8, UINT }, { "opt.length", 8, 8, UINT }
#define RECORD(id, title_, ...)							\
	static const struct field id##_fields[] = { __VA_ARGS__ };		\
	static const struct record id = RECORD_OF("lcp", id##_fields, title_)

RECORD(mru, "Maximum receive unit", OPTION, { "opt.mru", 16, 16, UINT });
RECORD(asyncmap, "Control character map", OPTION, { "opt.asyncmap", 16, 32, HEX });
RECORD(auth, "Authentication protocol", OPTION, { "opt.auth_protocol", 16, 16, HEX },
       { "opt.auth_data", 32, 0, BYTES });
RECORD(quality, "Quality protocol", OPTION, { "opt.quality_protocol", 16, 16, HEX },
       { "opt.quality_data", 32, 0, BYTES });
RECORD(magic, "Magic number", OPTION, { "opt.magic_number", 16, 32, HEX });
RECORD(unknown, "Option", OPTION, { "opt.value", 16, 0, BYTES });
RECORD(echo, NULL, { "magic_number", 0, 32, HEX }, { "data", 32, 0, BYTES });
RECORD(rejected, NULL, { "rej_proto", 0, 16, HEX }, { "rej_data", 16, 0, BYTES });
static const struct field data_fields[] = { { "data", 0, 0, BYTES } };
static const struct record data = { "ppp", data_fields, 1, NULL };

static const struct record *const options[] = {
	[1] = &mru, [2] = &asyncmap, [3] = &auth, [4] = &quality, [5] = &magic,
};

enum { PROTOCOL_REJECT = 8, ECHO_REQUEST, ECHO_REPLY, DISCARD };

static RECORD_LIST(lcp_record, &mru, &asyncmap, &auth, &quality, &magic, &unknown, &echo, &rejected, &data)

static const struct record *lcp_option(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t code = (uint32_t)field_get(whole, &pppcp_fields[PPPCP_CODE]);
	uint32_t type = slice_u8(*rest, 0);

	if (code > PPPCP_CONFIGURES) {
		if (index > 0)
			return NULL;
		*opt = *rest;
		*rest = slice_skip(*rest, rest->wire);
		return code >= ECHO_REQUEST && code <= DISCARD ? &echo :
		       code == PROTOCOL_REJECT ? &rejected : &data;
	}
	pppcp_take(rest, opt);
	return type > 0 && type <= 5 ? options[type] : &unknown;
}

static uint32_t lcp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	return pppcp_summary(o, b, i, "LCP");
}

const struct proto proto_lcp = {
	.head    = { "ppp", pppcp_fields, PPPCP_FIELDS },
	.name    = "lcp",
	.title   = "PPP Link Control Protocol",
	.min_len = PPPCP_HEAD,
	.parse   = pppcp_parse,
	.option  = lcp_option,
	.record  = lcp_record,
	.summary = lcp_summary,
};
