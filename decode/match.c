/* SPDX-License-Identifier: BSD-2-Clause */
/* match.c - display filters: from the expression to its tests
 *
 * How it works: a descent through the grammar, of bounded depth, makes a tree whose leaves are tests;
 * then each test is told where to go on, so that the tree is no longer needed.
 */
#include "decode/match.h"

#include "decode/match_literal.h"
#include "decode/match_name.h"
#include "decode/match_token.h"

enum {
	DEPTH_MAX = 100,	/* parentheses and negations in each other */
	TEXT_MAX = 65536,	/* bytes of an expression */
	NODES_MAX = 4 * MATCH_TESTS + DEPTH_MAX,
};

enum node_kind { NODE_TEST, NODE_NOT, NODE_AND, NODE_OR };

struct node {
	uint8_t kind;			/* enum node_kind */
	uint16_t left, right;		/* nodes; of a test: left is its number */
};

struct parser {
	struct match *m;
	struct match_error *e;
	struct slice all, rest;
	struct token token;
	uint32_t depth, nodes;
	bool failed;
	char why[100];			/* of the engine for "matches" */
	struct node node[NODES_MAX];
};

static void advance(struct parser *p)
{
	p->token = token_next(p->all, &p->rest);
}

/* Say what is wrong at a place; what is said first stays. Returns 0, which is some node. */
static uint16_t wrong(struct parser *p, uint32_t at, const char *what, struct slice quoted,
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

static uint16_t unexpected(struct parser *p, const char *wanted)
{
	static const struct slice none;

	if (p->token.kind == TOKEN_END)
		return wrong(p, p->token.at, "the expression ends where ", none, wanted);
	if (p->token.kind == TOKEN_UNENDED)
		return wrong(p, p->token.at, "the quotes of this text do not end", none, "");
	return wrong(p, p->token.at, "is not expected here, but ", p->token.text, wanted);
}

static bool take(struct parser *p, enum token_kind kind)
{
	if (p->token.kind != kind)
		return false;
	advance(p);
	return true;
}

static uint16_t add_node(struct parser *p, enum node_kind kind, uint16_t left, uint16_t right)
{
	if (p->nodes == NODES_MAX)
		return wrong(p, p->token.at, "the expression is too large", (struct slice){ 0 }, "");
	p->node[p->nodes] = (struct node){ (uint8_t)kind, left, right };
	return (uint16_t)p->nodes++;
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
	wrong(p, t->at, "is neither a field nor a protocol", t->text, then);
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
		wrong(p, at, "a number has no bytes to cut out", (struct slice){ 0 }, "");
		return;
	}
	while (n < p->rest.cap && slice_u8(p->rest, n) != ']')
		n++;
	text = slice_clip(p->rest, n);
	if (n == p->rest.cap) {
		wrong(p, at, "there is no ] for this [", (struct slice){ 0 }, "");
		return;
	}
	if (!no_blanks(text, packed, sizeof(packed), &inside))
		wrong(p, at, "is too long", text, "");
	do {
		if (o->ranges == MATCH_RANGES || !range(&inside, &o->range[o->ranges])) {
			wrong(p, at, form, text, "");
			return;
		}
		o->ranges++;
	} while (slice_starts(inside, ",", 1) && (inside = slice_skip(inside, 1), true));
	if (inside.cap > 0)
		wrong(p, at, form, text, "");
	p->rest = slice_skip(p->rest, n + 1);
	advance(p);
	o->class = CLASS_BYTES;
	o->form = FORM_BYTES;
}

static bool literal(struct parser *p, enum form form, uint32_t width)
{
	static const enum spelling spellings[] = {
		[TOKEN_WORD] = SPELT_WORD, [TOKEN_STRING] = SPELT_STRING,
		[TOKEN_RAW_STRING] = SPELT_RAW_STRING, [TOKEN_CHAR] = SPELT_CHAR,
	};
	const char *why;

	if (p->token.kind < TOKEN_WORD || p->token.kind > TOKEN_CHAR)
		return unexpected(p, "a value should be");
	why = literal_add(p->m, form, width, spellings[p->token.kind], p->token.text);
	if (why)
		return wrong(p, p->token.at, why, (struct slice){ 0 }, "");
	advance(p);
	return true;
}

