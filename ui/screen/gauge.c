/* SPDX-License-Identifier: BSD-2-Clause */
/* gauge.c - how a live capture does
 *
 * All numbers but those of the view are the keeper's, as it shares them: the ledger.
 */
#include "ui/screen/gauge.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ui/screen/graph.h"
#include "ui/screen/put.h"

enum { LEFTS = 3, RIGHTS = 4, WORDS_MAX = 160 };

/* Whole, without the bits, without the rate. */
static void fill_lefts(const struct screen *s, char left[LEFTS][WORDS_MAX])
{
	const struct packets *v = &s->v;
	char pause[24] = "", packets[24], bits[24];

	if (v->paused)
		snprintf(pause, sizeof(pause), " +%u", store_count(v->store) - v->limit);
	short_number(packets, sizeof(packets), s->pulse.packets, "pps");
	short_number(bits, sizeof(bits), s->pulse.bits, "b/s");
	for (int i = 0; i < LEFTS; i++)
		snprintf(left[i], WORDS_MAX, " %.60s %s%s%s%s%s%s", v->name, v->paused ? "PAUSED" : "LIVE", pause,
			 i < 2 ? " " : "", i < 2 ? packets : "", i < 1 ? " " : "", i < 1 ? bits : "");
}

static void fill_rights(const struct screen *s, char right[RIGHTS][WORDS_MAX])
{
	uint32_t all = store_count(s->v.store), shown = packets_end(&s->v);
	uint64_t dropped = s->ledger->dropped, skipped = s->ledger->skipped;

	snprintf(right[0], WORDS_MAX, "  packets %u  shown %u  drop %" PRIu64 "  skipped %" PRIu64 " ", all, shown, dropped,
		 skipped);
	snprintf(right[1], WORDS_MAX, " pkts %u shown %u drop %" PRIu64 " skip %" PRIu64 " ", all, shown, dropped, skipped);
	snprintf(right[2], WORDS_MAX, " shown %u drop %" PRIu64 " skip %" PRIu64 " ", shown, dropped, skipped);
	snprintf(right[3], WORDS_MAX, " drop %" PRIu64 " skip %" PRIu64 " ", dropped, skipped);
}

void gauge_draw_title(const struct screen *s, struct grid *g, uint32_t row)
{
	/* From the most that can be said to the least. */
	static const struct { uint8_t left, right; bool bars; } ways[] = {
		{ 0, 0, true }, { 0, 1, true }, { 0, 1, false }, { 0, 2, false }, { 0, 3, false }, { 1, 3, false },
		{ 2, 3, false },
	};
	char left[LEFTS][WORDS_MAX], right[RIGHTS][WORDS_MAX];
	struct span line = grid_span(g, row, 0, g->width);
	size_t way = 0, last = sizeof(ways) / sizeof(ways[0]) - 1;

	fill_lefts(s, left);
	fill_rights(s, right);
	while (way < last && strlen(left[ways[way].left]) + (ways[way].bars ? 1 + PULSE_SECONDS : 0) +
	       strlen(right[ways[way].right]) > g->width)
		way++;
	line.style = STYLE_BOLD;
	span_str(&line, left[ways[way].left]);
	line.style = 0;
	if (ways[way].bars) {
		span_char(&line, ' ');
		graph_spark(&line, s->pulse.history, PULSE_SECONDS);
	}
	grid_right(g, row, right[ways[way].right], s->ledger->dropped ? INK_PROBLEM : 0);
}

/* "w: /var/tmp/a.pcap 93.1 MB ok", with so many columns of the path, its end. */
static void put_file(const struct screen *s, struct span *line, uint32_t columns)
{
	const char *path = s->v.options->write;
	size_t n = strlen(path);

	span_str(line, "w: ");
	if (n <= columns)
		span_format(line, "%s ", path);
	else if (columns > 8)
		span_format(line, "..%s ", path + n - (columns - 2));
	put_size(line, s->ledger->file_bytes);
	if (s->ledger->file_failed)
		line->style = INK_PROBLEM | STYLE_BOLD;
	span_str(line, s->ledger->file_failed ? " FAILED" : " ok");
	line->style = 0;
	span_str(line, "  ");
}

void gauge_put(const struct screen *s, struct span *line)
{
	const struct packets *v = &s->v;
	uint32_t gone = store_first(v->store), left, others;
	char text[WORDS_MAX];
	int n;

	if (s->ledger->recording)
		span_format(line, "REC %s  ", s->ledger->record_name);
	n = snprintf(text, sizeof(text), "ring %u%%  %s", s->ledger->ring_fill,
		     v->paused ? "paused" : v->follow ? "following" : "G follows");
	n += snprintf(text + n, sizeof(text) - (size_t)n, "  kept %u%%", store_fill(v->store));
	if (gone > 0)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "  gone %u", gone);
	if (v->marks > 0)
		snprintf(text + n, sizeof(text) - (size_t)n, "  marked %u", v->marks);
	left = span_left(line);
	others = (uint32_t)(strlen(text) + strlen("w:  123.4 MB FAILED  "));
	if (v->options->write)
		put_file(s, line, left > others ? left - others : 0);
	span_str(line, text);
}

bool gauge_recorded(struct screen *s)
{
	const struct ledger *l = s->ledger;
	bool was = s->recording;

	if (was == l->recording && s->recordings == l->recordings)
		return false;
	s->recording = l->recording;
	if (was && !l->recording && s->recordings == l->recordings)
		packets_say(&s->v, "%s could not be written; why is said at the end", l->record_name);
	else if (s->recordings != l->recordings)
		packets_say(&s->v, "%" PRIu64 " packets recorded in %s", l->recorded, l->record_name);
	s->recordings = l->recordings;
	return true;
}
