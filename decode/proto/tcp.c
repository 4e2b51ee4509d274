/* SPDX-License-Identifier: BSD-2-Clause */
/* tcp.c - Transmission Control Protocol, RFC 9293 section 3.1 */
#include "decode/brief.h"
#include "decode/checksum.h"
#include "decode/proto/tcp_options.h"
#include "decode/track/bases.h"
#include "decode/track/seqs.h"

enum {
	SRCPORT, DSTPORT, SEQ, ACK, HDR_LEN, FLAGS, WINDOW, CHECKSUM, URGENT, FIELDS,
};

enum { FLAG_FIN = 1, FLAG_SYN = 2, FLAG_RST = 4, FLAG_PUSH = 8, FLAG_ACK = 16, FLAG_URG = 32 };

static const struct field flags[] = {
	{ "res",   100, 3, BOOL },
	{ "ae",    103, 1, BOOL },	/* RFC 9768; was the nonce sum of RFC 3540 */
	{ "cwr",   104, 1, BOOL },
	{ "ece",   105, 1, BOOL },
	{ "urg",   106, 1, BOOL },
	{ "ack",   107, 1, BOOL },
	{ "push",  108, 1, BOOL },
	{ "reset", 109, 1, BOOL },
	{ "syn",   110, 1, BOOL },
	{ "fin",   111, 1, BOOL },
};
static const struct record flag_parts = {
	"tcp.flags", flags, COUNT(flags), NULL,
};

static const struct field fields[FIELDS] = {
	[SRCPORT]  = { "srcport",             0, 16, PORT, .role = SRC },
	[DSTPORT]  = { "dstport",            16, 16, PORT, .role = DST },
	[SEQ]      = { "seq_raw",            32, 32, UINT },
	[ACK]      = { "ack_raw",            64, 32, UINT },
	[HDR_LEN]  = { "hdr_len",            96,  4, UINT, .scale = 4 },
	[FLAGS]    = { "flags",             100, 12, HEX, .parts = &flag_parts },
	[WINDOW]   = { "window_size_value", 112, 16, UINT },
	[CHECKSUM] = { "checksum",          128, 16, HEX },
	[URGENT]   = { "urgent_pointer",    144, 16, UINT },
};

static enum proto_id tcp_parse(struct step *s)
{
	uint32_t len = (uint32_t)get(s, &fields[HDR_LEN]) * 4;

	step_header(s, len);
	if (len > TCP_FIXED && !note_stops(s->note) &&
	    !tcp_options_sound(slice_skip(slice_clip(s->in, len), TCP_FIXED)))
		step_note(s, NOTE_BAD_OPTION);
	if (len >= s->in.wire)		/* most acknowledgements: nobody is looked for */
		return PROTO_NONE;
	return step_ports(s, BY_TCPPORT, (uint32_t)get(s, &fields[SRCPORT]),
			  (uint32_t)get(s, &fields[DSTPORT]));
}

/* A letter for each flag that is set, the lowest first. */
static COLD void put_letters(struct out *o, uint32_t value)
{
	static const char letters[8] = "FSRP.UEW";

	out_str(o, "Flags [");
	if (value == 0)
		out_str(o, "none");
	for (; value; value &= value - 1)
		out_char(o, letters[__builtin_ctz(value)]);
	out_char(o, ']');
}

/* "Flags [S.]"; those of nearly every segment in one piece. */
static void put_flags(struct out *o, uint32_t value)
{
	switch (value & 0xff) {
	case FLAG_ACK:
		out_str(o, "Flags [.]");
		break;
	case FLAG_PUSH | FLAG_ACK:
		out_str(o, "Flags [P.]");
		break;
	case FLAG_FIN | FLAG_ACK:
		out_str(o, "Flags [F.]");
		break;
	case FLAG_SYN:
		out_str(o, "Flags [S]");
		break;
	case FLAG_SYN | FLAG_ACK:
		out_str(o, "Flags [S.]");
		break;
	default:
		put_letters(o, value & 0xff);
	}
}

