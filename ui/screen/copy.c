/* SPDX-License-Identifier: BSD-2-Clause */
/* copy.c - what is selected, as text for the terminal's clipboard
 *
 * It is what the screen shows, which is safe for a terminal: never a packet's bytes as they are.
 */
#define _GNU_SOURCE
#include "ui/screen/copy.h"

#include <stdlib.h>
#include <string.h>

#include "ui/screen/tables.h"

#define COPY_MAX 65536		/* bytes; terminals take about 75,000 of base64 */

/* The value of the field selected; the line of what has none. */
static void put_node(struct out *o, const struct detail *d)
{
	const struct node *n = detail_node(d);

	if (!n)
		return;
	if (n->value)
		out_bytes(o, d->text + n->text + n->name + 2, n->value);
	else
		out_bytes(o, d->text + n->text, n->length);
}

/* Of a pane of bytes: those that stand out. */
static void put_bytes(struct out *o, struct packets *v)
{
	const struct node *n = detail_node(&v->detail);
	struct packet p;

	if (!n || !v->detailed)
		return;
	store_packet(v->store, &v->window, (uint32_t)v->detailed - 1, &p);
	out_hexbytes(o, slice_part(p.bytes, n->from, n->bytes), '\0', COPY_MAX);
}

/* A table's row, with tabs between its columns. */
static void put_row(struct out *o, const struct export_table *t, uint32_t row)
{
	if (row < t->begin || row >= t->end || !t->row(t->of, row))
		return;
	for (uint32_t c = 0; c < t->columns; c++) {
		if (c > 0)
			out_char(o, '\t');
		out_str(o, t->cell(t->of, row, c));
	}
}

static void put_selected(struct screen *s, struct out *o)
{
	struct packets *v = &s->v;
	struct export_row row;
	struct export_table t;
	uint32_t selected;

	if (s->at == SCREEN_PACKETS && v->focus == PANE_DETAIL)
		put_node(o, &v->detail);
	else if (s->at == SCREEN_PACKETS && v->focus == PANE_HEX)
		put_bytes(o, v);
	else if (tables_export(s, &row, &t, &selected))
		put_row(o, &t, selected);
}

void copy_selected(struct screen *s)
{
	char *text = malloc(COPY_MAX + 1);
	struct out o;

	if (!text) {
		packets_say(&s->v, "No memory to copy");
		return;
	}
	o = (struct out){ text, text + COPY_MAX };
	put_selected(s, &o);
	*o.at = '\0';
	if (!*text) {
		packets_say(&s->v, "There is nothing to copy");
	} else if (s->v.config.osc52 || s->v.options->osc52) {
		packets_say(&s->v, "Copied %zu bytes", strlen(text));
		free(s->copy);
		s->copy = text;
		return;
	} else {
		packets_say(&s->v, "Not copied (osc52 is off): %.150s", text);
	}
	free(text);
}
