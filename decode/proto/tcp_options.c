/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp_options.c - TCP options: RFC 9293 section 3.2, 7323, 2018, 7413, 2385, 5925, 5482, 6994 */
#include "decode/proto/tcp_options.h"

enum {
	KIND_EOL, KIND_NOP, KIND_MSS, KIND_WSCALE, KIND_SACK_PERM, KIND_SACK, KIND_ECHO,
	KIND_ECHO_REPLY, KIND_TIMESTAMPS, KIND_CC = 11, KIND_CC_NEW, KIND_CC_ECHO, KIND_MD5 = 19,
	KIND_UTO = 28, KIND_AO, KIND_MPTCP, KIND_FAST_OPEN = 34, KIND_EXP1 = 253,
	KIND_EXP2, KINDS = 256,
};

/* Where every option has its kind and length, and what one field alone needs. */
enum { KIND, LENGTH, VALUE, VALUE2 };

#define HEAD							\
	[KIND]   = { "option_kind", 0, 8, UINT },		\
	[LENGTH] = { "option_len",  8, 8, UINT }
#define RECORD(fields, title) RECORD_OF("tcp", fields, title)

static const struct field bare[] = { [KIND] = { "option_kind", 0, 8, UINT } };
static const struct field end_of_list[] = { { "option_kind", 0, 8, UINT, .repeat = true } };
static const struct field plain[] = { HEAD };
static const struct field mss[] = { HEAD, [VALUE] = { "options.mss_val", 16, 16, UINT } };
static const struct field wscale[] = { HEAD, [VALUE] = { "options.wscale.shift", 16, 8, UINT } };
static const struct field sack[] = {
	HEAD,
	[2] = { "options.sack_le",  16, 32, UINT }, [3] = { "options.sack_re",  48, 32, UINT },
	[4] = { "options.sack_le",  80, 32, UINT }, [5] = { "options.sack_re", 112, 32, UINT },
	[6] = { "options.sack_le", 144, 32, UINT }, [7] = { "options.sack_re", 176, 32, UINT },
	[8] = { "options.sack_le", 208, 32, UINT }, [9] = { "options.sack_re", 240, 32, UINT },
};
static const struct field timestamps[] = {
	HEAD,
	[VALUE]  = { "options.timestamp.tsval", 16, 32, UINT },
	[VALUE2] = { "options.timestamp.tsecr", 48, 32, UINT },
};
static const struct field echo[] = { HEAD, [VALUE] = { "options.echo_value", 16, 32, UINT } };
static const struct field cc[] = { HEAD, [VALUE] = { "options.cc_value", 16, 32, UINT } };
static const struct field md5[] = { HEAD, [VALUE] = { "options.md5.digest", 16, 128, BYTES } };
static const struct field uto_parts[] = {
	{ "options.user_to_granularity", 16, 1, BOOL },
	{ "options.user_to_val",         17, 15, UINT },
};
static const struct record uto_divided = RECORD(uto_parts, NULL);
static const struct field uto[] = {
	HEAD, [VALUE] = { "options.user_to", 16, 16, HEX, .parts = &uto_divided },
};
static const struct field ao[] = {
	HEAD,
	[VALUE]  = { "options.ao.keyid",     16, 8, UINT },
	[VALUE2] = { "options.ao.rnextkeyid", 24, 8, UINT },
	[4]      = { "options.ao.mac",       32, 0, BYTES },
};
static const struct field fast_open[] = {
	HEAD, [VALUE] = { "options.tfo.cookie", 16, 0, BYTES },
};
static const struct field experimental[] = {
	HEAD,
	[VALUE]  = { "options.experimental.exid", 16, 16, HEX },
	[VALUE2] = { "options.experimental.data", 32,  0, BYTES },
};
static const struct field unknown[] = {
	HEAD, [VALUE] = { "options.unknown.payload", 16, 0, BYTES },
};

/* RFC 6994 experiment identifier of fast open before it had a kind, RFC 7413 section 4.1.1. */
#define EXID_FAST_OPEN 0xf989

