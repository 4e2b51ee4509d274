/* SPDX-License-Identifier: BSD-2-Clause */
/* nd.c - messages of neighbour discovery, RFC 4861 section 4 */
#include "decode/proto/icmpv6.h"

static const struct field solicit_router_fields[] = {
	{ "reserved", 0, 32, BYTES },
};
ICMPV6_RECORD(nd_solicit_router, solicit_router_fields, "Router solicitation");

/* RFC 4191 section 2.2 for the preference, RFC 6275 section 7.1 for H, RFC 4389 for P */
enum { RA_M, RA_O, RA_H, RA_PRF, RA_P, RA_RSV };

static const struct field router_flag_fields[] = {
	[RA_M]   = { "nd.ra.flag.m",    8, 1, BOOL },
	[RA_O]   = { "nd.ra.flag.o",    9, 1, BOOL },
	[RA_H]   = { "nd.ra.flag.h",   10, 1, BOOL },
	[RA_PRF] = { "nd.ra.flag.prf", 11, 2, UINT, .names = nd_preferences },
	[RA_P]   = { "nd.ra.flag.p",   13, 1, BOOL },
	[RA_RSV] = { "nd.ra.flag.rsv", 14, 2, UINT },
};
static ICMPV6_RECORD(router_flags, router_flag_fields, "Flags");

enum { HOP_LIMIT, RA_FLAGS, RA_LIFETIME, REACHABLE, RETRANS };

static const struct field router_fields[] = {
	[HOP_LIMIT]   = { "nd.ra.cur_hop_limit",    0,  8, UINT },
	[RA_FLAGS]    = { "nd.ra.flag",             8,  8, HEX, .parts = &router_flags },
	[RA_LIFETIME] = { "nd.ra.router_lifetime", 16, 16, UINT },	/* s */
	[REACHABLE]   = { "nd.ra.reachable_time",  32, 32, UINT },	/* ms */
	[RETRANS]     = { "nd.ra.retrans_timer",   64, 32, UINT },	/* ms */
};
ICMPV6_RECORD(nd_router, router_fields, "Router advertisement");

enum { RESERVED, TARGET, DESTINATION };

static const struct field solicit_fields[] = {
	[RESERVED] = { "reserved",              0,  32, BYTES },
	[TARGET]   = { "nd.ns.target_address", 32, 128, IPV6 },
};
ICMPV6_RECORD(nd_solicit, solicit_fields, "Neighbor solicitation");

enum { NA_R, NA_S, NA_O, NA_RSV };

static const struct field neighbor_flag_fields[] = {
	[NA_R]   = { "nd.na.flag.r",   0,  1, BOOL },
	[NA_S]   = { "nd.na.flag.s",   1,  1, BOOL },
	[NA_O]   = { "nd.na.flag.o",   2,  1, BOOL },
	[NA_RSV] = { "nd.na.flag.rsv", 3, 29, UINT },
};
static ICMPV6_RECORD(neighbor_flags, neighbor_flag_fields, "Flags");

enum { NA_FLAGS };

static const struct field neighbor_fields[] = {
	[NA_FLAGS] = { "nd.na.flag",            0,  32, HEX, .parts = &neighbor_flags },
	[TARGET]   = { "nd.na.target_address", 32, 128, IPV6 },
};
ICMPV6_RECORD(nd_neighbor, neighbor_fields, "Neighbor advertisement");

static const struct field redirect_fields[] = {
	[RESERVED]    = { "reserved",                    0,  32, BYTES },
	[TARGET]      = { "nd.rd.target_address",       32, 128, IPV6 },
	[DESTINATION] = { "rd.na.destination_address", 160, 128, IPV6 },
};
ICMPV6_RECORD(nd_redirect, redirect_fields, "Redirect");

bool nd_say_options(struct out *o, const struct icmpv6_text *t)
{
	return nd_put_options(o, t->b, slice_skip(t->body, record_len(&nd_solicit_router)));
}

bool nd_say_router(struct out *o, const struct icmpv6_text *t)
{
	static const char *const names[] = { "managed", "other stateful", "home agent" };

	if (!t->b->verbose)
		return true;
	if (!field_here(t->body, &router_fields[RETRANS]))
		return false;
	out_str(o, "\n\thop limit ");
	out_dec(o, field_get(t->body, &router_fields[HOP_LIMIT]));
	out_str(o, ", Flags");
	nd_put_flags(o, t->body, router_flag_fields, names, 3);
	out_str(o, ", pref ");
	out_str(o, name_of(nd_preferences, (uint32_t)field_get(t->body, &router_flag_fields[RA_PRF])));
	out_str(o, ", router lifetime ");
	out_dec(o, field_get(t->body, &router_fields[RA_LIFETIME]));
	out_str(o, "s, reachable time ");
	out_dec(o, field_get(t->body, &router_fields[REACHABLE]));
	out_str(o, "ms, retrans timer ");
	out_dec(o, field_get(t->body, &router_fields[RETRANS]));
	out_str(o, "ms");
	return nd_put_options(o, t->b, slice_skip(t->body, record_len(&nd_router)));
}

bool nd_say_solicit(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &solicit_fields[TARGET]))
		return false;
	out_str(o, ", who has ");
	brief_host(o, t->b, field_bytes(t->body, &solicit_fields[TARGET]));
	return nd_put_options(o, t->b, slice_skip(t->body, record_len(&nd_solicit)));
}

bool nd_say_neighbor(struct out *o, const struct icmpv6_text *t)
{
	static const char *const names[] = { "router", "solicited", "override" };

	if (!field_here(t->body, &neighbor_fields[TARGET]))
		return false;
	out_str(o, ", tgt is ");
	brief_host(o, t->b, field_bytes(t->body, &neighbor_fields[TARGET]));
	if (t->b->verbose) {
		out_str(o, ", Flags");
		nd_put_flags(o, t->body, neighbor_flag_fields, names, 3);
	}
	return nd_put_options(o, t->b, slice_skip(t->body, record_len(&nd_neighbor)));
}

bool nd_say_redirect(struct out *o, const struct icmpv6_text *t)
{
	if (!field_here(t->body, &redirect_fields[DESTINATION]))
		return false;
	out_str(o, ", ");
	brief_host(o, t->b, field_bytes(t->body, &redirect_fields[DESTINATION]));
	out_str(o, " to ");
	brief_host(o, t->b, field_bytes(t->body, &redirect_fields[TARGET]));
	return nd_put_options(o, t->b, slice_skip(t->body, record_len(&nd_redirect)));
}
