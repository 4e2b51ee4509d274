/* SPDX-License-Identifier: BSD-2-Clause */
/* resp.c - Redis Serialization Protocol, version 2: https://redis.io/docs/reference/protocol-spec/ */
#include "decode/brief.h"
#include "decode/textlines.h"

/* Behind the byte that says what it is. */
static const struct field string_fields[] = { { "string", 0, 0, LINE } };
static const struct field error_fields[] = { { "error", 0, 0, LINE } };
static const struct field integer_fields[] = { { "integer", 0, 0, DECIMAL } };
static const struct field bulk_fields[] = {
	{ "bulk_string",        0, 0, PRESENT },
	{ "bulk_string.length", 0, 0, DECIMAL },
};
static const struct field value_fields[] = { { "bulk_string.value", 0, 0, BYTES } };
static const struct field array_fields[] = {
	{ "array",        0, 0, PRESENT },
	{ "array.length", 0, 0, DECIMAL },
};
static const struct field inline_fields[] = { { "inline", 0, 0, LINE } };

#define RECORD(fields, title) RECORD_OF("resp", fields, title)

static const struct record string = RECORD(string_fields, "String");
static const struct record error = RECORD(error_fields, "Error");
static const struct record integer = RECORD(integer_fields, "Integer");
static const struct record bulk = RECORD(bulk_fields, "Bulk string");
static const struct record value = RECORD(value_fields, "Value");
static const struct record array = RECORD(array_fields, "Array");
static const struct record command = RECORD(inline_fields, "Inline command");

static RECORD_LIST(resp_record, &string, &error, &integer, &bulk, &value, &array, &command)

enum { BULK_MAX = 512 << 20 };		/* bytes: what a server takes */

/* One of the elements that messages are made of. */
struct element {
	uint8_t type;			/* its first byte */
	bool null;			/* a string or array that is none */
	bool whole;			/* it ends in what is here */
	uint64_t count;			/* of an array: elements; of a string: bytes */
	struct slice line, value;	/* behind the type; of a bulk string */
};

/* Cut the next element off s; of an array, its head. */
static struct element take(struct slice *s)
{
	struct element e = { .type = slice_u8(*s, 0) };
	struct slice digits, end;

	e.whole = text_take_line(s, &e.line);
	if (!e.whole) {
		e.line = *s;
		*s = slice_skip(*s, s->wire);
	}
	e.line = slice_skip(e.line, 1);
	digits = e.line;
	e.null = slice_starts(digits, "-", 1);
	if (e.type != '$' && e.type != '*')
		return e;
	if (!e.null)
		text_number(digits, &e.count);
	if (e.type != '$' || e.null)
		return e;
	e.count = e.count > BULK_MAX ? BULK_MAX : e.count;
	e.value = slice_clip(*s, (uint32_t)e.count);
	*s = slice_skip(*s, (uint32_t)e.count);
	e.whole = e.whole && e.value.wire == e.count && text_take_line(s, &end);
	return e;
}

/* Does a message begin so, or the command of somebody who types? */
static bool is_element(uint8_t type)
{
	return type == '+' || type == '-' || type == ':' || type == '$' || type == '*';
}

static bool is_command(struct slice s)
{
	struct slice line;

	return text_line(&s, &line) == ENDED && line.cap > 0;
}

/* "*3\r\n$3\r\n": a command as programs send it. */
static bool resp_proves(struct slice s)
{
	struct slice line, digits;
	uint64_t count;

	if (!slice_starts(s, "*", 1) || !text_take_line(&s, &line))
		return false;
	digits = slice_skip(text_trim(line), 1);
	if (digits.cap == 0 || digits.cap > 4 || !text_number(digits, &count) || count == 0 ||
	    !slice_starts(s, "$", 1) || !text_take_line(&s, &line))
		return false;
	digits = slice_skip(text_trim(line), 1);
	return digits.cap > 0 && digits.cap <= 9 && text_number(digits, &count) &&
	       slice_starts(slice_skip(line, line.cap - 2), "\r\n", 2);
}

static enum proto_id resp_parse(struct step *s)
{
	struct slice rest = s->in;
	uint64_t wanted = 1;

