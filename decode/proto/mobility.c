/* SPDX-License-Identifier: BSD-2-Clause */
/* mobility.c - Mobility header of IPv6, RFC 6275 section 6.1 */
#include "decode/ip.h"

enum { PROTO, HLEN, MHTYPE, RESERVED, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[PROTO]    = { "proto",     0,  8, UINT },
	[HLEN]     = { "hlen",      8,  8, UINT },	/* in units of 8 bytes, the first left out */
	[MHTYPE]   = { "mhtype",   16,  8, UINT },
	[RESERVED] = { "reserved", 24,  8, HEX },
	[CHECKSUM] = { "csum",     32, 16, HEX },
};

/* The messages, section 6.1.2 to 6.1.9, from behind the checksum on. */
static const struct field refresh[] = { { "brr.reserved", 0, 16, BYTES } };
static const struct field home_init[] = {
	{ "hoti.reserved", 0, 16, BYTES }, { "hoti.cookie", 16, 64, HEX },
};
static const struct field careof_init[] = {
	{ "coti.reserved", 0, 16, BYTES }, { "coti.cookie", 16, 64, HEX },
};
static const struct field home_test[] = {
	{ "hot.nindex", 0, 16, UINT }, { "hot.cookie", 16, 64, HEX }, { "hot.token", 80, 64, HEX },
};
static const struct field careof_test[] = {
	{ "cot.nindex", 0, 16, UINT }, { "cot.cookie", 16, 64, HEX }, { "cot.token", 80, 64, HEX },
};
enum { SEQNR, A_FLAG, H_FLAG, L_FLAG, K_FLAG, BU_RESERVED, LIFETIME };
static const struct field update[] = {
	[SEQNR]       = { "bu.seqnr",     0, 16, UINT },
	[A_FLAG]      = { "bu.a_flag",   16,  1, BOOL },
	[H_FLAG]      = { "bu.h_flag",   17,  1, BOOL },
	[L_FLAG]      = { "bu.l_flag",   18,  1, BOOL },
	[K_FLAG]      = { "bu.k_flag",   19,  1, BOOL },
	[BU_RESERVED] = { "bu.reserved", 20, 12, HEX },
	[LIFETIME]    = { "bu.lifetime", 32, 16, UINT },	/* in units of 4 seconds */
};
enum { STATUS, ACK_K_FLAG, ACK_RESERVED, ACK_SEQNR, ACK_LIFETIME };
static const struct field ack[] = {
	[STATUS]       = { "ba.status",    0,  8, UINT },
	[ACK_K_FLAG]   = { "ba.k_flag",    8,  1, BOOL },
	[ACK_RESERVED] = { "ba.reserved",  9,  7, HEX },
	[ACK_SEQNR]    = { "ba.seqnr",    16, 16, UINT },
	[ACK_LIFETIME] = { "ba.lifetime", 32, 16, UINT },	/* in units of 4 seconds */
};
enum { ERROR_STATUS, ERROR_RESERVED, HOME_ADDRESS };
static const struct field error[] = {
	[ERROR_STATUS]   = { "be.status",   0,   8, UINT },
	[ERROR_RESERVED] = { "be.reserved", 8,   8, HEX },
	[HOME_ADDRESS]   = { "be.haddr",   16, 128, IPV6 },
};
static const struct field data[] = { { "em.data", 0, 0, BYTES } };

enum { BRR, HOTI, COTI, HOT, COT, BU, BA, BE };

#define RECORD(fields, title) RECORD_OF("mip6", fields, title)

static const struct record messages[] = {
	[BRR]  = RECORD(refresh, "Binding refresh request"),
	[HOTI] = RECORD(home_init, "Home test init"),
	[COTI] = RECORD(careof_init, "Care-of test init"),
	[HOT]  = RECORD(home_test, "Home test"),
	[COT]  = RECORD(careof_test, "Care-of test"),
	[BU]   = RECORD(update, "Binding update"),
	[BA]   = RECORD(ack, "Binding acknowledgement"),
	[BE]   = RECORD(error, "Binding error"),
};
static const struct record data_record = RECORD(data, "Message");

