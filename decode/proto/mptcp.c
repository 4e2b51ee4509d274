/* SPDX-License-Identifier: BSD-2-Clause */
/* mptcp.c - the Multipath TCP option: RFC 8684 section 3, and RFC 6824 before it */
#include "decode/proto/tcp_options.h"

enum {
	SUB_CAPABLE, SUB_JOIN, SUB_DSS, SUB_ADD_ADDR, SUB_REMOVE_ADDR, SUB_PRIO, SUB_FAIL,
	SUB_FASTCLOSE, SUB_RST, SUBTYPES,
};

static const struct name subtypes[] = {
	{ SUB_CAPABLE, "Multipath capable" },	{ SUB_JOIN, "Join connection" },
	{ SUB_DSS, "Data sequence signal" },	{ SUB_ADD_ADDR, "Add address" },
	{ SUB_REMOVE_ADDR, "Remove address" },	{ SUB_PRIO, "Change subflow priority" },
	{ SUB_FAIL, "Fallback" },		{ SUB_FASTCLOSE, "Fast close" },
	{ SUB_RST, "Subflow reset" },		{ 0, NULL },
};

enum { KIND, LENGTH, SUBTYPE, NIBBLE, FIRST };	/* NIBBLE: a version, flags, or reserved */

#define M "options.mptcp."
#define START								\
	[KIND]    = { "option_kind",  0, 8, UINT },			\
	[LENGTH]  = { "option_len",   8, 8, UINT }
#define HEAD								\
	START,								\
	[SUBTYPE] = { M "subtype",   16, 4, UINT, .names = subtypes }
#define RESERVED [NIBBLE] = { M "reserved", 20, 4, HEX, .digits = 4 }
#define RECORD(fields, title) RECORD_OF("tcp", fields, title)

/* MP_CAPABLE, section 3.1: no key (SYN of version 1), the sender's, or both; the third may carry
 * the data-level length and checksum of the first data.
 */
static bool is_version0(struct slice opt)
{
	return slice_u8(opt, 2) % 16 == 0;
}

static bool is_later(struct slice opt)
{
	return !is_version0(opt);
}

enum { CAP_FLAGS = FIRST, CAP_SENDKEY, CAP_RECVKEY };
static const struct field capable_flags[] = {
	{ M "checksumreq.flags",     24, 1, BOOL },
	{ M "extensibility.flag",    25, 1, BOOL },
	{ M "nomoresubflows.flag",   26, 1, BOOL },
	{ M "reserved.flag",         27, 4, HEX },
	{ M "sha1.flag",             31, 1, BOOL, .when = is_version0 },
	{ M "sha256.flag",           31, 1, BOOL, .when = is_later },
};
static const struct record capable_parts = RECORD(capable_flags, NULL);
static const struct field capable[] = {
	HEAD,
	[NIBBLE]       = { M "version", 20, 4, UINT },
	[CAP_FLAGS]    = { M "flags", 24, 8, HEX, .parts = &capable_parts },
	[CAP_SENDKEY]  = { M "sendkey", 32, 64, UINT },
	[CAP_RECVKEY]  = { M "recvkey", 96, 64, UINT },
	{ M "datalvllen", 160, 16, UINT },
	{ M "checksum", 176, 16, HEX },
};

/* MP_JOIN, section 3.2: three forms for SYN, SYN with ACK, and ACK. In the first two the subtype is one of the
 * flags, as Wireshark has it.
 */
enum { JOIN_ID = SUBTYPE + 1, JOIN_VALUE, JOIN_RANDOM };
enum { JOIN_BACKUP = 2 };
static const struct field join_flags[] = {
	{ M "subtype",       16, 4, UINT, .names = subtypes },
	{ M "join.reserved", 20, 3, HEX },
	[JOIN_BACKUP] = { M "backup.flag", 23, 1, BOOL },
};
static const struct record join_parts = RECORD(join_flags, NULL);
#define JOIN_HEAD							\
	START,								\
	[SUBTYPE] = { M "flags",     16, 8, HEX, .parts = &join_parts },	\
	[JOIN_ID] = { M "addrid",    24, 8, UINT }
