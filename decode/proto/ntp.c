/* SPDX-License-Identifier: BSD-2-Clause */
/* ntp.c - Network Time Protocol, RFC 5905, 1305; control messages, RFC 9327; extensions, RFC 7822
 *
 * How it works: the first byte is the head, since its mode says what follows: time stamps with
 * extensions and a signature behind them, or a control message.
 */
#include "decode/brief.h"
#include "decode/date.h"

enum { FLAGS, FIELDS };
enum { LI, VN, MODE, FLAG_FIELDS };
enum { CONTROL = 6, PRIVATE = 7 }; /* modes */

static const struct name leaps[] = {
	{ 0, "no warning" },
	{ 1, "last minute of the day has 61 seconds" },
	{ 2, "last minute of the day has 59 seconds" },
	{ 3, "clock unsynchronized" },
	{ 0, NULL },
};
static const struct name modes[] = {
	{ 0, "unspecified" },
	{ 1, "symmetric active" },
	{ 2, "symmetric passive" },
	{ 3, "Client" },
	{ 4, "Server" },
	{ 5, "Broadcast" },
	{ CONTROL, "Control Message" },
	{ PRIVATE, "Reserved" },
	{ 0, NULL },
};

static const struct field flags[FLAG_FIELDS] = {
	[LI] = { "li", 0, 2, UINT, .names = leaps },
	[VN] = { "vn", 2, 3, UINT },
	[MODE] = { "mode", 5, 3, UINT, .names = modes },
};
static const struct record flag_parts = { "ntp.flags", flags, FLAG_FIELDS, NULL };
static const struct field fields[FIELDS] = {
	[FLAGS] = { "flags", 0, 8, HEX, .parts = &flag_parts },
};

#define HEAD_LEN 1

enum {
	STRATUM,
	POLL,
	PRECISION,
	ROOTDELAY,
	ROOTDISPERSION,
	REFID,
	REFTIME,
	ORG,
	REC,
	XMT,
	TIME_FIELDS
};

static const struct field times[TIME_FIELDS] = {
	[STRATUM] = { "stratum", 0, 8, UINT },
	[POLL] = { "ppoll", 8, 8, UINT }, /* log2 s */
	[PRECISION] = { "precision", 16, 8, UINT }, /* log2 s, signed */
	[ROOTDELAY] = { "rootdelay", 24, 32, UINT }, /* 1/65536 s */
	[ROOTDISPERSION] = { "rootdispersion", 56, 32, UINT }, /* 1/65536 s */
	[REFID] = { "refid", 88, 32, BYTES },
	[REFTIME] = { "reftime", 120, 64, NTP_TIME },
	[ORG] = { "org", 184, 64, NTP_TIME },
	[REC] = { "rec", 248, 64, NTP_TIME },
	[XMT] = { "xmt", 312, 64, NTP_TIME },
};
static const struct record time_record = { "ntp", times, TIME_FIELDS, NULL };

enum { EXT_TYPE, EXT_LENGTH, EXT_VALUE, EXT_FIELDS };
#define EXT_MIN 16 /* RFC 7822, section 3: bytes, in whole words */

static const struct name ext_types[] = {
	{ 0x0104, "NTS unique identifier" },
	{ 0x0204, "NTS cookie" },
	{ 0x0304, "NTS cookie placeholder" },
	{ 0x0404, "NTS authenticator and encrypted extension fields" },
	{ 0, NULL },
};
static const struct field ext[EXT_FIELDS] = {
	[EXT_TYPE] = { "type", 0, 16, HEX, .names = ext_types },
	[EXT_LENGTH] = { "length", 16, 16, UINT },
	[EXT_VALUE] = { "value", 32, 0, BYTES },
};
static const struct record ext_record = { "ntp.ext", ext, EXT_FIELDS, "Extension" };

static const struct field mac[] = {
	{ "keyid", 0, 32, BYTES },
	{ "mac", 32, 0, BYTES },
};
static const struct record mac_record = { "ntp", mac, 2, NULL };