/* The second look, where all of the segment is at hand. */
static COLD void put_checksum(struct out *o, const struct brief *b, uint32_t i, struct slice h)
{
	uint32_t expected;
	enum csum verdict = checksum_verify(b->d, i, &expected);

	if (verdict == CSUM_UNVERIFIED)
		return;
	out_str(o, ", cksum 0x");
	out_hex(o, field_get(h, &fields[CHECKSUM]), 4);
	if (b->checksum_pending) {
		out_str(o, " (left to the network card)");
	} else if (verdict == CSUM_GOOD) {
		out_str(o, " (correct)");
	} else {
		out_str(o, " (incorrect -> 0x");
		out_hex(o, expected, 4);
		out_char(o, ')');
	}
}

/* From where the numbers of this segment count: nowhere (0), where they are to be absolute. What is
 * acknowledged selectively is relative already in a conversation's first segment.
 */
static inline struct seqs_start start_of(const struct brief *b, uint32_t i, struct slice h,
					 uint32_t bits, uint32_t *sack_start)
{
	struct seqs_segment seg = {
		.srcport = (uint16_t)field_get(h, &fields[SRCPORT]),
		.dstport = (uint16_t)field_get(h, &fields[DSTPORT]),
		.syn = bits & FLAG_SYN,
		.seq = (uint32_t)field_get(h, &fields[SEQ]),
		.ack = (uint32_t)field_get(h, &fields[ACK]),
	};
	struct seqs_start start = { 0, 0 };
	bool known;

	*sack_start = 0;
	if (!(b->seqs || b->bases) || !(bits & FLAG_ACK))
		return start;
	brief_addresses(b, i, &seg.src, &seg.dst);
	known = b->seqs ? seqs_find(b->seqs, &seg, &start) : bases_find(b->bases, &seg, b->number, &start);
	*sack_start = start.ack;
	return known ? start : (struct seqs_start){ 0, 0 };
}

/* ", seq 1:4, ack 1, win 512, urg 5"; the first also where it says nothing, if all is wanted. */
static void put_numbers(struct out *o, struct slice h, uint32_t bits, uint32_t length,
			struct seqs_start start, bool all)
{
	uint32_t seq = (uint32_t)field_get(h, &fields[SEQ]) - start.seq;

	if (all || length > 0 || bits & (FLAG_SYN | FLAG_FIN | FLAG_RST)) {
		out_str(o, ", seq ");
		out_dec(o, seq);
	}
	if (length > 0) {
		out_char(o, ':');
		out_dec(o, seq + length);
	}
	if (bits & FLAG_ACK) {
		out_str(o, ", ack ");
		out_dec(o, (uint32_t)field_get(h, &fields[ACK]) - start.ack);
	}
	out_str(o, ", win ");
	out_dec(o, field_get(h, &fields[WINDOW]));
	if (bits & FLAG_URG) {
		out_str(o, ", urg ");
		out_dec(o, field_get(h, &fields[URGENT]));
	}
}

/* ", options [...]" for a header of len bytes on the wire; false where it was cut. */
static bool put_options(struct out *o, struct slice rest, uint32_t bits, uint32_t sack_start)
{
	struct tcp_context c = { sack_start, bits & FLAG_SYN, bits & FLAG_ACK };

	out_str(o, ", options [");
	if (!tcp_options_put(o, rest, &c)) {
		out_str(o, " [|tcp]");
		return false;
	}
	out_char(o, ']');
	return true;
}

/* RFC 9293, section 3.5.2: a reset may say why, in words. */
#define REASON_MAX 30

static COLD void put_reason(struct out *o, struct slice payload)
{
	out_str(o, payload.wire > REASON_MAX ? " [RST+ " : " [RST ");
	out_visible(o, slice_clip(payload, REASON_MAX));
	out_char(o, ']');
}

