/* SPDX-License-Identifier: BSD-2-Clause */
/* pppoed.c - discovery stage of PPP over Ethernet, RFC 2516 section 5; tags: appendix A, RFC 4638 */
#include "decode/proto/pppoe.h"

static const struct name codes[] = {
	{ 0x09, "PADI" }, { 0x07, "PADO" }, { 0x19, "PADR" }, { 0x65, "PADS" }, { 0xa7, "PADT" },
	{ 0x00, "" }, { 0, NULL },
};

const struct field pppoe_fields[PPPOE_FIELDS] = {
	[PPPOE_VERSION] = { "version",         0,  4, UINT },
	[PPPOE_TYPE]    = { "type",            4,  4, UINT },
	[PPPOE_CODE]    = { "code",            8,  8, HEX, .names = codes },
	[PPPOE_SESSION] = { "session_id",     16, 16, HEX },
	[PPPOE_LENGTH]  = { "payload_length", 32, 16, UINT },
};

#define TAG_HEAD 4
#define TAG(id, title_, name_, kind_)						\
	static const struct field id##_fields[] = {				\
		{ "type", 0, 16, HEX }, { "length", 16, 16, UINT }, { name_, 32, 0, kind_ }, \
	};									\
	static const struct record id = { "pppoed.tags", id##_fields, 3, title_ }

TAG(end, "End of list", "end", BYTES);
TAG(service_name, "Service name", "service_name", TEXT);
TAG(ac_name, "Access concentrator", "ac_name", TEXT);
TAG(host_uniq, "Host-Uniq", "host_uniq", BYTES);
TAG(ac_cookie, "Cookie", "ac_cookie", BYTES);
TAG(vendor, "Vendor specific", "vendor", BYTES);
TAG(relay, "Relay session", "relay_session_id", BYTES);
TAG(max_payload, "Maximum payload", "max_payload", BYTES);
TAG(name_error, "Service name error", "service_name_error", TEXT);
TAG(ac_error, "Access concentrator error", "ac_system_error", TEXT);
TAG(generic_error, "Error", "generic_error", TEXT);
TAG(unknown, "Tag", "value", BYTES);

static const struct tag {
	uint16_t type;
	const char *name;
	const struct record *record;
} tags[] = {
	{ 0x0000, "EOL", &end }, { 0x0101, "Service-Name", &service_name },
	{ 0x0102, "AC-Name", &ac_name }, { 0x0103, "Host-Uniq", &host_uniq },
	{ 0x0104, "AC-Cookie", &ac_cookie }, { 0x0105, "Vendor-Specific", &vendor },
	{ 0x0110, "Relay-Session-ID", &relay }, { 0x0120, "PPP-Max-Payload", &max_payload },
	{ 0x0201, "Service-Name-Error", &name_error }, { 0x0202, "AC-System-Error", &ac_error },
	{ 0x0203, "Generic-Error", &generic_error },
};

#define TAGS COUNT(tags)

static const struct tag *tag_of(struct slice s)
{
	for (const struct tag *t = tags; t < tags + TAGS; t++)
		if (t->type == slice_u16(s, 0))
			return t;
	return NULL;
}

static uint32_t tag_len(struct slice s)
{
	return TAG_HEAD + slice_u16(s, 2);
}

static enum proto_id pppoed_parse(struct step *s)
{
	uint32_t len = PPPOE_HEAD + (uint32_t)get(s, &pppoe_fields[PPPOE_LENGTH]);

	step_total(s, len);
	for (struct slice rest = slice_part(s->in, PPPOE_HEAD, len - PPPOE_HEAD);
	     rest.cap >= TAG_HEAD; rest = slice_skip(rest, tag_len(rest)))
		if (tag_len(rest) > rest.wire)
			step_note(s, NOTE_BAD_OPTION);
	step_header(s, min_u32(len, s->in.wire));
	return PROTO_NONE;
}

static RECORD_LIST(pppoed_record, &end, &service_name, &ac_name, &host_uniq, &ac_cookie, &vendor, &relay,
		   &max_payload, &name_error, &ac_error, &generic_error, &unknown)

static const struct record *pppoed_option(struct slice whole, uint32_t index, struct slice *rest,
					  struct slice *opt)
{
	uint32_t len = tag_len(*rest);
	const struct tag *t = tag_of(*rest);

	(void)whole;
	(void)index;
	if (rest->cap < TAG_HEAD)
		return NULL;
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return t ? t->record : &unknown;
}

bool pppoe_put(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t code = (uint32_t)field_get(h, &pppoe_fields[PPPOE_CODE]);
	const char *name = name_of(codes, code);

	if (h.cap < PPPOE_HEAD) {
		out_str(o, " [|pppoe]");
		return false;
	}
	out_str(o, "PPPoE ");
	if (name) {
		out_str(o, name);
	} else {
		out_str(o, "PAD-");
		out_hex(o, code, 1);
	}
	if (l->note == NOTE_LENGTH_LIES) {
		out_str(o, " [len ");
		out_dec(o, field_get(h, &pppoe_fields[PPPOE_LENGTH]));
		out_str(o, " > ");
		out_dec(o, l->wire - min_u32(l->wire, PPPOE_HEAD));
		out_str(o, "!]");
	}
	if (field_get(h, &pppoe_fields[PPPOE_SESSION])) {
		out_str(o, " [ses 0x");
		out_hex(o, field_get(h, &pppoe_fields[PPPOE_SESSION]), 1);
		out_char(o, ']');
	}
	return true;
}

/* As text where most of it can be printed, else in hexadecimal. */
static void put_value(struct out *o, struct slice value)
{
	uint32_t printable = 0;

	for (uint32_t i = 0; i < value.cap; i++)
		printable += slice_u8(value, i) >= 0x20 && slice_u8(value, i) < 0x7f;
	if (printable * 2 > value.cap) {
		out_str(o, " \"");
		out_text(o, value);
		out_char(o, '"');
	} else {
		out_str(o, " 0x");
		for (uint32_t i = 0; i < value.cap; i++)
			out_hex(o, slice_u8(value, i), 2);
	}
}

#define VALUE_SHOWN 40	/* bytes */

/* "PPPoE PADO [AC-Name "ac"] [Service-Name]" */
static uint32_t pppoed_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice rest = slice_skip(layer_head(b->d, &b->d->layer[i]), PPPOE_HEAD), opt;

	if (!pppoe_put(o, b, i))
		return b->d->count;
	while (rest.cap >= TAG_HEAD) {
		const struct tag *t = tag_of(rest);

		out_str(o, " [");
		out_str(o, t ? t->name : "TAG-0x");
		if (!t)
			out_hex(o, slice_u16(rest, 0), 1);
		pppoed_option(rest, 0, &rest, &opt);
		if (opt.cap > TAG_HEAD)
			put_value(o, slice_clip(slice_skip(opt, TAG_HEAD),
						b->verbose ? UINT32_MAX : VALUE_SHOWN));
		out_char(o, ']');
	}
	if (note_stops((enum note)b->d->layer[i].note))
		out_str(o, " [|pppoe]");
	return b->d->count;
}

const struct proto proto_pppoed = {
	.head    = { "pppoe", pppoe_fields, PPPOE_FIELDS },
	.name    = "pppoed",
	.title   = "PPP over Ethernet, discovery",
	.min_len = PPPOE_HEAD,
	.over    = { { BY_ETHERTYPE, 0x8863 } },
	.parse   = pppoed_parse,
	.option  = pppoed_option,
	.record  = pppoed_record,
	.summary = pppoed_summary,
};
