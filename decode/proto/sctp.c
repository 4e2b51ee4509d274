/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp.c - Stream Control Transmission Protocol, RFC 9260: common header and chunks */
#include "decode/proto/sctp.h"

#include "decode/checksum.h"

enum { SRCPORT, DSTPORT, TAG, CHECKSUM, FIELDS };

static const struct field fields[FIELDS] = {
	[SRCPORT]  = { "srcport",           0, 16, PORT, .role = SRC },
	[DSTPORT]  = { "dstport",          16, 16, PORT, .role = DST },
	[TAG]      = { "verification_tag", 32, 32, HEX },
	[CHECKSUM] = { "checksum",         64, 32, HEX },
};

#define HEAD_LEN 12
#define CHUNK_HEAD 4

static const struct name types[] = {
	{ SCTP_DATA, "DATA" }, { SCTP_INIT, "INIT" }, { SCTP_INIT_ACK, "INIT ACK" }, { SCTP_SACK, "SACK" },
	{ SCTP_HEARTBEAT, "HB REQ" }, { SCTP_HEARTBEAT_ACK, "HB ACK" }, { SCTP_ABORT, "ABORT" },
	{ SCTP_SHUTDOWN, "SHUTDOWN" }, { SCTP_SHUTDOWN_ACK, "SHUTDOWN ACK" },
	{ SCTP_ERROR, "OP ERR" }, { SCTP_COOKIE_ECHO, "COOKIE ECHO" }, { SCTP_COOKIE_ACK, "COOKIE ACK" },
	{ SCTP_ECNE, "ECN ECHO" }, { SCTP_CWR, "ECN CWR" }, { SCTP_SHUTDOWN_COMPLETE, "SHUTDOWN COMPLETE" },
	{ 0, NULL },
};

static const struct field data_bits[] = {
	{ "", 8, 4, UINT }, { "data_i_bit", 12, 1, BOOL }, { "data_u_bit", 13, 1, BOOL },
	{ "data_b_bit", 14, 1, BOOL }, { "data_e_bit", 15, 1, BOOL },
};
static const struct record data_parts = { "sctp", data_bits, 5, NULL };
static const struct field abort_bits[] = { { "", 8, 7, UINT }, { "abort_t_bit", 15, 1, BOOL } };
static const struct record abort_parts = { "sctp", abort_bits, 2, NULL };
static const struct field complete_bits[] = { { "", 8, 7, UINT }, { "shutdown_complete_t_bit", 15, 1, BOOL } };
static const struct record complete_parts = { "sctp", complete_bits, 2, NULL };

