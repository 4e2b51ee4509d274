/* SPDX-License-Identifier: BSD-2-Clause */
/* match_run.c - does a compiled display filter hold for a packet? */
#include "decode/match_run.h"

#include "decode/ber.h"
#include "decode/checksum.h"
#include "decode/date.h"
#include "decode/name.h"
#include "decode/walk.h"

#define ROOM 1024	/* bytes: the longest text made of a value */

/* Its room is filled before it is read: -ftrivial-auto-var-init would clear it for every test. */
#define NOT_CLEARED __attribute__((uninitialized))

struct item {
	uint64_t number;
	struct slice bytes;
};

/* Where the search for an operand's values is. */
struct cursor {
	const struct match *m;
	const struct operand *o;
	const struct decoded *d;
	const struct frame *f;
	uint32_t target, layer;
	bool walking;
	struct view view;
	struct value value;
	char room[ROOM];		/* for values that are made, not found */
};

static void start(struct cursor *c, const struct match *m, uint16_t operand,
		  const struct decoded *d, const struct frame *f)
{
	c->m = m;
	c->o = &m->operand[operand];
	c->d = d;
	c->f = f;
	c->target = c->o->first;
	c->layer = 0;
	c->walking = false;
}

static struct slice text_slice(const void *text, uint32_t n)
{
	return (struct slice){ text, n, n };
}

static bool is_one_of(const struct cursor *c, const struct target *t, const struct field *f)
{
	for (uint32_t i = t->first; i < (uint32_t)t->first + t->count; i++)
		if (c->m->field[i] == f)
			return true;
	return false;
}

static bool whole(enum proto_id id)
{
	return id == PROTO_TCP || id == PROTO_ICMP || id == PROTO_ICMPV6 || id == PROTO_DNS ||
	       id == PROTO_MDNS || id == PROTO_LLMNR || id == PROTO_DNSTCP || id == PROTO_ARP || id == PROTO_IGMP;
}

/* A protocol is all from its header on; in brackets, the header alone where it has a payload that is
 * no part of it.
 */
static struct slice layer_bytes(const struct cursor *c, const struct layer *l)
{
	bool head = (c->o->ranges || c->o->function) && !whole((enum proto_id)l->proto);

	return head ? layer_head(c->d, l) : layer_whole(c->d, l);
}

static bool head_item(const struct cursor *c, const struct target *t, const struct layer *l,
		      struct item *x)
{
	const struct field *f = c->m->field[t->first];
	struct slice h = layer_head(c->d, l);

	if (!field_here(h, f))
		return false;
	if (c->o->from == FORM_NUMBER || c->o->from == FORM_BOOL || c->o->from == FORM_IPV4)
		x->number = field_get(h, f) * (f->scale ? f->scale : 1);
	else if (c->o->from == FORM_DATE)
		x->number = (uint64_t)date_of_ntp(field_get(h, f));
	x->bytes = field_bytes(h, f);
	return true;
}

static bool layer_item(const struct cursor *c, const struct target *t, uint32_t i, struct item *x)
{
	const struct layer *l = &c->d->layer[i];

	switch ((enum way)t->way) {
	case WAY_HEAD:
		return head_item(c, t, l, x);
	case WAY_LAYER:
		x->bytes = layer_bytes(c, l);
		return true;
	case WAY_CHECKSUM:
		x->number = checksum_verify(c->d, i, NULL);
		return true;
	case WAY_PAYLOAD:
		x->bytes = layer_payload(c->d, l);
		return x->bytes.cap > 0;
	case WAY_PAYLOAD_LEN:
		x->number = layer_payload(c->d, l).wire;
		return !note_stops((enum note)l->note);
	default:
		return false;
	}
}

