/* SPDX-License-Identifier: BSD-2-Clause */
/* detail.c - a packet as a tree whose branches fold
 *
 * How it works: the nodes are the lines of -V, made by the same functions; a node's depth is how far in its line
 * stands. A node is unfolded where others of its kind are, so that the next packet looks as the one before did.
 */
#define _GNU_SOURCE
#include "ui/screen/detail.h"

#include <stdio.h>
#include <stdlib.h>

#include "ui/tree.h"

#define STEP 4			/* blanks, in the tree's lines */
#define NODES_MAX 65536
#define LONGEST 2048		/* bytes of text that a node can take, its packet bytes left out */

static bool is_open(const struct folds *f, const void *key)
{
	for (uint32_t i = 0; i < f->count; i++)
		if (f->except[i] == key)
			return !f->open;
	return f->open;
}

static void set_open(struct folds *f, const void *key, bool open)
{
	if (is_open(f, key) == open)
		return;
	for (uint32_t i = 0; i < f->count; i++) {
		if (f->except[i] == key) {
			f->except[i] = f->except[--f->count];
			return;
		}
	}
	if (f->count < FOLDS_MAX)
		f->except[f->count++] = key;
}

/* The nodes that are in no folded one. */
static void show(struct detail *d)
{
	uint32_t folded = UINT32_MAX;	/* the depth of the node that hides others */

	d->shown_count = 0;
	for (uint32_t i = 0; i < d->count; i++) {
		const struct node *n = &d->node[i];

		if (n->depth > folded)
			continue;
		folded = n->folder && !is_open(&d->folds, n->key) ? n->depth : UINT32_MAX;
		d->shown[d->shown_count++] = i;
	}
	if (d->cursor >= d->shown_count)
		d->cursor = d->shown_count ? d->shown_count - 1 : 0;
}

/* Select node i, or the one in which it is folded. */
static void select_node(struct detail *d, uint32_t i)
{
	show(d);
	d->cursor = 0;
	while (d->cursor + 1 < d->shown_count && d->shown[d->cursor + 1] <= i)
		d->cursor++;
}

static bool make_room(struct detail *d)
{
	uint32_t room = d->room ? 2 * d->room : 256;
	struct node *node;
	uint32_t *shown;

	if (d->count < d->room)
		return true;
	if (room > NODES_MAX)
		return false;
	node = realloc(d->node, room * sizeof(*node));
	if (node)
		d->node = node;
	shown = realloc(d->shown, room * sizeof(*shown));
	if (shown)
		d->shown = shown;
	if (!node || !shown)
		return false;
	d->room = room;
	return true;
}

/* Take the line that was just put from start on, without its indent and its end. */
static void add(struct detail *d, struct out *o, char *start, struct node n)
{
	uint32_t blanks = 0;

	while (start + blanks < o->at && start[blanks] == ' ')
		blanks++;
	n.text = (uint32_t)(start + blanks - d->text);
	n.length = (uint32_t)(o->at - start) - blanks;
	if (n.length > 0 && o->at[-1] == '\n')
		n.length--;
	n.depth = (uint8_t)(blanks / STEP - (blanks >= STEP));
	if (d->count > 0 && d->node[d->count - 1].depth < n.depth)
		d->node[d->count - 1].folder = true;
	d->node[d->count++] = n;
}

/* Which bytes of the packet part is; none where it is of another source. */
static void locate(struct node *n, const struct decoded *d, const struct layer *l, struct slice part)
{
	if (l->source != 0 || part.cap == 0)
		return;
	n->from = slice_offset(d->packet, part);
	n->bytes = part.cap;
}

/* How long the text of x is: it is made once more, where the next line will be. */
static uint32_t value_length(const struct out *o, const struct line *l, const struct view *v, const struct value *x)
{
	struct out text = *o;

	value_text(&text, x, v, l->all);
	return (uint32_t)(text.at - o->at);
}

