/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp.c - Internet Control Message Protocol, RFC 792; router discovery, RFC 1256; address masks,
 * RFC 950
 *
 * How it works: type, code and checksum are the head. What follows depends on the type: messages[]
 * says by which table it is read, and what the one-line text makes of it. To the outputs that table
 * is the header's first option; the routers of an advertisement are further ones.
 */
#include "decode/proto/icmp.h"

#include "decode/checksum.h"
#include "decode/proto/icmp_ext.h"

#define HEAD_LEN 4

enum { TYPE, CODE, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[TYPE]     = { "type",      0,  8, UINT },
	[CODE]     = { "code",      8,  8, UINT },
	[CHECKSUM] = { "checksum", 16, 16, HEX },
};

enum { IDENT, SEQ, ORIGINATE, RECEIVE, TRANSMIT };

static const struct field echo_fields[] = {
	[IDENT] = { "ident",  0, 16, UINT },
	[SEQ]   = { "seq",   16, 16, UINT },
};
static ICMP_RECORD(echo, echo_fields, "Echo");

/* RFC 8335, sections 2 and 3 */
static const struct field extended_request_fields[] = {
	[IDENT] = { "ident",         0, 16, UINT },
	[SEQ]   = { "ext.echo.seq", 16,  8, UINT },
	{ "ext.echo.req.res",   24, 7, HEX },
	{ "ext.echo.req.local", 31, 1, BOOL },
};
static ICMP_RECORD(extended_request, extended_request_fields, "Extended echo request");

static const struct field extended_reply_fields[] = {
	[IDENT] = { "ident",         0, 16, UINT },
	[SEQ]   = { "ext.echo.seq", 16,  8, UINT },
	{ "ext.echo.rsp.state",  24, 3, UINT },
	{ "ext.echo.rsp.res",    27, 2, HEX },
	{ "ext.echo.rsp.active", 29, 1, BOOL },
	{ "ext.echo.rsp.ipv4",   30, 1, BOOL },
	{ "ext.echo.rsp.ipv6",   31, 1, BOOL },
};
static ICMP_RECORD(extended_reply, extended_reply_fields, "Extended echo reply");

/* Milliseconds since midnight UT. */
static const struct field timestamp_fields[] = {
	[IDENT]     = { "ident",                0, 16, UINT },
	[SEQ]       = { "seq",                 16, 16, UINT },
	[ORIGINATE] = { "originate_timestamp", 32, 32, UINT },
	[RECEIVE]   = { "receive_timestamp",   64, 32, UINT },
	[TRANSMIT]  = { "transmit_timestamp",  96, 32, UINT },
};
static ICMP_RECORD(timestamp, timestamp_fields, "Timestamp");

enum { MASK = 2 };

static const struct field mask_fields[] = {
	[IDENT] = { "ident",         0, 16, UINT },
	[SEQ]   = { "seq",          16, 16, UINT },
	[MASK]  = { "address_mask", 32, 32, IPV4 },
};
static ICMP_RECORD(mask, mask_fields, "Address mask");

static const struct field zero_fields[] = {
	{ "zero", 0, 32, BYTES },
};
static ICMP_RECORD(zero, zero_fields, "Unused");

enum { NUM_ADDRS, ENTRY_SIZE, LIFETIME };

static const struct field advertisement_fields[] = {
	[NUM_ADDRS]  = { "num_addrs",        0,  8, UINT },
	[ENTRY_SIZE] = { "addr_entry_size",  8,  8, UINT },	/* 4-byte units */
	[LIFETIME]   = { "lifetime",        16, 16, UINT },	/* seconds */
};
static ICMP_RECORD(advertisement, advertisement_fields, "Router advertisement");

enum { ADDRESS, PREFERENCE };

static const struct field router_fields[] = {
	[ADDRESS]    = { "router_address", 0, 32, IPV4 },
	[PREFERENCE] = { "pref_level",    32, 32, INT },
};
static ICMP_RECORD(router, router_fields, "Router");

static bool say_echo(struct out *o, const struct icmp_text *t)
{
	if (!field_here(t->body, &echo_fields[SEQ]))
		return false;
	out_str(o, t->type == 8 ? "echo request, id " : "echo reply, id ");
	out_dec(o, field_get(t->body, &echo_fields[IDENT]));
	out_str(o, ", seq ");
	out_dec(o, field_get(t->body, &echo_fields[SEQ]));
	return true;
}