static bool frame_item(const struct cursor *c, enum way way, struct item *x)
{
	const uint64_t numbers[] = {
		[WAY_NUMBER] = c->f->number,
		[WAY_LEN] = c->d->packet.wire,
		[WAY_CAP_LEN] = c->d->packet.cap,
		[WAY_SINCE_FIRST] = (uint64_t)c->f->since_first,
		[WAY_SINCE_LAST] = (uint64_t)c->f->since_last,
		[WAY_EPOCH] = (uint64_t)c->f->time,
		[WAY_FRAME] = 0,
	};

	x->number = numbers[way];
	x->bytes = c->d->packet;
	return true;
}

/* Flows are counted where layers are elsewhere. */
static bool flow_item(struct cursor *c, struct item *x)
{
	if (c->layer < c->f->flows) {
		x->number = c->f->flow[c->layer++];
		x->bytes = c->d->packet;
		return true;
	}
	c->target++;
	c->layer = 0;
	return false;
}

/* What x, which view_value() has found, is worth. */
static void value_item(struct cursor *c, struct item *x)
{
	const struct field *f = c->value.field;
	struct out o = { c->room, c->room + ROOM };
	struct slice message;
	int64_t ns;

	x->bytes = c->value.bytes;
	if (c->o->from == FORM_NUMBER || c->o->from == FORM_BOOL || c->o->from == FORM_IPV4)
		x->number = value_number(&c->value);
	else if (c->o->from == FORM_DATE)
		x->number = value_time(&c->value, &ns) ? (uint64_t)ns : 0;
	if (f->kind >= TEXT8 || f->kind == TEXT)
		x->bytes = value_characters(&c->value);
	if (f->kind == MADE) {
		protos[c->view.layer->proto]->make(&o, c->d, c->view.layer, f);
		x->bytes = text_slice(c->room, (uint32_t)(o.at - c->room));
	}
	if (f->kind == OID) {
		oid_put(&o, x->bytes);
		x->bytes = text_slice(c->room, (uint32_t)(o.at - c->room));
	}
	if (f->kind != DNS_NAME && f->kind != DNS_FQDN)
		return;
	message = value_message(&c->view, &c->value, c->d);
	dns_name_text(&o, message, slice_offset(message, x->bytes));
	if (f->kind == DNS_FQDN)
		out_char(&o, '.');
	else if (o.at == c->room)
		out_str(&o, "<Root>");
	x->bytes = text_slice(c->room, (uint32_t)(o.at - c->room));
}

static bool walk_item(struct cursor *c, const struct target *t, struct item *x)
{
	for (;;) {
		while (view_value(&c->view, &c->value)) {
			if (!is_one_of(c, t, c->value.field))
				continue;
			value_item(c, x);
			return true;
		}
		if (!view_next(&c->view, c->d) || c->view.layer != &c->d->layer[c->layer])
			return false;
		c->value = (struct value){ 0 };
	}
}

static void start_walk(struct cursor *c)
{
	c->view = (struct view){ .next_ = c->layer };
	c->value = (struct value){ 0 };
	c->walking = view_next(&c->view, c->d);
}

/* The next value as it stands in the packet. */
static bool next_found(struct cursor *c, struct item *x)
{
	while (c->target < (uint32_t)c->o->first + c->o->count) {
		const struct target *t = &c->m->target[c->target];

		if (c->walking) {
			if (walk_item(c, t, x))
				return true;
			c->walking = false;
			c->layer++;
		}
		if (t->way <= WAY_FRAME) {
			c->target++;
			return frame_item(c, (enum way)t->way, x);
		}
		if (t->way == WAY_FLOW) {
			if (flow_item(c, x))
				return true;
			continue;
		}
		while (c->layer < c->d->count && c->d->layer[c->layer].proto != t->proto)
			c->layer++;
		if (c->layer == c->d->count) {
			c->target++;
			c->layer = 0;
		} else if (t->way == WAY_WALK) {
			start_walk(c);
		} else if (layer_item(c, t, c->layer++, x)) {
			return true;
		}
	}
	return false;
}