enum { CTRL_FLAGS, CTRL_SEQUENCE, CTRL_STATUS, CTRL_ASSOCID, CTRL_OFFSET, CTRL_COUNT, CTRL_FIELDS };
enum { CTRL_R, CTRL_E, CTRL_M, CTRL_OPCODE, CTRL_FLAG_FIELDS };

static const struct name opcodes[] = {
	{ 1, "read status" },		{ 2, "read variables" },
	{ 3, "write variables" },	{ 4, "read clock variables" },
	{ 5, "write clock variables" }, { 6, "set trap" },
	{ 7, "asynchronous message" },	{ 8, "runtime configuration" },
	{ 9, "export configuration" },	{ 10, "read remote address stats" },
	{ 11, "read ordered list" },	{ 12, "request nonce" },
	{ 31, "unset trap" },		{ 0, NULL },
};
static const struct field ctrl_flags[CTRL_FLAG_FIELDS] = {
	[CTRL_R] = { "r", 0, 1, BOOL },
	[CTRL_E] = { "error", 1, 1, BOOL },
	[CTRL_M] = { "more", 2, 1, BOOL },
	[CTRL_OPCODE] = { "opcode", 3, 5, UINT, .names = opcodes },
};
static const struct record ctrl_flag_parts = { "ntp.ctrl.flags2", ctrl_flags, CTRL_FLAG_FIELDS,
					       NULL };
static const struct field ctrl[] = {
	[CTRL_FLAGS] = { "flags2", 0, 8, HEX, .parts = &ctrl_flag_parts },
	[CTRL_SEQUENCE] = { "sequence", 8, 16, UINT },
	[CTRL_STATUS] = { "status", 24, 16, HEX },
	[CTRL_ASSOCID] = { "associd", 40, 16, UINT },
	[CTRL_OFFSET] = { "offset", 56, 16, UINT },
	[CTRL_COUNT] = { "count", 72, 16, UINT },
	[CTRL_FIELDS] = { "data", 88, 0, BLANK },
};
static const struct record ctrl_record = { "ntp.ctrl", ctrl, CTRL_FIELDS + 1, NULL };

static RECORD_LIST(ntp_record, &time_record, &ext_record, &mac_record, &ctrl_record)

	static uint32_t mode_of(struct slice h)
{
	return (uint32_t)field_get(h, &flags[MODE]);
}

static enum proto_id ntp_parse(struct step *s)
{
	uint32_t mode = mode_of(s->in);
	uint32_t least = mode == PRIVATE   ? 0
			 : mode == CONTROL ? record_len(&ctrl_record)
					   : record_len(&time_record);

	step_header(s, s->in.wire);
	if (s->in.wire < HEAD_LEN + least && !s->partial)
		step_note(s, NOTE_BAD_LENGTH);
	return PROTO_NONE;
}

/* Behind the time stamps: what has the length of an extension is one, else it is the signature. */
static const struct record *next_extra(struct slice *rest, struct slice *opt)
{
	uint32_t len = (uint32_t)field_get(*rest, &ext[EXT_LENGTH]);

	*opt = *rest;
	if (len >= EXT_MIN && len % 4 == 0 && len <= rest->wire) {
		*opt = slice_clip(*rest, len);
		*rest = slice_skip(*rest, len);
		return &ext_record;
	}
	*rest = slice_skip(*rest, rest->wire);
	return opt->wire < 4 ? NULL : &mac_record;
}

static const struct record *ntp_option(struct slice head, uint32_t index, struct slice *rest,
				       struct slice *opt)
{
	uint32_t mode = mode_of(head);

	if (rest->cap == 0 || mode == PRIVATE)
		return NULL;
	if (mode != CONTROL && index > 0)
		return next_extra(rest, opt);
	*opt = mode == CONTROL ? *rest : slice_clip(*rest, record_len(&time_record));
	*rest = slice_skip(*rest, opt->wire);
	return mode == CONTROL ? &ctrl_record : &time_record;
}

