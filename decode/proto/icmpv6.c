/* SPDX-License-Identifier: BSD-2-Clause */
/* icmpv6.c - Internet Control Message Protocol version 6, RFC 4443
 *
 * How it works: type, code and checksum are the head. What follows depends on the type: messages[]
 * says by which table it is read, what comes behind that, and what the one-line text makes of it.
 * To the outputs that table is the header's first option. Neighbour discovery is in nd.c, multicast
 * listener discovery in mld.c.
 */
#include "decode/proto/icmpv6.h"

#include "decode/checksum.h"

#define HEAD_LEN 4

enum { TYPE, CODE, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[TYPE]     = { "type",      0,  8, UINT },
	[CODE]     = { "code",      8,  8, UINT },
	[CHECKSUM] = { "checksum", 16, 16, HEX },
};

enum { IDENT, SEQ };

static const struct field echo_fields[] = {
	[IDENT] = { "echo.identifier",       0, 16, HEX },
	[SEQ]   = { "echo.sequence_number", 16, 16, UINT },
};
static ICMPV6_RECORD(echo, echo_fields, "Echo");

static const struct field reserved_fields[] = {
	{ "reserved", 0, 32, BYTES },
};
static ICMPV6_RECORD(reserved, reserved_fields, "Reserved");

static const struct field mtu_fields[] = {
	{ "mtu", 0, 32, UINT },
};
static ICMPV6_RECORD(mtu, mtu_fields, "Packet too big");

static const struct field pointer_fields[] = {
	{ "pointer", 0, 32, UINT },
};
static ICMPV6_RECORD(pointer, pointer_fields, "Parameter problem");

/* RFC 6275, sections 6.5 to 6.8 */
enum { MIP_IDENT, MIP_M, MIP_O, MIP_RESERVED };

static const struct field mip_fields[] = {
	[MIP_IDENT]    = { "mip6.identifier", 0, 16, UINT },
	[MIP_M]        = { "mip6.flag.m",    16,  1, BOOL },
	[MIP_O]        = { "mip6.flag.o",    17,  1, BOOL },
	[MIP_RESERVED] = { "mip6.flag.rsv",  18, 14, UINT },
};
static ICMPV6_RECORD(mip, mip_fields, "Mobile IPv6");

/* The home agents' addresses follow these. */
static const struct field agents_fields[] = {
	{ "mip6.identifier", 0, 16, UINT },
	{ "reserved", 16, 16, BYTES },
};
static ICMPV6_RECORD(agents, agents_fields, "Home agent addresses");

/* RFC 2894, section 3.1 */
static const struct field renumbering_fields[] = {
	{ "rr.sequence_number", 0, 32, UINT },
};
static ICMPV6_RECORD(renumbering, renumbering_fields, "Router renumbering");

/* The addresses of the quoted packet; false where the quotation is too short. */
static bool quoted(const struct icmpv6_text *t, struct slice *src, struct slice *dst)
{
	const struct decoded *d = t->b->d;
	const struct proto *p = protos[PROTO_IPV6];

	if (layer_proto(d, t->i + 1) != PROTO_IPV6 || !p->src)
		return false;
	*src = field_bytes(layer_head(d, &d->layer[t->i + 1]), p->src);
	*dst = field_bytes(layer_head(d, &d->layer[t->i + 1]), p->dst);
	return dst->wire == 16 && dst->cap == 16;
}

/* ", 2001:db8::7 udp port 7": behind the quoted packet's extension headers. */
static bool say_port(struct out *o, const struct icmpv6_text *t, struct slice dst)
{
	const struct decoded *d = t->b->d;
	const struct field *f;
	uint32_t i = t->i + 2;
	const char *name;
	struct slice h;

	while (i < d->count && d->layer[i].proto != PROTO_TCP && d->layer[i].proto != PROTO_UDP)
		i++;
	if (i >= d->count)
		return false;
	name = protos[d->layer[i].proto]->head.name;
	f = proto_field(protos[d->layer[i].proto], "dstport");
	h = layer_head(d, &d->layer[i]);
	if (!f || !field_here(h, f))
		return false;
	out_str(o, ", ");
	brief_host(o, t->b, dst);
	out_char(o, ' ');
	out_str(o, name);
	out_str(o, " port ");
	brief_port(o, t->b, (uint16_t)field_get(h, f), name);
	return true;
}

