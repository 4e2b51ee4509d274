/* SPDX-License-Identifier: BSD-2-Clause */
/* choosers.c - the screens where columns and colours are chosen */
#include "ui/screen/choosers.h"

#include "ui/screen/frame.h"

void choosers_open(struct screen *s, enum choice choice)
{
	chooser_open(&s->chooser, choice, &s->v);
	s->at = choice == CHOICE_COLUMNS ? SCREEN_COLUMNS : SCREEN_COLOURS;
}

static void ask(struct screen *s, const char *text)
{
	bar_open(&s->bar, s->at == SCREEN_COLUMNS ? ASK_COLUMN : ASK_RULE, text);
}

bool choosers_act(struct screen *s, enum action action)
{
	switch (action) {
	case ACTION_BACK:
		s->at = SCREEN_PACKETS;
		break;
	case ACTION_ADD:
		s->chooser.edits = false;
		ask(s, "");
		break;
	case ACTION_OPEN:
		s->chooser.edits = true;
		ask(s, chooser_text(&s->chooser));
		break;
	default:
		return chooser_act(&s->chooser, &s->v, action);
	}
	return true;
}

void choosers_draw(struct screen *s, struct grid *g)
{
	struct packets list = { .layout = LAYOUT_LIST };
	struct rows r = frame_rows(&list, g->height);
	struct span title = grid_span(g, r.filter, 0, g->width);

	if (r.filter != ROW_NONE)
		span_str(&title, s->at == SCREEN_COLUMNS ? " Columns of the list of packets" :
			 " Rows have the colour of the first rule that holds");
	chooser_draw(&s->chooser, &s->v, g, r.head, r.at[PANE_LIST], r.height[PANE_LIST]);
	frame_draw_around(s, g, &r);
}
