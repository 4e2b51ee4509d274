/* SPDX-License-Identifier: BSD-2-Clause */
/* json_layers.c - the layers of a packet's object, with all their fields and options */
#include "ui/json_layers.h"

#include "decode/catalog.h"
#include "ui/json_text.h"
#include "ui/view.h"

#define LONGEST 4096		/* bytes: a value but for packet bytes, and what closes all that is open */
#define EXACT_BITS 53		/* RFC 8259, section 6: larger numbers may be rounded by who reads them */

/* A value as such, with a comma behind it. */
static inline void put_value(struct out *o, const struct line *l, const struct view *v,
			     const struct value *x)
{
	const struct field *f = x->field;
	char *start;

	switch ((enum kind)f->kind) {
	case BOOL:
	case PRESENT:
		out_str(o, value_number(x) ? "true," : "false,");
		return;
	case INT: {
		int64_t number = (int64_t)value_number(x);

		if (number >> EXACT_BITS != 0 && number >> EXACT_BITS != -1)
			break;
		out_signed(o, number);
		out_char(o, ',');
		return;
	}
	case UINT:
	case PORT:
	case DECIMAL:
	case HEADER_DECIMAL:
	case VARINT62:
	case VARINT:
		if (f->width > EXACT_BITS || (f->width == 0 && value_number(x) >> EXACT_BITS))
			break;
		out_dec(o, value_number(x));
		out_char(o, ',');
		return;
	default:
		break;
	}
	out_char(o, '"');
	start = o->at;
	value_text(o, x, v, l->all);
	if (field_is_text(f))
		json_escape(o, start);
	out_bytes(o, "\",", 2);
}

static bool has_room(const struct out *o, const struct value *x)
{
	return out_room(o) >= LONGEST + 8 * (size_t)x->bytes.cap;
}

/* All values of x's name, which is label's, from x on. */
static void put_array(struct out *o, const struct line *l, const struct view *v, const struct value *x,
		      const struct label *label)
{
	const struct entry *entry = catalog_find(v->record);
	struct value y = *x;
	const struct label *other;

	label_put_key(o, label);
	out_char(o, '[');
	do {
		other = value_label(entry, &y);
		if (y.part == x->part && y.record == x->record && other->many == label->many && has_room(o, &y))
			put_value(o, l, v, &y);
	} while (view_value(v, &y));
	json_close(o, ']');
	out_char(o, ',');
}

/* "ip.checksum.status":"good" */
static void put_status(struct out *o, const struct line *l, uint32_t i, const struct label *label)
{
	static const char *const words[VERDICTS] = {
		[CSUM_BAD] = "\"bad\",", [CSUM_GOOD] = "\"good\",",
		[CSUM_UNVERIFIED] = "\"unverified\",", [CSUM_ABSENT] = "\"absent\",",
		[CSUM_ILLEGAL] = "\"illegal\",", [VERDICT_PENDING] = "\"pending\",",
		[VERDICT_VERIFIED] = "\"verified\",",
	};

	out_char(o, '"');
	label_put_name(o, label);
	out_str(o, ".status\":");
	out_str(o, words[checksum_verdict(&l->brief, l->all, i, NULL)]);
}

/* Which names that may come several times a record has shown: of its fields, and of the parts of one. */
struct shown {
	const struct record *parts;
	uint64_t many[2];
};

static void put_member(struct out *o, const struct line *l, const struct view *v, const struct value *x,
		       const struct label *label, struct shown *shown)
{
	if (x->part && x->record != shown->parts) {
		shown->parts = x->record;
		shown->many[1] = 0;
	}
	if (label->many) {
		if (!(shown->many[x->part] >> label->many & 1))
			put_array(o, l, v, x, label);
		shown->many[x->part] |= UINT64_C(1) << label->many;
		return;
	}
	label_put_key(o, label);
	put_value(o, l, v, x);
	if (label->checksum)
		put_status(o, l, (uint32_t)(v->layer - l->all->layer), label);
}

/* The member at p, one of another form. False where there is no room. */
static bool put_other(struct out *o, const struct line *l, const struct view *v, const struct spot *p,
		      struct shown *shown)
{
	struct value x = spot_value(p, v);

	if (!has_room(o, &x))
		return false;
	put_member(o, l, v, &x, p->label, shown);
	return true;
}