#define CHUNK(id, title_, flags_, inside_, ...)					\
	static const struct field id##_field[] = {				\
		{ "chunk_type", 0, 8, UINT, .names = types },			\
		{ "chunk_flags", 8, 8, HEX, .parts = flags_ },			\
		{ "chunk_length", 16, 16, UINT }, __VA_ARGS__			\
	};									\
	static const struct record id = { "sctp", id##_field,			\
					  COUNT(id##_field), title_, inside_ }

enum { CHUNK_TYPE, CHUNK_FLAGS, CHUNK_LENGTH, FIRST };
enum { DATA_TSN = FIRST, DATA_SID, DATA_SSN, DATA_PPID };
CHUNK(data, "DATA chunk", &data_parts, NULL,
      [DATA_TSN] = { "data_tsn_raw", 32, 32, UINT }, [DATA_SID] = { "data_sid", 64, 16, HEX },
      [DATA_SSN] = { "data_ssn", 80, 16, UINT }, [DATA_PPID] = { "data_payload_proto_id", 96, 32, UINT },
      { "user_data", 128, 0, BYTES });
enum { INIT_TAG = FIRST, INIT_CREDIT, INIT_OUT, INIT_IN, INIT_TSN };
CHUNK(init, "INIT chunk", NULL, sctp_parameter,
      [INIT_TAG] = { "init_initiate_tag", 32, 32, HEX }, [INIT_CREDIT] = { "init_credit", 64, 32, UINT },
      [INIT_OUT] = { "init_nr_out_streams", 96, 16, UINT },
      [INIT_IN] = { "init_nr_in_streams", 112, 16, UINT },
      [INIT_TSN] = { "init_initial_tsn", 128, 32, UINT });
CHUNK(init_ack, "INIT ACK chunk", NULL, sctp_parameter,
      [INIT_TAG] = { "initack_initiate_tag", 32, 32, HEX },
      [INIT_CREDIT] = { "initack_credit", 64, 32, UINT },
      [INIT_OUT] = { "initack_nr_out_streams", 96, 16, UINT },
      [INIT_IN] = { "initack_nr_in_streams", 112, 16, UINT },
      [INIT_TSN] = { "initack_initial_tsn", 128, 32, UINT });

static const struct field gap_field[] = {
	{ "sack_gap_block_start", 0, 16, UINT }, { "sack_gap_block_end", 16, 16, UINT },
};
static const struct record gap = { "sctp", gap_field, 2, "Gap block" };
static const struct field duplicate_field[] = { { "sack_duplicate_tsn", 0, 32, UINT, .repeat = true } };
static const struct record duplicate = { "sctp", duplicate_field, 1, "Duplicates" };
static const struct record *sack_item(const struct within *w, struct slice *rest, struct slice *item);

enum { SACK_TSN = FIRST, SACK_CREDIT, SACK_GAPS, SACK_DUPLICATES };
CHUNK(sack, "SACK chunk", NULL, sack_item,
      [SACK_TSN] = { "sack_cumulative_tsn_ack_raw", 32, 32, UINT },
      [SACK_CREDIT] = { "sack_a_rwnd", 64, 32, UINT },
      [SACK_GAPS] = { "sack_number_of_gap_blocks", 96, 16, UINT },
      [SACK_DUPLICATES] = { "sack_number_of_duplicated_tsns", 112, 16, UINT });
CHUNK(heartbeat, "HEARTBEAT chunk", NULL, sctp_parameter, );
CHUNK(abort_, "ABORT chunk", &abort_parts, sctp_cause, );
CHUNK(shutdown_, "SHUTDOWN chunk", NULL, NULL, [FIRST] = { "shutdown_cumulative_tsn_ack", 32, 32, UINT });
CHUNK(bare, "Chunk", NULL, NULL, );
CHUNK(error, "ERROR chunk", NULL, sctp_cause, );
CHUNK(cookie_echo, "COOKIE ECHO chunk", NULL, NULL, [FIRST] = { "cookie", 32, 0, BYTES });
CHUNK(ecne, "ECNE chunk", NULL, NULL, [FIRST] = { "ecne_lowest_tsn", 32, 32, UINT });
CHUNK(cwr, "CWR chunk", NULL, NULL, [FIRST] = { "cwr_lowest_tsn", 32, 32, UINT });
CHUNK(complete, "SHUTDOWN COMPLETE chunk", &complete_parts, NULL, );
CHUNK(other, "Chunk", NULL, NULL, [FIRST] = { "chunk_value", 32, 0, BYTES });

static const struct record *const chunks[] = {
	[SCTP_DATA] = &data, [SCTP_INIT] = &init, [SCTP_INIT_ACK] = &init_ack, [SCTP_SACK] = &sack,
	[SCTP_HEARTBEAT] = &heartbeat, [SCTP_HEARTBEAT_ACK] = &heartbeat, [SCTP_ABORT] = &abort_,
	[SCTP_SHUTDOWN] = &shutdown_, [SCTP_SHUTDOWN_ACK] = &bare, [SCTP_ERROR] = &error,
	[SCTP_COOKIE_ECHO] = &cookie_echo, [SCTP_COOKIE_ACK] = &bare, [SCTP_ECNE] = &ecne, [SCTP_CWR] = &cwr,
	[SCTP_SHUTDOWN_COMPLETE] = &complete,
};
#define CHUNKS (uint32_t)COUNT(chunks)

static const struct record *sctp_record(uint32_t n)
{
	static const struct record *const more[] = { &gap, &duplicate, &other };

	if (n < CHUNKS)
		return chunks[n];
	n -= CHUNKS;
	return n < 3 ? more[n] : sctp_parameter_record(n - 3);
}

/* The gaps, and behind them the duplicates. */
static const struct record *sack_item(const struct within *w, struct slice *rest, struct slice *item)
{
	bool is_gap = w->index < field_get(w->bytes, &sack_field[SACK_GAPS]);

	*item = is_gap ? slice_clip(*rest, 4) : *rest;
	*rest = slice_skip(*rest, item->wire);
	return is_gap ? &gap : &duplicate;
}

static enum proto_id sctp_parse(struct step *s)
{
	struct slice rest = slice_skip(s->in, HEAD_LEN), chunk;

	while (rest.wire > 0)
		if (!sctp_take(&rest, &chunk))
			step_note(s, NOTE_BAD_OPTION);
	step_header(s, s->in.wire);
	return PROTO_NONE;
}

static const struct record *sctp_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	uint32_t type = slice_u8(*rest, 0);

	(void)head;
	(void)index;
	if (rest->cap == 0)
		return NULL;
	return sctp_take(rest, opt) && type < CHUNKS ? chunks[type] : &other;
}

/* RFC 9260, appendix A: a CRC whose bits and bytes go out lowest first. */
static uint32_t crc32c(uint32_t crc, struct slice s)
{
	for (uint32_t i = 0; i < s.cap; i++) {
		crc ^= slice_u8(s, i);
		for (uint32_t bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0x82f63b78) : 0);
	}
	return crc;
}