/* The bytes of s in range r; false where they are not all there. */
static bool cut(struct slice s, const struct range *r, struct slice *part)
{
	int64_t start = r->start < 0 ? (int64_t)s.cap + r->start : r->start, end;

	if (r->to)
		end = (r->length < 0 ? (int64_t)s.cap + r->length : r->length) + 1;
	else
		end = r->length ? start + r->length : s.cap;
	if (start < 0 || end > s.cap || end <= start)
		return false;
	*part = slice_part(s, (uint32_t)start, (uint32_t)(end - start));
	return true;
}

static bool cut_all(struct cursor *c, struct item *x)
{
	struct out o = { c->room, c->room + ROOM };
	struct slice part;

	if (c->o->ranges == 1)
		return cut(x->bytes, &c->o->range[0], &x->bytes);
	for (uint32_t i = 0; i < c->o->ranges; i++) {
		if (!cut(x->bytes, &c->o->range[i], &part))
			return false;
		out_slice(&o, part);
	}
	x->bytes = text_slice(c->room, (uint32_t)(o.at - c->room));
	return true;
}

static void change_case(struct cursor *c, struct item *x)
{
	uint32_t n = slice_copy(c->room, x->bytes, ROOM);

	for (uint32_t i = 0; i < n; i++) {
		char *at = &c->room[i];

		if (c->o->function == FUNCTION_LOWER && *at >= 'A' && *at <= 'Z')
			*at = (char)(*at + 'a' - 'A');
		else if (c->o->function == FUNCTION_UPPER && *at >= 'a' && *at <= 'z')
			*at = (char)(*at + 'A' - 'a');
	}
	x->bytes = text_slice(c->room, n);
}

static void host(struct cursor *c, struct item *x)
{
	struct out o = { c->room, c->room + ROOM };

	if (c->o->from == FORM_IPV4)
		out_ipv4(&o, (uint32_t)x->number);
	else
		out_ipv6(&o, x->bytes);
	x->bytes = text_slice(c->room, (uint32_t)(o.at - c->room));
}

static struct slice literal_bytes(const struct match *m, const struct literal *l)
{
	return text_slice(m->byte + l->at, l->length);
}

static void mask(struct cursor *c, struct item *x)
{
	const struct literal *l = &c->m->literal[c->o->mask];
	struct slice other = literal_bytes(c->m, l);
	uint32_t n;

	x->number &= l->number;
	if (c->o->class != CLASS_BYTES)
		return;
	n = min_u32(slice_copy(c->room, x->bytes, ROOM), other.cap);
	for (uint32_t i = 0; i < n; i++)
		c->room[i] = (char)(c->room[i] & slice_u8(other, i));
	x->bytes = text_slice(c->room, n);
}

/* The next value of the operand; false behind the last. */
static bool next(struct cursor *c, struct item *x)
{
	const struct operand *o = c->o;

	while (next_found(c, x)) {
		if (o->host)
			host(c, x);
		if (o->ranges && !cut_all(c, x))
			continue;
		if (o->function == FUNCTION_LEN)
			x->number = o->width ? o->width / 8 : x->bytes.cap;
		else if (o->function)
			change_case(c, x);
		if (o->masked)
			mask(c, x);
		return true;
	}
	return false;
}

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

	while (next(c, &x)) {
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

	while (next(a, &x)) {
		NOT_CLEARED struct cursor b;

		start(&b, a->m, t->right, a->d, a->f);
		while (next(&b, &y)) {
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

	while (next_found(c, &x))
		total.number++;
	return total.number > 0 && holds_for(c, &total, t);
}

static bool passes(const struct match *m, const struct test *t, const struct decoded *d,
		   const struct frame *f)
{
	bool some = false;
	NOT_CLEARED struct cursor c;
	struct item x = { 0 };

	start(&c, m, t->left, d, f);
	if (t->op == OP_EXISTS)
		return exists(&c);
	if (t->field)
		return between(&c, t);
	if (c.o->function == FUNCTION_COUNT)
		return count_holds(&c, t);
	while (next(&c, &x)) {
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
