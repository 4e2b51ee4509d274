/* SPDX-License-Identifier: BSD-2-Clause */
/* vrrp.c - Virtual Router Redundancy Protocol, RFC 3768 (version 2) and RFC 5798 (version 3) */
#include "decode/brief.h"
#include "decode/checksum.h"

enum {
	TYPEVER,
	VRID,
	PRIO,
	COUNT,
	RESERVED,
	AUTH_TYPE,
	SHORT_INTERVAL,
	INTERVAL,
	CHECKSUM,
	FIELDS
};
enum { VERSION, TYPE };
enum { ADVERTISEMENT = 1 };
enum { AUTH_NONE, AUTH_SIMPLE, AUTH_HEADER, AUTH_MD5 = 254 };

static const struct name types[] = { { ADVERTISEMENT, "Advertisement" }, { 0, NULL } };
static const struct field parts[] = {
	[VERSION] = { "version", 0, 4, UINT },
	[TYPE] = { "type", 4, 4, UINT, .names = types },
};
static const struct record typever_parts = { "vrrp", parts, 2, NULL };

static bool is_version3(struct slice h)
{
	return field_get(h, &parts[VERSION]) == 3;
}

static bool is_older(struct slice h)
{
	return !is_version3(h);
}

static const struct name priorities[] = {
	{ 0, "has stopped" },
	{ 100, "default of a backup" },
	{ 255, "owns the addresses" },
	{ 0, NULL },
};
static const struct name auth_types[] = {
	/* RFC 2338, section 5.3.6 */
	{ AUTH_NONE, "none" }, { AUTH_SIMPLE, "simple" },
	{ AUTH_HEADER, "ah" }, { AUTH_MD5, "md5" },
	{ 0, NULL },
};
static const struct field fields[FIELDS] = {
	[TYPEVER] = { "typever", 0, 8, UINT, .parts = &typever_parts },
	[VRID] = { "virt_rtr_id", 8, 8, UINT },
	[PRIO] = { "prio", 16, 8, UINT, .names = priorities },
	[COUNT] = { "addr_count", 24, 8, UINT },
	[RESERVED] = { "reserved_mbz", 32, 4, UINT, .when = is_version3 },
	[AUTH_TYPE] = { "auth_type", 32, 8, UINT, .names = auth_types, .when = is_older },
	[SHORT_INTERVAL] = { "short_adver_int", 36, 12, UINT, .when = is_version3 }, /* 1/100 s */
	[INTERVAL] = { "adver_int", 40, 8, UINT, .when = is_older }, /* s */
	[CHECKSUM] = { "checksum", 48, 16, HEX },
};

#define HEAD_LEN 8
#define AUTH_LEN 8

static const struct field addr4[] = { { "ip_addr", 0, 32, IPV4, .repeat = true } };
static const struct field addr6[] = { { "ipv6_addr", 0, 128, IPV6, .repeat = true } };
static const struct field simple[] = { { "auth_string", 0, 0, TEXTZ } };
static const struct field md5[] = { { "md5_auth_data", 0, 0, BYTES } };
static const struct record addr4_record = { "vrrp", addr4, 1, NULL };
static const struct record addr6_record = { "vrrp", addr6, 1, NULL };
static const struct record simple_record = { "vrrp", simple, 1, NULL };
static const struct record md5_record = { "vrrp", md5, 1, NULL };

static RECORD_LIST(vrrp_record, &addr4_record, &addr6_record, &simple_record, &md5_record)

	/* Those of the address family: the header says how many, and the length how long they are. */
	static const struct field *address(struct slice message)
{
	uint32_t count = (uint32_t)field_get(message, &fields[COUNT]);

	return is_version3(message) && count > 0 && message.wire >= HEAD_LEN + 16 * count ? addr6
											  : addr4;
}

static enum proto_id vrrp_parse(struct step *s)
{
	uint32_t least = HEAD_LEN + (uint32_t)get(s, &fields[COUNT]) * address(s->in)->width / 8;

	if (is_older(s->in))
		least += AUTH_LEN;
	step_header(s, s->in.wire);
	if (least > s->in.wire && !s->partial)
		step_note(s, NOTE_BAD_OPTION);
	return PROTO_NONE;
}

static const struct record *vrrp_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	const struct field *f = address(head);

	*opt = slice_clip(*rest, (uint32_t)field_get(head, &fields[COUNT]) * f->width / 8);
	if (index == 0 && opt->wire > 0) {
		*rest = slice_skip(*rest, opt->wire);
		return f == addr6 ? &addr6_record : &addr4_record;
	}
	*opt = *rest;
	*rest = slice_skip(*rest, rest->wire);
	if (is_version3(head) || index > 1)
		return NULL;
	switch (field_get(head, &fields[AUTH_TYPE])) {
	case AUTH_SIMPLE: return &simple_record;
	case AUTH_MD5: return &md5_record;
	default: return NULL;
	}
}

