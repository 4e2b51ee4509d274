/* SPDX-License-Identifier: BSD-2-Clause */
/* walk.c - walk a decoded packet record by record, value by value */
#include "decode/walk.h"

#include "decode/date.h"
#include "decode/name.h"
#include "decode/textlines.h"

void view_layer(struct view *v, const struct decoded *d, uint32_t i)
{
	v->layer = &d->layer[i];
	v->next_ = i + 1;
	v->record = &protos[v->layer->proto]->head;
	v->bytes = layer_head(d, v->layer);
	v->rest_ = slice_skip(v->bytes, protos[v->layer->proto]->min_len);
	v->index_ = 0;
	v->depth = 0;
	v->levels_ = 0;
}

/* Begin with what is inside the record of v: behind its last field, if that is there. */
static __attribute__((noinline)) void enter(struct view *v)
{
	const struct record *r = v->record;
	struct value x = { 0 };
	struct level *l;

	if (v->levels_ == LEVELS_MAX)
		return;
	l = &v->level_[v->levels_];
	*l = (struct level){ .record = r, .bytes = v->bytes, .depth = v->depth };
	while (view_value(v, &x))
		if (!x.part && x.field == &r->field[r->count - 1])
			l->rest = slice_skip(v->bytes, slice_offset(v->bytes, x.bytes) + x.bytes.cap);
	v->levels_ += l->rest.cap > 0;
}

/* The next record of the innermost record that has more. What takes nothing ends the list, but for the
 * first: it may show all of it, or go on elsewhere in the header.
 */
static __attribute__((noinline)) bool next_inside(struct view *v, const struct decoded *d)
{
	while (v->levels_ > 0) {
		struct level *l = &v->level_[v->levels_ - 1];
		const struct within w = { l->record, l->bytes, layer_head(d, v->layer), l->index++ };
		uint32_t before = l->rest.cap;
		const struct record *r = NULL;

		if (before > 0)
			r = l->record->inside(&w, &l->rest, &v->bytes);
		if (r && (l->rest.cap < before || w.index == 0)) {
			v->record = r;
			v->depth = (uint8_t)(l->depth + (r->title ? 1 : 0));
			return true;
		}
		v->levels_--;
	}
	return false;
}