static const struct field join_syn[] = {
	JOIN_HEAD,
	[JOIN_VALUE]  = { M "recvtok", 32, 32, UINT },
	[JOIN_RANDOM] = { M "sendrand", 64, 32, UINT },
};
static const struct field join_synack[] = {
	JOIN_HEAD,
	[JOIN_VALUE]  = { M "sendtrunchmac", 32, 64, UINT },
	[JOIN_RANDOM] = { M "sendrand", 96, 32, UINT },
};
static const struct field join_ack[] = {
	HEAD,
	[NIBBLE] = { M "reserved", 20, 12, HEX },
	[FIRST]  = { M "sendhmac", 32, 160, BYTES },
};

/* DSS, section 3.3: flags say what follows, and how wide it is. */
enum { DSS_RESERVED, DSS_FIN, DSS_DSN8, DSS_MAPPING, DSS_ACK8, DSS_ACK };
static const struct field dss_flags[] = {
	[DSS_RESERVED] = { M "dss.flags.reserved", 24, 3, HEX },
	[DSS_FIN]      = { M "datafin.flag",       27, 1, BOOL },
	[DSS_DSN8]     = { M "dseqn8.flag",        28, 1, BOOL },
	[DSS_MAPPING]  = { M "dseqnpresent.flag",  29, 1, BOOL },
	[DSS_ACK8]     = { M "dataack8.flag",      30, 1, BOOL },
	[DSS_ACK]      = { M "dataackpresent.flag", 31, 1, BOOL },
};
static const struct record dss_parts = RECORD(dss_flags, NULL);
#define DSS_HEAD							\
	HEAD,								\
	[NIBBLE] = { M "dss.reserved", 20, 4, HEX },			\
	[FIRST]  = { M "flags",        24, 8, HEX, .parts = &dss_parts }
#define DSS_HEAD_END (FIRST + 1)
#define DSS_DATA_ACK(width) { M "rawdataack", 32, width, UINT }
#define DSS_MAP(at, width)						\
	{ M "rawdataseqno", at, width, UINT },				\
	{ M "subflowseqno", at + width, 32, UINT },			\
	{ M "datalvllen", at + width + 32, 16, UINT },			\
	{ M "checksum", at + width + 48, 16, HEX }
static const struct field dss[] = { DSS_HEAD };
static const struct field dss_a4[] = { DSS_HEAD, DSS_DATA_ACK(32) };
static const struct field dss_a8[] = { DSS_HEAD, DSS_DATA_ACK(64) };
static const struct field dss_d4[] = { DSS_HEAD, DSS_MAP(32, 32) };
static const struct field dss_d8[] = { DSS_HEAD, DSS_MAP(32, 64) };
static const struct field dss_a4_d4[] = { DSS_HEAD, DSS_DATA_ACK(32), DSS_MAP(64, 32) };
static const struct field dss_a4_d8[] = { DSS_HEAD, DSS_DATA_ACK(32), DSS_MAP(64, 64) };
static const struct field dss_a8_d4[] = { DSS_HEAD, DSS_DATA_ACK(64), DSS_MAP(96, 32) };
static const struct field dss_a8_d8[] = { DSS_HEAD, DSS_DATA_ACK(64), DSS_MAP(96, 64) };

#define DSS_TITLE "Data sequence signal"
/* By the bytes of acknowledgement and mapping: none, 4, 8. */
static const struct record dss_records[3][3] = {
	{ RECORD(dss, DSS_TITLE), RECORD(dss_d4, DSS_TITLE), RECORD(dss_d8, DSS_TITLE) },
	{ RECORD(dss_a4, DSS_TITLE), RECORD(dss_a4_d4, DSS_TITLE), RECORD(dss_a4_d8, DSS_TITLE) },
	{ RECORD(dss_a8, DSS_TITLE), RECORD(dss_a8_d4, DSS_TITLE), RECORD(dss_a8_d8, DSS_TITLE) },
};

/* ADD_ADDR, section 3.4.1: version 0 says 4 or 6 where version 1 has flags; the length tells
 * whether there is a port, and a truncated HMAC.
 */
static bool says_family(struct slice opt)
{
	return slice_u8(opt, 2) % 16 > 3;
}

static bool has_flags(struct slice opt)
{
	return !says_family(opt);
}