/* RFC 5798, section 5.2.8: from version 3 on with a pseudo header. */
static enum csum vrrp_verify(const struct decoded *d, uint32_t i, uint32_t *expected)
{
	struct slice all = layer_whole(d, &d->layer[i]);
	uint32_t sum = 0;

	if (!checksum_covers(d, i, all) ||
	    (is_version3(all) && !checksum_pseudo(d, i, all.wire, &sum)))
		return CSUM_UNVERIFIED;
	return checksum_judge((uint32_t)field_get(all, &fields[CHECKSUM]), checksum_add(sum, all),
			      expected);
}

static void put_head(struct out *o, struct slice h)
{
	uint32_t auth = (uint32_t)field_get(h, &fields[AUTH_TYPE]);
	const char *word = name_of(auth_types, auth);

	out_str(o, "vrid ");
	out_dec(o, field_get(h, &fields[VRID]));
	out_str(o, ", prio ");
	out_dec(o, field_get(h, &fields[PRIO]));
	if (is_version3(h)) {
		out_str(o, ", intvl ");
		out_dec(o, field_get(h, &fields[SHORT_INTERVAL]));
		out_str(o, "cs");
		return;
	}
	out_str(o, ", authtype ");
	out_str(o, word ? word : "unknown type (");
	if (!word) {
		out_dec(o, auth);
		out_char(o, ')');
	}
	out_str(o, ", intvl ");
	out_dec(o, field_get(h, &fields[INTERVAL]));
	out_char(o, 's');
}

#define ADDRESSES_MAX 6 /* told on a line */

/* ", addrs(2): 192.0.2.254,192.0.2.253"; false where they are not all there. */
static bool put_addresses(struct out *o, const struct brief *b, struct slice s)
{
	uint32_t count = (uint32_t)field_get(s, &fields[COUNT]), size = address(s)->width / 8u;
	struct slice rest = slice_skip(s, HEAD_LEN);

	out_str(o, ", addrs");
	if (count > 1) {
		out_char(o, '(');
		out_dec(o, count);
		out_char(o, ')');
	}
	for (uint32_t i = 0; i < min_u32(count, ADDRESSES_MAX); i++) {
		if (rest.cap < size)
			return false;
		out_str(o, i == 0 ? ": " : ",");
		brief_host(o, b, slice_clip(rest, size));
		rest = slice_skip(rest, size);
	}
	if (count > ADDRESSES_MAX)
		out_str(o, ",...");
	return true;
}

static bool put_details(struct out *o, const struct brief *b, uint32_t i, struct slice s)
{
	struct slice auth;

	if (!b->unverified && checksum_verify(b->d, i, NULL) == CSUM_BAD) {
		out_str(o, ", (bad vrrp cksum ");
		out_hex(o, field_get(s, &fields[CHECKSUM]), 1);
		out_char(o, ')');
	}
	if (!put_addresses(o, b, s))
		return false;
	if (is_version3(s) || field_get(s, &fields[AUTH_TYPE]) != AUTH_SIMPLE)
		return true;
	auth = slice_clip(slice_skip(s, HEAD_LEN + 4 * (uint32_t)field_get(s, &fields[COUNT])),
			  AUTH_LEN);
	out_str(o, " auth \"");
	out_text(o, slice_clip(auth, slice_find(auth, 0)));
	out_char(o, '"');
	return true;
}

static uint32_t vrrp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice s = layer_whole(b->d, &b->d->layer[i]);
	uint32_t type = (uint32_t)field_get(s, &parts[TYPE]);

	out_str(o, "VRRPv");
	out_dec(o, field_get(s, &parts[VERSION]));
	if (type != ADVERTISEMENT) {
		out_str(o, ", unknown type (");
		out_dec(o, type);
		out_char(o, ')');
		return b->d->count;
	}
	out_str(o, ", Advertisement, ");
	if (s.cap < HEAD_LEN) {
		out_str(o, "length ");
		out_dec(o, s.wire);
		out_str(o, " [|vrrp]");
		return b->d->count;
	}
	put_head(o, s);
	out_str(o, ", length ");
	out_dec(o, s.wire);
	if (b->verbose && !put_details(o, b, i, s))
		out_str(o, " [|vrrp]");
	return b->d->count;
}

const struct proto proto_vrrp = {
	.head = { "vrrp", fields, FIELDS, NULL },
	.title = "Virtual Router Redundancy Protocol",
	.min_len = HEAD_LEN,
	.over = { { BY_IPPROTO, 112 } },
	.parse = vrrp_parse,
	.option = vrrp_option,
	.record = vrrp_record,
	.verify = vrrp_verify,
	.summary = vrrp_summary,
};