enum { BEYOND_SCOPE = 2, PORT_UNREACHABLE = 4 };

static const char *const unreachables[] = {
	", unreachable route", ",  unreachable prohibited", ", beyond scope",
	", unreachable address", ", unreachable port",
};

static bool code_known(uint32_t code)
{
	return code < COUNT(unreachables);
}

static bool say_unreachable(struct out *o, const struct icmpv6_text *t)
{
	struct slice src, dst;

	if (!code_known(t->code)) {
		out_str(o, ", unknown unreach code (");
		out_dec(o, t->code);
		out_char(o, ')');
		return true;
	}
	out_str(o, unreachables[t->code]);
	if (!quoted(t, &src, &dst))
		return false;
	if (t->code == PORT_UNREACHABLE)
		return say_port(o, t, dst);
	out_char(o, ' ');
	brief_host(o, t->b, dst);
	if (t->code == BEYOND_SCOPE) {
		out_str(o, ", source address ");
		brief_host(o, t->b, src);
	}
	return true;
}

static bool say_too_big(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &mtu_fields[0]))
		return false;
	out_str(o, ", mtu ");
	out_dec(o, field_get(t->body, &mtu_fields[0]));
	return true;
}

static bool say_exceeded(struct out *o, const struct icmpv6_text *t)
{
	struct slice src, dst;

	if (t->code == 0) {
		if (!quoted(t, &src, &dst))
			return false;
		out_str(o, " for ");
		brief_host(o, t->b, dst);
	} else if (t->code == 1) {
		out_str(o, " (reassembly)");
	} else {
		out_str(o, ", unknown code (");
		out_dec(o, t->code);
		out_char(o, ')');
	}
	return true;
}

static bool say_problem(struct out *o, const struct icmpv6_text *t)
{
	static const char *const what[] = {
		", erroneous", ", next header", ", option", ", incomplete header chain",
	};

	if (t->code >= COUNT(what)) {
		out_str(o, ", code-#");
		out_dec(o, t->code);
		return true;
	}
	if (!field_here(t->body, &pointer_fields[0]))
		return false;
	out_str(o, what[t->code]);
	out_str(o, " - octet ");
	out_dec(o, field_get(t->body, &pointer_fields[0]));
	return true;
}

static bool say_echo(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &echo_fields[SEQ]))
		return false;
	out_str(o, ", id ");
	out_dec(o, field_get(t->body, &echo_fields[IDENT]));
	out_str(o, ", seq ");
	out_dec(o, field_get(t->body, &echo_fields[SEQ]));
	return true;
}

static bool say_mip(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &mip_fields[0]))
		return false;
	out_str(o, ", id 0x");
	out_hex(o, field_get(t->body, &mip_fields[0]), 4);
	return true;
}

static bool say_agents(struct out *o, const struct icmpv6_text *t)
{
	struct slice rest = slice_skip(t->body, record_len(&agents));

	if (!t->b->verbose)
		return true;
	if (!say_mip(o, t))
		return false;
	for (; rest.cap >= 16; rest = slice_skip(rest, 16)) {
		out_str(o, ", ");
		brief_host(o, t->b, slice_clip(rest, 16));
	}
	return rest.wire == 0;
}

static bool say_prefixes(struct out *o, const struct icmpv6_text *t)
{
	bool m = field_get(t->body, &mip_fields[MIP_M]);
	bool other = field_get(t->body, &mip_fields[MIP_O]);

	if (!t->b->verbose)
		return true;
	if (!say_mip(o, t))
		return false;
	out_str(o, m || other ? " " : "");
	out_str(o, m ? "M" : "");
	out_str(o, other ? "O" : "");
	return nd_say_options(o, t);
}

