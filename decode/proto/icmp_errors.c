/* SPDX-License-Identifier: BSD-2-Clause */
/* icmp_errors.c - ICMP messages about a packet that they quote, RFC 792 and RFC 4884 */
#include "decode/proto/icmp.h"

/* RFC 4884, section 4: the length of the quotation counts units of so many bytes. Where it is 0, its
 * place is unused as that around it, and each body has a second form.
 */
#define LENGTH_UNIT 4

enum { UNUSED, LENGTH, MTU };

static const struct field too_big_fields[] = {
	[UNUSED] = { "unused",  0,  8, BYTES },
	[LENGTH] = { "length",  8,  8, UINT },
	[MTU]    = { "mtu",    16, 16, UINT },	/* RFC 1191, section 4 */
};
ICMP_RECORD(icmp_too_big, too_big_fields, "Fragmentation needed");

static const struct field too_big_plain_fields[] = {
	{ "unused", 0, 16, BYTES },
	{ "mtu",   16, 16, UINT },
};
ICMP_RECORD(icmp_too_big_plain, too_big_plain_fields, "Fragmentation needed");

static const struct field error_fields[] = {
	[UNUSED] = { "unused",  0,  8, BYTES },
	[LENGTH] = { "length",  8,  8, UINT },
	{ "unused", 16, 16, BYTES },
};
ICMP_RECORD(icmp_error, error_fields, "Error");

static const struct field error_plain_fields[] = {
	{ "unused", 0, 32, BYTES },
};
ICMP_RECORD(icmp_error_plain, error_plain_fields, "Error");

enum { POINTER };

static const struct field problem_fields[] = {
	[POINTER] = { "pointer", 0, 8, UINT },
	[LENGTH]  = { "length",  8, 8, UINT },
	{ "unused", 16, 16, BYTES },
};
ICMP_RECORD(icmp_problem, problem_fields, "Parameter problem");

static const struct field problem_plain_fields[] = {
	{ "pointer", 0, 8, UINT },
	{ "unused",  8, 24, BYTES },
};
ICMP_RECORD(icmp_problem_plain, problem_plain_fields, "Parameter problem");

enum { GATEWAY };

static const struct field redirect_fields[] = {
	[GATEWAY] = { "redir_gw", 0, 32, IPV4 },
};
ICMP_RECORD(icmp_redirect, redirect_fields, "Redirect");

uint32_t icmp_quoted_len(struct slice body)
{
	return (uint32_t)field_get(body, &error_fields[LENGTH]) * LENGTH_UNIT;
}

/* RFC 792, page 4: where a quoted protocol has ports, they begin its first 64 bits. */
static const struct field quoted_port = { "dstport", 16, 16, PORT };

/* The destination of the quoted packet; false where the quotation is too short. */
static bool quoted_dst(const struct icmp_text *t, struct slice *dst)
{
	const struct decoded *d = t->b->d;
	const struct layer *l = &d->layer[t->i + 1];

	if (layer_proto(d, t->i + 1) != PROTO_IPV4)
		return false;
	*dst = field_bytes(layer_head(d, l), protos[PROTO_IPV4]->dst);
	return dst->cap == dst->wire && dst->wire == 4;
}

static uint32_t quoted_protocol(const struct icmp_text *t)
{
	const struct decoded *d = t->b->d;

	return (uint32_t)field_get(layer_head(d, &d->layer[t->i + 1]),
				   proto_field(protos[PROTO_IPV4], "proto"));
}

static bool say_unreachable_port(struct out *o, const struct icmp_text *t, struct slice dst)
{
	const struct decoded *d = t->b->d;
	const struct layer *ip = &d->layer[t->i + 1];
	struct slice transport = slice_skip(layer_on(d, ip), ip->len);
	uint32_t protocol = quoted_protocol(t);
	const char *name = protocol == 6 ? "tcp" : protocol == 17 ? "udp" : NULL;
	uint16_t port = (uint16_t)field_get(transport, &quoted_port);

	if (!field_here(transport, &quoted_port))
		return false;
	brief_host(o, t->b, dst);
	out_char(o, ' ');
	if (name) {
		out_str(o, name);
	} else {
		out_str(o, "protocol ");
		out_dec(o, protocol);
	}
	out_str(o, " port ");
	if (name)
		brief_port(o, t->b, port, name);
	else
		out_dec(o, port);
	out_str(o, " unreachable");
	return true;
}

