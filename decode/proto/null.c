/* SPDX-License-Identifier: BSD-2-Clause */
/* null.c - BSD loopback: LINKTYPE_NULL in the writer's byte order, LINKTYPE_LOOP in the network's */
#include "decode/link.h"

static const struct field little = { "family", 0, 32, UINT, .little = true };
static const struct field big = { "family", 0, 32, UINT };
static const struct record little_record = { "null", &little, 1 };
static const struct record big_record = { "null", &big, 1 };

/* Address families differ between systems: 24 NetBSD, 28 FreeBSD, 30 macOS for IPv6. */
static const struct name families[] = {
	{ 2, "IPv4" }, { 7, "ISO" }, { 16, "Appletalk" }, { 23, "IPX" }, { 24, "IPv6" },
	{ 28, "IPv6" }, { 30, "IPv6" }, { 0, NULL },
};

/* Families are small, so a large one was written in the other order. */
static const struct field *family_field(struct slice h)
{
	return field_get(h, &little) > 0xffff ? &big : &little;
}

static enum proto_id family_proto(uint32_t family)
{
	const char *name = name_of(families, family);

	if (!name || name[0] != 'I' || name[1] != 'P')
		return PROTO_DATA;
	return strcmp(name, "IPv4") == 0 ? PROTO_IPV4 :
	       strcmp(name, "IPv6") == 0 ? PROTO_IPV6 : PROTO_DATA;
}

static enum proto_id null_parse(struct step *s)
{
	step_header(s, little.width / 8);
	s->key = (uint32_t)get(s, family_field(s->in));
	return family_proto(s->key);
}

static RECORD_LIST(null_record, &little_record, &big_record)

static const struct record *null_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	if (index > 0)
		return NULL;
	*opt = *rest;
	*rest = slice_skip(*rest, rest->wire);
	return family_field(whole) == &big ? &big_record : &little_record;
}

/* "AF IPv4 (2), length 84: " */
static void put_header(struct out *o, const struct brief *b, const struct layer *l)
{
	const char *name = name_of(families, l->next);

	if (!b->quiet)
		out_str(o, "AF ");
	if (b->quiet && !name) {
		out_str(o, "Unknown AF ");
		out_dec(o, l->next);
	} else {
		out_str(o, name ? name : "Unknown");
	}
	if (!b->quiet) {
		out_str(o, " (");
		out_dec(o, l->next);
		out_char(o, ')');
	}
	out_str(o, ", length ");
	out_dec(o, l->wire);
	out_str(o, ": ");
}

static uint32_t null_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	enum proto_id next = family_proto(l->next);

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|null]");
		return b->d->count;
	}
	if (b->link || next == PROTO_DATA)
		put_header(o, b, l);
	return link_missing(o, b, i, next);
}

const struct proto proto_null = {
	.head    = { "null", NULL, 0 },
	.title   = "BSD loopback",
	.link    = true,
	.min_len = 0,
	.over    = { { BY_LINKTYPE, 0 }, { BY_LINKTYPE, 108 } },
	.parse   = null_parse,
	.option  = null_option,
	.record  = null_record,
	.summary = null_summary,
};