static void add_values(struct detail *d, struct out *o, struct line *l, const struct view *v)
{
	const struct entry *entry = catalog_find(v->record);
	struct value x = { 0 };

	while (view_value(v, &x)) {
		struct node n = { .key = x.field };
		char *start = o->at;

		if (!make_room(d) || out_room(o) < LONGEST + 8 * (size_t)x.bytes.cap)
			return;
		tree_put_value(o, l, v, &x, value_label(entry, &x), false);
		n.name = label_name(value_label(entry, &x)).cap;
		n.value = value_length(o, l, v, &x);
		locate(&n, l->all, v->layer, x.bytes);
		add(d, o, start, n);
	}
}

/* The fields of a header that say from where and to where, "  10.0.0.1 > 10.0.0.2". */
static void put_ends(struct out *o, struct line *l, const struct view *v)
{
	const struct field *field = v->record->field, *end[2] = { NULL, NULL };
	struct value x;

	for (uint32_t i = 0; i < v->record->count; i++)
		if (field[i].role != NO_ROLE && field[i].width > 0 && !end[field[i].role == DST])
			end[field[i].role == DST] = &field[i];
	for (int i = 0; i < 2 && end[0] && end[1]; i++) {
		if (!view_fixed(v, v->record, end[i], &x))
			return;
		out_str(o, i == 0 ? "  " : " > ");
		value_text(o, &x, v, l->all);
	}
}

static void add_title(struct detail *d, struct out *o, struct line *l, const struct view *v)
{
	struct node n = { .key = v->record };
	char *start = o->at;

	if (!make_room(d) || out_room(o) < LONGEST)
		return;
	tree_put_title(o, l, v, catalog_find(v->record));
	if (view_starts_layer(v)) {
		o->at--;	/* the line goes on */
		put_ends(o, l, v);
		out_char(o, '\n');
	}
	n.protocol = view_starts_layer(v) ? proto_name(protos[v->layer->proto]) : NULL;
	n.problem = view_starts_layer(v) && v->layer->note != NOTE_OK;
	locate(&n, l->all, v->layer, view_starts_layer(v) ? layer_head(l->all, v->layer) : v->bytes);
	add(d, o, start, n);
}

/* What is known of the packet besides its bytes. */
static void add_frame(struct detail *d, struct out *o, const struct packet *p, bool whole)
{
	static const char key;
	struct node n = { .key = &key, .bytes = p->bytes.cap, .problem = !whole };
	struct times times = { .form = TIME_DATE, .nano = true, .utc = true };
	char *start = o->at;

	if (!make_room(d))
		return;
	out_str(o, "Frame ");
	out_dec(o, p->number);
	out_str(o, ": ");
	out_dec(o, p->bytes.wire);
	out_str(o, " bytes on wire, ");
	out_dec(o, p->bytes.cap);
	out_str(o, " captured, ");
	times_put(&times, o, p);
	out_str(o, whole ? "UTC" : "UTC [not all its bytes are there any more]");
	line_put_segments(o, p);
	add(d, o, start, n);
}

void detail_fill(struct detail *d, struct line *l, const struct packet *p, bool whole)
{
	const struct node *before = detail_node(d);
	const void *key = before ? before->key : NULL;
	size_t size = tree_room(l, p);
	char *text = size > d->size ? realloc(d->text, size) : d->text;
	struct out o = { text, text ? text + size : NULL };
	struct view v = { 0 };

	d->count = d->shown_count = 0;
	if (!text)
		return;
	if (size > d->size)
		d->size = size;
	d->text = text;
	add_frame(d, &o, p, whole);
	while (view_next(&v, l->all)) {
		if (tree_has_title(&v))
			add_title(d, &o, l, &v);
		add_values(d, &o, l, &v);
	}
	for (uint32_t i = 0; i < d->count; i++) {
		if (d->node[i].key == key) {
			select_node(d, i);
			return;
		}
	}
	select_node(d, 0);
}

const struct node *detail_node(const struct detail *d)
{
	return d->cursor < d->shown_count ? &d->node[d->shown[d->cursor]] : NULL;
}