/* "2:30:00", with no more parts than are needed. */
static void say_lifetime(struct out *o, uint32_t seconds)
{
	if (seconds < 60) {
		out_dec(o, seconds);
		return;
	}
	if (seconds >= 3600) {
		out_dec(o, seconds / 3600);
		out_char(o, ':');
	}
	out_dec_pad(o, seconds / 60 % 60, seconds >= 3600 ? 2 : 1);
	out_char(o, ':');
	out_dec_pad(o, seconds % 60, 2);
}

static bool say_advertisement(struct out *o, const struct icmp_text *t)
{
	uint64_t count = field_get(t->body, &advertisement_fields[NUM_ADDRS]);
	uint64_t size = field_get(t->body, &advertisement_fields[ENTRY_SIZE]);
	struct slice rest = slice_skip(t->body, record_len(&advertisement));

	if (!field_here(t->body, &advertisement_fields[LIFETIME]))
		return false;
	out_str(o, "router advertisement lifetime ");
	say_lifetime(o, (uint32_t)field_get(t->body, &advertisement_fields[LIFETIME]));
	out_char(o, ' ');
	out_dec(o, count);
	out_char(o, ':');
	if (size * 4 != record_len(&router)) {
		out_str(o, " [size ");
		out_dec(o, size);
		out_char(o, ']');
		return true;
	}
	for (; count-- > 0; rest = slice_skip(rest, record_len(&router))) {
		if (rest.cap < record_len(&router))
			return false;
		out_str(o, " {");
		brief_host(o, t->b, field_bytes(rest, &router_fields[ADDRESS]));
		out_char(o, ' ');
		out_dec(o, field_get(rest, &router_fields[PREFERENCE]));
		out_char(o, '}');
	}
	return true;
}

static void say_clock(struct out *o, const char *name, uint64_t ms)
{
	out_str(o, name);
	out_dec_pad(o, ms / 3600000, 2);
	out_char(o, ':');
	out_dec_pad(o, ms / 60000 % 60, 2);
	out_char(o, ':');
	out_dec_pad(o, ms / 1000 % 60, 2);
	out_char(o, '.');
	out_dec_pad(o, ms % 1000, 3);
}

static bool say_timestamp(struct out *o, const struct icmp_text *t)
{
	bool reply = t->type == 14;

	if (!field_here(t->body, &timestamp_fields[reply ? TRANSMIT : SEQ]))
		return false;
	out_str(o, reply ? "time stamp reply id " : "time stamp query id ");
	out_dec(o, field_get(t->body, &timestamp_fields[IDENT]));
	out_str(o, " seq ");
	out_dec(o, field_get(t->body, &timestamp_fields[SEQ]));
	if (reply) {
		say_clock(o, ": org ", field_get(t->body, &timestamp_fields[ORIGINATE]));
		say_clock(o, ", recv ", field_get(t->body, &timestamp_fields[RECEIVE]));
		say_clock(o, ", xmit ", field_get(t->body, &timestamp_fields[TRANSMIT]));
	}
	return true;
}

static bool say_mask(struct out *o, const struct icmp_text *t)
{
	if (!field_here(t->body, &mask_fields[MASK]))
		return false;
	out_str(o, "address mask is 0x");
	out_hex(o, field_get(t->body, &mask_fields[MASK]), 8);
	return true;
}

static const struct message {
	const struct record *body;
	const char *word;		/* the whole text, where say is NULL */
	icmp_say *say;
	bool quotes;			/* the packet that it is about follows */
	const struct record *plain;	/* the body where that does not say how long the quotation is; NULL:
					 * it never does */
} messages[256] = {
	[0]  = { &echo, .say = say_echo },
	[ICMP_UNREACHABLE] = { &icmp_error, .say = icmp_say_unreachable, .quotes = true,
			       .plain = &icmp_error_plain },
	[4]  = { &zero, "source quench", .quotes = true },
	[5]  = { &icmp_redirect, .say = icmp_say_redirect, .quotes = true },
	[8]  = { &echo, .say = say_echo },
	[9]  = { &advertisement, .say = say_advertisement },
	[10] = { &zero, "router solicitation" },
	[11] = { &icmp_error, .say = icmp_say_exceeded, .quotes = true, .plain = &icmp_error_plain },
	[12] = { &icmp_problem, .say = icmp_say_problem, .quotes = true, .plain = &icmp_problem_plain },
	[13] = { &timestamp, .say = say_timestamp },
	[14] = { &timestamp, .say = say_timestamp },
	[15] = { &echo, "information request" },
	[16] = { &echo, "information reply" },
	[17] = { &mask, "address mask request" },
	[18] = { &mask, .say = say_mask },
	[42] = { &extended_request },
	[43] = { &extended_reply },
};