typedef void put_fn(struct out *o, struct slice opt, const struct tcp_context *c);

/* The value of f in decimal, behind what text says; inline, for f is a constant. */
static inline __attribute__((always_inline)) void
put_value(struct out *o, const char *text, struct slice opt, const struct field *f)
{
	out_str(o, text);
	out_dec(o, field_get(opt, f));
}

static void put_mss(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	put_value(o, " ", opt, &mss[VALUE]);
}

static void put_wscale(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	put_value(o, " ", opt, &wscale[VALUE]);
}

static void put_echo(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	put_value(o, " ", opt, &echo[VALUE]);
}

static void put_timestamps(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	put_value(o, " val ", opt, &timestamps[VALUE]);
	put_value(o, " ecr ", opt, &timestamps[VALUE2]);
}

static void put_sack(struct out *o, struct slice opt, const struct tcp_context *c)
{
	uint32_t blocks = (opt.wire - 2) / 8;

	out_char(o, ' ');
	if ((opt.wire - 2) % 8 != 0) {
		out_str(o, "invalid sack");
		return;
	}
	out_dec(o, blocks);
	out_char(o, ' ');
	for (const struct field *f = sack + VALUE; blocks-- > 0; f += 2) {
		out_char(o, '{');
		out_dec(o, (uint32_t)field_get(opt, f) - c->sack_start);
		out_char(o, ':');
		out_dec(o, (uint32_t)field_get(opt, f + 1) - c->sack_start);
		out_char(o, '}');
	}
}

/* Without the key, nobody can tell whether the digest is right. */
static void put_md5(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	out_str(o, " shared secret not supplied with -M, can't check - ");
	out_hexbytes(o, field_bytes(opt, &md5[VALUE]), 0, 16);
}

static void put_ao(struct out *o, struct slice opt, const struct tcp_context *c)
{
	struct slice mac = slice_skip(opt, ao[4].bit / 8);

	(void)c;
	if (opt.wire < 4) {
		out_str(o, " (invalid)");
		return;
	}
	put_value(o, " keyid ", opt, &ao[VALUE]);
	put_value(o, " rnextkeyid ", opt, &ao[VALUE2]);
	if (mac.cap > 0) {
		out_str(o, " mac 0x");
		out_hexbytes(o, mac, 0, mac.cap);
	}
}

/* RFC 5482, section 3.2: minutes if the granularity bit is set, else seconds. */
static void put_uto(struct out *o, struct slice opt, const struct tcp_context *c)
{
	bool minutes = field_get(opt, &uto_parts[0]);

	(void)c;
	out_str(o, " 0x");
	out_hex(o, field_get(opt, &uto[VALUE]), 1);
	out_char(o, ' ');
	out_dec(o, field_get(opt, &uto_parts[1]) * (minutes ? 60 : 1));
}

/* RFC 7413, section 4.1.1: a cookie has 4 to 16 bytes, an even number; none is a request. */
static void put_cookie(struct out *o, struct slice cookie)
{
	if (cookie.wire == 0) {
		out_str(o, " cookiereq");
	} else if (cookie.wire % 2 != 0 || cookie.wire < 4 || cookie.wire > 16) {
		out_str(o, " (invalid)");
	} else {
		out_str(o, " cookie ");
		out_hexbytes(o, cookie, 0, 16);
	}
}

static void put_fast_open(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	out_char(o, ' ');
	put_cookie(o, slice_skip(opt, fast_open[VALUE].bit / 8));
}

static void put_exp2(struct out *o, struct slice opt, const struct tcp_context *c)
{
	uint32_t exid = (uint32_t)field_get(opt, &experimental[VALUE]);

	(void)c;
	if (exid == EXID_FAST_OPEN) {
		out_str(o, "-tfo");
		put_cookie(o, slice_skip(opt, experimental[VALUE2].bit / 8));
	} else {
		out_char(o, '-');
		out_hex(o, exid, 4);
	}
}