/* Numbers and addresses are most of what is in the headers: they go the shortest way. */
static inline void put_spot(struct out *o, const struct spot *p, struct slice record)
{
	char *at = o->at;

	memcpy(at, p->label->key, sizeof(p->label->key));
	at += p->label->length;
	if (p->form == SPOT_DECIMAL) {
		at = spot_text(at, p, record);
	} else if (p->form == SPOT_BOOL) {
		bool set = spot_number(p, record);

		memcpy(at, set ? "true" : "false", 5);
		at += set ? 4 : 5;
	} else {
		*at = '"';
		at = spot_text(at + 1, p, record);
		*at++ = '"';
	}
	*at = ',';
	o->at = at + 1;
}

/* The members of the record in v, which are at the spots of e; false where there is no room for them all. */
static bool put_spots(struct out *o, const struct line *l, const struct view *v, const struct entry *e)
{
	const struct spot *end = e->spot + e->spots;
	const struct slice record = v->bytes;
	struct shown shown = { 0 };

	for (const struct spot *p = e->spot; p < end; p++) {
		if (p->form != SPOT_OTHER && out_room(o) >= LONGEST)
			put_spot(o, p, record);
		else if (!put_other(o, l, v, p, &shown))
			return false;
	}
	return true;
}

/* The members of the record in v, the same. */
static bool put_values(struct out *o, const struct line *l, const struct view *v, const struct entry *e)
{
	struct shown shown = { 0 };
	struct value x = { 0 };

	if (entry_has_spots(e, v->bytes))
		return put_spots(o, l, v, e);
	while (view_value(v, &x)) {
		if (!has_room(o, &x))
			return false;
		put_member(o, l, v, &x, value_label(e, &x), &shown);
	}
	return true;
}

/* Where the walk through the records is: which object is open. */
struct nest {
	uint8_t depth;		/* 0: a layer; 1: an option in it; 2: an option in that ... */
	bool fields;		/* in its fields; else in its options */
};

/* Close the object that is open; what is around it is in its options then. */
static void end_object(struct out *o, struct nest *n)
{
	json_close(o, n->fields ? '}' : ']');
	out_bytes(o, "},", 2);
	n->fields = false;
	n->depth--;
}

/* Close all that is deeper than depth, and one of that depth. */
static void end_objects(struct out *o, struct nest *n, uint32_t depth)
{
	while (n->depth > depth)
		end_object(o, n);
	if (n->depth == depth)
		end_object(o, n);
}

/* "reassembled_from":[4,5,7], */
static void put_packets(struct out *o, const struct origin *from)
{
	out_str(o, "\"reassembled_from\":[");
	for (uint32_t i = 0; i < from->listed; i++) {
		out_dec(o, from->number[i]);
		out_char(o, ',');
	}
	json_close(o, ']');
	out_char(o, ',');
}

static void begin_layer(struct out *o, const struct decoded *d, const struct layer *l)
{
	const char *note = note_word((enum note)l->note);

	out_str(o, "{\"name\":\"");
	out_str(o, proto_name(protos[l->proto]));
	out_str(o, "\",");
	if (note) {
		out_str(o, "\"note\":");
		json_quote(o, note);
		out_char(o, ',');
	}
	if (layer_origin(d, l))
		put_packets(o, layer_origin(d, l));
	out_str(o, "\"fields\":{");
}

/* Open an object for the record in v, in the one that is open if it is deeper, else beside it. */
static void begin_option(struct out *o, struct nest *n, const struct view *v, const struct entry *e)
{
	uint32_t depth = v->depth ? v->depth : 1;

	if (depth <= n->depth)
		end_objects(o, n, depth);
	if (n->fields) {
		json_close(o, '}');
		out_str(o, ",\"options\":[");
	}
	out_str(o, "{\"name\":\"");
	out_padded(o, e->title, sizeof(e->title), e->title_length);
	out_str(o, "\",\"fields\":{");
	n->fields = true;
	n->depth++;
}

bool json_put_layers(struct out *o, const struct line *l)
{
	struct view v = { 0 };
	struct nest n = { 0 };
	bool all = true;

	while (all && view_next(&v, l->all)) {
		const struct entry *e = catalog_find(v.record);

		if (out_room(o) < LONGEST) {
			all = false;
			break;
		}
		if (view_starts_layer(&v)) {
			if (v.layer != l->all->layer)
				end_objects(o, &n, 0);
			begin_layer(o, l->all, v.layer);
			n = (struct nest){ 0, true };
		} else if (!n.fields || v.depth != n.depth || v.record->title) {
			begin_option(o, &n, &v, e);
		}
		all = put_values(o, l, &v, e);
	}
	if (v.layer)
		end_objects(o, &n, 0);
	return all;
}
