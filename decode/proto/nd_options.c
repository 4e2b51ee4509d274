/* SPDX-License-Identifier: BSD-2-Clause */
/* nd_options.c - options of neighbour discovery, RFC 4861 section 4.6; mobility, RFC 6275 section 7;
 * routes, RFC 4191; name servers, RFC 8106
 */
#include "decode/name.h"
#include "decode/proto/icmpv6.h"

#define FOREVER 0xffffffff	/* RFC 4861, section 4.6.2: the lifetime that does not end */
#define UNIT 8			/* bytes that an option's length counts in */

const struct name nd_preferences[] = {
	{ 0, "medium" }, { 1, "high" }, { 2, "rsv" }, { 3, "low" }, { 0, NULL },
};

/* Every option begins so. */
#define OPTION(id, title_, ...)						\
	static const struct field id##_fields[] = {			\
		{ "opt.type",   0, 8, UINT },				\
		{ "opt.length", 8, 8, UINT },	/* units */			\
		__VA_ARGS__						\
	};								\
	static ICMPV6_RECORD(id, id##_fields, title_)

enum { OPT_TYPE, OPT_LENGTH, OPT_FIRST, OPT_SECOND, OPT_THIRD };

OPTION(source_mac, "Source link-layer address", { "opt.src_linkaddr", 16, 48, MAC });
OPTION(target_mac, "Target link-layer address", { "opt.target_linkaddr", 16, 48, MAC });

enum { PI_L, PI_A, PI_R, PI_RSV };

static const struct field prefix_flag_fields[] = {
	[PI_L]   = { "opt.prefix.flag.l",        24, 1, BOOL },
	[PI_A]   = { "opt.prefix.flag.a",        25, 1, BOOL },
	[PI_R]   = { "opt.prefix.flag.r",        26, 1, BOOL },
	[PI_RSV] = { "opt.prefix.flag.reserved", 27, 5, UINT },
};
static ICMPV6_RECORD(prefix_flags, prefix_flag_fields, "Flags");

enum { PI_LENGTH = OPT_FIRST, PI_FLAGS, PI_VALID, PI_PREFERRED, PI_RESERVED, PI_PREFIX };

OPTION(prefix, "Prefix information",
	[PI_LENGTH]    = { "opt.prefix.length",             16,   8, UINT },
	[PI_FLAGS]     = { "opt.prefix.flag",               24,   8, HEX, .parts = &prefix_flags },
	[PI_VALID]     = { "opt.prefix.valid_lifetime",     32,  32, UINT },	/* s */
	[PI_PREFERRED] = { "opt.prefix.preferred_lifetime", 64,  32, UINT },	/* s */
	[PI_RESERVED]  = { "opt.reserved",                  96,  32, BLANK },
	[PI_PREFIX]    = { "opt.prefix",                   128, 128, IPV6 });

OPTION(redirected, "Redirected header",
	{ "opt.reserved", 16, 48, BLANK },
	{ "opt.redirected_packet", 64, 0, BLANK });
OPTION(mtu, "MTU",
	{ "opt.reserved", 16, 16, BLANK },
	{ "opt.mtu", 32, 32, UINT });
OPTION(interval, "Advertisement interval",
	{ "opt.reserved", 16, 16, BLANK },
	{ "opt.advertisement_interval", 32, 32, UINT });	/* ms */
OPTION(home_agent, "Home agent information",
	{ "opt.reserved", 16, 16, BLANK },
	{ "opt.home_agent_preference", 32, 16, UINT },
	{ "opt.home_agent_lifetime", 48, 16, UINT });		/* s */
OPTION(nonce, "Nonce", { "opt.nonce", 16, 0, BYTES });

enum { RI_RESERVED, RI_PRF, RI_RESERVED2 };

static const struct field route_flag_fields[] = {
	[RI_RESERVED]  = { "opt.route_info.flag.resv",            24, 3, UINT },
	[RI_PRF]       = { "opt.route_info.flag.route_preference", 27, 2, UINT, .names = nd_preferences },
	[RI_RESERVED2] = { "opt.route_info.flag.reserved",         29, 3, UINT },
};
static ICMPV6_RECORD(route_flags, route_flag_fields, "Flags");

enum { RI_LENGTH = OPT_FIRST, RI_FLAGS, RI_LIFETIME, RI_PREFIX };

OPTION(route, "Route information",
	[RI_LENGTH]   = { "opt.prefix.length",   16,  8, UINT },
	[RI_FLAGS]    = { "opt.route_info.flag", 24,  8, HEX, .parts = &route_flags },
	[RI_LIFETIME] = { "opt.route_lifetime",  32, 32, UINT },	/* s */
	[RI_PREFIX]   = { "opt.prefix",          64,  0, IPV6 });	/* 0, 8 or 16 bytes */

OPTION(rdnss, "Recursive DNS servers",
	{ "opt.reserved", 16, 16, BLANK },
	{ "opt.rdnss.lifetime", 32, 32, UINT },			/* s */
	{ "opt.rdnss", 64, 128, IPV6, .repeat = true });
OPTION(dnssl, "DNS search list",
	{ "opt.reserved", 16, 16, BLANK },
	{ "opt.dnssl.lifetime", 32, 32, UINT },			/* s */
	{ "opt.dnssl", 64, 0, DNS_NAME, .repeat = true });
OPTION(unknown, "Option", { "data", 16, 0, BYTES });

/* Of all these, opt is the option as far as it was captured. */
static void say_mac(struct out *o, const struct brief *b, struct slice opt)
{
	(void)b;
	out_hexbytes(o, slice_skip(opt, source_mac_fields[OPT_FIRST].bit / 8), ':', UINT32_MAX);
}

void nd_put_flags(struct out *o, struct slice s, const struct field *f, const char *const *names,
		  uint32_t count)
{
	bool any = false;

	out_str(o, " [");
	for (uint32_t i = 0; i < count; i++)
		if (field_get(s, &f[i])) {
			out_str(o, any ? ", " : "");
			out_str(o, names[i]);
			any = true;
		}
	out_str(o, any ? "]" : "none]");
}

static void say_lifetime(struct out *o, uint64_t seconds)
{
	if (seconds == FOREVER) {
		out_str(o, "infinity");
	} else {
		out_dec(o, seconds);
		out_char(o, 's');
	}
}

static void say_prefix(struct out *o, const struct brief *b, struct slice opt)
{
	static const char *const names[] = { "onlink", "auto", "router" };

	brief_host(o, b, field_bytes(opt, &prefix_fields[PI_PREFIX]));
	out_char(o, '/');
	out_dec(o, field_get(opt, &prefix_fields[PI_LENGTH]));
	if (opt.wire != record_len(&prefix))
		out_str(o, "badlen");
	out_str(o, ", Flags");
	nd_put_flags(o, opt, prefix_flag_fields, names, 3);
	out_str(o, ", valid time ");
	say_lifetime(o, field_get(opt, &prefix_fields[PI_VALID]));
	out_str(o, ", pref. time ");
	say_lifetime(o, field_get(opt, &prefix_fields[PI_PREFERRED]));
}

static void say_redirected(struct out *o, const struct brief *b, struct slice opt)
{
	(void)b;
	out_hexdump_in(o, opt, "    ");
}

static void say_mtu(struct out *o, const struct brief *b, struct slice opt)
{
	(void)b;
	out_char(o, ' ');
	out_dec(o, field_get(opt, &mtu_fields[OPT_SECOND]));
	if (opt.wire != record_len(&mtu))
		out_str(o, "bad option length");
}

static void say_interval(struct out *o, const struct brief *b, struct slice opt)
{
	(void)b;
	out_char(o, ' ');
	out_dec(o, field_get(opt, &interval_fields[OPT_SECOND]));
	out_str(o, "ms");
}

static void say_home_agent(struct out *o, const struct brief *b, struct slice opt)
{
	(void)b;
	out_str(o, " preference ");
	out_dec(o, field_get(opt, &home_agent_fields[OPT_SECOND]));
	out_str(o, ", lifetime ");
	out_dec(o, field_get(opt, &home_agent_fields[OPT_THIRD]));
}

/* The prefix is written in 0, 8 or 16 bytes: zeros are left out. */
static void say_route(struct out *o, const struct brief *b, struct slice opt)
{
	uint8_t addr[16] = { 0 };
	uint32_t preference = (uint32_t)field_get(opt, &route_flag_fields[RI_PRF]);

	slice_copy(addr, slice_skip(opt, route_fields[RI_PREFIX].bit / 8), sizeof(addr));
	out_char(o, ' ');
	brief_host(o, b, (struct slice){ addr, sizeof(addr), sizeof(addr) });
	out_char(o, '/');
	out_dec(o, field_get(opt, &route_fields[RI_LENGTH]));
	out_str(o, ", pref=");
	out_str(o, name_of(nd_preferences, preference));
	out_str(o, ", lifetime=");
	say_lifetime(o, field_get(opt, &route_fields[RI_LIFETIME]));
}

static void say_rdnss(struct out *o, const struct brief *b, struct slice opt)
{
	uint32_t len = rdnss_fields[OPT_THIRD].width / 8;
	struct slice rest = slice_skip(opt, record_len(&rdnss));

	out_str(o, " lifetime ");
	out_dec(o, field_get(opt, &rdnss_fields[OPT_SECOND]));
	out_str(o, "s,");
	for (; rest.cap >= len; rest = slice_skip(rest, len)) {
		out_str(o, " addr: ");
		brief_host(o, b, slice_clip(rest, len));
	}
}

/* Names up to the padding: zeros, which read as empty names. */
static void say_dnssl(struct out *o, const struct brief *b, struct slice opt)
{
	struct slice rest = slice_skip(opt, record_len(&dnssl));
	uint32_t len;

	(void)b;
	out_str(o, " lifetime ");
	out_dec(o, field_get(opt, &dnssl_fields[OPT_SECOND]));
	out_str(o, "s, domain(s):");
	for (; (len = dns_name_length(rest)) > 1; rest = slice_skip(rest, len)) {
		out_char(o, ' ');
		dns_name_text(o, rest, 0);
		out_char(o, '.');
	}
}

static const struct option {
	const struct record *record;
	const char *name;
	void (*say)(struct out *o, const struct brief *b, struct slice opt);
} options[256] = {
	[1]  = { &source_mac, "source link-address", say_mac },
	[2]  = { &target_mac, "destination link-address", say_mac },
	[3]  = { &prefix, "prefix info", say_prefix },
	[4]  = { &redirected, "redirected header", say_redirected },
	[5]  = { &mtu, "mtu", say_mtu },
	[7]  = { &interval, "advertisement interval", say_interval },
	[8]  = { &home_agent, "homeagent information", say_home_agent },
	[14] = { &nonce, NULL, NULL },			/* RFC 3971, section 5.3.2 */
	[24] = { &route, "route info", say_route },
	[25] = { &rdnss, "rdnss", say_rdnss },
	[31] = { &dnssl, "dnssl", say_dnssl },
};

RECORD_LIST(nd_option_record, &unknown, &source_mac, &target_mac, &prefix, &redirected, &mtu, &interval,
	    &home_agent, &nonce, &route, &rdnss, &dnssl)

static uint32_t option_len(struct slice s)
{
	return (uint32_t)field_get(s, &unknown_fields[OPT_LENGTH]) * UNIT;
}

const struct record *nd_option(struct slice *rest, struct slice *opt)
{
	uint32_t len = option_len(*rest);
	const struct record *r = options[field_get(*rest, &unknown_fields[OPT_TYPE])].record;

	*opt = slice_clip(*rest, len ? len : record_len(&unknown));
	*rest = slice_skip(*rest, len ? len : rest->wire);
	return r ? r : &unknown;
}

bool nd_options_sound(struct slice s)
{
	for (; s.cap >= record_len(&unknown); s = slice_skip(s, option_len(s)))
		if (option_len(s) == 0 || option_len(s) > s.wire)
			return false;
	return s.wire == 0 || s.cap < s.wire;
}

static bool say_option(struct out *o, const struct brief *b, struct slice opt)
{
	uint32_t type = (uint32_t)field_get(opt, &unknown_fields[OPT_TYPE]);
	const struct option *known = &options[type];
	struct slice body = slice_skip(opt, record_len(&unknown));

	out_str(o, "\n\t  ");
	out_str(o, known->name ? known->name : "unknown");
	out_str(o, " option (");
	out_dec(o, type);
	out_str(o, "), length ");
	out_dec(o, option_len(opt));
	out_str(o, " (");
	out_dec(o, option_len(opt) / UNIT);
	out_str(o, "): ");
	if (known->say)
		known->say(o, b, opt);
	else if (b->verbose == 1)
		out_hexdump_in(o, body, "  ");
	if (b->verbose > 1)
		out_hexdump_in(o, body, "    ");
	return opt.cap == option_len(opt);
}

bool nd_put_options(struct out *o, const struct brief *b, struct slice rest)
{
	struct slice opt;

	if (!b->verbose)
		return true;
	while (rest.wire > 0) {
		if (rest.cap < record_len(&unknown) || option_len(rest) == 0)
			return false;
		nd_option(&rest, &opt);
		if (!say_option(o, b, opt))
			return false;
	}
	return true;
}
