/* SPDX-License-Identifier: BSD-2-Clause */
/* geneve.c - Generic Network Virtualization Encapsulation, RFC 8926 */
#include "decode/link.h"

enum { VERSION, OPT_LEN, FLAGS, PROTO_TYPE, VNI, RESERVED, FIELDS };
enum { OAM, CRITICAL, FLAGS_RESERVED, FLAG_FIELDS };

static const struct field flag_fields[FLAG_FIELDS] = {
	[OAM]            = { "flags.oam",       8, 1, BOOL },
	[CRITICAL]       = { "flags.critical",  9, 1, BOOL },
	[FLAGS_RESERVED] = { "flags.reserved", 10, 6, BOOL },
};
static const struct record flag_parts = { "geneve", flag_fields, FLAG_FIELDS };

static const struct field fields[FIELDS] = {
	[VERSION]    = { "version",        0,  2, UINT },
	[OPT_LEN]    = { "option.length",  2,  6, UINT, .scale = 4 },	/* of all options */
	[FLAGS]      = { "flags",          8,  8, HEX, .parts = &flag_parts },
	[PROTO_TYPE] = { "proto_type",    16, 16, HEX },
	[VNI]        = { "vni",           32, 24, HEX },
	[RESERVED]   = { "reserved",      56,  8, HEX },
};

enum { CLASS, TYPE, RESERVED_BITS, LENGTH, DATA, OPTION_FIELDS };

#define OPTION_HEAD 4	/* bytes, that its length does not count */

static const struct field type_fields[] = {
	{ "option.type.critical", 16, 1, BOOL },
	{ "option.type.number",   17, 7, HEX },
};
static const struct record type_parts = { "geneve", type_fields, 2 };

static const struct field option_fields[OPTION_FIELDS] = {
	[CLASS]         = { "option.class",         0, 16, HEX },
	[TYPE]          = { "option.type",         16,  8, HEX, .parts = &type_parts },
	[RESERVED_BITS] = { "option.flags",        24,  3, HEX },
	[LENGTH]        = { "option.words",        27,  5, UINT },
	[DATA]          = { "option.unknown.data", 32,  0, BYTES },
};
static const struct record option_record = { "geneve", option_fields, OPTION_FIELDS, "Option" };

static enum proto_id geneve_parse(struct step *s)
{
	if (get(s, &fields[VERSION]) != 0) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	step_header(s, s->min_len + (uint32_t)get(s, &fields[OPT_LEN]) * fields[OPT_LEN].scale);
	s->key = (uint32_t)get(s, &fields[PROTO_TYPE]);
	return proto_by(BY_ETHERTYPE, s->key);
}

static RECORD_LIST(geneve_record, &option_record)

static const struct record *geneve_option(struct slice whole, uint32_t index, struct slice *rest,
					  struct slice *opt)
{
	uint32_t len = OPTION_HEAD + (uint32_t)field_get(*rest, &option_fields[LENGTH]) * 4;

	(void)whole;
	(void)index;
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return &option_record;
}

static void put_flags(struct out *o, uint32_t flags)
{
	static const struct name words[] = {
		{ 0x80, "O" }, { 0x40, "C" }, { 0x20, "R1" }, { 0x10, "R2" }, { 8, "R3" }, { 4, "R4" },
		{ 2, "R5" }, { 1, "R6" }, { 0, NULL },
	};

	out_str(o, ", Flags [");
	for (const struct name *w = words; w->text; w++)
		if (flags & w->value)
			out_str(o, w->text);
	out_str(o, flags ? "]" : "none]");
}

/* "Geneve, Flags [none], vni 0x5, options [12 bytes]: " and what is inside. */
static uint32_t geneve_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);

	out_str(o, "Geneve");
	if (l->note == NOTE_BAD_VALUE) {
		out_str(o, " ERROR: unknown-version ");
		out_dec(o, field_get(h, &fields[VERSION]));
		return b->d->count;
	}
	if (note_stops((enum note)l->note)) {
		out_str(o, " [|geneve]");
		return b->d->count;
	}
	put_flags(o, (uint32_t)field_get(h, &fields[FLAGS]));
	out_str(o, ", vni 0x");
	out_hex(o, field_get(h, &fields[VNI]), 1);
	if (b->link) {
		out_str(o, ", proto ");
		out_str(o, link_carried(l->next));
		out_str(o, " (0x");
		out_hex(o, l->next, 4);
		out_char(o, ')');
	}
	if (h.wire > protos[PROTO_GENEVE]->min_len) {
		out_str(o, ", options [");
		out_dec(o, h.wire - protos[PROTO_GENEVE]->min_len);
		out_str(o, " bytes]");
	}
	out_str(o, b->verbose ? "\n\t" : ": ");
	if (layer_proto(b->d, i + 1) != PROTO_DATA && i + 1 < b->d->count)
		return i + 1;
	out_str(o, "geneve-proto-0x");
	out_hex(o, l->next, 1);
	return b->d->count;
}

const struct proto proto_geneve = {
	.head    = { "geneve", fields, FIELDS },
	.title   = "Generic Network Virtualization Encapsulation",
	.min_len = 8,
	.over    = { { BY_UDPPORT, 6081 } },
	.parse   = geneve_parse,
	.option  = geneve_option,
	.record  = geneve_record,
	.summary = geneve_summary,
};
