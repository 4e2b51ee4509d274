/* SPDX-License-Identifier: BSD-2-Clause */
/* dccp.c - Datagram Congestion Control Protocol, RFC 4340
 *
 * How it works: the head is what all packets share. Behind it follow the sequence number, long or short,
 * what the type adds, and the options, as records of their own.
 */
#include "decode/brief.h"
#include "decode/checksum.h"

enum { SRCPORT, DSTPORT, OFFSET, CCVAL, CSCOV, CHECKSUM, RES1, TYPE, X, FIELDS };
enum { REQUEST, RESPONSE, DATA, ACK, DATA_ACK, CLOSE_REQ, CLOSE, RESET, SYNC, SYNC_ACK, TYPES };

static const struct name types[] = {
	{ REQUEST, "Request" },    { RESPONSE, "Response" },  { DATA, "Data" },   { ACK, "Ack" },
	{ DATA_ACK, "DataAck" },   { CLOSE_REQ, "CloseReq" }, { CLOSE, "Close" }, { RESET, "Reset" },
	{ SYNC, "Sync" },          { SYNC_ACK, "SyncAck" },   { 0, NULL },
};
static const struct field fields[FIELDS] = {
	[SRCPORT]  = { "srcport",      0, 16, PORT, .role = SRC },
	[DSTPORT]  = { "dstport",     16, 16, PORT, .role = DST },
	[OFFSET]   = { "data_offset", 32,  8, UINT },
	[CCVAL]    = { "ccval",       40,  4, UINT },
	[CSCOV]    = { "cscov",       44,  4, UINT },
	[CHECKSUM] = { "checksum",    48, 16, HEX },
	[RES1]     = { "res1",        64,  3, HEX },
	[TYPE]     = { "type",        67,  4, UINT, .names = types },
	[X]        = { "x",           71,  1, BOOL },
};

#define HEAD_LEN 9		/* bytes */

/* Section 5.6; in the words of tcpdump. */
static const struct name codes[] = {
	{ 0, "unspecified" }, { 1, "closed" }, { 2, "aborted" }, { 3, "no_connection" },
	{ 4, "packet_error" }, { 5, "option_error" }, { 6, "mandatory_error" },
	{ 7, "connection_refused" }, { 8, "bad_service_code" }, { 9, "too_busy" },
	{ 10, "bad_init_cookie" }, { 11, "aggression_penalty" }, { 0, NULL },
};

enum { NUMBER = 1 };		/* of the records of long numbers and of acknowledgements */