/* The options, section 6.2. */
enum { OPT_TYPE, OPT_LEN, OPT_VALUE };
#define OPT_HEAD { "opt.type", 0, 8, UINT }, { "opt.len", 8, 8, UINT }
static const struct field other[] = { OPT_HEAD, { "opt.data", 16, 0, BYTES } };
static const struct field advice[] = { OPT_HEAD, { "bra.interval", 16, 16, UINT } };
static const struct field careof[] = { OPT_HEAD, { "acoa.acoa", 16, 128, IPV6 } };
static const struct field nonces[] = {
	OPT_HEAD, { "ni.hni", 16, 16, UINT }, { "ni.cni", 32, 16, UINT },
};
static const struct field auth[] = { OPT_HEAD, { "bad.auth", 16, 0, BYTES } };

enum { PAD1, PADN, ADVICE, CAREOF, NONCES, AUTH };

static const struct record pad1_record = { "mip6", other, 1, "Pad1" };
static const struct record options[] = {
	[PADN]   = RECORD(other, "PadN"),
	[ADVICE] = RECORD(advice, "Binding refresh advice"),
	[CAREOF] = RECORD(careof, "Alternate care-of address"),
	[NONCES] = RECORD(nonces, "Nonce indices"),
	[AUTH]   = RECORD(auth, "Binding authorization data"),
};
static const struct record other_record = RECORD(other, "Option");

static const struct record *mobility_record(uint32_t n)
{
	switch (n) {
	case 0: return &data_record;
	case 1: return &pad1_record;
	case 2: return &other_record;
	}
	n -= 3;
	return n <= BE ? &messages[n] : n - BE - 1 <= AUTH ? &options[n - BE - 1] : NULL;
}

static enum proto_id mobility_parse(struct step *s)
{
	step_header(s, ((uint32_t)get(s, &fields[HLEN]) + 1) * 8);
	s->key = (uint32_t)get(s, &fields[PROTO]);
	return s->len < s->in.wire ? PROTO_DATA : PROTO_NONE;
}

static const struct record *mobility_option(struct slice whole, uint32_t index, struct slice *rest,
					    struct slice *opt)
{
	uint32_t type = (uint32_t)field_get(whole, &fields[MHTYPE]), len = rest->wire;
	const struct record *r = &data_record;

	if (rest->cap == 0)
		return NULL;
	if (index == 0 && type <= BE) {
		r = &messages[type];
		len = record_len(r);
	} else if (index > 0) {
		type = (uint32_t)field_get(*rest, &other[OPT_TYPE]);
		r = type == PAD1 ? &pad1_record : type <= AUTH ? &options[type] : &other_record;
		len = type == PAD1 ? 1 : 2 + (uint32_t)field_get(*rest, &other[OPT_LEN]);
	}
	*opt = slice_clip(*rest, len);
	*rest = slice_skip(*rest, len);
	return r;
}

static void put_cookie(struct out *o, const char *before, struct slice msg, const struct field *f)
{
	uint64_t cookie = field_get(msg, f);

	out_str(o, before);
	out_hex(o, cookie >> 32, 8);
	out_char(o, ':');
	out_hex(o, cookie & 0xffffffff, 8);
}

static void put_option(struct out *o, const struct brief *b, struct slice opt)
{
	switch (field_get(opt, &other[OPT_TYPE])) {
	case PAD1:
		out_str(o, "(pad1)");
		break;
	case PADN:
		out_str(o, "(padn)");
		break;
	case ADVICE:
		out_str(o, "(refresh: ");
		out_dec(o, field_get(opt, &advice[OPT_VALUE]) * 4);
		out_char(o, ')');
		break;
	case CAREOF:
		out_str(o, "(alt-CoA: ");
		brief_host(o, b, field_bytes(opt, &careof[OPT_VALUE]));
		out_char(o, ')');
		break;
	case NONCES:
		out_str(o, "(ni: ho=0x");
		out_hex(o, field_get(opt, &nonces[OPT_VALUE]), 4);
		out_str(o, " co=0x");
		out_hex(o, field_get(opt, &nonces[OPT_VALUE + 1]), 4);
		out_char(o, ')');
		break;
	case AUTH:
		out_str(o, "(auth)");
		break;
	default:
		out_str(o, "(type-0x");
		out_hex(o, field_get(opt, &other[OPT_TYPE]), 2);
		out_str(o, ": len=");
		out_dec(o, field_get(opt, &other[OPT_LEN]));
		out_char(o, ')');
	}
}