/* "& 0x0f", behind the sign. */
static void bits(struct parser *p, struct operand *o)
{
	if (o->form == FORM_BOOL || o->form == FORM_TEXT || o->form == FORM_TIME || o->form == FORM_IPV6 ||
	    (o->form == FORM_BYTES && !o->ranges && o->from != FORM_BYTES)) {
		wrong(p, p->token.at, "the bits of this cannot be masked", (struct slice){ 0 }, "");
		return;
	}
	o->mask = p->m->literals;
	o->masked = literal(p, (enum form)o->form, o->width);
}

static void function(struct parser *p, struct operand *o, enum function f, uint32_t at)
{
	bool text = f == FUNCTION_LOWER || f == FUNCTION_UPPER;

	if (text && o->class != CLASS_TEXT) {
		wrong(p, at, "only text has upper and lower case", (struct slice){ 0 }, "");
		return;
	}
	o->function = (uint8_t)f;
	if (text)
		return;
	if (f == FUNCTION_LEN && o->class == CLASS_TIME)
		wrong(p, at, "a time has no length", (struct slice){ 0 }, "");
	if (f == FUNCTION_COUNT || o->class != CLASS_NUMBER || o->from == FORM_IPV4)
		o->width = 0;
	o->class = CLASS_NUMBER;
	o->form = FORM_NUMBER;
}

/* The function called name; FUNCTION_NONE where there is none. */
static enum function function_of(const char *name)
{
	static const char *const names[] = {
		[FUNCTION_LEN] = "len", [FUNCTION_COUNT] = "count",
		[FUNCTION_LOWER] = "lower", [FUNCTION_UPPER] = "upper",
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
		unexpected(p, "a field or protocol should be");
		return NULL;
	}
	if (p->m->operands == MATCH_OPERANDS) {
		wrong(p, p->token.at, "the expression has too many fields", (struct slice){ 0 }, "");
		return NULL;
	}
	if (!good || !name_add(p->m, name)) {
		if (p->m->targets == MATCH_TARGETS || p->m->fields == MATCH_FIELDS)
			wrong(p, p->token.at, "the expression has too many fields",
			      (struct slice){ 0 }, "");
		else
			suggest(p, &p->token, name);
		return NULL;
	}
	advance(p);
	return o;
}

/* A field, or a function of one, cut and masked. */
static struct operand *operand(struct parser *p)
{
	struct token first = p->token;
	struct slice before = p->rest;
	enum function f = FUNCTION_NONE;
	char name[NAME_LENGTH];
	struct operand *o;