static void put_mptcp(struct out *o, struct slice opt, const struct tcp_context *c)
{
	if (!mptcp_put(o, opt, c))
		out_str(o, "[bad opt]");
}

/* All kinds that have a name; an option is as long as min, or between min and max bytes. */
static const struct option {
	struct word name;
	put_fn *put;
	struct record record;
	uint8_t min, max;
} options[KINDS] = {
	[KIND_EOL]       = { WORD("eol"), NULL, RECORD(end_of_list, "End of option list"), 1, 1 },
	[KIND_NOP]       = { WORD("nop"), NULL, RECORD(bare, "No operation"), 1, 1 },
	[KIND_MSS]       = { WORD("mss"), put_mss, RECORD(mss, "Maximum segment size"), 4, 4 },
	[KIND_WSCALE]    = { WORD("wscale"), put_wscale, RECORD(wscale, "Window scale"), 3, 3 },
	[KIND_SACK_PERM] = { WORD("sackOK"), NULL, RECORD(plain, "SACK permitted"), 2, 2 },
	[KIND_SACK]      = { WORD("sack"), put_sack, RECORD(sack, "SACK"), 2, 34 },
	[KIND_ECHO]      = { WORD("echo"), put_echo, RECORD(echo, "Echo"), 6, 6 },
	[KIND_ECHO_REPLY] = { WORD("echoreply"), put_echo, RECORD(echo, "Echo reply"), 6, 6 },
	[KIND_TIMESTAMPS] = { WORD("TS"), put_timestamps, RECORD(timestamps, "Timestamps"), 10, 10 },
	[KIND_CC]        = { WORD("cc"), put_echo, RECORD(cc, "Connection count"), 6, 6 },
	[KIND_CC_NEW]    = { WORD("ccnew"), put_echo, RECORD(cc, "Connection count, new"), 6, 6 },
	[KIND_CC_ECHO]   = { WORD(""), put_echo, RECORD(cc, "Connection count echo"), 6, 6 },
	[KIND_MD5]       = { WORD("md5"), put_md5, RECORD(md5, "MD5 signature"), 18, 18 },
	[KIND_UTO]       = { WORD("uto"), put_uto, RECORD(uto, "User timeout"), 4, 4 },
	[KIND_AO]        = { WORD("tcp-ao"), put_ao, RECORD(ao, "TCP authentication"), 2, 40 },
	[KIND_MPTCP]     = { WORD("mptcp"), put_mptcp, RECORD(unknown, "Multipath TCP"), 3, 40 },
	[KIND_FAST_OPEN] = { WORD("tfo"), put_fast_open, RECORD(fast_open, "Fast open"), 2, 40 },
	[KIND_EXP1]      = { WORD(""), NULL, RECORD(experimental, "Experimental"), 2, 40 },
	[KIND_EXP2]      = { WORD("exp"), put_exp2, RECORD(experimental, "Experimental"), 4, 40 },
};
static const struct record unknown_record = RECORD(unknown, "Unknown");

/* The next option of rest with the length it says, as opt; false where that cannot be. */
static bool take(struct slice *rest, struct slice *opt, const struct option **kind)
{
	uint32_t length = 1;

	*kind = &options[field_get(*rest, &bare[KIND])];
	if (*kind > &options[KIND_NOP])
		length = (uint32_t)field_get(*rest, &plain[LENGTH]);
	*opt = slice_clip(*rest, length);
	if (length > rest->wire || (length < 2 && *kind > &options[KIND_NOP])) {
		*opt = *rest;
		*rest = slice_skip(*rest, rest->wire);
		return false;
	}
	*rest = slice_skip(*rest, length);
	return true;
}

/* Nearly all segments have these options only, in this layout: RFC 7323, appendix A. */
#define USUAL 0x0101080a	/* NOP, NOP, timestamps, 10 bytes */

static bool usual(struct slice rest)
{
	return rest.cap == 12 && slice_u32(rest, 0) == USUAL;
}

