/* SPDX-License-Identifier: BSD-2-Clause */
/* tftp.c - Trivial File Transfer Protocol, RFC 1350; options, RFC 2347
 *
 * Only what goes to port 69 is found: the answers come from a port that nobody else knows, and a block
 * number proves nothing. "--decode-as udp.port==PORT,tftp" shows them.
 */
#include "decode/brief.h"

enum { OPCODE, FIELDS };
enum { RRQ = 1, WRQ, DATA, ACK, ERROR, OACK };

static const struct name opcodes[] = {
	{ RRQ, "RRQ" },	    { WRQ, "WRQ" },   { DATA, "DATA" }, { ACK, "ACK" },
	{ ERROR, "ERROR" }, { OACK, "OACK" }, { 0, NULL },
};
static const struct field fields[FIELDS] = {
	[OPCODE] = { "opcode", 0, 16, UINT, .names = opcodes },
};

#define HEAD_LEN 2
#define TEXT_MAX 60		/* bytes of each text that are told on a line */

static const struct field read_request[] = {
	{ "source_file", 0, 0, TEXTZ },
	{ "type", 0, 0, TEXTZ },
};
static const struct field write_request[] = {
	{ "destination_file", 0, 0, TEXTZ },
	{ "type", 0, 0, TEXTZ },
};
static const struct field block[] = { { "block", 0, 16, UINT } };

enum { ERROR_CODE, ERROR_MESSAGE };
static const struct name errors[] = {
	{ 0, "EUNDEF" }, { 1, "ENOTFOUND" }, { 2, "EACCESS" }, { 3, "ENOSPACE" }, { 4, "EBADOP" },
	{ 5, "EBADID" }, { 6, "EEXISTS" },   { 7, "ENOUSER" }, { 0, NULL },
};
static const struct field error[] = {
	[ERROR_CODE] = { "error.code", 0, 16, UINT, .names = errors },
	[ERROR_MESSAGE] = { "error.message", 16, 0, TEXTZ },
};
static const struct field option[] = {
	{ "option.name", 0, 0, TEXTZ },
	{ "option.value", 0, 0, TEXTZ },
};
static const struct field unknown[] = { { "data", 0, 0, BYTES } };

static const struct record read_record = { "tftp", read_request, 2, NULL };
static const struct record write_record = { "tftp", write_request, 2, NULL };
static const struct record block_record = { "tftp", block, 1, NULL };
static const struct record error_record = { "tftp", error, 2, NULL };
static const struct record option_record = { "tftp", option, 2, "Option" };
static const struct record unknown_record = { "tftp", unknown, 1, NULL };

static RECORD_LIST(tftp_record, &read_record, &write_record, &block_record, &error_record,
		   &option_record, &unknown_record)

	static uint32_t opcode_of(struct slice h)
{
	return (uint32_t)field_get(h, &fields[OPCODE]);
}

/* Cut the text off rest that a zero ends, without the zero; false where none does. */
static bool take_text(struct slice *rest, struct slice *text)
{
	uint32_t n = slice_find(*rest, 0);

	*text = slice_clip(*rest, n);
	if (n >= rest->cap)
		return false;
	*rest = slice_skip(*rest, n + 1);
	return true;
}

/* Cut two such texts off; what is left over is no pair. */
static bool take_pair(struct slice *rest, struct slice *pair)
{
	struct slice end = *rest, text;

	if (!take_text(&end, &text) || !take_text(&end, &text))
		return false;
	*pair = slice_clip(*rest, slice_offset(*rest, end));
	*rest = end;
	return true;
}

static enum proto_id tftp_parse(struct step *s)
{
	uint32_t opcode = opcode_of(s->in);
	struct slice rest = slice_skip(s->in, HEAD_LEN), pair;