enum { CODE_PROTOCOL = 2, CODE_PORT = 3 };

static const struct {
	const char *what, *why;
} unreachables[] = {
	[0]                 = { "net ",  "" },
	[1]                 = { "host ", "" },
	[ICMP_CODE_TOO_BIG] = { "",      " - need to frag" },
	[5]                 = { "",      " - source route failed" },
	[6]                 = { "net ",  " - unknown" },
	[7]                 = { "host ", " - unknown" },
	[8]                 = { "",      " - source host isolated" },
	[9]                 = { "net ",  " - admin prohibited" },
	[10]                = { "host ", " - admin prohibited" },
	[11]                = { "net ",  " - tos prohibited" },
	[12]                = { "host ", " - tos prohibited" },
	[13]                = { "host ", " - admin prohibited filter" },
	[14]                = { "host ", " - host precedence violation" },
	[15]                = { "host ", " - precedence cutoff" },
};

bool icmp_say_unreachable(struct out *o, const struct icmp_text *t)
{
	bool known = t->code < COUNT(unreachables);
	uint64_t mtu = field_get(t->body, &too_big_fields[MTU]);
	struct slice dst;

	if (!quoted_dst(t, &dst))
		return false;
	if (t->code == CODE_PORT)
		return say_unreachable_port(o, t, dst);
	if (known && unreachables[t->code].what)
		out_str(o, unreachables[t->code].what);
	brief_host(o, t->b, dst);
	if (t->code == CODE_PROTOCOL) {
		out_str(o, " protocol ");
		out_dec(o, quoted_protocol(t));
	}
	out_str(o, " unreachable");
	if (known && unreachables[t->code].why) {
		out_str(o, unreachables[t->code].why);
	} else if (!known) {
		out_str(o, " - #");
		out_dec(o, t->code);
	}
	if (t->code == ICMP_CODE_TOO_BIG && mtu != 0) {
		out_str(o, " (mtu ");
		out_dec(o, mtu);
		out_char(o, ')');
	}
	return true;
}

bool icmp_say_redirect(struct out *o, const struct icmp_text *t)
{
	static const char *const how[] = { "redirect ", "redirect ", "redirect-tos ", "redirect-tos " };
	static const char *const to[] = { " to net ", " to host ", " to net ", " to host " };
	struct slice dst;

	if (!quoted_dst(t, &dst))
		return false;
	if (t->code < 4) {
		out_str(o, how[t->code]);
	} else {
		out_str(o, "redirect-#");
		out_dec(o, t->code);
		out_char(o, ' ');
	}
	brief_host(o, t->b, dst);
	out_str(o, t->code < 4 ? to[t->code] : " to ");
	brief_host(o, t->b, field_bytes(t->body, &redirect_fields[GATEWAY]));
	return true;
}

bool icmp_say_exceeded(struct out *o, const struct icmp_text *t)
{
	if (t->code == 0) {
		out_str(o, "time exceeded in-transit");
	} else if (t->code == 1) {
		out_str(o, "ip reassembly time exceeded");
	} else {
		out_str(o, "time exceeded-#");
		out_dec(o, t->code);
	}
	return true;
}

bool icmp_say_problem(struct out *o, const struct icmp_text *t)
{
	if (t->code == 0 && !field_here(t->body, &problem_fields[POINTER]))
		return false;
	out_str(o, t->code ? "parameter problem - code " : "parameter problem - octet ");
	out_dec(o, t->code ? t->code : field_get(t->body, &problem_fields[POINTER]));
	return true;
}
