/* SPDX-License-Identifier: BSD-2-Clause */
/* match.c - display filters: from the expression to its tests
 *
 * How it works: a descent through the grammar, of bounded depth, makes a tree whose leaves are tests;
 * then each test is told where to go on, so that the tree is no longer needed.
 */
#include "decode/match.h"

#include "decode/match_parse.h"

static uint16_t add_node(struct parser *p, enum node_kind kind, uint16_t left, uint16_t right)
{
	if (p->nodes == NODES_MAX)
		return parse_wrong(p, p->token.at, "the expression is too large",
				   (struct slice){ 0 }, "");
	p->node[p->nodes] = (struct node){ (uint8_t)kind, left, right };
	return (uint16_t)p->nodes++;
}

static bool comparable(const struct operand *a, const struct operand *b)
{
	bool bytes = (a->form == FORM_MAC || a->form == FORM_BYTES) &&
		     (b->form == FORM_MAC || b->form == FORM_BYTES);

	return a->form == b->form || bytes;
}

static const struct relation {
	uint8_t op; /* enum op */
	bool all;
} relations[] = {
	[TOKEN_EQ] = { OP_EQ, false },
	[TOKEN_NE] = { OP_NE, true },
	[TOKEN_ALL_EQ] = { OP_EQ, true },
	[TOKEN_ANY_NE] = { OP_NE, false },
	[TOKEN_LT] = { OP_LT, false },
	[TOKEN_LE] = { OP_LE, false },
	[TOKEN_GT] = { OP_GT, false },
	[TOKEN_GE] = { OP_GE, false },
	[TOKEN_CONTAINS] = { OP_CONTAINS, false },
	[TOKEN_MATCHES] = { OP_MATCHES, false },
};

static void pattern(struct parser *p, struct test *t)
{
	const struct match_regex *engine = p->m->engine;
	struct literal *l = &p->m->literal[p->m->literals];
	uint32_t at = p->token.at;

	if (p->token.kind != TOKEN_STRING && p->token.kind != TOKEN_RAW_STRING) {
		parse_unexpected(p, "a pattern in double quotes should be");
		return;
	}
	if (!parse_literal(p, FORM_TEXT, 0))
		return;
	t->regex = engine ? engine->compile((const char *)p->m->byte + l->at, l->length, p->why,
					    sizeof(p->why))
			  : NULL;
	if (!t->regex)
		parse_wrong(p, at, "this is no pattern: ", (struct slice){ 0 },
			    engine ? p->why : "there are none in this program");
}

/* What stands to the right of a comparison. */
static void right_side(struct parser *p, struct test *t, const struct operand *left, uint32_t at)
{
	bool text = t->op == OP_CONTAINS || t->op == OP_MATCHES;
	const struct operand *right;
	enum form form = (enum form)left->form;

	if (text && left->class != CLASS_TEXT && form != FORM_BYTES && form != FORM_MAC) {
		parse_wrong(p, at, "only text and bytes can be searched in", (struct slice){ 0 },
			    "");
		return;
	}
	if (t->op == OP_MATCHES) {
		pattern(p, t);
		return;
	}
	if (!parse_is_field(p)) {
		t->right = p->m->literals;
		parse_literal(p, text && form == FORM_MAC ? FORM_BYTES : form, left->width);
		return;
	}
	t->field = true;
	t->right = p->m->operands;
	right = parse_operand(p);
	if (right && (!comparable(left, right) || left->function == FUNCTION_COUNT ||
		      right->function == FUNCTION_COUNT))
		parse_wrong(p, at, "these two cannot be compared", (struct slice){ 0 }, "");
}

/* "{80, 443, 1..10}", behind "in". */
static void set(struct parser *p, struct test *t, const struct operand *left)
{
	struct match *m = p->m;

	if (!parse_take(p, TOKEN_OPEN_SET)) {
		parse_unexpected(p, "a { should be");
		return;
	}
	t->op = OP_IN;
	t->right = m->literals;
	do {
		uint16_t first = m->literals;

		if (!parse_literal(p, (enum form)left->form, left->width))
			return;
		if (parse_take(p, TOKEN_TO)) {
			m->literal[first].range = true;
			if (!parse_literal(p, (enum form)left->form, left->width))
				return;
		}
	} while (parse_take(p, TOKEN_COMMA));
	t->count = (uint16_t)(m->literals - t->right);
	if (!parse_take(p, TOKEN_CLOSE_SET))
		parse_unexpected(p, "a comma or } should be");
}

/* A comparison, or the question whether there is such a field. */
static uint16_t test(struct parser *p)
{
	uint32_t at;
	bool any = parse_take(p, TOKEN_ANY), all = !any && parse_take(p, TOKEN_ALL), negated;
	struct test *t = &p->m->test[p->m->tests];
	uint16_t number = p->m->tests, node;
	const struct operand *left;

	if (number == MATCH_TESTS)
		return parse_wrong(p, p->token.at, "the expression has too many tests",
				   (struct slice){ 0 }, "");
	*t = (struct test){ .op = OP_EXISTS, .left = p->m->operands };
	p->m->tests++;
	left = parse_operand(p);
	if (!left)
		return 0;
	at = p->token.at;
	negated = parse_take(p, TOKEN_NOT);
	if (parse_take(p, TOKEN_IN)) {
		set(p, t, left);
	} else if (negated) {
		return parse_unexpected(p, "in should be");
	} else if (p->token.kind >= TOKEN_EQ && p->token.kind <= TOKEN_MATCHES) {
		t->op = relations[p->token.kind].op;
		t->all = relations[p->token.kind].all;
		parse_advance(p);
		right_side(p, t, left, at);
	} else if (any || all || left->function) {
		return parse_unexpected(p, "a comparison should be");
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
		return parse_wrong(p, p->token.at, "the expression is nested too deeply",
				   (struct slice){ 0 }, "");
	p->depth++;
	if (parse_take(p, TOKEN_NOT)) {
		node = add_node(p, NODE_NOT, term(p), 0);
	} else {
		parse_advance(p);
		node = alternatives(p);
		if (!p->failed && !parse_take(p, TOKEN_CLOSE))
			parse_unexpected(p, "a ) or an operator should be");
	}
	p->depth--;
	return node;
}

static uint16_t conditions(struct parser *p)
{
	uint16_t node = term(p);

	while (!p->failed && parse_take(p, TOKEN_AND))
		node = add_node(p, NODE_AND, node, term(p));
	return node;
}

static uint16_t alternatives(struct parser *p)
{
	uint16_t node = conditions(p);

	while (!p->failed && parse_take(p, TOKEN_OR))
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
	m->flows = false;
	m->engine = engine;
	if (length > TEXT_MAX) {
		parse_wrong(&p, 0, "the expression is longer than 65536 bytes", (struct slice){ 0 },
			    "");
		return -1;
	}
	parse_advance(&p);
	if (p.token.kind == TOKEN_END)
		return 0;
	root = alternatives(&p);
	if (!p.failed && p.token.kind != TOKEN_END)
		parse_unexpected(&p, "an operator or the end should be");
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