static void put_test(struct out *o, const struct brief *b, uint32_t type, struct slice msg)
{
	bool home = type == HOTI || type == HOT, init = type == HOTI || type == COTI;

	out_str(o, home ? init ? "HoTI" : "HoT" : init ? "CoTI" : "CoT");
	if (!init) {
		out_str(o, " nonce id=0x");
		out_hex(o, field_get(msg, &home_test[0]), 1);
	}
	if (!b->verbose)
		return;
	put_cookie(o, home ? " Home Init Cookie=" : " Care-of Init Cookie=", msg, &home_init[1]);
	if (!init)
		put_cookie(o, home ? " Home Keygen Token=" : " Care-of Keygen Token=", msg,
			   &home_test[2]);
}

static void put_update(struct out *o, struct slice msg)
{
	out_str(o, "BU seq#=");
	out_dec(o, field_get(msg, &update[SEQNR]));
	if (field_get(msg, &update[A_FLAG]) || field_get(msg, &update[H_FLAG]) ||
	    field_get(msg, &update[L_FLAG]) || field_get(msg, &update[K_FLAG]))
		out_char(o, ' ');
	for (uint32_t f = A_FLAG; f <= K_FLAG; f++)
		if (field_get(msg, &update[f]))
			out_char(o, "AHLK"[f - A_FLAG]);
	out_str(o, " lifetime=");
	out_dec(o, field_get(msg, &update[LIFETIME]) * 4);
}

static void put_ack(struct out *o, struct slice msg)
{
	out_str(o, "BA status=");
	out_dec(o, field_get(msg, &ack[STATUS]));
	if (field_get(msg, &ack[ACK_K_FLAG]))
		out_str(o, " K");
	out_str(o, " seq#=");
	out_dec(o, field_get(msg, &ack[ACK_SEQNR]));
	out_str(o, " lifetime=");
	out_dec(o, field_get(msg, &ack[ACK_LIFETIME]) * 4);
}

static void put_message(struct out *o, const struct brief *b, struct slice h, struct slice msg)
{
	uint32_t type = (uint32_t)field_get(h, &fields[MHTYPE]);

	switch (type) {
	case BRR:
		out_str(o, "BRR");
		break;
	case HOTI:
	case COTI:
	case HOT:
	case COT:
		put_test(o, b, type, msg);
		break;
	case BU:
		put_update(o, msg);
		break;
	case BA:
		put_ack(o, msg);
		break;
	case BE:
		out_str(o, "BE status=");
		out_dec(o, field_get(msg, &error[ERROR_STATUS]));
		out_str(o, " homeaddr ");
		brief_host(o, b, field_bytes(msg, &error[HOME_ADDRESS]));
		break;
	default:
		out_str(o, "type-#");
		out_dec(o, type);
		out_str(o, " len=");
		out_dec(o, field_get(h, &fields[HLEN]));
	}
}

static uint32_t mobility_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l), rest = slice_skip(h, protos[l->proto]->min_len), opt;

	if (note_stops((enum note)l->note)) {
		out_str(o, " [|mobility]");
		return b->d->count;
	}
	out_str(o, "mobility: ");
	mobility_option(h, 0, &rest, &opt);
	put_message(o, b, h, opt);
	if (b->verbose)
		for (uint32_t n = 1; mobility_option(h, n, &rest, &opt); n++)
			put_option(o, b, opt);
	return b->d->count;
}

const struct proto proto_mobility = {
	.head    = { "mip6", fields, FIELDS },
	.title   = "Mobility Header",
	.min_len = 6,
	.over    = { { BY_IPV6EXT, 135 } },
	.parse   = mobility_parse,
	.option  = mobility_option,
	.record  = mobility_record,
	.summary = mobility_summary,
};
