/* SPDX-License-Identifier: BSD-2-Clause */
/* tables.c - the screens that are tables: their keys, and what is counted for them */
#define _GNU_SOURCE
#include "ui/screen/tables.h"

#include <stdio.h>

#include "capture/clock.h"
#include "ui/screen/flowpane.h"
#include "ui/screen/ifpane.h"
#include "ui/screen/sift.h"
#include "ui/screen/statpane.h"
#include "ui/screen/talkpane.h"
#include "ui/screen/talktext.h"

/* Show the packets that filter lets through: alone, or of those that are shown. It is empty where no row is selected,
 * or where there is none for it; what: is such a row.
 */
static void open_packets(struct screen *s, enum action action, const char *filter, const char *what)
{
	if (!*filter || !sift_compiles(filter)) {
		packets_say(&s->v, "No %s is selected", what);
		return;
	}
	if (action == ACTION_OPEN) {
		sift_enter(s, filter);
		s->outside = s->at;
	} else if (!sift_narrow(s, filter, action == ACTION_FILTER_OUT)) {
		return;
	}
	s->v.focus = PANE_LIST;
	s->v.zoomed = false;
	s->at = SCREEN_PACKETS;
}

static void open_flow(struct screen *s, enum action action)
{
	const struct flow *flow = flowlist_selected(&s->flows);
	char text[40] = "";

	if (flow)
		snprintf(text, sizeof(text), "flow == %u", flow->id);
	open_packets(s, action, text, "flow");
}

static void open_talker(struct screen *s, enum action action)
{
	const struct talker *talker = talklist_selected(&s->talkers);
	char text[100];
	struct out o = { text, text + sizeof(text) - 1 };

	if (talker)
		talktext_filter(&o, &talker->key, s->talkers.kind);
	*o.at = '\0';
	open_packets(s, action, text, "talker that a filter can name");
}

static void open_protocol(struct screen *s, enum action action)
{
	const struct hierarchy_node *node = statlist_selected(&s->stats);

	open_packets(s, action, node ? proto_name(protos[node->proto]) : "", "protocol");
}

static void open_interface(struct screen *s, enum action action)
{
	const struct link *link = s->ledger ? linklist_selected(&s->links) : NULL;
	char text[PROMPT_MAX];
	struct out o = { text, text + sizeof(text) - 1 };

	if (link)
		linklist_filter(&s->links, link->index, &o);
	else if (!s->ledger)
		filelinks_filter(&s->filelinks, &o);
	*o.at = '\0';
	open_packets(s, action, text, "interface that is captured");
}

bool tables_act_on_flows(struct screen *s, enum action action)
{
	switch (action) {
	case ACTION_OPEN:
	case ACTION_FILTER_IN:
	case ACTION_FILTER_OUT:
		open_flow(s, action);
		break;
	case ACTION_BACK:
		s->at = SCREEN_PACKETS;
		break;
	case ACTION_UTC:
		return packets_act(&s->v, action);
	default:
		return flowlist_act(&s->flows, action);
	}
	return true;
}

static void no_memory(struct screen *s, const char *what)
{
	s->at = SCREEN_PACKETS;
	packets_say(&s->v, "no memory for %s", what);
}

/* Those of a file are counted once for each kind; live ones anew, for their last seconds. */
void tables_open_talkers(struct screen *s, enum talker_kind kind)
{
	struct talklist *t = &s->talkers;

	s->at = SCREEN_TALKERS;
	if ((!t->table || t->live || t->kind != kind) && !talklist_open(t, s->v.store, kind))
		no_memory(s, "talkers");
}

bool tables_act_on_talkers(struct screen *s, enum action action)
{
	struct talklist *t = &s->talkers;

	switch (action) {
	case ACTION_OPEN:
	case ACTION_FILTER_IN:
	case ACTION_FILTER_OUT:
		open_talker(s, action);
		break;
	case ACTION_GROUP:
		tables_open_talkers(s, (t->kind + 1) % TALKER_KINDS);
		break;
	case ACTION_BACK:
		s->at = SCREEN_PACKETS;
		break;
	default:
		return talklist_act(t, action);
	}
	return true;
}

bool tables_act_on_stats(struct screen *s, enum action action)
{
	switch (action) {
	case ACTION_OPEN:
	case ACTION_FILTER_IN:
	case ACTION_FILTER_OUT:
		open_protocol(s, action);
		break;
	case ACTION_BACK:
		s->at = SCREEN_PACKETS;
		break;
	default:
		return statlist_act(&s->stats, action);
	}
	return true;
}

void tables_open_flows(struct screen *s)
{
	s->at = SCREEN_FLOWS;
	if (!flowlist_open(&s->flows, s->v.store, s->v.options))
		no_memory(s, "flows");
}

void tables_open_stats(struct screen *s)
{
	s->at = SCREEN_STATS;
	if (!statlist_open(&s->stats, s->v.store, !s->v.options->no_checksums))
		no_memory(s, "statistics");
}

