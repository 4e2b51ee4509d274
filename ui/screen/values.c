/* SPDX-License-Identifier: BSD-2-Clause */
/* values.c - the values that a field has in the packets in sight */
#define _GNU_SOURCE
#include "ui/screen/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/display.h"

#define ROOM (65536 + 4 * SNAPLEN_MAX)	/* bytes: of one column, as columns_put() may need it */

/* The operators that a value can stand behind: those of two characters before their begins. */
static const char *const operators[] = { "==", "!=", "<=", ">=", "<", ">", " eq", " ne", " le", " ge", " lt", " gt", " contains" };

static uint32_t back_over_blanks(const char *text, uint32_t at)
{
	while (at > 0 && text[at - 1] == ' ')
		at--;
	return at;
}

/* Where the operator begins that ends at byte at; at itself where none does. */
static uint32_t back_over_operator(const char *text, uint32_t at)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		size_t n = strlen(operators[i]);

		if (n <= at && strncmp(text + at - n, operators[i], n) == 0)
			return at - (uint32_t)n;
	}
	return at;
}

/* The name of the field that a value before byte at is compared with, and where the value begins. */
static bool field_before(const char *text, uint32_t at, char *name, size_t size, uint32_t *from)
{
	uint32_t end, n;

	*from = at;
	while (*from > 0 && !strchr(" =<>!&|(){},", text[*from - 1]))
		--*from;
	end = back_over_blanks(text, *from);
	n = back_over_operator(text, end);
	if (n == end)
		return false;
	end = back_over_blanks(text, n);
	n = complete_length(text, end);
	if (n == 0 || n >= size)
		return false;
	memcpy(name, text + end - n, n);
	name[n] = '\0';
	return true;
}

static bool compiles(const char *name, const char *value)
{
	char text[COMPLETE_NAME * 3];
	struct match_error why;
	struct display *d;

	snprintf(text, sizeof(text), "%s == %s", name, value);
	if (display_compile(&d, text, &why))
		return false;
	display_close(d);
	return true;
}

/* A value, as a filter takes it: in quotation marks where it must be. */
static void offer(struct completion *c, const char *name, const char *value, uint32_t length, const char *begin, uint32_t n)
{
	char plain[COMPLETE_NAME], quoted[COMPLETE_NAME + 2];

	if (length == 0 || length + 3 > sizeof(plain))
		return;
	snprintf(plain, sizeof(plain), "%.*s", (int)length, value);
	snprintf(quoted, sizeof(quoted), "\"%s\"", plain);
	if (strncmp(plain, begin, n) == 0 && compiles(name, plain))
		complete_add(c, plain);
	else if (strncmp(quoted, begin, n) == 0 && compiles(name, quoted))
		complete_add(c, quoted);
}

/* What the field has in one packet: commas between several values. */
static void offer_of(struct completion *c, struct packets *v, const struct columns *field, const char *name, uint32_t shown,
		     char *text, const char *begin, uint32_t n)
{
	struct out o = { text, text + ROOM - 1 };
	struct packet p;

	store_packet(v->store, &v->window, packets_number(v, shown), &p);
	columns_put(field, &v->line, &o, &p);
	*o.at = '\0';
	for (char *at = text; *at;) {
		uint32_t length = (uint32_t)strcspn(at, ",\n");

		offer(c, name, at, length, begin, n);
		at += length + (at[length] != '\0');
	}
}

uint32_t values_complete(struct completion *c, struct packets *v, const char *text, uint32_t at)
{
	uint32_t from, end = packets_end(v);
	struct columns field;
	struct error ignored;
	char name[COMPLETE_NAME], *room;

	if (!field_before(text, at, name, sizeof(name), &from))
		return UINT32_MAX;
	complete_begin(c);
	room = malloc(ROOM);
	if (room && columns_open(&field, name, '\t', &ignored) == 0) {
		for (uint32_t i = v->top; i < end && i - v->top < v->page; i++)
			offer_of(c, v, &field, name, i, room, text + from, at - from);
		columns_close(&field);
	}
	free(room);
	complete_end(c);
	return at - from;
}