#define RECORD(id, title_, ...)							\
	static const struct field id##_field[] = { __VA_ARGS__ };		\
	static const struct record id = RECORD_OF("dccp", id##_field, title_)
RECORD(long_seq, NULL, { "res2", 0, 8, HEX }, { "seq_raw", 8, 48, UINT });
RECORD(short_seq, NULL, { "seq", 0, 24, UINT });
RECORD(long_ack, NULL, { "ack_res", 0, 16, HEX }, { "ack_raw", 16, 48, UINT });
RECORD(short_ack, NULL, { "ack_res", 0, 8, HEX, .digits = 4 }, { "ack_raw", 8, 24, UINT });
RECORD(service, NULL, { "service_code", 0, 32, UINT });
RECORD(reset, NULL, { "reset_code", 0, 8, UINT, .names = codes }, { "data1", 8, 8, UINT },
       { "data2", 16, 8, UINT }, { "data3", 24, 8, UINT });

static const struct name kinds[] = {
	{ 0, "Padding" }, { 1, "Mandatory" }, { 2, "Slow Receiver" }, { 32, "Change L" },
	{ 33, "Confirm L" }, { 34, "Change R" }, { 35, "Confirm R" }, { 36, "Init Cookie" },
	{ 37, "NDP Count" }, { 38, "Ack Vector (Nonce 0)" }, { 39, "Ack Vector (Nonce 1)" },
	{ 40, "Data Dropped" }, { 41, "Timestamp" }, { 42, "Timestamp Echo" }, { 43, "Elapsed Time" },
	{ 44, "Data Checksum" }, { 192, "Loss Event Rate" }, { 193, "Loss Intervals" },
	{ 194, "Receive Rate" }, { 0, NULL },
};
static const struct name features[] = {		/* section 6.4 */
	{ 1, "Congestion Control ID" }, { 2, "Allow Short Seqnos" }, { 3, "Sequence Window" },
	{ 4, "ECN Incapable" }, { 5, "Ack Ratio" }, { 6, "Send Ack Vector" }, { 7, "Send NDP Count" },
	{ 8, "Minimum Checksum Coverage" }, { 9, "Check Data Checksum" }, { 0, NULL },
};

/* Section 7.7.2: as many bytes as the number needs. */
static uint64_t count_of(struct slice s)
{
	return s.cap > 0 ? slice_bits(s, 0, 8 * min_u32(s.cap, 6)) : 0;
}

/* What every option starts with, but those of one byte; the length has no name in Wireshark. */
#define KIND { "option_type", 0, 8, UINT, .names = kinds }
#define OPTION(id, ...) RECORD(id, "Option", KIND, { "option_length", 8, 8, UINT }, __VA_ARGS__)
/* The options of one byte, which Wireshark shows as a value too. */
#define BYTE_OPTION(id, name)								\
	RECORD(id##_byte, NULL, { name, 0, 8, BYTES });					\
	RECORD(id, "Option", { "option_type", 0, 8, UINT, .names = kinds, .parts = &id##_byte })
BYTE_OPTION(padding, "padding");
BYTE_OPTION(mandatory, "mandatory");
BYTE_OPTION(slow, "slow_receiver");
BYTE_OPTION(reserved, "option_reserved");
OPTION(feature, { "feature_number", 16, 8, UINT, .names = features });
OPTION(cookie, { "init_cookie", 16, 0, BYTES });
OPTION(ndp, { "ndp_count", 16, 0, UINT, .number = count_of });
OPTION(vector0, { "ack_vector.nonce_0", 16, 0, BYTES });
OPTION(vector1, { "ack_vector.nonce_1", 16, 0, BYTES });
OPTION(dropped, { "data_dropped", 16, 0, BYTES });
OPTION(timestamp, { "timestamp", 16, 32, UINT });
OPTION(echo, { "timestamp_echo", 16, 32, UINT });
OPTION(echo16, { "timestamp_echo", 16, 32, UINT }, { "elapsed_time", 48, 16, UINT });
OPTION(echo32, { "timestamp_echo", 16, 32, UINT }, { "elapsed_time", 48, 32, UINT });
OPTION(elapsed16, { "elapsed_time", 16, 16, UINT });
OPTION(elapsed32, { "elapsed_time", 16, 32, UINT });
OPTION(data_checksum, { "checksum_data", 16, 32, HEX });
OPTION(reserved_long, { "option_reserved", 16, 0, BYTES });
OPTION(event_rate, { "ccid3_loss_event_rate", 16, 32, UINT });
OPTION(intervals, { "ccid3_loss_intervals", 16, 0, BYTES });
OPTION(receive_rate, { "ccid3_receive_rate", 16, 32, UINT });
OPTION(ccid, { "ccid_option_data", 16, 0, BYTES });
RECORD(bad, "Option", KIND);

static RECORD_LIST(dccp_record, &long_seq, &short_seq, &long_ack, &short_ack, &service, &reset, &padding,
	    &mandatory, &slow, &reserved, &feature, &cookie, &ndp, &vector0, &vector1, &dropped, &timestamp,
	    &echo, &echo16, &echo32, &elapsed16, &elapsed32, &data_checksum, &reserved_long, &event_rate,
	    &intervals, &receive_rate, &ccid, &bad)

enum { FIRST_LONG = 32, FIRST_CCID = 128, OPTION_HEAD = 2 };	/* sections 5.8 and 10.3 */

/* Those whose length says what they hold, sections 13.1 to 13.3; NULL: it cannot be. */
static const struct record *of_length(uint32_t kind, uint32_t length)
{
	static const struct record *const echoes[] = { [6] = &echo, [8] = &echo16, [10] = &echo32 };
	static const struct record *const elapsed[] = { [4] = &elapsed16, [6] = &elapsed32 };

	if (kind == 42)
		return length < COUNT(echoes) ? echoes[length] : NULL;
	return length < COUNT(elapsed) ? elapsed[length] : NULL;
}

static const struct record *record_of(uint32_t kind, uint32_t length)
{
	static const struct record *const records[] = {
		&padding, &mandatory, &slow, [32] = &feature, &feature, &feature, &feature, &cookie, &ndp,
		&vector0, &vector1, &dropped, &timestamp, [44] = &data_checksum,
		[192] = &event_rate, &intervals, &receive_rate,
	};
	const struct record *r = kind < COUNT(records) ? records[kind] : NULL;

	if (kind == 42 || kind == 43)
		return of_length(kind, length);
	if (!r)
		r = kind < FIRST_LONG ? &reserved : kind < FIRST_CCID ? &reserved_long : &ccid;
	return kind < FIRST_LONG || length >= record_len(r) ? r : NULL;
}

/* Cut the next option off rest; NULL where it lies, and is all that is left. */
static const struct record *take_option(struct slice *rest, struct slice *opt)
{
	uint32_t kind = slice_u8(*rest, 0), length = kind < FIRST_LONG ? 1 : slice_u8(*rest, 1);
	const struct record *r = NULL;

	if (length <= rest->wire && (kind < FIRST_LONG || length >= OPTION_HEAD))
		r = record_of(kind, length);
	*opt = slice_clip(*rest, r ? length : rest->wire);
	*rest = slice_skip(*rest, opt->wire);
	return r;
}

static bool has_ack(uint32_t type)
{
	return type != REQUEST && type != DATA;
}

/* The records between the head and the options, in order; NULL behind the last. */
static const struct record *part_of(struct slice head, uint32_t index)
{
	uint32_t type = (uint32_t)field_get(head, &fields[TYPE]);
	bool is_long = field_get(head, &fields[X]);

	if (index == 0)
		return is_long ? &long_seq : &short_seq;
	if (type >= TYPES)
		return NULL;
	if (index == 1 && has_ack(type))
		return is_long ? &long_ack : &short_ack;
	if (index == (type == REQUEST ? 1 : 2) && (type == REQUEST || type == RESPONSE))
		return &service;
	return index == 2 && type == RESET ? &reset : NULL;
}

/* How long the header is at least, without options. */
static uint32_t least(struct slice head)
{
	uint32_t n = HEAD_LEN;
	const struct record *r;

	for (uint32_t i = 0; (r = part_of(head, i)) != NULL; i++)
		n += record_len(r);
	return n;
}

static enum proto_id dccp_parse(struct step *s)
{
	uint32_t type = (uint32_t)get(s, &fields[TYPE]), length = 4 * (uint32_t)get(s, &fields[OFFSET]);
	struct slice rest, opt;

	if (type >= TYPES) {	/* section 5.1: they are ignored */
		step_header(s, s->in.wire);
		return PROTO_NONE;
	}
	if (length < least(s->in)) {
		step_header(s, s->in.wire);
		step_note(s, NOTE_BAD_LENGTH);
		return PROTO_NONE;
	}
	step_header(s, length);
	rest = slice_skip(slice_clip(s->in, length), least(s->in));
	while (rest.cap > 0)
		if (!take_option(&rest, &opt) && opt.cap == opt.wire)
			step_note(s, NOTE_BAD_OPTION);
	return PROTO_DATA;
}

static const struct record *dccp_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	const struct record *r = part_of(head, index);

	if (rest->cap == 0 || (!r && field_get(head, &fields[TYPE]) >= TYPES))
		return NULL;
	if (r) {
		*opt = slice_clip(*rest, record_len(r));
		*rest = slice_skip(*rest, opt->wire);
		return r;
	}
	r = take_option(rest, opt);
	return r ? r : &bad;
}

/* Section 9: the header is covered, and of the data all, or so many words less one. */
static enum csum dccp_verify(const struct decoded *d, uint32_t i, uint32_t *expected)
{
	struct slice all = layer_whole(d, &d->layer[i]), covered = all;
	uint32_t words = (uint32_t)field_get(all, &fields[CSCOV]), sum = 0;

	if (words > 0)
		covered = slice_clip(all, 4 * ((uint32_t)field_get(all, &fields[OFFSET]) + words - 1));
	if (!checksum_covers(d, i, covered) || !checksum_pseudo(d, i, all.wire, &sum))
		return CSUM_UNVERIFIED;
	return checksum_judge((uint32_t)field_get(all, &fields[CHECKSUM]), checksum_add(sum, covered), expected);
}

/* "(CCVal 0, CsCov 0, cksum 0x12dd (correct)) " */
static COLD void put_checksum(struct out *o, const struct brief *b, uint32_t i, struct slice h)
{
	static const char *const words[] = {
		[CSUM_BAD] = " (incorrect -> 0x", [CSUM_GOOD] = " (correct)", [CSUM_UNVERIFIED] = "",
	};
	uint32_t expected = 0;
	enum csum verdict = b->unverified ? CSUM_UNVERIFIED : checksum_verify(b->d, i, &expected);

	out_str(o, "(CCVal ");
	out_dec(o, field_get(h, &fields[CCVAL]));
	out_str(o, ", CsCov ");
	out_dec(o, field_get(h, &fields[CSCOV]));
	out_str(o, ", cksum 0x");
	out_hex(o, field_get(h, &fields[CHECKSUM]), 4);
	out_str(o, words[verdict]);
	if (verdict == CSUM_BAD) {
		out_hex(o, expected, 4);
		out_char(o, ')');
	}
	out_str(o, ") ");
}

static void put_value(struct out *o, const char *text, uint64_t value)
{
	out_str(o, text);
	out_dec(o, value);
	out_char(o, ')');
}

/* What the type adds, as tcpdump has it: the service or the reason first. */
static void put_parts(struct out *o, struct slice h)
{
	struct slice rest = slice_skip(h, HEAD_LEN);
	uint64_t ack = 0, number = 0;
	const struct record *r;

	for (uint32_t i = 0; (r = part_of(h, i)) != NULL; i++) {
		if (r == &long_seq || r == &short_seq)
			number = field_get(rest, &r->field[r == &long_seq ? NUMBER : 0]);
		else if (r == &long_ack || r == &short_ack)
			ack = field_get(rest, &r->field[NUMBER]);
		else if (r == &service)
			put_value(o, " (service=", field_get(rest, &service_field[0]));
		else if (name_of(codes, slice_u8(rest, 0))) {
			out_str(o, " (code=");
			out_str(o, name_of(codes, slice_u8(rest, 0)));
			out_char(o, ')');
		} else {
			put_value(o, " (code=", slice_u8(rest, 0));
		}
		rest = slice_skip(rest, record_len(r));
	}
	if (has_ack((uint32_t)field_get(h, &fields[TYPE])))
		put_value(o, " (ack=", ack);
	out_str(o, " seq ");
	out_dec(o, number);
}

static uint32_t dccp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice h = layer_head(b->d, l);
	uint32_t type = (uint32_t)field_get(h, &fields[TYPE]);
	const char *name = name_of(types, type);

	if (!brief_ports(o, b, i, &fields[SRCPORT], &fields[DSTPORT], "dccp") || h.cap < HEAD_LEN) {
		out_str(o, "DCCP [|dccp]");
		return b->d->count;
	}
	out_str(o, "DCCP ");
	if (b->verbose)
		put_checksum(o, b, i, h);
	out_str(o, name ? "DCCP-" : "unknown-type-");
	if (name)
		out_str(o, name);
	else
		out_dec(o, type);
	if (!name || h.cap < least(h)) {
		out_str(o, " [|dccp]");
		return b->d->count;
	}
	put_parts(o, h);
	if (l->note == NOTE_TRUNCATED) {
		out_str(o, " [|dccp]");
		return b->d->count;
	}
	out_str(o, ", length ");
	out_dec(o, layer_payload(b->d, l).wire);
	if (l->note != NOTE_OK)
		out_str(o, " (invalid)");
	return b->d->count;
}

const struct proto proto_dccp = {
	.head    = { "dccp", fields, FIELDS, NULL },
	.title   = "Datagram Congestion Control Protocol",
	.min_len = HEAD_LEN,
	.ports   = true,
	.over    = { { BY_IPPROTO, 33 } },
	.parse   = dccp_parse,
	.option  = dccp_option,
	.record  = dccp_record,
	.verify  = dccp_verify,
	.summary = dccp_summary,
};