	if (first.kind == TOKEN_WORD && zero_ended(name, first.text)) {
		f = function_of(name);
		if (f != FUNCTION_NONE && token_next(p->all, &before).kind == TOKEN_OPEN) {
			advance(p);
			advance(p);
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
		if (!take(p, TOKEN_CLOSE))
			unexpected(p, "a ) should be");
	}
	if (take(p, TOKEN_BITS))
		bits(p, o);
	return p->failed ? NULL : o;
}

/* Is the token a field, rather than a value? */
static bool is_field(struct parser *p)
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

static bool comparable(const struct operand *a, const struct operand *b)
{
	bool bytes = (a->form == FORM_MAC || a->form == FORM_BYTES) &&
		     (b->form == FORM_MAC || b->form == FORM_BYTES);

	return a->form == b->form || bytes;
}

static const struct relation {
	uint8_t op;		/* enum op */
	bool all;
} relations[] = {
	[TOKEN_EQ] = { OP_EQ, false },	     [TOKEN_NE] = { OP_NE, true },
	[TOKEN_ALL_EQ] = { OP_EQ, true },    [TOKEN_ANY_NE] = { OP_NE, false },
	[TOKEN_LT] = { OP_LT, false },	     [TOKEN_LE] = { OP_LE, false },
	[TOKEN_GT] = { OP_GT, false },	     [TOKEN_GE] = { OP_GE, false },
	[TOKEN_CONTAINS] = { OP_CONTAINS, false }, [TOKEN_MATCHES] = { OP_MATCHES, false },
};

static void pattern(struct parser *p, struct test *t)
{
	const struct match_regex *engine = p->m->engine;
	struct literal *l = &p->m->literal[p->m->literals];
	uint32_t at = p->token.at;

	if (p->token.kind != TOKEN_STRING && p->token.kind != TOKEN_RAW_STRING) {
		unexpected(p, "a pattern in double quotes should be");
		return;
	}
	if (!literal(p, FORM_TEXT, 0))
		return;
	t->regex = engine ? engine->compile((const char *)p->m->byte + l->at, l->length, p->why,
					    sizeof(p->why)) : NULL;
	if (!t->regex)
		wrong(p, at, "this is no pattern: ", (struct slice){ 0 },
		      engine ? p->why : "there are none in this program");
}

/* What stands to the right of a comparison. */
static void right_side(struct parser *p, struct test *t, const struct operand *left, uint32_t at)
{
	bool text = t->op == OP_CONTAINS || t->op == OP_MATCHES;
	const struct operand *right;
	enum form form = (enum form)left->form;

	if (text && left->class != CLASS_TEXT && form != FORM_BYTES && form != FORM_MAC) {
		wrong(p, at, "only text and bytes can be searched in", (struct slice){ 0 }, "");
		return;
	}
	if (t->op == OP_MATCHES) {
		pattern(p, t);
		return;
	}
	if (!is_field(p)) {
		t->right = p->m->literals;
		literal(p, text && form == FORM_MAC ? FORM_BYTES : form, left->width);
		return;
	}
	t->field = true;
	t->right = p->m->operands;
	right = operand(p);
	if (right && (!comparable(left, right) || left->function == FUNCTION_COUNT ||
		      right->function == FUNCTION_COUNT))
		wrong(p, at, "these two cannot be compared", (struct slice){ 0 }, "");
}

/* "{80, 443, 1..10}", behind "in". */
static void set(struct parser *p, struct test *t, const struct operand *left)
{
	struct match *m = p->m;

	if (!take(p, TOKEN_OPEN_SET)) {
		unexpected(p, "a { should be");
		return;
	}
	t->op = OP_IN;
	t->right = m->literals;
	do {
		uint16_t first = m->literals;

		if (!literal(p, (enum form)left->form, left->width))
			return;
		if (take(p, TOKEN_TO)) {
			m->literal[first].range = true;
			if (!literal(p, (enum form)left->form, left->width))
				return;
		}
	} while (take(p, TOKEN_COMMA));
	t->count = (uint16_t)(m->literals - t->right);
	if (!take(p, TOKEN_CLOSE_SET))
		unexpected(p, "a comma or } should be");
}

/* A comparison, or the question whether there is such a field. */
static uint16_t test(struct parser *p)
{
	uint32_t at;
	bool any = take(p, TOKEN_ANY), all = !any && take(p, TOKEN_ALL), negated;
	struct test *t = &p->m->test[p->m->tests];
	uint16_t number = p->m->tests, node;
	const struct operand *left;

	if (number == MATCH_TESTS)
		return wrong(p, p->token.at, "the expression has too many tests", (struct slice){ 0 },
			     "");
	*t = (struct test){ .op = OP_EXISTS, .left = p->m->operands };
	p->m->tests++;
	left = operand(p);
	if (!left)
		return 0;
	at = p->token.at;
	negated = take(p, TOKEN_NOT);
	if (take(p, TOKEN_IN)) {
		set(p, t, left);
	} else if (negated) {
		return unexpected(p, "in should be");
	} else if (p->token.kind >= TOKEN_EQ && p->token.kind <= TOKEN_MATCHES) {
		t->op = relations[p->token.kind].op;
		t->all = relations[p->token.kind].all;
		advance(p);
		right_side(p, t, left, at);
	} else if (any || all || left->function) {
		return unexpected(p, "a comparison should be");
	}
	if (any || all)
		t->all = all;
	node = add_node(p, NODE_TEST, number, 0);
	return negated ? add_node(p, NODE_NOT, node, 0) : node;
}

static uint16_t alternatives(struct parser *p);

static uint16_t term(struct parser *p)
{
	uint16_t node;

	if (p->token.kind != TOKEN_NOT && p->token.kind != TOKEN_OPEN)
		return test(p);
	if (p->depth == DEPTH_MAX)
		return wrong(p, p->token.at, "the expression is nested too deeply",
			     (struct slice){ 0 }, "");
	p->depth++;
	if (take(p, TOKEN_NOT)) {
		node = add_node(p, NODE_NOT, term(p), 0);
	} else {
		advance(p);
		node = alternatives(p);
		if (!p->failed && !take(p, TOKEN_CLOSE))
			unexpected(p, "a ) or an operator should be");
	}
	p->depth--;
	return node;
}

static uint16_t conditions(struct parser *p)
{
	uint16_t node = term(p);

	while (!p->failed && take(p, TOKEN_AND))
		node = add_node(p, NODE_AND, node, term(p));
	return node;
}

static uint16_t alternatives(struct parser *p)
{
	uint16_t node = conditions(p);

	while (!p->failed && take(p, TOKEN_OR))
		node = add_node(p, NODE_OR, node, conditions(p));
	return node;
}

/* Tell the tests below a node where to go on; returns the first of them. As deep as there are nodes in
 * a row to the left: at most as many as there may be tests, and negations.
 */
static uint16_t link_tests(const struct parser *p, uint16_t at, uint16_t yes, uint16_t no)
{
	const struct node *n = &p->node[at];
	uint16_t right;

	switch ((enum node_kind)n->kind) {
	case NODE_NOT:
		return link_tests(p, n->left, no, yes);
	case NODE_AND:
		right = link_tests(p, n->right, yes, no);
		return link_tests(p, n->left, right, no);
	case NODE_OR:
		right = link_tests(p, n->right, yes, no);
		return link_tests(p, n->left, yes, right);
	case NODE_TEST:
		break;
	}
	p->m->test[n->left].yes = yes;
	p->m->test[n->left].no = no;
	return n->left;
}

int match_open(struct match *m, const char *text, size_t length, const struct match_regex *engine,
	       struct match_error *e)
{
	uint32_t n = (uint32_t)(length < TEXT_MAX ? length : TEXT_MAX);
	struct parser p;
	uint16_t root;

	p.m = m;
	p.e = e;
	p.all = p.rest = (struct slice){ (const uint8_t *)text, n, n };
	p.depth = p.nodes = 0;
	p.failed = false;
	m->start = MATCH_YES;
	m->tests = m->operands = m->targets = m->fields = m->literals = m->bytes = 0;
	m->engine = engine;
	if (length > TEXT_MAX) {
		wrong(&p, 0, "the expression is longer than 65536 bytes", (struct slice){ 0 }, "");
		return -1;
	}
	advance(&p);
	if (p.token.kind == TOKEN_END)
		return 0;
	root = alternatives(&p);
	if (!p.failed && p.token.kind != TOKEN_END)
		unexpected(&p, "an operator or the end should be");
	if (p.failed)
		return -1;
	m->start = link_tests(&p, root, MATCH_YES, MATCH_NO);
	return 0;
}

void match_close(struct match *m)
{
	for (uint32_t i = 0; i < m->tests; i++)
		if (m->test[i].regex)
			m->engine->release(m->test[i].regex);
}
