/* SPDX-License-Identifier: BSD-2-Clause */
/* tree.c - a packet's line, and below it every record and every field */
#include "ui/tree.h"

#include "decode/brief.h"
#include "decode/catalog.h"
#include "ui/words.h"

static const char blanks[] = "                                                ";

#define STEP 4U		/* columns further in */
#define USUAL 4U	/* steps: a part of a field of an option */
#define DEEPEST 12U	/* the same of an option in an option in ... */
#define LONGEST 2048	/* bytes: a line without packet bytes, with room to spare */
#define REST_LEFT_OUT "    [the rest is left out]\n"

/* Most trees have a line or two for each byte of the headers. Names in DNS messages may be much longer
 * than the two bytes that point to them: only then this is not enough.
 */
size_t tree_room(const struct line *l, const struct packet *p)
{
	return line_room(l, p) + 65536 + 32 * line_bytes(l, p);
}

_Static_assert(sizeof(blanks) > DEEPEST * STEP && DEEPEST >= LEVELS_MAX + 4, "they go deep enough");

/* All blanks are copied, however many of them count: that needs no look at their number. */
static void put_indent(struct out *o, uint32_t steps)
{
	if (out_room(o) < DEEPEST * STEP)
		return;
	memcpy(o->at, blanks, USUAL * STEP);
	if (steps > USUAL)
		memcpy(o->at, blanks, DEEPEST * STEP);
	o->at += steps * STEP;
}

/* " [reassembled from packets 4, 5, 7]" */
static void put_origin(struct out *o, const struct origin *from)
{
	out_str(o, " [reassembled from packet");
	out_str(o, from->count > 1 ? "s " : " ");
	for (uint32_t i = 0; i < from->listed; i++) {
		if (i > 0)
			out_str(o, ", ");
		out_dec(o, from->number[i]);
	}
	if (from->count > from->listed) {
		out_str(o, " and ");
		out_dec(o, from->count - from->listed);
		out_str(o, " more");
	}
	out_char(o, ']');
}

/* Is l a segment whose bytes are shown in another packet? */
static bool shown_elsewhere(const struct line *l, const struct layer *layer)
{
	return l->all != &l->decoded && layer->proto == PROTO_TCP &&
	       layer + 1 == l->all->layer + l->all->count && layer_payload(l->all, layer).wire > 0;
}

/* What there is to say of a layer behind its title. */
static void put_remarks(struct out *o, const struct line *l, const struct layer *layer)
{
	const char *note = note_word((enum note)layer->note);

	if (note) {
		out_str(o, " [");
		out_str(o, note);
		out_char(o, ']');
	}
	if (layer_origin(l->all, layer))
		put_origin(o, layer_origin(l->all, layer));
	if (shown_elsewhere(l, layer))
		out_str(o, " [part of a message in several segments]");
}

void tree_put_title(struct out *o, const struct line *l, const struct view *v, const struct entry *e)
{
	put_indent(o, 1u + v->depth);
	out_padded(o, e->title, sizeof(e->title), e->title_length);
	if (view_starts_layer(v) && (v->layer->note != NOTE_OK || l->all != &l->decoded))
		put_remarks(o, l, v->layer);
	out_char(o, '\n');
}

/* What the second look says of the checksum in layer i. */
static void put_verdict(struct out *o, const struct line *l, uint32_t i, const struct field *f)
{
	static const char *const words[VERDICTS] = {
		[CSUM_BAD] = " (bad, right is 0x", [CSUM_GOOD] = " (good)",
		[CSUM_UNVERIFIED] = "", [CSUM_ABSENT] = " (none)",
		[CSUM_ILLEGAL] = " (none, but right is 0x",
		[VERDICT_PENDING] = " (left to the network card)",
		[VERDICT_VERIFIED] = " (verified by the kernel)",
	};
	uint32_t expected = 0;
	uint32_t verdict = checksum_verdict(&l->brief, l->all, i, &expected);

	out_str(o, words[verdict]);
	if (verdict == CSUM_BAD || verdict == CSUM_ILLEGAL) {
		out_hex(o, expected, (f->width + 3u) / 4);
		out_char(o, ')');
	}
}

/* Those of a field that is not shown as bytes anyway. */
static void put_bytes(struct out *o, const struct value *x)
{
	if (x->field->kind == BYTES || x->field->kind == BLANK || x->field->kind == MADE || x->part)
		return;
	out_str(o, "  [");
	out_hexbytes(o, x->bytes, ' ', x->bytes.cap);
	out_char(o, ']');
}

