/* SPDX-License-Identifier: BSD-2-Clause */
/* icmpv6_ni.c - node information queries, RFC 4620 */
#include "decode/proto/icmpv6.h"

enum { RESERVED, FLAG_G, FLAG_S, FLAG_L, FLAG_C, FLAG_A, FLAG_T, FLAGS_COUNT };

static const struct field flag_fields[] = {
	[RESERVED] = { "ni.flag.rsv", 16, 10, HEX },
	[FLAG_G]   = { "ni.flag.g",   26,  1, BOOL },
	[FLAG_S]   = { "ni.flag.s",   27,  1, BOOL },
	[FLAG_L]   = { "ni.flag.l",   28,  1, BOOL },
	[FLAG_C]   = { "ni.flag.c",   29,  1, BOOL },
	[FLAG_A]   = { "ni.flag.a",   30,  1, BOOL },
	[FLAG_T]   = { "ni.flag.t",   31,  1, BOOL },
};
static ICMPV6_RECORD(flags, flag_fields, "Flags");

enum { QTYPE, FLAGS, NONCE };

static const struct field ni_fields[] = {
	[QTYPE] = { "ni.qtype",  0, 16, UINT },
	[FLAGS] = { "ni.flag",  16, 16, HEX, .parts = &flags },
	[NONCE] = { "ni.nonce", 32, 64, HEX },
};
ICMPV6_RECORD(ni_message, ni_fields, "Node information");

/* A reply's addresses each have a time to live, and so has its name. */
static const struct field ttl = { "ni.reply.node_ttl", 0, 32, UINT };
static const struct field address = { "ni.reply.node_address", 32, 128, IPV6 };
static const struct field label_length = { "", 0, 8, UINT };

enum { NOOP, SUPPORTED, NAME, ADDRESSES };	/* query types, section 6 */

static const struct name qtypes[] = {
	{ NOOP, "noop" }, { SUPPORTED, "supported qtypes" }, { NAME, "DNS name" },
	{ ADDRESSES, "node addresses" }, { 0, NULL },
};

enum { SUBJECT_IPV6, SUBJECT_NAME, SUBJECT_IPV4 };	/* codes of a query */
enum { SUCCESS, REFUSED, UNKNOWN };			/* codes of a reply */

static struct slice data_of(const struct icmpv6_text *t)
{
	return slice_skip(t->body, record_len(&ni_message));
}

/* " [GSL]", the letters of the flags from FLAG_G to last; nothing where no bit is set. */
static void put_address_flags(struct out *o, struct slice body, uint32_t last)
{
	static const char letters[FLAGS_COUNT + 1] = " GSLCAT";

	if (field_get(body, &ni_fields[FLAGS]) == 0)
		return;
	out_str(o, " [");
	for (uint32_t i = FLAG_G; i <= last; i++)
		if (field_get(body, &flag_fields[i]))
			out_char(o, letters[i]);
	out_char(o, ']');
}

/* The query type. The bit that says that addresses are truncated says that types are compressed,
 * and that a name's time to live is valid.
 */
static void put_qtype(struct out *o, struct slice body)
{
	uint32_t qtype = (uint32_t)field_get(body, &ni_fields[QTYPE]);
	const char *name = name_of(qtypes, qtype);

	out_str(o, name ? name : "unknown");
	if (qtype == SUPPORTED && field_get(body, &ni_fields[FLAGS]))
		out_str(o, field_get(body, &flag_fields[FLAG_T]) ? " [C]" : " []");
}

/* A name that ends in one zero, or in two where it is not a full one: section 6.3. */
static void put_name(struct out *o, struct slice s)
{
	uint32_t n;

	out_str(o, ", \"");
	for (; (n = (uint32_t)field_get(s, &label_length)) > 0; s = slice_skip(s, n)) {
		s = slice_skip(s, 1);
		if (n > s.cap)
			break;
		out_visible(o, slice_clip(s, n));
		if (s.cap > n + 1 && field_get(slice_skip(s, n), &label_length) > 0)
			out_char(o, '.');
	}
	if (n == 0 && s.cap == 1)
		out_char(o, '.');
	else if (n > 0 || s.cap > 2 || (s.cap == 2 && field_get(slice_skip(s, 1), &label_length) > 0))
		out_str(o, "???");
	out_char(o, '"');
}

static void put_subject(struct out *o, const struct icmpv6_text *t)
{
	struct slice data = data_of(t);
	uint32_t size = t->code == SUBJECT_IPV6 ? 16 : 4;

	if (data.wire == 0) {
		out_str(o, ", 03 draft");	/* of the RFC, which had no subjects */
	} else if (t->code == SUBJECT_NAME) {
		out_str(o, ", subject=DNS name");
		put_name(o, data);
	} else if (t->code > SUBJECT_IPV4) {
		out_str(o, ", unknown subject");
	} else if (data.wire == size) {
		out_str(o, ", subject=");
		brief_host(o, t->b, data);
	} else if (t->b->verbose && data.cap > size) {
		out_str(o, ", invalid subject len");
	}
}

bool ni_say_query(struct out *o, const struct icmpv6_text *t)
{
	uint32_t qtype = (uint32_t)field_get(t->body, &ni_fields[QTYPE]);

	if (!field_here(t->body, &ni_fields[NONCE]))
		return false;
	out_str(o, " node information query (");
	put_qtype(o, t->body);
	if (qtype == ADDRESSES)
		put_address_flags(o, t->body, FLAG_A);
	if (qtype != NOOP && qtype != SUPPORTED)
		put_subject(o, t);
	else if (t->b->verbose && data_of(t).wire > 0)
		out_str(o, ", invalid len");
	out_char(o, ')');
	return true;
}

/* What a reply knows; false where it was cut. */
static bool put_answer(struct out *o, const struct icmpv6_text *t)
{
	uint32_t qtype = (uint32_t)field_get(t->body, &ni_fields[QTYPE]);
	uint32_t entry = (address.bit + address.width) / 8u;
	struct slice data = data_of(t);

	put_qtype(o, t->body);
	if (qtype == NOOP && t->b->verbose && data.wire > 0)
		out_str(o, ", invalid length");
	if (qtype == NAME) {
		if (data.cap <= ttl.width / 8)
			return false;
		put_name(o, slice_skip(data, ttl.width / 8));
		if (field_get(t->body, &flag_fields[FLAG_T])) {
			out_str(o, " [TTL=");
			out_dec(o, field_get(data, &ttl));
			out_char(o, ']');
		}
	}
	if (qtype != ADDRESSES)
		return true;
	for (; field_here(data, &address); data = slice_skip(data, entry)) {
		out_char(o, ' ');
		brief_host(o, t->b, field_bytes(data, &address));
		out_char(o, '(');
		out_dec(o, field_get(data, &ttl));
		out_char(o, ')');
	}
	put_address_flags(o, t->body, FLAG_T);
	return true;
}

bool ni_say_reply(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &ni_fields[NONCE]))
		return false;
	out_str(o, " node information reply (");
	if (t->code == SUCCESS) {
		if (t->b->verbose)
			out_str(o, "success, ");
		if (!put_answer(o, t))
			return false;
	} else if (t->code <= UNKNOWN) {
		out_str(o, t->code == REFUSED ? "refused" : "unknown");
		if (t->b->verbose && data_of(t).wire > 0)
			out_str(o, ", invalid length");
	}
	out_char(o, ')');
	return true;
}