static enum csum sctp_verify(const struct decoded *d, uint32_t i, uint32_t *expected)
{
	static const uint8_t none[4];
	struct slice all = layer_whole(d, &d->layer[i]);
	uint32_t before = fields[CHECKSUM].bit / 8, crc = UINT32_MAX;

	if (!checksum_covers(d, i, all))
		return CSUM_UNVERIFIED;
	crc = crc32c(crc, slice_clip(all, before));
	crc = crc32c(crc, (struct slice){ none, sizeof(none), sizeof(none) });
	crc = ~crc32c(crc, slice_skip(all, HEAD_LEN));
	*expected = __builtin_bswap32(crc);
	return *expected == field_get(all, &fields[CHECKSUM]) ? CSUM_GOOD : CSUM_BAD;
}

static void put_number(struct out *o, const char *text, uint64_t value)
{
	out_str(o, " [");
	out_str(o, text);
	out_dec(o, value);
	out_char(o, ']');
}

static void put_data(struct out *o, struct slice c)
{
	uint64_t bits = field_get(c, &data_field[CHUNK_FLAGS]) & 7;

	out_str(o, bits ? " " : "");
	out_str(o, bits & 4 ? "(U)" : "");
	out_str(o, bits & 2 ? "(B)" : "");
	out_str(o, bits & 1 ? "(E)" : "");
	put_number(o, "TSN: ", field_get(c, &data_field[DATA_TSN]));
	put_number(o, "SID: ", field_get(c, &data_field[DATA_SID]));
	put_number(o, "SSEQ ", field_get(c, &data_field[DATA_SSN]));
	out_str(o, " [PPID 0x");
	out_hex(o, field_get(c, &data_field[DATA_PPID]), 1);
	out_char(o, ']');
}

static void put_init(struct out *o, struct slice c)
{
	out_str(o, " [init tag: ");
	out_dec(o, field_get(c, &init_field[INIT_TAG]));
	out_char(o, ']');
	put_number(o, "rwnd: ", field_get(c, &init_field[INIT_CREDIT]));
	put_number(o, "OS: ", field_get(c, &init_field[INIT_OUT]));
	put_number(o, "MIS: ", field_get(c, &init_field[INIT_IN]));
	put_number(o, "init TSN: ", field_get(c, &init_field[INIT_TSN]));
}

static void put_edge(struct out *o, const char *name, uint32_t tsn, uint64_t offset)
{
	out_str(o, name);
	out_dec(o, (uint32_t)(tsn + offset));
}

/* Characters of a line, behind which no further gap, duplicate, or chunk is begun. */
enum { GAP_MAX = 140, DUPLICATE_MAX = 170, CHUNK_MAX = 150 };

