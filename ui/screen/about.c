/* SPDX-License-Identifier: BSD-2-Clause */
/* about.c - the screen of what the capture is: what its file says of itself, or what became of live packets */
#define _GNU_SOURCE
#include "ui/screen/about.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "ui/screen/move.h"

#define AT_ONCE 32		/* batches: less than a millisecond */

/* Where the text goes to, from its begin. NULL: no memory. */
static FILE *begin_text(struct about *a)
{
	free(a->text);
	a->text = NULL;
	return open_memstream(&a->text, &a->size);
}

/* What is said of a file is the text of "ringtail info". */
static void write_down(struct about *a)
{
	FILE *to = begin_text(a);

	if (!to)
		return;
	info_text(&a->info, to);
	fclose(to);
}

void about_open(struct screen *s)
{
	struct about *a = &s->about;
	struct error e;

	s->at = SCREEN_ABOUT;
	if (s->ledger || a->text || a->reader)
		return;
	a->info = (struct info){ .options = s->v.options, .path = s->v.options->read ? s->v.options->read : s->v.name };
	if (info_begin(&a->info, &a->reader, &e) == 0)
		return;
	a->reader = NULL;
	s->at = SCREEN_PACKETS;
	packets_say(&s->v, "%s", e.text);
}

bool about_work(struct screen *s)
{
	struct about *a = &s->about;

	for (int i = 0; s->at == SCREEN_ABOUT && a->reader && i < AT_ONCE; i++) {
		if (info_go_on(&a->info, a->reader))
			continue;
		a->reader = NULL;
		write_down(a);
		info_free(&a->info);
	}
	return s->at == SCREEN_ABOUT && a->reader;
}

bool about_act(struct screen *s, enum action action)
{
	int64_t by = move_distance(action, s->about.page);

	if (action == ACTION_BACK)
		s->at = SCREEN_PACKETS;
	else if (by != 0)
		move_within(&s->about.top, 0, s->about.lines, by);
	else
		return false;
	return true;
}

/* A fact of a live capture: "Interface         eth0". */
static void put_fact(FILE *to, const char *label, const char *text)
{
	fprintf(to, "%-17s %s\n", label, text);
}

/* What it captures, and what became of each packet. */
static void write_live(struct screen *s)
{
	struct ledger_count count[LEDGER_COUNTS];
	const struct options *o = s->v.options;
	FILE *to = begin_text(&s->about);

	if (!to)
		return;
	put_fact(to, "Interface", s->v.name);
	put_fact(to, "Filter", *s->capture_filter ? s->capture_filter : "none");
	put_fact(to, "File", o->write ? o->write : "none");
	fprintf(to, "%-17s %u bytes\n", "Snapshot length", o->snaplen);
	for (size_t i = 0, n = ledger_counts(s->ledger, count); i < n; i++)
		fprintf(to, "%-17s %" PRIu64 " packets %s\n", i ? "" : "Packets", count[i].packets,
			count[i].words ? count[i].words : count[i].key);
	fprintf(to, "%-17s %" PRIu64 " packets kept to be looked at, %u gone\n", "",
		(uint64_t)store_count(s->v.store) - store_first(s->v.store), store_first(s->v.store));
	fprintf(to, "%-17s %s\n", "Sum", ledger_adds_up(s->ledger) ? "adds up" : "packets are on their way");
	fclose(to);
}

/* Draw the lines of the text from top on; returns how many there are. */
static uint32_t draw_lines(const char *text, uint32_t top, struct grid *g, uint32_t row, uint32_t end)
{
	uint32_t n = 0;

	for (const char *line = text; *line; n++) {
		size_t length = strcspn(line, "\n");

		if (n >= top && row + n - top < end) {
			struct span s = grid_span(g, row + n - top, 1, g->width);

			span_text(&s, line, length);
		}
		line += length + (line[length] == '\n');
	}
	return n;
}

void about_draw(struct screen *s, struct grid *g)
{
	struct packets list = { .layout = LAYOUT_LIST };
	struct rows r = frame_rows(&list, g->height);
	uint32_t row = r.filter != ROW_NONE ? r.filter : r.head != ROW_NONE ? r.head : r.at[PANE_LIST];
	uint32_t end = r.at[PANE_LIST] + r.height[PANE_LIST];
	struct about *a = &s->about;
	struct span line;

	if (s->ledger)
		write_live(s);
	a->page = end > row ? end - row : 0;
	if (a->text) {
		a->lines = draw_lines(a->text, a->top, g, row, end);
	} else {
		line = grid_span(g, row, 0, g->width);
		span_str(&line, "  reading the file ...");
	}
	g->cursor_row = row < g->height ? row : 0;
	frame_draw_around(s, g, &r);
}

void about_close(struct about *a)
{
	if (a->reader)
		reader_close(a->reader);
	info_free(&a->info);
	free(a->text);
	*a = (struct about){ 0 };
}
