/* SPDX-License-Identifier: BSD-2-Clause */
/* match_run.c - does a compiled display filter hold for a packet? */
#include "decode/match_run.h"

#include "decode/match_value.h"

static bool holds(enum op op, int order)
{
	switch (op) {
	case OP_EQ: return order == 0;
	case OP_NE: return order != 0;
	case OP_LT: return order < 0;
	case OP_LE: return order <= 0;
	case OP_GT: return order > 0;
	case OP_GE: return order >= 0;
	default: return false;
	}
}

static int order_of(const struct operand *o, const struct item *a, const struct item *b)
{
	if (o->class == CLASS_NUMBER)
		return a->number < b->number ? -1 : a->number > b->number;
	if (o->class == CLASS_TIME)
		return (int64_t)a->number < (int64_t)b->number ? -1 :
		       (int64_t)a->number > (int64_t)b->number;
	return slice_order(a->bytes, b->bytes);
}

/* How a value stands to a literal; addresses by the bits of its network. */
static int order_to(const struct cursor *c, const struct item *a, const struct literal *l)
{
	struct item b = { l->number, literal_bytes(c->m, l) }, x = *a;

	if (l->bits)
		return slice_prefix_order(a->bytes, b.bytes, l->bits - 1u);
	x.number &= l->mask;
	b.number &= l->mask;
	return order_of(c->o, &x, &b);
}

static bool in_set(const struct cursor *c, const struct item *x, const struct test *t)
{
	for (uint32_t i = t->right; i < (uint32_t)t->right + t->count; i++) {
		const struct literal *l = &c->m->literal[i];

		if (l->range) {
			if (order_to(c, x, l) >= 0 && order_to(c, x, l + 1) <= 0)
				return true;
			i++;
		} else if (order_to(c, x, l) == 0) {
			return true;
		}
	}
	return false;
}

static bool holds_for(const struct cursor *c, const struct item *x, const struct test *t)
{
	const struct literal *l = &c->m->literal[t->right];

	switch ((enum op)t->op) {
	case OP_IN:
		return in_set(c, x, t);
	case OP_CONTAINS:
		return slice_contains(x->bytes, literal_bytes(c->m, l));
	case OP_MATCHES:
		return c->m->engine->found(t->regex, x->bytes.ptr, x->bytes.cap);
	default:
		return holds((enum op)t->op, order_to(c, x, l));
	}
}

/* Is there a value; of what is masked, one other than zero? */
static bool exists(struct cursor *c)
{
	struct item x = { 0 };

	while (cursor_next(c, &x)) {
		if (!c->o->masked || (c->o->class == CLASS_NUMBER && x.number))
			return true;
		for (uint32_t i = 0; c->o->class == CLASS_BYTES && i < x.bytes.cap; i++)
			if (slice_u8(x.bytes, i))
				return true;
	}
	return false;
}

/* Both sides are fields: each value of one with each of the other. */
static bool between(struct cursor *a, const struct test *t)
{
	bool some = false;
	struct item x = { 0 }, y = { 0 };

	while (cursor_next(a, &x)) {
		NOT_CLEARED struct cursor b;

		cursor_start(&b, a->m, t->right, a->d, a->f);
		while (cursor_next(&b, &y)) {
			bool held = t->op == OP_CONTAINS ? slice_contains(x.bytes, y.bytes) :
				    holds((enum op)t->op, order_of(a->o, &x, &y));

			if (held != t->all)
				return held;
			some = true;
		}
	}
	return t->all && some;
}

static bool count_holds(struct cursor *c, const struct test *t)
{
	struct item x = { 0 }, total = { 0 };

	while (cursor_found(c, &x))
		total.number++;
	return total.number > 0 && holds_for(c, &total, t);
}

static bool passes(const struct match *m, const struct test *t, const struct decoded *d,
		   const struct frame *f)
{
	bool some = false;
	NOT_CLEARED struct cursor c;
	struct item x = { 0 };

	cursor_start(&c, m, t->left, d, f);
	if (t->op == OP_EXISTS)
		return exists(&c);
	if (t->field)
		return between(&c, t);
	if (c.o->function == FUNCTION_COUNT)
		return count_holds(&c, t);
	while (cursor_next(&c, &x)) {
		bool held = holds_for(&c, &x, t);

		if (held != t->all)
			return held;
		some = true;
	}
	return t->all && some;
}

bool match_packet(const struct match *m, const struct decoded *d, const struct frame *f)
{
	uint32_t at = m->start;

	while (at < MATCH_TESTS) {
		const struct test *t = &m->test[at];

		at = passes(m, t, d, f) ? t->yes : t->no;
	}
	return at == MATCH_YES;
}