/* " (UDP)", by the table of field f of record r, or by what files of this system say. */
static void put_word(struct out *o, const struct line *l, const struct record *r, const struct field *f,
		     uint32_t number, struct slice bytes)
{
	const char *word = f->names ? name_of(f->names, number) : NULL;
	char *start = o->at;
	bool known = word && *word;

	if (!known && (f->names || !l->words))
		return;
	out_str(o, " (");
	if (known)
		out_str(o, word);
	else
		known = f->kind == PORT ? words_port(o, (uint16_t)number, r->name) : words_vendor(o, bytes);
	if (known)
		out_char(o, ')');
	else
		o->at = start;
}

/* "        ip.ttl: ", in few steps: of most lines this is the greater part. Returns its end. */
static inline char *put_name(char *at, const struct label *label, uint32_t steps)
{
	memcpy(at, blanks, USUAL * STEP);
	if (steps > USUAL)
		memcpy(at, blanks, DEEPEST * STEP);
	at += steps * STEP;
	memcpy(at, label->key + 1, sizeof(label->key) - 1);
	at += label->length - 3u;
	memcpy(at, ": ", 2);
	return at + 2;
}

/* There is room for LONGEST. */
static void put_value(struct out *o, const struct line *l, const struct view *v, const struct value *x,
		      const struct label *label, bool bytes)
{
	const struct field *f = x->field;

	o->at = put_name(o->at, label, 2u + v->depth + x->part);
	value_text(o, x, v, l->all);
	if (f->names || f->kind == PORT || f->kind == MAC)
		put_word(o, l, x->record, f, (uint32_t)value_number(x), x->bytes);
	if (label->checksum)
		put_verdict(o, l, (uint32_t)(v->layer - l->all->layer), f);
	if (bytes)
		put_bytes(o, x);
	out_char(o, '\n');
}

static inline bool has_room(const struct out *o, const struct value *x)
{
	return out_room(o) >= LONGEST + 8 * (size_t)x->bytes.cap;
}

void tree_put_value(struct out *o, const struct line *l, const struct view *v, const struct value *x,
		    const struct label *label, bool bytes)
{
	if (has_room(o, x))
		put_value(o, l, v, x, label, bytes);
}

/* The value at p, one of another form. False where there is no room. */
static bool put_other(struct out *o, const struct line *l, const struct view *v, const struct spot *p, bool bytes)
{
	struct value x = spot_value(p, v);

	if (!has_room(o, &x))
		return false;
	put_value(o, l, v, &x, p->label, bytes);
	return true;
}

static void put_spot_word(struct out *o, const struct line *l, const struct view *v, const struct spot *p)
{
	const struct record *r = p->part ? p->whole->parts : v->record;
	uint32_t number = p->form == SPOT_ADDRESS ? 0 : spot_number(p, v->bytes);

	put_word(o, l, r, p->label->field, number, slice_skip(v->bytes, p->at));
}

/* Numbers and addresses are most of a tree: they go the shortest way. */
static inline void put_spot(struct out *o, const struct line *l, const struct view *v, const struct spot *p,
			    struct slice record)
{
	char *at = put_name(o->at, p->label, 2u + v->depth + p->part);

	at = spot_text(at, p, record);
	if (p->named && (l->words || p->label->field->names)) {
		o->at = at;
		put_spot_word(o, l, v, p);
		at = o->at;
	}
	*at = '\n';
	o->at = at + 1;
}

/* The values of the record in v, which are at the spots of e; false where there is no room for them all. */
static bool put_spots(struct out *o, const struct line *l, const struct view *v, const struct entry *e, bool bytes)
{
	const struct spot *end = e->spot + e->spots;
	const struct slice record = v->bytes;

	for (const struct spot *p = e->spot; p < end; p++)
		if (p->form != SPOT_OTHER && !bytes && out_room(o) >= LONGEST)
			put_spot(o, l, v, p, record);
		else if (!put_other(o, l, v, p, bytes))
			return false;
	return true;
}

/* The values of the record in v, the same. */
static bool put_values(struct out *o, const struct line *l, const struct view *v, const struct entry *e, bool bytes)
{
	struct value x = { 0 };

	if (entry_has_spots(e, v->bytes))
		return put_spots(o, l, v, e, bytes);
	while (view_value(v, &x)) {
		if (!has_room(o, &x))
			return false;
		put_value(o, l, v, &x, value_label(e, &x), bytes);
	}
	return true;
}

void tree_put(struct line *l, struct out *o, bool bytes)
{
	struct view v = { 0 };

	while (l->all && view_next(&v, l->all)) {
		const struct entry *e = catalog_find(v.record);

		if (tree_has_title(&v))
			tree_put_title(o, l, &v, e);
		if (!put_values(o, l, &v, e, bytes)) {
			out_str(o, REST_LEFT_OUT);
			return;
		}
	}
}