	if (opcode == DATA || opcode == ACK) {
		step_header(s, HEAD_LEN + record_len(&block_record));
		return PROTO_DATA;
	}
	step_header(s, s->in.wire);
	if (opcode == ERROR)
		rest = slice_skip(rest, error[ERROR_MESSAGE].bit / 8);
	if (opcode == ERROR && !take_text(&rest, &pair))
		step_note(s, NOTE_BAD_OPTION);
	while ((opcode == RRQ || opcode == WRQ || opcode == OACK) && rest.wire > 0) {
		if (take_pair(&rest, &pair))
			continue;
		step_note(s, NOTE_BAD_OPTION);
		break;
	}
	return PROTO_NONE;
}

static const struct record *tftp_option(struct slice head, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	static const struct record *const first[] = {
		[RRQ] = &read_record,  [WRQ] = &write_record,	[DATA] = &block_record,
		[ACK] = &block_record, [ERROR] = &error_record,
	};
	uint32_t opcode = opcode_of(head);
	bool pairs = opcode == RRQ || opcode == WRQ || opcode == OACK;

	if (rest->cap == 0)
		return NULL;
	if (pairs && take_pair(rest, opt))
		return index > 0 || opcode == OACK ? &option_record : first[opcode];
	*opt = *rest;
	*rest = slice_skip(*rest, rest->wire);
	if (pairs)
		return opcode != OACK && index == 0 ? first[opcode] : NULL;
	return opcode > 0 && opcode < OACK ? first[opcode] : &unknown_record;
}

/* " octet tsize 1234": texts with a zero behind each; false where one has none. */
static bool put_texts(struct out *o, struct slice rest)
{
	struct slice text;

	while (rest.wire > 0) {
		bool whole = take_text(&rest, &text);

		if (text.cap > 0) {
			out_char(o, ' ');
			out_text(o, slice_clip(text, TEXT_MAX));
		}
		if (!whole)
			return false;
	}
	return true;
}

/* ' "boot.img"' */
static bool put_quoted(struct out *o, struct slice *rest)
{
	struct slice text;
	bool whole = take_text(rest, &text);

	out_str(o, " \"");
	out_text(o, slice_clip(text, TEXT_MAX));
	out_char(o, '"');
	return whole;
}

static bool put_error(struct out *o, struct slice body)
{
	uint32_t code = (uint32_t)field_get(body, &error[ERROR_CODE]);
	const char *name = name_of(errors, code);
	struct slice rest = slice_skip(body, error[ERROR_MESSAGE].bit / 8);

	if (!field_here(body, &error[ERROR_CODE]))
		return false;
	out_char(o, ' ');
	out_str(o, name ? name : "tftp-err-#");
	if (!name)
		out_dec(o, code);
	return put_quoted(o, &rest);
}

static bool put_body(struct out *o, uint32_t opcode, struct slice body)
{
	switch (opcode) {
	case RRQ:
	case WRQ: return put_quoted(o, &body) && put_texts(o, body);
	case OACK: return put_texts(o, body);
	case DATA:
	case ACK:
		if (!field_here(body, &block[0]))
			return false;
		out_str(o, " block ");
		out_dec(o, field_get(body, &block[0]));
		return true;
	case ERROR: return put_error(o, body);
	default: return true;
	}
}

static uint32_t tftp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice h = layer_whole(b->d, &b->d->layer[i]);
	uint32_t opcode = opcode_of(h);
	const char *name = name_of(opcodes, opcode);
	bool whole = h.cap >= HEAD_LEN;

	out_str(o, "TFTP, length ");
	out_dec(o, h.wire);
	if (whole) {
		out_str(o, name ? ", " : ", tftp-#");
		if (name)
			out_str(o, name);
		else
			out_dec(o, opcode);
		whole = put_body(o, opcode, slice_skip(h, HEAD_LEN));
	}
	if (!whole)
		out_str(o, " [|tftp]");
	return b->d->count;
}

const struct proto proto_tftp = {
	.head = { "tftp", fields, FIELDS, NULL },
	.title = "Trivial File Transfer Protocol",
	.min_len = HEAD_LEN,
	.over = { { BY_UDPPORT, 69 } },
	.parse = tftp_parse,
	.option = tftp_option,
	.record = tftp_record,
	.summary = tftp_summary,
};
