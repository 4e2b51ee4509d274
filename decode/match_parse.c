/* SPDX-License-Identifier: BSD-2-Clause */
/* match_parse.c - display filters: fields and values, and what may stand around them */
#include "decode/match_literal.h"
#include "decode/match_name.h"
#include "decode/match_parse.h"

void parse_advance(struct parser *p)
{
	p->token = token_next(p->all, &p->rest);
}

uint16_t parse_wrong(struct parser *p, uint32_t at, const char *what, struct slice quoted,
		     const char *then)
{
	struct out o = { p->e->text, p->e->text + sizeof(p->e->text) - 1 };

	if (p->failed)
		return 0;
	p->failed = true;
	p->e->at = at;
	if (quoted.cap > 0) {
		out_char(&o, '\'');
		out_text(&o, slice_clip(quoted, NAME_LENGTH));
		out_str(&o, "' ");
	}
	out_str(&o, what);
	out_str(&o, then);
	*o.at = '\0';
	return 0;
}

uint16_t parse_unexpected(struct parser *p, const char *wanted)
{
	static const struct slice none;

	if (p->token.kind == TOKEN_END)
		return parse_wrong(p, p->token.at, "the expression ends where ", none, wanted);
	if (p->token.kind == TOKEN_UNENDED)
		return parse_wrong(p, p->token.at, "the quotes of this text do not end", none, "");
	return parse_wrong(p, p->token.at, "is not expected here, but ", p->token.text, wanted);
}

bool parse_take(struct parser *p, enum token_kind kind)
{
	if (p->token.kind != kind)
		return false;
	parse_advance(p);
	return true;
}

static void suggest(struct parser *p, const struct token *t, const char *name)
{
	char then[NAME_LENGTH + 32];
	struct out o = { then, then + sizeof(then) - 1 };
	char nearest[NAME_LENGTH];

	name_nearest(name, nearest);
	out_str(&o, "; is it ");
	out_str(&o, nearest);
	out_char(&o, '?');
	*o.at = '\0';
	parse_wrong(p, t->at, "is neither a field nor a protocol", t->text, then);
}

static bool zero_ended(char name[NAME_LENGTH], struct slice text)
{
	uint32_t n = slice_copy(name, text, NAME_LENGTH - 1);

	name[n] = '\0';
	return n == text.cap && strlen(name) == n;
}

/* A whole number, of a place in brackets. */
static bool whole_number(struct slice *s, int32_t *value)
{
	bool minus = slice_starts(*s, "-", 1), some = false;

	*value = 0;
	if (minus)
		*s = slice_skip(*s, 1);
	while (s->cap > 0 && slice_u8(*s, 0) >= '0' && slice_u8(*s, 0) <= '9' && *value < 100000) {
		*value = *value * 10 + (slice_u8(*s, 0) - '0');
		*s = slice_skip(*s, 1);
		some = true;
	}
	if (minus)
		*value = -*value;
	return some;
}

/* 1:2 is two bytes from the second on, 1-2 is the second to the third, :2 the first two, 1: all but the
 * first, 1 the second; negative places count from the end.
 */
static bool range(struct slice *s, struct range *r)
{
	*r = (struct range){ .length = 1 };
	if (slice_starts(*s, ":", 1)) {
		*s = slice_skip(*s, 1);
		return whole_number(s, &r->length) && r->length > 0;
	}
	if (!whole_number(s, &r->start))
		return false;
	if (slice_starts(*s, ":", 1)) {
		*s = slice_skip(*s, 1);
		r->length = 0;
		if (s->cap == 0 || slice_starts(*s, ",", 1))
			return true;
		return whole_number(s, &r->length) && r->length > 0;
	}
	if (slice_starts(*s, "-", 1)) {
		*s = slice_skip(*s, 1);
		r->to = true;
		return whole_number(s, &r->length) &&
		       (r->length < 0 || r->start < 0 || r->length >= r->start);
	}
	return true;
}

static bool no_blanks(struct slice s, char *text, uint32_t room, struct slice *packed)
{
	struct out o = { text, text + room };

	for (uint32_t i = 0; i < s.cap; i++)
		if (slice_u8(s, i) != ' ')
			out_char(&o, (char)slice_u8(s, i));
	*packed = (struct slice){ (const uint8_t *)text, room - out_room(&o), room - out_room(&o) };
	return out_room(&o) > 0;
}

/* What is between brackets, behind the first of them. */
static void ranges(struct parser *p, struct operand *o)
{
	static const char form[] = "is no range of bytes, such as [0:3], [1-2], [4] or [-2:]";
	uint32_t at = p->token.at, n = 0;
	struct slice text, inside;
	char packed[256];

	if (o->from == FORM_BOOL || o->from == FORM_NUMBER || o->from == FORM_TIME ||
	    o->function == FUNCTION_LEN || o->function == FUNCTION_COUNT || o->ranges) {
		parse_wrong(p, at, "a number has no bytes to cut out", (struct slice){ 0 }, "");
		return;
	}
	while (n < p->rest.cap && slice_u8(p->rest, n) != ']')
		n++;
	text = slice_clip(p->rest, n);
	if (n == p->rest.cap) {
		parse_wrong(p, at, "there is no ] for this [", (struct slice){ 0 }, "");
		return;
	}
	if (!no_blanks(text, packed, sizeof(packed), &inside))
		parse_wrong(p, at, "is too long", text, "");
	do {
		if (o->ranges == MATCH_RANGES || !range(&inside, &o->range[o->ranges])) {
			parse_wrong(p, at, form, text, "");
			return;
		}
		o->ranges++;
	} while (slice_starts(inside, ",", 1) && (inside = slice_skip(inside, 1), true));
	if (inside.cap > 0)
		parse_wrong(p, at, form, text, "");
	p->rest = slice_skip(p->rest, n + 1);
	parse_advance(p);
	o->class = CLASS_BYTES;
	o->form = FORM_BYTES;
}