/* What is behind the head h. */
static const struct record *body_of(struct slice h)
{
	uint64_t type = field_get(h, &fields[TYPE]);
	const struct message *m = &messages[type];
	bool plain = m->plain && icmp_quoted_len(slice_skip(h, HEAD_LEN)) == 0;

	if (type == ICMP_UNREACHABLE && field_get(h, &fields[CODE]) == ICMP_CODE_TOO_BIG)
		return plain ? &icmp_too_big_plain : &icmp_too_big;
	return plain ? m->plain : m->body;
}

static enum proto_id icmp_parse(struct step *s)
{
	const struct message *m = &messages[get(s, &fields[TYPE])];
	const struct record *body = body_of(s->in);
	struct slice rest = slice_skip(s->in, HEAD_LEN);
	uint32_t len = HEAD_LEN + (body ? record_len(body) : 0);
	uint32_t routers = 0;

	if (body == &advertisement &&
	    field_get(rest, &advertisement_fields[ENTRY_SIZE]) * 4 == record_len(&router))
		routers = (uint32_t)field_get(rest, &advertisement_fields[NUM_ADDRS]) *
			  record_len(&router);
	if (len <= s->in.wire && routers > s->in.wire - len && !s->partial) {
		step_note(s, NOTE_BAD_OPTION);	/* more are counted than are here */
		routers = s->in.wire - len;
	}
	step_header(s, len + routers);
	s->partial |= m->quotes;
	return m->quotes ? PROTO_IPV4 : PROTO_DATA;
}

static RECORD_LIST(icmp_record, &echo, &icmp_error, &icmp_error_plain, &icmp_too_big, &icmp_too_big_plain,
		   &zero, &icmp_redirect, &advertisement, &router, &icmp_problem, &icmp_problem_plain,
		   &timestamp, &mask, &extended_request, &extended_reply)

static const struct record *icmp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	const struct record *body = body_of(whole);
	const struct record *r = index == 0 ? body : body == &advertisement ? &router : NULL;

	if (!r || rest->cap == 0)
		return NULL;
	*opt = slice_clip(*rest, record_len(r));
	*rest = slice_skip(*rest, record_len(r));
	return r;
}

static void say_checksum(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	uint32_t expected;

	if (b->unverified || b->checksum_pending || checksum_verify(d, i, &expected) != CSUM_BAD)
		return;
	out_str(o, " (wrong icmp cksum ");
	out_hex(o, field_get(layer_head(d, &d->layer[i]), &fields[CHECKSUM]), 1);
	out_str(o, " (->");
	out_hex(o, expected, 1);
	out_str(o, ")!)");
}

/* The quoted packet begins a line of its own; RFC 4884's extension follows it. */
static void say_quotation(struct out *o, const struct brief *b, uint32_t i, const struct message *m)
{
	const struct decoded *d = b->d;
	struct slice body = slice_skip(layer_head(d, &d->layer[i]), HEAD_LEN);

	out_str(o, "\n\t");
	brief_layers(o, b, i + 1);
	if (m->plain)
		icmp_ext_summary(o, layer_payload(d, &d->layer[i]), icmp_quoted_len(body));
}

static uint32_t icmp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	struct slice h = layer_head(d, &d->layer[i]);
	struct icmp_text t = {
		.b = b,
		.i = i,
		.type = (uint32_t)field_get(h, &fields[TYPE]),
		.code = (uint32_t)field_get(h, &fields[CODE]),
		.body = slice_skip(h, HEAD_LEN),
	};
	const struct message *m = &messages[t.type];
	char *start = o->at;

	out_str(o, "ICMP ");
	if (m->word) {
		out_str(o, m->word);
	} else if (!m->say) {
		out_str(o, "type-#");
		out_dec(o, t.type);
	}
	if (!field_here(h, &fields[CODE]) || (m->say && !m->say(o, &t))) {
		o->at = start;
		out_str(o, " [|icmp]");
		return d->count;
	}
	out_str(o, ", length ");
	out_dec(o, d->layer[i].claimed);
	if (b->verbose) {
		say_checksum(o, b, i);
		if (m->quotes && i + 1 < d->count)
			say_quotation(o, b, i, m);
	}
	return d->count;
}

const struct proto proto_icmp = {
	.head    = { "icmp", fields, FIELDS, NULL },
	.title   = "Internet Control Message Protocol",
	.min_len = HEAD_LEN,
	.over    = { { BY_IPPROTO, 1 } },
	.parse   = icmp_parse,
	.option  = icmp_option,
	.record  = icmp_record,
	.summary = icmp_summary,
};