enum { ADD_FLAGS = FIRST, ADD_ID, ADD_ADDRESS, ADD_PORT, ADD_HMAC };
static const struct field add_flags[] = {
	{ M "add_addr.reserved", 20, 3, HEX },
	{ M "echo",              23, 1, BOOL, .when = has_flags },
};
static const struct record add_parts = RECORD(add_flags, NULL);
#define ADD_HEAD									\
	HEAD,										\
	[NIBBLE]    = { M "ipver", 20, 4, UINT, .when = says_family },			\
	[ADD_FLAGS] = { M "add_addr.flags", 20, 4, HEX, .when = has_flags, .parts = &add_parts },	\
	[ADD_ID]    = { M "addrid", 24, 8, UINT }
static const struct field add4[] = {
	ADD_HEAD, [ADD_ADDRESS] = { M "ipv4", 32, 32, IPV4 },
	[ADD_PORT] = { M "port", 64, 16, UINT },
	[ADD_HMAC] = { M "addaddrtrunchmac", 80, 64, UINT },
};
static const struct field add4_hmac[] = {
	ADD_HEAD, [ADD_ADDRESS] = { M "ipv4", 32, 32, IPV4 },
	[ADD_PORT] = { M "addaddrtrunchmac", 64, 64, UINT },
};
static const struct field add6[] = {
	ADD_HEAD, [ADD_ADDRESS] = { M "ipv6", 32, 128, IPV6 },
	[ADD_PORT] = { M "port", 160, 16, UINT },
	[ADD_HMAC] = { M "addaddrtrunchmac", 176, 64, UINT },
};
static const struct field add6_hmac[] = {
	ADD_HEAD, [ADD_ADDRESS] = { M "ipv6", 32, 128, IPV6 },
	[ADD_PORT] = { M "addaddrtrunchmac", 160, 64, UINT },
};

static const struct field remove_addr[] = {
	HEAD, RESERVED, [FIRST] = { M "addrid", 24, 8, UINT, .repeat = true },
};
enum { PRIO_BACKUP = FIRST, PRIO_ID };
static const struct field prio[] = {
	HEAD, [NIBBLE] = { M "prio.reserved", 20, 3, HEX },
	[PRIO_BACKUP] = { M "backup.flag", 23, 1, BOOL }, [PRIO_ID] = { M "addrid", 24, 8, UINT },
};
static const struct field fail[] = {
	HEAD, [NIBBLE] = { M "reserved", 20, 12, HEX },
	[FIRST] = { M "rawdataseqno", 32, 64, UINT },
};
static const struct field fastclose[] = {
	HEAD, [NIBBLE] = { M "reserved", 20, 12, HEX }, [FIRST] = { M "recvkey", 32, 64, UINT },
};
static const struct field rst_flags[] = {
	{ M "subtype",     16, 4, UINT, .names = subtypes },
	{ M "flag_U.flag", 20, 1, BOOL },
	{ M "flag_V.flag", 21, 1, BOOL },
	{ M "flag_W.flag", 22, 1, BOOL },
	{ M "flag_T.flag", 23, 1, BOOL },
};
static const struct record rst_parts = RECORD(rst_flags, NULL);
static const struct field rst[] = {
	START,
	[SUBTYPE] = { M "flags",     16, 8, HEX, .parts = &rst_parts },
	{ M "rst_reason", 24, 8, HEX },
};
static const struct field other[] = {
	HEAD, RESERVED, [FIRST] = { "options.unknown.payload", 24, 0, BYTES },
};

static const struct record records[] = {
	[SUB_CAPABLE]     = RECORD(capable, "Multipath capable"),
	[SUB_JOIN]        = RECORD(join_syn, "Join connection"),
	[SUB_ADD_ADDR]    = RECORD(add4, "Add address"),
	[SUB_REMOVE_ADDR] = RECORD(remove_addr, "Remove address"),
	[SUB_PRIO]        = RECORD(prio, "Change subflow priority"),
	[SUB_FAIL]        = RECORD(fail, "Fallback"),
	[SUB_FASTCLOSE]   = RECORD(fastclose, "Fast close"),
	[SUB_RST]         = RECORD(rst, "Subflow reset"),
	[SUBTYPES]        = RECORD(other, "Multipath TCP"),
};
static const struct record join_synack_record = RECORD(join_synack, "Join connection");
static const struct record join_ack_record = RECORD(join_ack, "Join connection");
static const struct record add4_hmac_record = RECORD(add4_hmac, "Add address");
static const struct record add6_record = RECORD(add6, "Add address");
static const struct record add6_hmac_record = RECORD(add6_hmac, "Add address");