bool parse_literal(struct parser *p, enum form form, uint32_t width)
{
	static const enum spelling spellings[] = {
		[TOKEN_WORD] = SPELT_WORD,
		[TOKEN_STRING] = SPELT_STRING,
		[TOKEN_RAW_STRING] = SPELT_RAW_STRING,
		[TOKEN_CHAR] = SPELT_CHAR,
	};
	const char *why;

	if (p->token.kind < TOKEN_WORD || p->token.kind > TOKEN_CHAR)
		return parse_unexpected(p, "a value should be");
	why = literal_add(p->m, form, width, spellings[p->token.kind], p->token.text);
	if (why)
		return parse_wrong(p, p->token.at, why, (struct slice){ 0 }, "");
	parse_advance(p);
	return true;
}

/* "& 0x0f", behind the sign. */
static void bits(struct parser *p, struct operand *o)
{
	if (o->form == FORM_BOOL || o->form == FORM_TEXT || o->form == FORM_TIME ||
	    o->form == FORM_IPV6 ||
	    (o->form == FORM_BYTES && !o->ranges && o->from != FORM_BYTES)) {
		parse_wrong(p, p->token.at, "the bits of this cannot be masked",
			    (struct slice){ 0 }, "");
		return;
	}
	o->mask = p->m->literals;
	o->masked = parse_literal(p, (enum form)o->form, o->width);
}

static void function(struct parser *p, struct operand *o, enum function f, uint32_t at)
{
	bool text = f == FUNCTION_LOWER || f == FUNCTION_UPPER;

	if (text && o->class != CLASS_TEXT) {
		parse_wrong(p, at, "only text has upper and lower case", (struct slice){ 0 }, "");
		return;
	}
	o->function = (uint8_t)f;
	if (text)
		return;
	if (f == FUNCTION_LEN && o->class == CLASS_TIME)
		parse_wrong(p, at, "a time has no length", (struct slice){ 0 }, "");
	if (f == FUNCTION_COUNT || o->class != CLASS_NUMBER || o->from == FORM_IPV4)
		o->width = 0;
	o->class = CLASS_NUMBER;
	o->form = FORM_NUMBER;
}

/* The function called name; FUNCTION_NONE where there is none. */
static enum function function_of(const char *name)
{
	static const char *const names[] = {
		[FUNCTION_LEN] = "len",
		[FUNCTION_COUNT] = "count",
		[FUNCTION_LOWER] = "lower",
		[FUNCTION_UPPER] = "upper",
	};

	for (uint32_t i = FUNCTION_LEN; i <= FUNCTION_UPPER; i++)
		if (strcmp(name, names[i]) == 0)
			return (enum function)i;
	return FUNCTION_NONE;
}

/* A field or protocol by its name, which is the token. */
static struct operand *named(struct parser *p)
{
	struct operand *o = &p->m->operand[p->m->operands];
	char name[NAME_LENGTH];
	bool good = zero_ended(name, p->token.text);

	if (p->token.kind != TOKEN_WORD) {
		parse_unexpected(p, "a field or protocol should be");
		return NULL;
	}
	if (p->m->operands == MATCH_OPERANDS) {
		parse_wrong(p, p->token.at, "the expression has too many fields",
			    (struct slice){ 0 }, "");
		return NULL;
	}
	if (!good || !name_add(p->m, name)) {
		if (p->m->targets == MATCH_TARGETS || p->m->fields == MATCH_FIELDS)
			parse_wrong(p, p->token.at, "the expression has too many fields",
				    (struct slice){ 0 }, "");
		else
			suggest(p, &p->token, name);
		return NULL;
	}
	parse_advance(p);
	return o;
}

struct operand *parse_operand(struct parser *p)
{
	struct token first = p->token;
	struct slice before = p->rest;
	enum function f = FUNCTION_NONE;
	char name[NAME_LENGTH];
	struct operand *o;

	if (first.kind == TOKEN_WORD && zero_ended(name, first.text)) {
		f = function_of(name);
		if (f != FUNCTION_NONE && token_next(p->all, &before).kind == TOKEN_OPEN) {
			parse_advance(p);
			parse_advance(p);
		} else {
			f = FUNCTION_NONE;
		}
	}
	o = named(p);
	if (!o)
		return NULL;
	if (p->token.kind == TOKEN_OPEN_RANGE)
		ranges(p, o);
	if (f != FUNCTION_NONE) {
		function(p, o, f, first.at);
		if (!parse_take(p, TOKEN_CLOSE))
			parse_unexpected(p, "a ) should be");
	}
	if (parse_take(p, TOKEN_BITS))
		bits(p, o);
	return p->failed ? NULL : o;
}

bool parse_is_field(struct parser *p)
{
	struct match *m = p->m;
	uint16_t operands = m->operands, targets = m->targets, fields = m->fields;
	char name[NAME_LENGTH];
	bool is = p->token.kind == TOKEN_WORD && zero_ended(name, p->token.text) &&
		  operands < MATCH_OPERANDS && (name_add(m, name) || function_of(name));

	m->operands = operands;
	m->targets = targets;
	m->fields = fields;
	return is;
}