static bool say_renumbering(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &renumbering_fields[0]))
		return false;
	if (t->code == 0 || t->code == 1) {
		out_str(o, t->code == 0 ? ", command" : ", result");
	} else if (t->code == 255) {
		out_str(o, ", sequence number reset");
	} else {
		out_str(o, ", code-#");
		out_dec(o, t->code);
	}
	out_str(o, ", seq=");
	out_dec(o, field_get(t->body, &renumbering_fields[0]));
	return true;
}

/* What follows a message's body. */
enum tail { PAYLOAD, QUOTATION, OPTIONS, SOURCES, RECORDS };

static const struct message {
	const struct record *body;
	const char *name;
	icmpv6_say *say;
	enum tail tail;
	bool early_length;		/* with -v the length is told, before the rest */
	bool dump;			/* the message is shown as bytes too */
} messages[256] = {
	[1]   = { &reserved, "destination unreachable", say_unreachable, QUOTATION },
	[2]   = { &mtu, "packet too big", say_too_big, QUOTATION },
	[3]   = { &reserved, "time exceeded in-transit", say_exceeded, QUOTATION },
	[4]   = { &pointer, "parameter problem", say_problem, QUOTATION },
	[128] = { &echo, "echo request", say_echo },
	[129] = { &echo, "echo reply", say_echo },
	[130] = { &mld_v1, "multicast listener query", mld_say_query },
	[131] = { &mld_v1, "multicast listener report", mld_say_v1 },
	[132] = { &mld_v1, "multicast listener done", mld_say_v1 },
	[133] = { &nd_solicit_router, "router solicitation", nd_say_options, OPTIONS, true },
	[134] = { &nd_router, "router advertisement", nd_say_router, OPTIONS, true },
	[135] = { &nd_solicit, "neighbor solicitation", nd_say_solicit, OPTIONS, true },
	[136] = { &nd_neighbor, "neighbor advertisement", nd_say_neighbor, OPTIONS, true },
	[137] = { &nd_redirect, "redirect", nd_say_redirect, OPTIONS, true },
	[138] = { &renumbering, "router renumbering", say_renumbering },
	[139] = { &ni_message, "who-are-you request", ni_say_query },
	[140] = { &ni_message, "who-are-you reply", ni_say_reply },
	[141] = { &reserved, "inverse neighbor solicitation", NULL, OPTIONS },	/* RFC 3122 */
	[142] = { &reserved, "inverse neighbor advertisement", NULL, OPTIONS },
	[143] = { &mld_report, "multicast listener report v2", mld_say_report, RECORDS },
	[144] = { &mip, "ha discovery request", say_mip },
	[145] = { &agents, "ha discovery reply", say_agents, .early_length = true },
	[146] = { &mip, "mobile router solicitation", say_mip },
	[147] = { &mip, "mobile router advertisement", say_prefixes, OPTIONS, true },
	[155] = { NULL, "RPL", NULL },
	[200] = { NULL, "mtrace response", .dump = true },
	[201] = { NULL, "mtrace message", .dump = true },
};

static const struct message query_v2 = {
	&mld_query, "multicast listener query", mld_say_query, SOURCES
};

/* Of a message of wire bytes: a query's version is in its length. */
static const struct message *message_of(struct slice h, uint32_t wire)
{
	const struct message *m = &messages[field_get(h, &fields[TYPE])];

	return m->say == mld_say_query && mld_is_query_v2(wire) ? &query_v2 : m;
}

static enum proto_id icmpv6_parse(struct step *s)
{
	const struct message *m = message_of(s->in, s->in.wire);
	struct slice body = slice_skip(s->in, HEAD_LEN);
	uint32_t len = HEAD_LEN + (m->body ? record_len(m->body) : 0);

	if (!m->body || m->tail == PAYLOAD || m->tail == QUOTATION || len > s->in.wire) {
		step_header(s, len);
		s->partial |= m->tail == QUOTATION;
		return m->tail == QUOTATION ? PROTO_IPV6 : PROTO_DATA;
	}
	step_header(s, s->in.wire);
	if (s->partial)
		return PROTO_NONE;
	if (m->tail == OPTIONS ? !nd_options_sound(slice_skip(body, record_len(m->body)))
			       : mld_least(m->body, body) > body.wire)
		step_note(s, NOTE_BAD_OPTION);
	return PROTO_NONE;
}