static const struct record *dss_record(struct slice opt)
{
	uint32_t ack = 0, map = 0;

	if (field_get(opt, &dss_flags[DSS_ACK]))
		ack = field_get(opt, &dss_flags[DSS_ACK8]) ? 2 : 1;
	if (field_get(opt, &dss_flags[DSS_MAPPING]))
		map = field_get(opt, &dss_flags[DSS_DSN8]) ? 2 : 1;
	return &dss_records[ack][map];
}

const struct record *mptcp_record(struct slice opt)
{
	uint32_t subtype = (uint32_t)field_get(opt, &other[SUBTYPE]);

	switch (subtype) {
	case SUB_JOIN:
		return opt.wire == 24 ? &join_ack_record :
		       opt.wire == 16 ? &join_synack_record : &records[SUB_JOIN];
	case SUB_DSS:
		return dss_record(opt);
	case SUB_ADD_ADDR:
		if (opt.wire == 16)
			return &add4_hmac_record;
		if (opt.wire == 28)
			return &add6_hmac_record;
		return opt.wire >= 20 ? &add6_record : &records[SUB_ADD_ADDR];
	}
	return &records[subtype < SUBTYPES ? subtype : SUBTYPES];
}

const struct record *mptcp_any_record(uint32_t n)
{
	static const struct record *const others[] = {
		&join_synack_record, &join_ack_record, &add4_hmac_record, &add6_record,
		&add6_hmac_record,
	};

	if (n <= SUBTYPES)
		return &records[n];
	n -= SUBTYPES + 1;
	if (n < 9)
		return &dss_records[n / 3][n % 3];
	n -= 9;
	return n < COUNT(others) ? others[n] : NULL;
}

static void put_hex(struct out *o, const char *text, struct slice opt, const struct field *f)
{
	out_str(o, text);
	out_hex(o, field_get(opt, f), 1);
}

static void put_dec(struct out *o, const char *text, struct slice opt, const struct field *f)
{
	out_str(o, text);
	out_dec(o, field_get(opt, f));
}

static bool put_capable(struct out *o, struct slice opt, const struct tcp_context *c)
{
	bool last = !c->syn && c->ack;

	if (last ? opt.wire != 20 && opt.wire != 22 : opt.wire != 12 && (opt.wire != 4 || !c->syn))
		return false;
	put_dec(o, " v", opt, &capable[NIBBLE]);
	if (field_get(opt, &capable_flags[0]))
		out_str(o, " csum");
	if (opt.wire == 4)
		return true;
	put_hex(o, " {0x", opt, &capable[CAP_SENDKEY]);
	if (opt.wire >= 20)
		put_hex(o, ",0x", opt, &capable[CAP_RECVKEY]);
	out_char(o, '}');
	return true;
}

static bool put_join(struct out *o, struct slice opt, const struct tcp_context *c)
{
	bool synack = c->syn && c->ack;
	const struct field *f = opt.wire == 12 ? join_syn : join_synack;

	if (opt.wire == 24 && c->ack) {
		out_str(o, " hmac 0x");
		out_hexbytes(o, field_bytes(opt, &join_ack[FIRST]), 0, 20);
		return true;
	}
	if (!c->syn || (opt.wire != 12 && (opt.wire != 16 || !synack)))
		return false;
	if (field_get(opt, &join_flags[JOIN_BACKUP]))
		out_str(o, " backup");
	put_dec(o, " id ", opt, &f[JOIN_ID]);
	put_hex(o, opt.wire == 12 ? " token 0x" : " hmac 0x", opt, &f[JOIN_VALUE]);
	put_hex(o, " nonce 0x", opt, &f[JOIN_RANDOM]);
	return true;
}

static bool put_dss(struct out *o, struct slice opt, const struct tcp_context *c)
{
	const struct record *r = dss_record(opt);
	const struct field *f = r->field + DSS_HEAD_END, *end = r->field + r->count;

	(void)c;
	if (opt.wire < 4)
		return false;
	if (field_get(opt, &dss_flags[DSS_FIN]))
		out_str(o, " fin");
	if (field_get(opt, &dss_flags[DSS_ACK])) {
		if (opt.wire * 8 < (uint32_t)f->bit + f->width)
			return false;
		put_dec(o, " ack ", opt, f++);
	}
	if (f == end)
		return true;
	if (opt.wire * 8 < end[-1].bit)
		return false;
	put_dec(o, " seq ", opt, f);
	put_dec(o, " subseq ", opt, f + 1);
	put_dec(o, " len ", opt, f + 2);
	if (opt.wire * 8 >= (uint32_t)end[-1].bit + end[-1].width)
		put_hex(o, " csum 0x", opt, f + 3);
	return true;
}