bool detail_filter(const struct detail *d, bool quoted, char *to, size_t size)
{
	const struct node *n = detail_node(d);
	struct out o = { to, to + size - 1 };
	const char *value;

	if (!n || (!n->protocol && !n->name))
		return false;
	if (n->protocol) {
		out_str(&o, n->protocol);
		*o.at = '\0';
		return true;
	}
	value = d->text + n->text + n->name + 2;
	out_bytes(&o, d->text + n->text, n->name);
	out_str(&o, quoted ? " == \"" : " == ");
	for (uint32_t i = 0; i < n->value; i++) {
		if (quoted && value[i] == '"')
			out_char(&o, '\\');
		out_char(&o, value[i]);
	}
	if (quoted)
		out_char(&o, '"');
	*o.at = '\0';
	return n->value > 0 && out_room(&o) > 0;
}

bool detail_is_open(const struct detail *d)
{
	const struct node *n = detail_node(d);

	return n && n->folder && is_open(&d->folds, n->key);
}

void detail_fold(struct detail *d, bool open)
{
	const struct node *n = detail_node(d);

	if (!n || !n->folder)
		return;
	set_open(&d->folds, n->key, open);
	select_node(d, d->shown[d->cursor]);
	for (uint32_t i = d->cursor + 1; i < d->shown_count && d->node[d->shown[i]].depth > n->depth; i++)
		d->reveal++;
}

void detail_fold_all(struct detail *d, bool open)
{
	uint32_t i = d->shown_count ? d->shown[d->cursor] : 0;

	d->folds = (struct folds){ .open = open };
	select_node(d, i);
}

void detail_up(struct detail *d)
{
	const struct node *n = detail_node(d);
	uint32_t i = d->cursor;

	while (n && i > 0 && d->node[d->shown[i]].depth >= n->depth)
		i--;
	d->cursor = i;
}

void detail_select_byte(struct detail *d, uint32_t byte)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t i = 0; i < d->count; i++) {
		const struct node *n = &d->node[i];

		if (byte - n->from < n->bytes && (best == UINT32_MAX || n->bytes <= d->node[best].bytes))
			best = i;
	}
	if (best == UINT32_MAX)
		return;
	for (uint32_t i = best, depth = d->node[best].depth; i-- > 0 && depth > 0;) {
		if (d->node[i].depth < depth) {
			set_open(&d->folds, d->node[i].key, true);
			depth = d->node[i].depth;
		}
	}
	select_node(d, best);
}

static void draw_node(const struct detail *d, struct grid *g, uint32_t row, const struct node *n)
{
	struct span s = grid_span(g, row, 0, g->width);

	span_to(&s, 1 + 2 * n->depth);
	span_char(&s, !n->folder ? ' ' : is_open(&d->folds, n->key) ? 0x25be : 0x25b8);
	span_char(&s, ' ');
	if (n->depth == 0)
		s.style = STYLE_BOLD;
	if (n->problem)
		s.style |= INK_PROBLEM;
	span_text(&s, d->text + n->text, n->length);
}

void detail_draw(struct detail *d, struct grid *g, uint32_t row, uint32_t height, bool focus)
{
	uint32_t last = d->cursor + (d->reveal < height ? d->reveal : height - 1);

	d->reveal = 0;
	if (last - d->top >= height && last >= d->top)
		d->top = last - height + 1;
	if (d->cursor < d->top)
		d->top = d->cursor;
	for (uint32_t i = 0; i < height && d->top + i < d->shown_count; i++) {
		draw_node(d, g, row + i, &d->node[d->shown[d->top + i]]);
		if (d->top + i != d->cursor)
			continue;
		grid_mark(g, row + i, 0, g->width, focus ? STYLE_REVERSE : STYLE_UNDERLINE);
		if (focus) {
			g->cursor_row = row + i;
			g->cursor_column = 0;
		}
	}
}

void detail_free(struct detail *d)
{
	free(d->node);
	free(d->text);
	free(d->shown);
	*d = (struct detail){ 0 };
}
