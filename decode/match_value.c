/* SPDX-License-Identifier: BSD-2-Clause */
/* match_value.c - the values that a display filter compares, as they are found in a packet */
#include "decode/match_value.h"

#include "decode/ber.h"
#include "decode/checksum.h"
#include "decode/date.h"
#include "decode/name.h"

/* Which of t's fields is f? NULL: none. */
static const struct field *one_of(const struct cursor *c, const struct target *t, const struct field *f)
{
	for (uint32_t i = t->first; i < (uint32_t)t->first + t->count; i++)
		if (c->m->field[i] == f)
			return f;
	return NULL;
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
		[WAY_INTERFACE] = c->f->interface,
		[WAY_SEGMENTS] = c->f->segments,
		[WAY_SEGMENT_SIZE] = c->f->segment_size,
		[WAY_SINCE_FIRST] = (uint64_t)c->f->since_first,
		[WAY_SINCE_LAST] = (uint64_t)c->f->since_last,
		[WAY_EPOCH] = (uint64_t)c->f->time,
		[WAY_FRAME] = 0,
	};

	x->number = numbers[way];
	x->bytes = c->d->packet;
	return (way != WAY_SEGMENTS && way != WAY_SEGMENT_SIZE) || c->f->segments > 0;
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

/* What x, which view_value() has found as a value of f, is worth. */
static void value_item(struct cursor *c, const struct field *f, struct item *x)
{
	struct out o = { c->room, c->room + sizeof(c->room) };
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
			const struct field *f = one_of(c, t, c->value.field);

			if (!f)
				continue;
			value_item(c, f, x);
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

bool cursor_found(struct cursor *c, struct item *x)
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
			if (frame_item(c, (enum way)t->way, x))
				return true;
			continue;
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
	struct out o = { c->room, c->room + sizeof(c->room) };
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
	uint32_t n = slice_copy(c->room, x->bytes, sizeof(c->room));

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
	struct out o = { c->room, c->room + sizeof(c->room) };

	if (c->o->from == FORM_IPV4)
		out_ipv4(&o, (uint32_t)x->number);
	else
		out_ipv6(&o, x->bytes);
	x->bytes = text_slice(c->room, (uint32_t)(o.at - c->room));
}

static void mask(struct cursor *c, struct item *x)
{
	const struct literal *l = &c->m->literal[c->o->mask];
	struct slice other = literal_bytes(c->m, l);
	uint32_t n;

	x->number &= l->number;
	if (c->o->class != CLASS_BYTES)
		return;
	n = min_u32(slice_copy(c->room, x->bytes, sizeof(c->room)), other.cap);
	for (uint32_t i = 0; i < n; i++)
		c->room[i] = (char)(c->room[i] & slice_u8(other, i));
	x->bytes = text_slice(c->room, n);
}

bool cursor_next(struct cursor *c, struct item *x)
{
	const struct operand *o = c->o;

	while (cursor_found(c, x)) {
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