static bool put_add_addr(struct out *o, struct slice opt, const struct tcp_context *c)
{
	static const struct name versions[] = {
		{ 0, "v1" }, { 1, "v1-echo" }, { 4, "v0-ip4" }, { 6, "v0-ip6" }, { 0, NULL },
	};
	const struct record *r = mptcp_record(opt);
	const struct field *f = r->field, *end = f + r->count;
	const struct name *v = versions;

	(void)c;
	if (opt.wire < 8 || (opt.wire > 10 && opt.wire < 20 && opt.wire != 16 && opt.wire != 18) ||
	    (opt.wire > 22 && opt.wire != 28 && opt.wire != 30) || opt.wire % 2 != 0)
		return false;
	while (v->text && v->value != field_get(opt, &f[NIBBLE]))
		v++;
	out_char(o, ' ');
	out_str(o, v->text ? v->text : "[bad version/echo]");
	put_dec(o, " id ", opt, &f[ADD_ID]);
	out_char(o, ' ');
	if (f[ADD_ADDRESS].kind == IPV4)
		out_ipv4(o, (uint32_t)field_get(opt, &f[ADD_ADDRESS]));
	else
		out_ipv6(o, field_bytes(opt, &f[ADD_ADDRESS]));
	for (f += ADD_PORT; f < end && opt.wire * 8 >= (uint32_t)f->bit + f->width; f++)
		if (f->width == 16)
			put_dec(o, ":", opt, f);
		else
			put_hex(o, " hmac 0x", opt, f);
	return true;
}

static bool put_remove_addr(struct out *o, struct slice opt, const struct tcp_context *c)
{
	struct slice ids = slice_skip(opt, remove_addr[FIRST].bit / 8);

	(void)c;
	if (ids.wire == 0)
		return false;
	out_str(o, " id");
	for (uint32_t i = 0; i < ids.cap; i++) {
		out_char(o, ' ');
		out_dec(o, slice_u8(ids, i));
	}
	return true;
}

static bool put_prio(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	if (opt.wire > 4)
		return false;
	out_str(o, field_get(opt, &prio[PRIO_BACKUP]) ? " backup" : " non-backup");
	if (opt.wire == 4)
		put_dec(o, " id ", opt, &prio[PRIO_ID]);
	return true;
}

static bool put_fail(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	if (opt.wire != 12)
		return false;
	put_dec(o, " seq ", opt, &fail[FIRST]);
	return true;
}

static bool put_fastclose(struct out *o, struct slice opt, const struct tcp_context *c)
{
	(void)c;
	if (opt.wire != 12)
		return false;
	put_hex(o, " key 0x", opt, &fastclose[FIRST]);
	return true;
}

bool mptcp_put(struct out *o, struct slice opt, const struct tcp_context *c)
{
	static const struct {
		const char *name;
		bool (*put)(struct out *o, struct slice opt, const struct tcp_context *c);
	} forms[] = {
		[SUB_CAPABLE]     = { "capable", put_capable },
		[SUB_JOIN]        = { "join", put_join },
		[SUB_DSS]         = { "dss", put_dss },
		[SUB_ADD_ADDR]    = { "add-addr", put_add_addr },
		[SUB_REMOVE_ADDR] = { "rem-addr", put_remove_addr },
		[SUB_PRIO]        = { "prio", put_prio },
		[SUB_FAIL]        = { "fail", put_fail },
		[SUB_FASTCLOSE]   = { "fast-close", put_fastclose },
	};
	uint32_t subtype = (uint32_t)field_get(opt, &other[SUBTYPE]);

	put_dec(o, " ", opt, &other[LENGTH]);
	out_char(o, ' ');
	if (subtype >= COUNT(forms)) {
		out_str(o, "unknown");
		return true;
	}
	out_str(o, forms[subtype].name);
	return forms[subtype].put(o, opt, c);
}