static void put_usual(struct out *o, struct slice rest)
{
	struct slice opt = slice_skip(rest, 2);

	out_str(o, "nop,nop,TS");
	put_timestamps(o, opt, NULL);
}

static bool sound(struct slice opt, const struct option *kind)
{
	return opt.wire >= kind->min && (kind->max == 0 || opt.wire <= kind->max);
}

const struct record *tcp_option_record(uint32_t n)
{
	if (n < KINDS)
		return &options[n].record;
	return n == KINDS ? &unknown_record : mptcp_any_record(n - KINDS - 1);
}

static uint32_t zeros(struct slice s)
{
	uint32_t n = 0;

	while (n < s.cap && slice_u8(s, n) == 0)
		n++;
	return n;
}

const struct record *tcp_option(struct slice head, uint32_t index, struct slice *rest,
				struct slice *opt)
{
	const struct option *kind;
	struct slice all = *rest;

	(void)head;
	(void)index;
	if (rest->cap == 0)
		return NULL;
	if (!take(rest, opt, &kind))
		return &unknown_record;
	if (kind == &options[KIND_EOL]) {	/* what follows is padding: more of the same */
		all.cap = min_u32(all.cap, zeros(all));
		*opt = all;
		*rest = slice_skip(*rest, rest->wire);
	}
	if (kind == &options[KIND_MPTCP])
		return mptcp_record(*opt);
	return kind->record.name ? &kind->record : &unknown_record;
}

/* Walked by take()'s rules, but without cutting the options out: this is done for every segment. */
bool tcp_options_sound(struct slice rest)
{
	uint32_t length;

	if (usual(rest))
		return true;
	for (uint32_t at = 0; at < rest.cap; at += length) {
		uint8_t number = slice_u8(rest, at + bare[KIND].bit / 8);
		const struct option *kind = &options[number];

		length = 1;
		if (number == KIND_EOL)
			break;
		if (number == KIND_NOP)
			continue;
		length = slice_u8(rest, at + plain[LENGTH].bit / 8);
		if (length < 2 || length > rest.wire - at || length < kind->min ||
		    (kind->max > 0 && length > kind->max))
			return false;
	}
	return true;
}

bool tcp_options_multipath(struct slice rest)
{
	const struct option *kind;
	struct slice opt;

	while (rest.cap > 0 && take(&rest, &opt, &kind) && kind != &options[KIND_EOL])
		if (kind == &options[KIND_MPTCP])
			return true;
	return false;
}

static void put_unknown(struct out *o, struct slice opt)
{
	struct slice data = slice_skip(opt, unknown[VALUE].bit / 8);

	out_str(o, "unknown-");
	out_dec(o, field_get(opt, &bare[KIND]));
	if (data.cap > 0) {
		out_str(o, " 0x");
		out_hexbytes(o, data, 0, data.cap);
	}
}

/* The snap length cut the next option of rest before its length. */
static bool is_cut(struct slice rest)
{
	return rest.cap < rest.wire && (rest.cap == 0 || (field_get(rest, &bare[KIND]) > KIND_NOP &&
							  !field_here(rest, &plain[LENGTH])));
}

bool tcp_options_put(struct out *o, struct slice rest, const struct tcp_context *c)
{
	const struct option *kind;
	struct slice opt;

	if (usual(rest)) {
		put_usual(o, rest);
		return true;
	}
	for (bool first = true; rest.wire > 0; first = false) {
		if (!first)
			out_char(o, ',');
		if (is_cut(rest))
			return false;
		if (!take(&rest, &opt, &kind)) {
			out_str(o, "[bad opt]");
			break;
		}
		if (opt.cap < opt.wire)
			return false;
		out_word(o, &kind->name);
		if (!sound(opt, kind))
			out_str(o, "[bad opt]");
		else if (kind->put)
			kind->put(o, opt, c);
		else if (kind->name.length == 0)
			put_unknown(o, opt);
		if (kind == &options[KIND_EOL])
			break;
	}
	return true;
}