bool tables_act_on_interfaces(struct screen *s, enum action action)
{
	switch (action) {
	case ACTION_OPEN:
	case ACTION_FILTER_IN:
	case ACTION_FILTER_OUT:
		open_interface(s, action);
		break;
	case ACTION_BACK:
		s->at = SCREEN_PACKETS;
		break;
	default:
		return s->ledger ? linklist_act(&s->links, action) : filelinks_act(&s->filelinks, action);
	}
	return true;
}

void tables_open_interfaces(struct screen *s)
{
	struct error e;

	if (s->ledger && linklist_open(&s->links, s->v.options->netns, &e)) {
		packets_say(&s->v, "%s", e.text);
		return;
	}
	linklist_tick(&s->links, clock_now(CLOCK_MONOTONIC));
	s->at = SCREEN_INTERFACES;
	if (!s->ledger && !filelinks_open(&s->filelinks))
		no_memory(s, "interfaces");
}

/* The rows of a screen that is one table. */
static struct rows table_rows(const struct grid *g)
{
	struct packets list = { .layout = LAYOUT_LIST };

	return frame_rows(&list, g->height);
}

void tables_draw_flows(struct screen *s, struct grid *g)
{
	struct rows r = table_rows(g);

	flowpane_draw(&s->flows, &s->v, g, &r);
	frame_draw_around(s, g, &r);
}

void tables_draw_talkers(struct screen *s, struct grid *g)
{
	struct rows r = table_rows(g);

	talkpane_draw(&s->talkers, &s->v, g, &r);
	frame_draw_around(s, g, &r);
}

void tables_draw_stats(struct screen *s, struct grid *g)
{
	struct rows r = table_rows(g);

	statpane_draw(&s->stats, &s->v, s->ledger, g, &r);
	frame_draw_around(s, g, &r);
}

void tables_draw_interfaces(struct screen *s, struct grid *g)
{
	struct rows r = table_rows(g);

	if (s->ledger)
		ifpane_draw_live(s, g, &r);
	else
		ifpane_draw_stored(s, g, &r);
	frame_draw_around(s, g, &r);
}

/* What comes live is counted only while it is looked at. */
bool tables_work(struct screen *s)
{
	bool more = false;

	if (s->flows.table)
		more = flowlist_extend(&s->flows, s->v.store);
	if (s->at == SCREEN_FLOWS && !s->export.file)	/* whose rows are to stay where they are */
		more = flowlist_sort(&s->flows, clock_now(CLOCK_MONOTONIC)) || more;
	if (s->talkers.table && (s->at == SCREEN_TALKERS || !s->talkers.live))
		more = talklist_extend(&s->talkers, s->v.store) || more;
	if (s->at == SCREEN_TALKERS && !s->export.file)
		more = talklist_sort(&s->talkers, clock_now(CLOCK_MONOTONIC)) || more;
	if (s->stats.tally && (s->at == SCREEN_STATS || !s->stats.live))
		more = statlist_extend(&s->stats, s->v.store) || more;
	if (s->filelinks.link)
		more = filelinks_extend(&s->filelinks, s->v.store) || more;
	if (s->at == SCREEN_INTERFACES && !s->export.file)
		linklist_tick(&s->links, clock_now(CLOCK_MONOTONIC));
	return more;
}

bool tables_are_filling(const struct screen *s)
{
	return (s->flows.table && pass_is_filling(&s->flows.pass)) ||
	       (s->at == SCREEN_TALKERS && pass_is_filling(&s->talkers.pass)) ||
	       (s->at == SCREEN_STATS && pass_is_filling(&s->stats.pass));
}

bool tables_age(const struct screen *s)
{
	return s->ledger && (s->at == SCREEN_TALKERS || s->at == SCREEN_STATS || s->at == SCREEN_INTERFACES);
}

void tables_close(struct screen *s)
{
	flowlist_close(&s->flows);
	talklist_close(&s->talkers);
	statlist_close(&s->stats);
	linklist_close(&s->links);
	filelinks_close(&s->filelinks);
}

bool tables_export(struct screen *s, struct export_row *r, struct export_table *t, uint32_t *selected)
{
	if (s->at == SCREEN_PACKETS) {
		*t = exports_packets(r, &s->v);
		*selected = s->v.cursor;
	} else if (s->at == SCREEN_FLOWS) {
		*t = exports_flows(r, &s->flows);
		*selected = s->flows.cursor;
	} else if (s->at == SCREEN_TALKERS) {
		*t = exports_talkers(r, &s->talkers);
		*selected = s->talkers.cursor;
	} else if (s->at == SCREEN_STATS) {
		*t = exports_protocols(r, &s->stats);
		*selected = s->stats.cursor;
	} else if (s->at == SCREEN_INTERFACES && s->ledger) {
		*t = exports_links(r, &s->links);
		*selected = s->links.cursor;
	} else if (s->at == SCREEN_INTERFACES) {
		*t = exports_filelinks(r, &s->filelinks);
		*selected = s->filelinks.cursor;
	} else {
		return false;
	}
	return true;
}
