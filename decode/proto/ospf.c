/* SPDX-License-Identifier: BSD-2-Clause */
/* ospf.c - Open Shortest Path First: version 2, RFC 2328; version 3, RFC 5340
 *
 * How it works: the head is what both versions share. Behind it follow the end of the header, a body by
 * type, and the headers of link state advertisements, as records of their own.
 */
#include "decode/brief.h"
#include "decode/checksum.h"

enum { VERSION, TYPE, LENGTH, ROUTER, AREA, CHECKSUM, FIELDS };
enum { HELLO = 1, DESCRIPTION, REQUEST, UPDATE, ACK };

static const struct name types[] = {
	{ HELLO, "Hello" }, { DESCRIPTION, "Database Description" }, { REQUEST, "LS-Request" },
	{ UPDATE, "LS-Update" }, { ACK, "LS-Ack" }, { 0, NULL },
};
static const struct field fields[FIELDS] = {
	[VERSION]  = { "version",        0,  8, UINT },
	[TYPE]     = { "msg",            8,  8, UINT, .names = types },
	[LENGTH]   = { "packet_length", 16, 16, UINT },
	[ROUTER]   = { "srcrouter",     32, 32, IPV4 },
	[AREA]     = { "area_id",       64, 32, IPV4 },
	[CHECKSUM] = { "checksum",      96, 16, HEX },
};

#define HEAD_LEN 14
#define END2_LEN 10		/* of the header, bytes */
#define END3_LEN 2
#define LSA_LEN 20
enum { AUTH_NONE, AUTH_SIMPLE, AUTH_CRYPT };