bool view_next(struct view *v, const struct decoded *d)
{
	if (v->layer) {		/* first what is inside the record just shown, then its header's rest */
		if (v->record->inside)
			enter(v);
		if (v->levels_ > 0 && next_inside(v, d))
			return true;
	}
	if (v->layer) {
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

/* MQTT, section 2.2.3, and others: at most four bytes say how long something is. */
#define VARINT_MAX 4

static uint32_t varint(struct slice s, uint64_t *value)
{
	uint32_t n = 0;
	uint8_t byte;

	*value = 0;
	do {
		byte = slice_u8(s, n);
		*value |= (uint64_t)(byte & 127) << 7 * n;
		n++;
	} while (byte & 128 && n < VARINT_MAX && n < s.cap);
	return n;
}

/* How many bytes a field takes that starts at the first of s. */
static uint32_t extent(const struct field *f, struct slice s)
{
	uint64_t number;

	if (f->width > 0)
		return (f->bit % 8u + f->width + 7u) / 8;
	switch ((enum kind)f->kind) {
	case DNS_NAME:
	case DNS_FQDN:
		return f->repeat && slice_u8(s, 0) == 0 ? 0 : dns_name_length(s);
	case TEXT8:
		return s.wire > 0 ? 1u + slice_u8(s, 0) : 0;
	case TEXT16:
		return s.wire > 1 ? 2u + slice_u16(s, 0) : 0;
	case TEXT32:
		return s.wire > 3 ? 4u + min_u32(slice_u32(s, 0), s.wire) : 0;
	case TEXTZ:
		return slice_find(s, 0) + 1;
	case WORD:
	case TEXT_TIME:
		return text_word_all(s).cap;
	case LINE:
		return slice_find(s, '\n') + 1;
	case DECIMAL:
		return text_number(slice_starts(s, "-", 1) ? slice_skip(s, 1) : s, &number) ?
		       text_word_all(s).cap : 0;
	case HEADER_WORD:
		return text_word_at(text_header_value(s), f->scale).cap > 0 ? s.wire : 0;
	case HEADER_DECIMAL:
		return text_number(text_word_at(text_header_value(s), f->scale), &number) ?
		       s.wire : 0;
	case VARINT:
		return varint(s, &number);
	case VARINT62:
		return s.cap > 0 ? slice_varint62_len(s) : 0;
	default:
		return s.wire;
	}
}

struct slice value_characters(const struct value *x)
{
	switch ((enum kind)x->field->kind) {
	case TEXT8:
		return slice_skip(x->bytes, 1);
	case TEXT16:
		return slice_skip(x->bytes, 2);
	case TEXT32:
		return slice_skip(x->bytes, 4);
	case TEXT:
		if (x->field->width == 0)
			return x->bytes;
		/* fall through */
	case TEXTZ:
		return slice_clip(x->bytes, slice_find(x->bytes, 0));
	case WORD:
	case TEXT_TIME:
	case DECIMAL:
		return text_trim(x->bytes);
	case LINE:
		return text_chomp(x->bytes);
	case HEADER:
		return text_header_value(x->bytes);
	case HEADER_WORD:
	case HEADER_DECIMAL:
		return text_word_at(text_header_value(x->bytes), x->field->scale);
	default:
		return x->bytes;
	}
}

/* Lay field f of record r, which starts base bytes into the view, over x; false if it is not there. */
static bool lay(struct value *x, const struct view *v, const struct record *r,
		const struct field *f)
{
	struct slice at = slice_skip(v->bytes, x->base_ + f->bit / 8);
	uint32_t n = extent(f, at);

	x->record = r;
	x->field = f;
	if (f->when && !f->when(v->bytes)) {
		x->bytes = slice_clip(at, 0);
		return false;
	}
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

	if (f == r->field + r->count || f->width == 0 || f->when)
		return false;
	at = x->base_ + f->bit / 8u;
	n = (f->bit % 8u + f->width + 7u) / 8;
	if (!slice_has(v->bytes, at, n))
		return false;
	x->field = f;
	x->bytes = slice_part(v->bytes, at, n);
	return true;
}

/* Does f take nothing from those after it: is it found in the line that they are in too? */
static bool reads_line(const struct field *f)
{
	return f->kind == HEADER || f->kind == HEADER_WORD || f->kind == HEADER_DECIMAL || f->kind == PRESENT;
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
			x->whole_base_ = x->base_;
			x->part = 1;
			f = f->parts->field;
			r = x->whole_->parts;
		} else if (f && x->part && f->repeat) {
			x->base_ += x->bytes.cap;
			return lay(x, v, x->record, f);
		} else if (f && x->part && f + 1 < x->record->field + x->record->count) {
			r = x->record;
			if (f->width == 0 && !reads_line(f))
				x->base_ = slice_offset(v->bytes, x->bytes) + x->bytes.cap;
			f++;
		} else {				/* the next field */
			if (x->part) {
				f = x->whole_;
				x->base_ = x->whole_base_;
				lay(x, v, r, f);	/* what follows begins where the whole ends */
			}
			x->part = 0;
			if (f && f->repeat) {	/* once more, behind itself */
				x->base_ += x->bytes.cap;
				return lay(x, v, r, f);
			}
			if (f && f->width == 0 && f->kind != PRESENT)
				x->base_ = slice_offset(v->bytes, x->bytes) + x->bytes.cap;
			f = f ? f + 1 : r->field;
			if (r->count == 0 || f == r->field + r->count)
				return false;
		}
		if (lay(x, v, r, f))
			return true;
	}
}

/* The same of a field whose length is in the data. */
static COLD uint64_t found_number(const struct value *x)
{
	uint64_t value = 0;

	if (x->field->number)
		return x->field->number(x->bytes);
	if (x->field->kind == PRESENT)
		return 1;
	if (x->field->kind == IPV4)	/* what is left out is zero */
		for (uint32_t i = 0; i < 4; i++)
			value = value << 8 | slice_u8(x->bytes, i);
	else if (x->field->kind == VARINT62)
		value = slice_varint62(x->bytes);
	else if (x->field->kind == VARINT)
		varint(x->bytes, &value);
	else if (slice_starts(x->bytes, "-", 1) && text_number(slice_skip(x->bytes, 1), &value))
		return -value;
	else if (field_is_found_number(x->field))
		text_number(value_characters(x), &value);
	return value;
}

uint64_t value_number(const struct value *x)
{
	const struct field *f = x->field;
	uint64_t value;

	if (f->width == 0)
		return found_number(x);
	if (f->width > 64)
		return 0;
	value = slice_bits(x->bytes, f->bit % 8, f->width);
	if (f->kind == BOOL)
		return value != 0;
	if (!(f->little | f->scale) && f->kind != INT)
		return value;
	if (f->little)
		value = __builtin_bswap64(value) >> (64 - f->width);
	if (f->kind == INT)
		value = (uint64_t)((int64_t)(value << (64 - f->width)) >> (64 - f->width));
	return f->scale ? value * f->scale : value;
}

bool value_time(const struct value *x, int64_t *ns)
{
	if (x->field->kind == TEXT_TIME)
		return date_read(value_characters(x), ns);
	if (x->field->kind == NTP_TIME)
		*ns = date_of_ntp(value_number(x));
	else
		*ns = (int64_t)(value_number(x) < DATE_MAX ? value_number(x) : DATE_MAX) * 1000000000;
	return true;
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
