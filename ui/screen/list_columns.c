/* SPDX-License-Identifier: BSD-2-Clause */
/* list_columns.c - which columns the list of packets has, in which order, and how wide */
#define _GNU_SOURCE
#include "ui/screen/list_columns.h"

#include <stdlib.h>

#include "decode/catalog.h"

const char list_columns_default[] = "number, time, source, destination, protocol, length, info";

static const struct { const char *word, *title; bool right; } standard[LIST_FIELD] = {
	[LIST_NUMBER] = { "number", "No.", true },
	[LIST_TIME] = { "time", "Time", true },
	[LIST_SOURCE] = { "source", "Source", false },
	[LIST_DESTINATION] = { "destination", "Destination", false },
	[LIST_PROTOCOL] = { "protocol", "Proto", false },
	[LIST_LENGTH] = { "length", "Len", true },
	[LIST_INFO] = { "info", "Info", false },
};

const char *list_column_word(uint32_t n)
{
	return n < LIST_FIELD ? standard[n].word : NULL;
}

const char *list_column_title(const struct list_column *c)
{
	return c->kind == LIST_FIELD ? c->name : standard[c->kind].title;
}

bool list_column_right(const struct list_column *c)
{
	return c->kind != LIST_FIELD && standard[c->kind].right;
}

/* The begin of a list's item, without blanks before it, and how long it is without those behind. */
static const char *item(const char *at, size_t n, size_t *length)
{
	while (n > 0 && strchr(" \t", *at)) {
		at++;
		n--;
	}
	while (n > 0 && strchr(" \t", at[n - 1]))
		n--;
	*length = n;
	return at;
}

static int take_width(struct list_column *c, char *name, struct error *e)
{
	char *colon = strchr(name, ':'), *end;
	unsigned long width;

	if (!colon)
		return 0;
	*colon = '\0';
	width = strtoul(colon + 1, &end, 10);
	if (colon[1] < '0' || colon[1] > '9' || *end || width < 1 || width > LIST_WIDTH_MAX)
		return error_set(e, STATUS_USAGE, "%s: '%s' is no width from 1 to %d", name, colon + 1, LIST_WIDTH_MAX);
	c->width = (uint32_t)width;
	return 0;
}

static int take_name(struct list_column *c, struct error *e)
{
	char near[64];

	for (c->kind = LIST_NUMBER; c->kind < LIST_FIELD; c->kind++)
		if (strcmp(c->name, standard[c->kind].word) == 0)
			return 0;
	if (columns_open(&c->field, c->name, '\t', e) == 0)
		return 0;
	near[slice_copy(near, catalog_nearest(c->name), sizeof(near) - 1)] = '\0';
	return error_set(e, STATUS_USAGE, "'%.60s' is neither a column (number, time, source, destination, protocol, "
			 "length, info) nor a field; is '%s' meant?", c->name, near);
}

static int add(struct list_columns *all, const char *text, size_t n, struct error *e)
{
	struct list_column *c = &all->column[all->count];
	size_t length;
	const char *at = item(text, n, &length);
	int rc;

	if (all->count == LIST_COLUMNS_MAX)
		return error_set(e, STATUS_USAGE, "%d columns at most", LIST_COLUMNS_MAX);
	if (length == 0)
		return error_set(e, STATUS_USAGE, "the name of a column is missing");
	*c = (struct list_column){ .name = strndup(at, length) };
	if (!c->name)
		return error_set(e, STATUS_USAGE, "no memory for columns");
	all->count++;
	rc = take_width(c, c->name, e);
	if (!rc)
		rc = take_name(c, e);
	for (uint32_t i = 0; !rc && i + 1 < all->count; i++)
		if (strcmp(all->column[i].name, c->name) == 0)
			rc = error_set(e, STATUS_USAGE, "'%s' is named twice", c->name);
	return rc;
}

int list_columns_open(struct list_columns *c, const char *text, struct error *e)
{
	static uint64_t serial;
	int rc;

	c->serial = ++serial;
	c->count = 0;
	for (;; text++) {
		size_t n = strcspn(text, ",");

		rc = add(c, text, n, e);
		text += n;
		if (rc || !*text)
			break;
	}
	if (rc)
		list_columns_close(c);
	return rc;
}

void list_columns_close(struct list_columns *c)
{
	while (c->count > 0) {
		struct list_column *last = &c->column[--c->count];

		if (last->kind == LIST_FIELD)
			columns_close(&last->field);
		free(last->name);
	}
}
