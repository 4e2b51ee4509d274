/* SPDX-License-Identifier: BSD-2-Clause */
/* ifpane.c - the screen of interfaces: those of this machine, or of a file */
#define _GNU_SOURCE
#include "ui/screen/ifpane.h"

#include <stdio.h>

#include "capture/linktype.h"
#include "ui/screen/graph.h"
#include "ui/screen/linkpane.h"
#include "ui/screen/put.h"
#include "ui/screen/table.h"

enum column { NAME, KIND, PACKETS, PERCENT, SIZE, PART, COLUMNS };

static const struct table_column columns[COLUMNS] = {
	[NAME] = { "Name", 12, .most = 40 },
	[KIND] = { "Link", 16, .goes = 2 },
	[PACKETS] = { "Packets", 8, .right = true },
	[PERCENT] = { "%", 6, .right = true },
	[SIZE] = { "Bytes", 8, .goes = 3, .right = true },
	[PART] = { "", 12, .most = 30, .goes = 1 },
};

/* What became of the packets of the one that is captured. */
void ifpane_draw_live(struct screen *s, struct grid *g, const struct rows *r)
{
	uint32_t height = r->height[PANE_LIST], at = r->at[PANE_LIST];
	bool below = height >= 2 * LINK_DETAIL;

	if (r->filter != ROW_NONE) {
		struct span line = grid_span(g, r->filter, 0, g->width);

		span_format(&line, " Interfaces: %u  * %.40s: captured %llu packets, dropped %llu", s->links.rates,
			    s->v.name, (unsigned long long)s->ledger->fate[FATE_CAPTURED],
			    (unsigned long long)s->ledger->dropped);
	}
	if (r->head != ROW_NONE)
		linkpane_head(&s->links, g, r->head);
	if (below)
		height -= LINK_DETAIL;
	linkpane_draw(&s->links, g, at, height);
	if (below)
		linkpane_detail(&s->links, g, at + height);
}

static void draw_link(const struct filelinks *s, const struct filelink *link, struct grid *g, uint32_t row,
			const struct table *t)
{
	struct span part = table_cell(t, g, row, PART);
	char text[32];

	table_put(t, g, row, NAME, *link->name ? link->name : "(no name)", INK_PLAIN);
	table_put(t, g, row, KIND, linktype_words(link->linktype), INK_PLAIN);
	short_number(text, sizeof(text), link->packets, "");
	table_put(t, g, row, PACKETS, text, INK_PLAIN);
	snprintf(text, sizeof(text), "%.1f", 100.0 * (double)link->packets / (double)s->packets);
	table_put(t, g, row, PERCENT, text, INK_PLAIN);
	short_number(text, sizeof(text), link->bytes, "B");
	table_put(t, g, row, SIZE, text, INK_PLAIN);
	graph_bar(&part, link->packets, s->packets);
}

void ifpane_draw_stored(struct screen *screen, struct grid *g, const struct rows *r)
{
	struct filelinks *s = &screen->filelinks;
	uint32_t height = r->height[PANE_LIST], at = r->at[PANE_LIST];
	uint32_t progress = pass_progress(&s->pass, screen->v.store);
	struct table t = table_lay(columns, COLUMNS, g->width);

	if (r->filter != ROW_NONE) {
		struct span line = grid_span(g, r->filter, 0, g->width);

		span_format(&line, " Interfaces of the file: %u", s->count);
		if (progress < 100)
			span_format(&line, "  counted %u%%", progress);
		if (s->others)
			span_format(&line, "  packets of others %llu", (unsigned long long)s->others);
	}
	if (r->head != ROW_NONE)
		table_head(&t, g, r->head);
	s->page = height;
	table_scroll(&s->top, s->cursor, s->count, height);
	for (uint32_t i = 0; i < height && s->top + i < s->count; i++) {
		draw_link(s, filelinks_at(s, s->top + i), g, at + i, &t);
		if (s->top + i == s->cursor)
			table_select(g, at + i);
	}
	if (s->count == 0) {
		struct span line = grid_span(g, at, 0, g->width);

		span_str(&line, progress < 100 ? "  ..." : "  no packet is there");
	}
}