#define RECORD(id, title_, ...)							\
	static const struct field id##_field[] = { __VA_ARGS__ };		\
	static const struct record id = RECORD_OF("ospf", id##_field, title_)
RECORD(none2, NULL, { "auth.type", 0, 16, UINT }, { "auth.none", 16, 64, BYTES });
RECORD(simple2, NULL, { "auth.type", 0, 16, UINT }, { "auth.simple", 16, 0, TEXTZ });
RECORD(crypt2, NULL, { "auth.type", 0, 16, UINT }, { "auth.crypt.reserved", 16, 16, BYTES },
       { "auth.crypt.key_id", 32, 8, UINT }, { "auth.crypt.data_length", 40, 8, UINT },
       { "auth.crypt.seq_nbr", 48, 32, UINT });
RECORD(end3, NULL, { "instance_id", 0, 8, UINT }, { "reserved", 8, 8, BYTES });

static const struct field option_bits2[] = {
	{ "dn", 48, 1, BOOL }, { "o", 49, 1, BOOL }, { "dc", 50, 1, BOOL }, { "l", 51, 1, BOOL },
	{ "n", 52, 1, BOOL },  { "mc", 53, 1, BOOL }, { "e", 54, 1, BOOL },  { "mt", 55, 1, BOOL },
};
static const struct record options2 = { "ospf.v2.options", option_bits2, 8, NULL };
static const struct field option_bits2_dd[] = {
	{ "dn", 16, 1, BOOL }, { "o", 17, 1, BOOL }, { "dc", 18, 1, BOOL }, { "l", 19, 1, BOOL },
	{ "n", 20, 1, BOOL },  { "mc", 21, 1, BOOL }, { "e", 22, 1, BOOL },  { "mt", 23, 1, BOOL },
};
static const struct record options2_dd = { "ospf.v2.options", option_bits2_dd, 8, NULL };

RECORD(hello2, "Hello", { "hello.network_mask", 0, 32, IPV4 }, { "hello.hello_interval", 32, 16, UINT },
       { "v2.options", 48, 8, HEX, .parts = &options2 }, { "hello.router_priority", 56, 8, UINT },
       { "hello.router_dead_interval", 64, 32, UINT }, { "hello.designated_router", 96, 32, IPV4 },
       { "hello.backup_designated_router", 128, 32, IPV4 },
       { "hello.active_neighbor", 160, 32, IPV4, .repeat = true });
RECORD(hello3, "Hello", { "hello.interface_id", 0, 32, UINT }, { "hello.router_priority", 32, 8, UINT },
       { "v3.options", 40, 24, HEX }, { "hello.hello_interval", 64, 16, UINT },
       { "hello.router_dead_interval", 80, 16, UINT }, { "hello.designated_router", 96, 32, IPV4 },
       { "hello.backup_designated_router", 128, 32, IPV4 },
       { "hello.active_neighbor", 160, 32, IPV4, .repeat = true });
RECORD(description2, "Database Description", { "db.interface_mtu", 0, 16, UINT },
       { "v2.options", 16, 8, HEX, .parts = &options2_dd }, { "dbd", 24, 8, HEX },
       { "db.dd_sequence", 32, 32, UINT });
RECORD(description3, "Database Description", { "reserved", 0, 8, BYTES }, { "v3.options", 8, 24, HEX },
       { "db.interface_mtu", 32, 16, UINT }, { "reserved", 48, 8, BYTES }, { "dbd", 56, 8, HEX },
       { "db.dd_sequence", 64, 32, UINT });
RECORD(update, NULL, { "ls.number_of_lsas", 0, 32, UINT });

static const struct name lsa_types[] = {	/* RFC 2328, section A.4.1 */
	{ 1, "router" }, { 2, "network" }, { 3, "summary, network" }, { 4, "summary, boundary router" },
	{ 5, "AS external" }, { 7, "NSSA external" }, { 9, "opaque, link" }, { 10, "opaque, area" },
	{ 11, "opaque, AS" }, { 0, NULL },
};
static const struct field lsa_option_bits[] = {
	{ "dn", 16, 1, BOOL }, { "o", 17, 1, BOOL }, { "dc", 18, 1, BOOL }, { "l", 19, 1, BOOL },
	{ "n", 20, 1, BOOL },  { "mc", 21, 1, BOOL }, { "e", 22, 1, BOOL },  { "mt", 23, 1, BOOL },
};
static const struct record lsa_options = { "ospf.v2.options", lsa_option_bits, 8, NULL };
RECORD(lsa2, "LSA header", { "lsa.donotage", 0, 1, BOOL }, { "lsa.age", 1, 15, UINT },
       { "v2.options", 16, 8, HEX, .parts = &lsa_options }, { "lsa", 24, 8, UINT, .names = lsa_types },
       { "lsa.id", 32, 32, IPV4 }, { "advrouter", 64, 32, IPV4 }, { "lsa.seqnum", 96, 32, HEX },
       { "lsa.chksum", 128, 16, HEX }, { "lsa.length", 144, 16, UINT });
RECORD(lsa3, "LSA header", { "v3.lsa.do_not_age", 0, 1, BOOL }, { "lsa.age", 1, 15, UINT },
       { "v3.lsa", 16, 16, HEX }, { "link_state_id", 32, 32, IPV4 }, { "advrouter", 64, 32, IPV4 },
       { "lsa.seqnum", 96, 32, HEX }, { "lsa.chksum", 128, 16, HEX }, { "lsa.length", 144, 16, UINT });

RECORD(request2, "LS request", { "lsa", 0, 32, UINT, .names = lsa_types }, { "link_state_id", 32, 32, IPV4 },
       { "advrouter", 64, 32, IPV4 });

static RECORD_LIST(ospf_record, &request2, &none2, &simple2, &crypt2, &end3, &hello2, &hello3, &description2,
		   &description3, &update, &lsa2, &lsa3)

static bool is_version3(struct slice h)
{
	return field_get(h, &fields[VERSION]) == 3;
}

/* The length leaves out what a cryptographic signature adds behind it: RFC 2328, section D.4.3. */
static enum proto_id ospf_parse(struct step *s)
{
	uint64_t version = get(s, &fields[VERSION]);

	if (version != 2 && version != 3) {
		step_note(s, NOTE_BAD_VALUE);
		return PROTO_NONE;
	}
	step_total(s, (uint32_t)get(s, &fields[LENGTH]));
	step_header(s, min_u32((uint32_t)get(s, &fields[LENGTH]), s->in.wire));
	return PROTO_NONE;
}

static const struct record *body_of(struct slice h)
{
	bool three = is_version3(h);

	switch (field_get(h, &fields[TYPE])) {
	case HELLO: return three ? &hello3 : &hello2;
	case DESCRIPTION: return three ? &description3 : &description2;
	case UPDATE: return &update;
	default: return NULL;
	}
}

/* The end of the header, which version 2 has for a proof of who sent it. */
static const struct record *take_end(struct slice head, struct slice *rest, struct slice *opt)
{
	*opt = slice_clip(*rest, is_version3(head) ? END3_LEN : END2_LEN);
	*rest = slice_skip(*rest, opt->wire);
	if (is_version3(head))
		return &end3;
	switch (slice_u16(*opt, 0)) {
	case AUTH_SIMPLE: return &simple2;
	case AUTH_CRYPT: return &crypt2;
	default: return &none2;
	}
}

static const struct record *take_lsa(struct slice head, struct slice *rest, struct slice *opt)
{
	uint32_t len = LSA_LEN;

	if (field_get(head, &fields[TYPE]) == UPDATE)	/* what it says stands behind it */
		len = slice_u16(*rest, LSA_LEN - 2);
	*opt = slice_clip(*rest, LSA_LEN);
	*rest = slice_skip(*rest, len < LSA_LEN ? LSA_LEN : len);
	return is_version3(head) ? &lsa3 : &lsa2;
}

static const struct record *ospf_option(struct slice head, uint32_t index, struct slice *rest, struct slice *opt)
{
	const struct record *body = body_of(head);
	uint64_t type = field_get(head, &fields[TYPE]);

	if (rest->cap == 0)
		return NULL;
	if (index == 0)
		return take_end(head, rest, opt);
	if (index == 1 && body) {
		*opt = type == HELLO ? *rest : slice_clip(*rest, record_len(body));
		*rest = slice_skip(*rest, opt->wire);
		return body;
	}
	if (type == REQUEST && !is_version3(head)) {
		*opt = slice_clip(*rest, record_len(&request2));
		*rest = slice_skip(*rest, opt->wire);
		return &request2;
	}
	return type == DESCRIPTION || type == UPDATE || type == ACK ? take_lsa(head, rest, opt) : NULL;
}

/* RFC 2328, section D.4: without the 8 bytes of the proof, and not at all where that is a signature. */
static enum csum ospf_verify(const struct decoded *d, uint32_t i, uint32_t *expected)
{
	struct slice all = layer_whole(d, &d->layer[i]);
	uint32_t sum = 0;

	if (!checksum_covers(d, i, all))
		return CSUM_UNVERIFIED;
	if (is_version3(all)) {
		if (!checksum_pseudo(d, i, all.wire, &sum))
			return CSUM_UNVERIFIED;
		sum = checksum_add(sum, all);
	} else {
		if (slice_u16(all, HEAD_LEN) == AUTH_CRYPT)
			return CSUM_UNVERIFIED;
		sum = checksum_add(checksum_add(sum, slice_clip(all, HEAD_LEN + 2)),
				   slice_skip(all, HEAD_LEN + END2_LEN));
	}
	return checksum_judge((uint32_t)field_get(all, &fields[CHECKSUM]), sum, expected);
}

static uint32_t ospf_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t type = (uint32_t)field_get(h, &fields[TYPE]);
	const char *name = name_of(types, type);

	out_str(o, "OSPFv");
	out_dec(o, field_get(h, &fields[VERSION]));
	out_str(o, name ? ", " : ", unknown packet type (");
	if (name) {
		out_str(o, name);
	} else {
		out_dec(o, type);
		out_char(o, ')');
	}
	out_str(o, ", length ");
	out_dec(o, field_get(h, &fields[LENGTH]));
	if (note_stops((enum note)l->note)) {
		out_str(o, " [|ospf]");
	} else if (b->verbose) {
		out_str(o, ", Router-ID ");
		out_ipv4(o, (uint32_t)field_get(h, &fields[ROUTER]));
		out_str(o, ", Area ");
		out_ipv4(o, (uint32_t)field_get(h, &fields[AREA]));
	}
	return b->d->count;
}

const struct proto proto_ospf = {
	.head    = { "ospf", fields, FIELDS, NULL },
	.title   = "Open Shortest Path First",
	.min_len = HEAD_LEN,
	.over    = { { BY_IPPROTO, 89 } },
	.parse   = ospf_parse,
	.option  = ospf_option,
	.record  = ospf_record,
	.verify  = ospf_verify,
	.summary = ospf_summary,
};