	if (!is_element(slice_u8(rest, 0)) && !is_command(rest))
		return step_decline(s);
	while (wanted > 0) {
		struct element e = take(&rest);

		wanted--;
		if (e.type == '*' && !e.null)
			wanted += e.count > UINT32_MAX ? UINT32_MAX : e.count;
		if (!e.whole || (wanted > 0 && rest.cap == 0)) {
			step_need(s, NEED_ANY);
			s->partial = true;
			rest = slice_skip(rest, rest.wire);
			break;
		}
	}
	step_header(s, s->in.wire - rest.wire);
	return PROTO_RESP;
}

/* Is what starts at at the value of a bulk string: does "$" stand at the start of the line before? */
static bool is_value(struct slice whole, uint32_t at, uint64_t *length)
{
	uint32_t start = at;

	if (at < 3 || slice_u8(whole, at - 1) != '\n')
		return false;
	while (start > 0 && at - start < 16 && slice_u8(whole, start - 1) != '$')
		start--;
	if (start == 0 || slice_u8(whole, start - 1) != '$' || (start > 1 && slice_u8(whole, start - 2) != '\n'))
		return false;
	return text_number(slice_skip(whole, start), length) &&
	       slice_find(slice_skip(whole, start), '\n') + start + 1 == at;
}

/* The value of a bulk string is told from a line by the line before it, which counts its bytes; but for
 * strings that have such lines in them.
 */
static const struct record *resp_option(struct slice whole, uint32_t index, struct slice *rest,
					struct slice *opt)
{
	static const struct { uint8_t type; const struct record *record; } records[] = {
		{ '+', &string }, { '-', &error }, { ':', &integer }, { '$', &bulk }, { '*', &array },
	};
	uint64_t length;
	struct slice end;

	(void)index;
	if (rest->cap == 0)
		return NULL;
	if (is_value(whole, slice_offset(whole, *rest), &length)) {
		*opt = slice_clip(*rest, length > BULK_MAX ? BULK_MAX : (uint32_t)length);
		*rest = slice_skip(*rest, opt->cap);
		text_take_line(rest, &end);
		return &value;
	}
	if (!text_take_line(rest, opt)) {
		*opt = *rest;
		*rest = slice_skip(*rest, rest->cap);
	}
	for (uint32_t i = 0; i < COUNT(records); i++) {
		if (records[i].type != slice_u8(*opt, 0))
			continue;
		*opt = slice_skip(*opt, 1);
		return records[i].record;
	}
	return &command;
}

#define LINE_MAX 120	/* characters of elements in a line, about */
#define TEXT_MAX 70	/* of one of them */

static void put_text(struct out *o, struct slice s)
{
	out_str(o, " \"");
	out_visible(o, slice_clip(s, TEXT_MAX));
	out_str(o, s.wire > TEXT_MAX ? "...\"" : "\"");
}

static void put_element(struct out *o, const struct element *e)
{
	if (e->null && (e->type == '$' || e->type == '*'))
		out_str(o, " null");
	else if (e->type == '$' && e->count > 0)
		put_text(o, e->value);
	else if (e->type == '$' || (e->type == '*' && e->count == 0))
		out_str(o, " empty");
	else if (e->type != '*')
		put_text(o, text_trim(e->line));
	if (!e->whole)
		out_str(o, " [|resp]");
}

static uint32_t resp_summary(struct out *o, const struct brief *b, uint32_t i)
{
	struct slice rest = layer_whole(b->d, &b->d->layer[i]), line;
	const char *start = o->at;

	out_str(o, ": RESP");
	while (rest.cap > 0 && o->at - start < LINE_MAX) {
		struct element e;

		if (!is_element(slice_u8(rest, 0))) {
			line = rest;
			text_line(&rest, &line);	/* one that has no end is what is left */
			put_text(o, line);
			return b->d->count;
		}
		e = take(&rest);
		put_element(o, &e);
	}
	if (rest.cap > 0)
		out_str(o, " ...");
	return b->d->count;
}

const struct proto proto_resp = {
	.head    = { "resp", NULL, 0, NULL },
	.title   = "Redis Serialization Protocol",
	.over    = { { BY_TCPPORT, 6379 } },
	.proves  = resp_proves,
	.proves_over = BY_TCPPORT,
	.first   = { { '*', '*' } },
	.parse   = resp_parse,
	.option  = resp_option,
	.record  = resp_record,
	.summary = resp_summary,
};
