/* SPDX-License-Identifier: BSD-2-Clause */
/* chooser.c - a list of the configuration as it is edited on the screen */
#define _GNU_SOURCE
#include "ui/screen/chooser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/screen/list.h"
#include "ui/screen/move.h"
#include "ui/screen/table.h"

static const struct table_column columns[] = {
	{ "Column", 12, 60 }, { "Title", 8, 24, .goes = 1 }, { "Width", 10, .goes = 2, .right = true },
};
static const struct table_column rules[] = { { "Rule", 12, 200 } };

static const char *key_of(const struct chooser *c)
{
	return c->choice == CHOICE_COLUMNS ? "columns" : "colour";
}

/* "number, time:15": all items, as one line of the configuration has them. */
static char *joined(const struct chooser *c)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (uint32_t i = 0; f && i < c->count; i++)
		fprintf(f, "%s%s", i ? ", " : "", c->item[i]);
	if (f && fclose(f) == 0)
		return text;
	free(text);
	return NULL;
}

static int apply_columns(const struct chooser *c, struct config *config, struct error *e)
{
	struct list_columns new;
	char *text = joined(c);
	int rc = text ? list_columns_open(&new, text, e) : error_set(e, STATUS_USAGE, "no memory for columns");

	free(text);
	if (rc)
		return rc;
	list_columns_close(&config->columns);
	config->columns = new;
	return 0;
}

static int apply_rules(const struct chooser *c, struct config *config, struct error *e)
{
	struct rules new = { .count = 0 };
	uint32_t at;
	int rc = 0;

	for (uint32_t i = 0; !rc && i < c->count; i++)
		rc = rules_add(&new, c->item[i], &at, e);
	if (rc) {
		rules_close(&new);
		return rc;
	}
	rules_close(&config->rules);
	config->rules = new;
	return 0;
}

/* Let the items take effect. False where v says why they cannot. */
static bool apply(struct chooser *c, struct packets *v)
{
	struct error e;
	int rc = c->choice == CHOICE_COLUMNS ? apply_columns(c, &v->config, &e) : apply_rules(c, &v->config, &e);

	if (rc)
		packets_say(v, "%s", e.text);
	return rc == 0;
}

static void forget(struct chooser *c)
{
	while (c->count > 0)
		free(c->item[--c->count]);
}

static void add(struct chooser *c, const char *text)
{
	c->item[c->count] = strdup(text);
	c->count += c->item[c->count] != NULL;
}

/* What v has now. */
static void take(struct chooser *c, const struct packets *v)
{
	const struct config *config = &v->config;
	char text[128];

	forget(c);
	for (uint32_t i = 0; c->choice == CHOICE_COLUMNS && i < config->columns.count; i++) {
		const struct list_column *l = &config->columns.column[i];

		snprintf(text, sizeof(text), l->width ? "%s:%u" : "%s", l->name, l->width);
		add(c, text);
	}
	for (uint32_t i = 0; c->choice == CHOICE_COLOURS && i < config->rules.count; i++)
		add(c, config->rules.rule[i].text);
	move_within(&c->cursor, 0, c->count, 0);
}

void chooser_open(struct chooser *c, enum choice choice, const struct packets *v)
{
	c->choice = choice;
	c->cursor = c->top = 0;
	take(c, v);
}

const char *chooser_text(const struct chooser *c)
{
	return c->cursor < c->count ? c->item[c->cursor] : "";
}

void chooser_put(struct chooser *c, struct packets *v, const char *text)
{
	uint32_t at = c->cursor < c->count ? c->cursor + !c->edits : 0;
	char *new = strdup(text);

	if (!new || (c->count == CHOOSER_MAX && !c->edits)) {
		packets_say(v, "There is no room for more than %d", CHOOSER_MAX);
		free(new);
		return;
	}
	if (c->edits && c->count > 0) {
		free(c->item[at]);
	} else {
		memmove(c->item + at + 1, c->item + at, (c->count - at) * sizeof(c->item[0]));
		c->count++;
	}
	c->item[at] = new;
	c->cursor = at;
	if (!apply(c, v))
		take(c, v);
}

