/* SPDX-License-Identifier: BSD-2-Clause */
/* status.c - the line of status: what goes on, else how the file or the capture does, and where the reader is */
#include "ui/screen/status.h"

#include <stdio.h>
#include <string.h>

#include "ui/plural.h"
#include "ui/screen/gauge.h"
#include "ui/screen/put.h"

static const char *clock_word(enum clock clock)
{
	static const char *const words[CLOCKS] = {
		[CLOCK_FIRST] = "since first", [CLOCK_DELTA] = "delta", [CLOCK_SHOWN] = "delta shown",
		[CLOCK_DAY] = "of day", [CLOCK_DATE] = "date", [CLOCK_EPOCH] = "epoch",
	};

	return words[clock];
}

/* What goes on, and what the last key led to. False: nothing is to be said. */
static bool put_doings(const struct screen *s, struct span *line)
{
	const struct packets *v = &s->v;

	if (*v->message) {
		line->style = STYLE_BOLD;
		span_str(line, v->message);
	} else if (s->find.running) {
		span_format(line, "Looking for %.100s: %u packet%s left, Esc cancels", s->find.text, s->find.left,
			    plural(s->find.left));
	} else if (s->save.running) {
		span_format(line, "Saving: %u packet%s so far, Esc cancels", s->save.written, plural(s->save.written));
	} else if (s->ranking.running) {
		span_format(line, "Sorting by %s: %u%%, Esc cancels",
			    list_column_title(&v->config.columns.column[s->ranking.column]), ranking_progress(&s->ranking, v));
	} else if (s->export.file) {
		span_format(line, "Exporting: %u row%s so far, Esc cancels", s->export.written, plural(s->export.written));
	} else if (store_damage(v->store)) {
		line->style = INK_PROBLEM | STYLE_BOLD;
		span_str(line, store_damage(v->store));
	} else {
		return false;
	}
	return true;
}

/* What stands at the right end of the status. */
static void set_place(const struct screen *s, char *text, size_t size)
{
	const struct packets *v = &s->v;
	uint32_t begin = packets_begin(v), shown = packets_end(v) - begin;

	*text = '\0';
	if (s->at == SCREEN_FLOWS)
		flowlist_losses(&s->flows, v->store, text, size);
	else if (s->at == SCREEN_TALKERS)
		talklist_losses(&s->talkers, text, size);
	else if (s->at == SCREEN_FOLLOW)
		follows_sum(&s->follows, text, size);
	else if (s->at == SCREEN_STATS)
		statlist_losses(&s->stats, text, size);
	else if (s->at != SCREEN_INTERFACES && s->at != SCREEN_ABOUT)
		snprintf(text, size, "  %u%%  time %s%s ",
			 shown > 1 ? (uint32_t)((uint64_t)(v->cursor - begin) * 100 / (shown - 1)) : 100, clock_word(v->clock),
			 v->times.utc && v->clock >= CLOCK_DAY ? " UTC" : "");
}

void status_draw(const struct screen *s, struct grid *g, uint32_t row)
{
	const struct packets *v = &s->v;
	struct span line = grid_span(g, row, 0, g->width);
	char text[100];

	span_char(&line, ' ');
	if (put_doings(s, &line))
		return;
	set_place(s, text, sizeof(text));
	if (s->ledger)
		gauge_put(s, &line);
	else
		span_format(&line, "%s  %s", v->name, store_progress(v->store) == 100 ? "ok" : "...");
	if (!s->ledger || strlen(text) <= span_left(&line))
		grid_right(g, row, text, 0);
}