/* What is to be said of a header that cannot be read to its end: shorter than it must be, or longer
 * than the whole segment.
 */
static COLD void put_bad(struct out *o, uint32_t whole, uint32_t header, uint32_t bits, bool quiet)
{
	bool tooshort = header < TCP_FIXED;

	if (tooshort) {
		out_str(o, " tcp ");
		out_dec(o, whole - header);
	} else if (quiet) {
		out_str(o, "tcp 0");
	} else {
		put_flags(o, bits);
	}
	out_str(o, " [bad hdr length ");
	out_dec(o, header);
	out_str(o, tooshort ? " - too short, < 20]" : " - too long, > ");
	if (!tooshort) {
		out_dec(o, whole);
		out_char(o, ']');
	}
}

/* What is wrong with a header's length, in a segment that starts a conversation like any other. */
static COLD uint32_t put_bad_length(struct out *o, const struct brief *b, uint32_t i, struct slice h)
{
	uint32_t header = (uint32_t)field_get(h, &fields[HDR_LEN]) * 4, sack_start;
	uint32_t bits = (uint32_t)field_get(h, &fields[FLAGS]);

	put_bad(o, b->d->layer[i].claimed, header, bits, b->quiet);
	if (header >= TCP_FIXED && !b->quiet)
		start_of(b, i, h, bits, &sack_start);
	return b->d->count;
}

/* The line of a header that is there, from its flags to its options; false where it was cut. */
static bool put_header(struct out *o, const struct brief *b, uint32_t i, struct slice h,
		       uint32_t bits, uint32_t length)
{
	const struct layer *l = &b->d->layer[i];
	uint32_t header = (uint32_t)field_get(h, &fields[HDR_LEN]) * 4, sack_start;
	struct seqs_start start = start_of(b, i, h, bits, &sack_start);

	put_flags(o, bits);
	if (b->verbose && !b->unverified)
		put_checksum(o, b, i, h);
	put_numbers(o, h, bits, length, start, b->verbose > 1);
	if (header > TCP_FIXED) {
		struct slice rest = slice_clip(layer_whole(b->d, l), header);

		if (!put_options(o, slice_skip(rest, TCP_FIXED), bits, sack_start))
			return false;
	}
	out_str(o, ", length ");
	out_dec(o, length);
	return true;
}

static uint32_t tcp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	const struct decoded *d = b->d;
	const struct layer *l = &d->layer[i];
	struct slice h = layer_head(d, l);
	uint32_t header = (uint32_t)field_get(h, &fields[HDR_LEN]) * 4;
	uint32_t bits = (uint32_t)field_get(h, &fields[FLAGS]);
	uint32_t length = l->claimed - min_u32(header, l->claimed);

	if (!brief_ports(o, b, i, &fields[SRCPORT], &fields[DSTPORT], "tcp")) {
		out_str(o, "[|tcp]");
		return d->count;
	}
	if (h.cap < TCP_FIXED) {
		out_str(o, " [|tcp]");
		return d->count;
	}
	if (header < TCP_FIXED || header > l->claimed)
		return put_bad_length(o, b, i, h);
	if (b->quiet) {
		out_str(o, "tcp ");
		out_dec(o, length);
		return d->count;
	}
	if (!put_header(o, b, i, h, bits, length))
		return d->count;
	if (b->verbose && bits & FLAG_RST && length > 0) {
		put_reason(o, layer_payload(d, l));
		return d->count;
	}
	return layer_proto(d, i + 1) == PROTO_DATA ? d->count : i + 1;
}

const struct proto proto_tcp = {
	.head    = { "tcp", fields, FIELDS, NULL },
	.title   = "Transmission Control Protocol",
	.min_len = TCP_FIXED,
	.ports   = true,
	.over    = { { BY_IPPROTO, 6 } },
	.parse   = tcp_parse,
	.option  = tcp_option,
	.record  = tcp_option_record,
	.summary = tcp_summary,
};