/* ", root delay 0.016845" */
static void put_short(struct out *o, const char *text, uint64_t value)
{
	out_str(o, text);
	out_dec(o, value >> 16);
	out_micros(o, (value & 0xffff) * 1000000 >> 16);
}

/* RFC 5905, section 7.3: what it refers to depends on the stratum. */
static void put_reference(struct out *o, const struct brief *b, struct slice h)
{
	struct slice id = field_bytes(h, &times[REFID]);
	uint64_t stratum = field_get(h, &times[STRATUM]);

	out_str(o, ", reference ");
	if (field_get(h, &times[REFID]) == 0) {
		out_str(o, "(unspec)");
	} else if (stratum <= 1) {
		for (uint32_t i = 0; i < id.cap && slice_u8(id, i) != 0; i++)
			out_text(o, slice_part(id, i, 1));
	} else {
		brief_host(o, b, id);
	}
}

static void put_times(struct out *o, const struct brief *b, struct slice h)
{
	uint64_t poll = field_get(h, &times[POLL]);

	out_str(o, ", stratum ");
	out_dec(o, field_get(h, &times[STRATUM]));
	out_str(o, ", poll ");
	out_dec(o, poll);
	if (poll < 32) {
		out_str(o, " (");
		out_dec(o, UINT64_C(1) << poll);
		out_str(o, "s)");
	}
	out_str(o, ", precision ");
	out_signed(o, (int8_t)field_get(h, &times[PRECISION]));
	put_short(o, ", root delay ", field_get(h, &times[ROOTDELAY]));
	put_short(o, ", root dispersion ", field_get(h, &times[ROOTDISPERSION]));
	put_reference(o, b, h);
	out_str(o, ", transmitted ");
	date_put_ntp(o, field_get(h, &times[XMT]));
}

static void put_control(struct out *o, struct slice h)
{
	const char *opcode = name_of(opcodes, (uint32_t)field_get(h, &ctrl_flags[CTRL_OPCODE]));

	out_str(o, field_get(h, &ctrl_flags[CTRL_R]) ? ", response to " : ", request to ");
	out_str(o, opcode ? opcode : "do what is reserved");
	out_str(o, field_get(h, &ctrl_flags[CTRL_E]) ? ", error" : "");
	out_str(o, field_get(h, &ctrl_flags[CTRL_M]) ? ", more follows" : "");
	out_str(o, ", sequence ");
	out_dec(o, field_get(h, &ctrl[CTRL_SEQUENCE]));
	out_str(o, ", association ");
	out_dec(o, field_get(h, &ctrl[CTRL_ASSOCID]));
}

static uint32_t ntp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice h = layer_whole(b->d, &b->d->layer[i]), body = slice_skip(h, HEAD_LEN);
	uint32_t mode = mode_of(h);

	if (h.cap == 0) {
		out_str(o, "[|ntp]");
		return b->d->count;
	}
	out_str(o, "NTPv");
	out_dec(o, field_get(h, &flags[VN]));
	out_str(o, ", ");
	out_str(o, name_of(modes, mode));
	out_str(o, ", length ");
	out_dec(o, h.wire);
	if (b->verbose && mode == CONTROL && body.cap >= record_len(&ctrl_record))
		put_control(o, body);
	else if (b->verbose && mode < CONTROL && body.cap >= record_len(&time_record))
		put_times(o, b, body);
	if (note_stops((enum note)b->d->layer[i].note))
		out_str(o, " [|ntp]");
	return b->d->count;
}

const struct proto proto_ntp = {
	.head = { "ntp", fields, FIELDS, NULL },
	.title = "Network Time Protocol",
	.min_len = HEAD_LEN,
	.over = { { BY_UDPPORT, 123 } },
	.parse = ntp_parse,
	.option = ntp_option,
	.record = ntp_record,
	.summary = ntp_summary,
};