/* The bodies of messages, then what follows them. */
static const struct record *icmpv6_record(uint32_t n)
{
	static const struct record *const bodies[] = {
		&reserved, &mtu, &pointer, &echo, &mld_v1, &mld_query, &mld_report, &nd_solicit_router,
		&nd_router, &nd_solicit, &nd_neighbor, &nd_redirect, &renumbering, &mip, &agents,
		&ni_message,
	};
	const uint32_t count = COUNT(bodies);

	if (n < count)
		return bodies[n];
	return n == count ? mld_option_record(0) : nd_option_record(n - count - 1);
}

static const struct record *icmpv6_option(struct slice whole, uint32_t index, struct slice *rest,
					  struct slice *opt)
{
	const struct message *m = message_of(whole, whole.wire);
	struct slice body = slice_skip(whole, HEAD_LEN);
	uint32_t len;

	if (rest->cap == 0 || !m->body)
		return NULL;
	if (index > 0 && m->tail == OPTIONS)
		return nd_option(rest, opt);
	if (index > 0 && m->tail == RECORDS)
		return mld_option(body, index - 1, rest, opt);
	if (index > 0)
		return NULL;
	len = m->tail == SOURCES ? mld_query_len(body) : record_len(m->body);
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return m->body;
}

/* "[icmp6 sum ok] " */
static void say_checksum(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	uint32_t expected = 0;
	enum csum verdict;

	if (!b->verbose || b->unverified || b->checksum_pending)
		return;
	verdict = checksum_verify(d, i, &expected);
	if (verdict == CSUM_GOOD) {
		out_str(o, "[icmp6 sum ok] ");
	} else if (verdict == CSUM_BAD) {
		out_str(o, "[bad icmp6 cksum 0x");
		out_hex(o, field_get(layer_head(d, &d->layer[i]), &fields[CHECKSUM]), 4);
		out_str(o, " -> 0x");
		out_hex(o, expected, 4);
		out_str(o, "!] ");
	}
}

static void say_length(struct out *o, uint32_t length)
{
	out_str(o, ", length ");
	out_dec(o, length);
}

static uint32_t icmpv6_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	struct slice whole = layer_whole(d, &d->layer[i]);
	const struct message *m = message_of(whole, whole.wire);
	struct icmpv6_text t = {
		.b = b,
		.i = i,
		.code = (uint32_t)field_get(whole, &fields[CODE]),
		.length = whole.wire,
		.body = slice_skip(whole, HEAD_LEN),
	};
	bool odd = m->say == say_unreachable && !code_known(t.code);
	struct slice src, dst;

	brief_addresses(b, i, &src, &dst);
	if (src.wire == 4) {
		out_str(o, "[ICMPv6 requires IPv6] (invalid)");
		return d->count;
	}
	say_checksum(o, b, i);
	if (!field_here(whole, &fields[CODE])) {
		out_str(o, " [|icmp6]");
		return d->count;
	}
	out_str(o, "ICMP6, ");
	if (m->name) {
		out_str(o, m->name);
	} else {
		out_str(o, "unknown icmp6 type (");
		out_dec(o, field_get(whole, &fields[TYPE]));
		out_char(o, ')');
	}
	if (b->verbose && m->early_length)
		say_length(o, d->layer[i].claimed);
	if (m->say && !m->say(o, &t))
		out_str(o, " [|icmp6]");
	else if ((!b->verbose && !odd) || !m->name || m->dump)
		say_length(o, d->layer[i].claimed);
	if ((!m->name || m->dump || odd) && b->verbose < 2)
		out_hexdump_in(o, whole, "");
	return d->count;
}

const struct proto proto_icmpv6 = {
	.head    = { "icmpv6", fields, FIELDS, NULL },
	.title   = "Internet Control Message Protocol version 6",
	.min_len = HEAD_LEN,
	.over    = { { BY_IPPROTO, 58 } },
	.parse   = icmpv6_parse,
	.option  = icmpv6_option,
	.record  = icmpv6_record,
	.summary = icmpv6_summary,
};
