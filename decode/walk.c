/* SPDX-License-Identifier: BSD-2-Clause */
/* walk.c - walk a decoded packet record by record, value by value */
#include "decode/walk.h"

#include "decode/name.h"

void view_layer(struct view *v, const struct decoded *d, uint32_t i)
{
	v->layer = &d->layer[i];
	v->next_ = i + 1;
	v->record = &protos[v->layer->proto]->head;
	v->bytes = layer_head(d, v->layer);
	v->rest_ = slice_skip(v->bytes, protos[v->layer->proto]->min_len);
	v->index_ = 0;
	v->depth = 0;
}

bool view_next(struct view *v, const struct decoded *d)
{
	if (v->layer) {		/* first what is inside the header just shown */
		const struct proto *p = protos[v->layer->proto];
		uint32_t before = v->rest_.cap;
		const struct record *r = NULL;

		if (p->option && before > 0)
			r = p->option(layer_head(d, v->layer), v->index_++, &v->rest_, &v->bytes);
		if (r && v->rest_.cap < before) {	/* what takes nothing ends the list */
			v->record = r;
			v->depth = r->title ? 1 : 0;
			return true;
		}
	}
	if (v->next_ >= d->count)
		return false;
	view_layer(v, d, v->next_);
	return true;
}

/* How many bytes a field takes that starts at the first of s. */
static uint32_t extent(const struct field *f, struct slice s)
{
	if (f->width > 0)
		return (f->bit % 8u + f->width + 7u) / 8;
	if (f->kind == DNS_NAME)
		return dns_name_length(s);
	if (f->kind == TEXT8)
		return s.wire > 0 ? 1u + slice_u8(s, 0) : 0;
	return s.wire;
}

/* Lay field f of record r, which starts base bytes into the view, over x; false if it is not there. */
static bool lay(struct value *x, const struct view *v, const struct record *r,
		const struct field *f)
{
	struct slice at = slice_skip(v->bytes, x->base_ + f->bit / 8);
	uint32_t n = extent(f, at);

	x->record = r;
	x->field = f;
	x->bytes = slice_clip(at, n);
	return n > 0 && (f->width > 0 ? at.cap >= n : at.cap > 0);
}

bool view_fixed(const struct view *v, const struct record *r, const struct field *f,
		struct value *x)
{
	*x = (struct value){ .part = r != v->record };
	return lay(x, v, r, f);
}

/* The usual step: from a field of fixed length to the next one in the same record, both whole. False where
 * there is more to think about.
 */
static inline bool step(const struct view *v, struct value *x)
{
	const struct record *r = x->record;
	const struct field *f = x->field + 1;
	uint32_t at, n;

	if (f == r->field + r->count || f->width == 0)
		return false;
	at = x->base_ + f->bit / 8u;
	n = (f->bit % 8u + f->width + 7u) / 8;
	if (!slice_has(v->bytes, at, n))
		return false;
	x->field = f;
	x->bytes = slice_part(v->bytes, at, n);
	return true;
}

bool view_value(const struct view *v, struct value *x)
{
	if (x->field && (x->part || !x->field->parts) && x->field->width > 0 && !x->field->repeat &&
	    step(v, x))
		return true;
	for (;;) {
		const struct record *r = v->record;
		const struct field *f = x->field;

		if (f && !x->part && f->parts) {	/* its parts, if it has any */
			x->whole_ = f;
			x->part = 1;
			f = f->parts->field;
			r = x->whole_->parts;
		} else if (f && x->part && f + 1 < x->record->field + x->record->count) {
			r = x->record;
			f++;
		} else {				/* the next field */
			if (x->part)
				f = x->whole_;
			x->part = 0;
			if (f && f->repeat) {	/* once more, behind itself */
				x->base_ += x->bytes.cap;
				return lay(x, v, r, f);
			}
			if (f && f->width == 0)
				x->base_ = slice_offset(v->bytes, x->bytes) + x->bytes.cap;
			f = f ? f + 1 : r->field;
			if (r->count == 0 || f == r->field + r->count)
				return false;
		}
		if (lay(x, v, r, f))
			return true;
	}
}

uint64_t value_number(const struct value *x)
{
	const struct field *f = x->field;
	uint64_t value;

	if (f->width == 0 || f->width > 64)
		return 0;
	value = slice_bits(x->bytes, f->bit % 8, f->width);
	if (f->little)
		value = __builtin_bswap64(value) >> (64 - f->width);
	return f->scale ? value * f->scale : value;
}

/* Names join with a dot, but for a record's only value, which may have the record's own name. */
bool value_named(const struct value *x, const char *name)
{
	size_t n = strlen(x->record->name);

	if (strncmp(name, x->record->name, n) != 0)
		return false;
	if (name[n] == '\0')
		return x->field->name[0] == '\0';
	return name[n] == '.' && strcmp(name + n + 1, x->field->name) == 0;
}