/* Gaps as TSNs, which they are counted from the cumulative one on: RFC 9260, section 3.3.4. */
static void put_gaps(struct out *o, const char *start, struct slice c)
{
	uint32_t tsn = (uint32_t)field_get(c, &sack_field[SACK_TSN]);
	uint32_t gaps = (uint32_t)field_get(c, &sack_field[SACK_GAPS]), n = 0;
	uint32_t duplicates = (uint32_t)field_get(c, &sack_field[SACK_DUPLICATES]);
	struct slice rest = slice_skip(c, record_len(&sack));

	for (; n < gaps && rest.cap >= 4 && o->at - start <= GAP_MAX; n++) {
		out_str(o, " [gap ack block #");
		out_dec(o, n + 1);
		put_edge(o, ": start = ", tsn, field_get(rest, &gap_field[0]));
		put_edge(o, ", end = ", tsn, field_get(rest, &gap_field[1]));
		out_char(o, ']');
		rest = slice_skip(rest, 4);
	}
	if (n == gaps && duplicates > 0 && rest.cap >= 4 && o->at - start <= DUPLICATE_MAX) {
		put_number(o, "dup TSN #1: ", slice_u32(rest, 0));
		n++;
	}
	if (n < gaps + duplicates)
		out_str(o, " ...");
}

static void put_sack(struct out *o, const char *start, struct slice c)
{
	put_number(o, "cum ack ", field_get(c, &sack_field[SACK_TSN]));
	put_number(o, "a_rwnd ", field_get(c, &sack_field[SACK_CREDIT]));
	put_number(o, "#gap acks ", field_get(c, &sack_field[SACK_GAPS]));
	put_number(o, "#dup tsns ", field_get(c, &sack_field[SACK_DUPLICATES]));
	put_gaps(o, start, c);
}

#define CHUNKS_TOLD 4		/* on a line; the last of them by its name only */

static bool put_chunk(struct out *o, const char *start, struct slice c, bool name_only)
{
	uint32_t type = slice_u8(c, 0);
	const char *name = name_of(types, type);

	out_char(o, '[');
	out_str(o, name ? name : "Unknown chunk type: 0x");
	if (!name)
		out_hex(o, type, 2);
	out_char(o, ']');
	if (type >= CHUNKS || name_only)
		return true;
	if (c.cap < record_len(chunks[type]) && c.cap < c.wire)
		return false;
	if (type == SCTP_DATA)
		put_data(o, c);
	else if (type == SCTP_INIT || type == SCTP_INIT_ACK)
		put_init(o, c);
	else if (type == SCTP_SACK)
		put_sack(o, start, c);
	return true;
}

static uint32_t sctp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct layer *l = &b->d->layer[i];
	struct slice s = layer_whole(b->d, l), rest = slice_skip(s, HEAD_LEN), chunk;
	bool whole = brief_ports(o, b, i, &fields[SRCPORT], &fields[DSTPORT], "sctp");
	const char *start = o->at;

	out_str(o, "sctp");
	for (uint32_t n = 1; whole && rest.wire > 0; n++) {
		whole = rest.cap > 0;
		if (!whole)
			break;
		out_str(o, n > 1 ? ", (" : " (");
		out_dec(o, n);
		out_str(o, ") ");
		if (n > CHUNKS_TOLD || o->at - start > CHUNK_MAX) {
			out_str(o, "...");
			break;
		}
		whole = sctp_take(&rest, &chunk) && put_chunk(o, start, chunk, n > 1);
	}
	if (!whole || note_stops((enum note)l->note))
		out_str(o, " [|sctp]");
	return b->d->count;
}

const struct proto proto_sctp = {
	.head    = { "sctp", fields, FIELDS, NULL },
	.title   = "Stream Control Transmission Protocol",
	.min_len = HEAD_LEN,
	.ports   = true,
	.over    = { { BY_IPPROTO, 132 } },
	.parse   = sctp_parse,
	.option  = sctp_option,
	.record  = sctp_record,
	.verify  = sctp_verify,
	.summary = sctp_summary,
};