static void remove_item(struct chooser *c, struct packets *v)
{
	if (c->cursor >= c->count)
		return;
	free(c->item[c->cursor]);
	c->count--;
	memmove(c->item + c->cursor, c->item + c->cursor + 1, (c->count - c->cursor) * sizeof(c->item[0]));
	if (!apply(c, v))	/* the last column stays */
		take(c, v);
	move_within(&c->cursor, 0, c->count, 0);
}

static void move_item(struct chooser *c, struct packets *v, bool down)
{
	uint32_t to = down ? c->cursor + 1 : c->cursor - 1;	/* before the first: far behind the last */
	char *item;

	if (c->cursor >= c->count || to >= c->count)
		return;
	item = c->item[to];
	c->item[to] = c->item[c->cursor];
	c->item[c->cursor] = item;
	c->cursor = to;
	apply(c, v);
}

static void change_width(struct chooser *c, struct packets *v, int by)
{
	const struct list_column *l = &v->config.columns.column[c->cursor];
	char text[128];
	uint32_t width;

	if (c->cursor >= c->count)
		return;
	if (l->kind == LIST_INFO) {
		packets_say(v, "Info has what the others leave");
		return;
	}
	width = (uint32_t)((int)list_width(v, l, 80) + by);
	snprintf(text, sizeof(text), "%s:%u", l->name, width < 1 ? 1 : width < LIST_WIDTH_MAX ? width : LIST_WIDTH_MAX);
	c->edits = true;
	chooser_put(c, v, text);
}

static void keep(const struct chooser *c, struct packets *v)
{
	char path[512], *text = c->choice == CHOICE_COLUMNS ? joined(c) : NULL;
	struct error e;
	int rc;

	if (text)
		rc = config_save(key_of(c), (const char *const *)&text, 1, &e);
	else
		rc = config_save(key_of(c), (const char *const *)c->item, c->count, &e);
	if (rc)
		packets_say(v, "%s", e.text);
	else if (config_path(path, sizeof(path)))
		packets_say(v, "Kept for other runs, in %.150s", path);
	free(text);
}

bool chooser_act(struct chooser *c, struct packets *v, enum action action)
{
	int64_t by = move_distance(action, c->page);

	switch (action) {
	case ACTION_REMOVE:
		remove_item(c, v);
		break;
	case ACTION_MOVE_DOWN:
	case ACTION_MOVE_UP:
		move_item(c, v, action == ACTION_MOVE_DOWN);
		break;
	case ACTION_WIDER:
	case ACTION_NARROWER:
		change_width(c, v, action == ACTION_WIDER ? 1 : -1);
		break;
	case ACTION_KEEP:
		keep(c, v);
		break;
	default:
		if (!by)
			return false;
		move_within(&c->cursor, 0, c->count, by);
		break;
	}
	return true;
}

static void draw_column(const struct packets *v, struct grid *g, uint32_t row, const struct table *t, uint32_t i)
{
	const struct list_column *l = &v->config.columns.column[i];
	char width[24];

	snprintf(width, sizeof(width), l->width ? "%u" : "(%u)", list_width(v, l, g->width));
	table_put(t, g, row, 0, l->name, INK_PLAIN);
	table_put(t, g, row, 1, list_column_title(l), INK_PLAIN);
	table_put(t, g, row, 2, l->kind == LIST_INFO ? "the rest" : width, INK_PLAIN);
}

void chooser_draw(struct chooser *c, const struct packets *v, struct grid *g, uint32_t head, uint32_t row, uint32_t height)
{
	bool shows_columns = c->choice == CHOICE_COLUMNS;
	struct table t = table_lay(shows_columns ? columns : rules, shows_columns ? 3 : 1, g->width);
	struct span s;

	c->page = height;
	table_scroll(&c->top, c->cursor, c->count, height);
	if (head < g->height)
		table_head(&t, g, head);
	for (uint32_t i = 0; i < height && c->top + i < c->count; i++) {
		if (shows_columns)
			draw_column(v, g, row + i, &t, c->top + i);
		else
			table_put(&t, g, row + i, 0, c->item[c->top + i], v->config.rules.rule[c->top + i].style);
		if (c->top + i == c->cursor)
			table_select(g, row + i);
	}
	if (c->count > 0)
		return;
	s = grid_span(g, row, 0, g->width);
	span_str(&s, "  no rule: the protocol's name has its colour; a adds one");
}

void chooser_close(struct chooser *c)
{
	forget(c);
}
